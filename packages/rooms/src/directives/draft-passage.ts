import type { ReadDocument } from '@vonggac/congvan';
import { fold } from '@vonggac/kernel';
import { type BeforeRule, type RequirementDeadline, deadlineOf } from './deadlines.ts';
import { proposedFor, sameAudience } from './draft.ts';
import type { Reading, Span } from './model.ts';

/** The number that a passage begins with: `3.`, `b)`, `II.`, `-`. */
const NUMBER = /^(?:([IVX]{1,5}|\d{1,3})[./]\s+|([a-zđ])[).]\s+|[-–+•*]\s+)/u;

/** A passage without the space around it, its number, and the breaks inside its sentences; and its place. */
export function passageOf(text: string, span: Span): { text: string; span: Span; printed: string | null } {
  const raw = text.slice(span.start, span.end);
  const start = span.start + (raw.length - raw.trimStart().length);
  const end = span.end - (raw.length - raw.trimEnd().length);
  const number = NUMBER.exec(raw.trimStart());
  const lines = raw
    .trimStart()
    .slice(number?.[0].length ?? 0)
    .split('\n')
    .map((line) => line.replace(/[\p{Cc}\s]+/gu, ' ').trim());
  const joined = lines.reduce((before, line) => {
    if (line === '') return before === '' || before.endsWith('\n') ? before : `${before}\n`;
    const apart = before === '' || before.endsWith('\n') ? '' : /[.;:!?]$/.test(before) ? '\n' : ' ';
    return before + apart + line;
  }, '');
  return { text: joined.trim().slice(0, 20_000), span: { start, end: Math.max(start, end) }, printed: number?.[1] ?? number?.[2] ?? null };
}

/** A small letter that holds the passage as its one item, dated as the whole document: the reader reads it like any other. */
export function asDocument(passage: string, { year, month, day }: Reading['date']): string {
  const date = year === null ? '' : `Địa phương, ngày ${day ?? ''} tháng ${month ?? ''} năm ${year}\n\n`;
  const item = `1. ${passage.replaceAll('\n', ' ')}`;
  return `Số: 1/CV-VP\n\n${date}Kính gửi: Các đơn vị.\n\nĐề nghị các đơn vị thực hiện:\n\n${item}\n`;
}

type Proposed = RequirementDeadline & { audience: number[]; audienceText: string[]; measures: string[] };

/** What the reader finds in the passage: whom it addresses, until when, what could measure it. */
export function proposalsFor(text: string, read: ReadDocument | null, by: { recipients: readonly string[]; rule: BeforeRule }): Proposed {
  const items = read?.requirements ?? [];
  const audienceText = [...new Set(items.flatMap((item) => [...item.audience, ...item.support]))];
  return {
    ...deadlineOf(
      items.flatMap((item) => item.deadlines),
      by.rule,
    ),
    audienceText,
    audience: by.recipients.flatMap((recipient, position) => {
      const named = audienceText.length === 0 ? beginsWith(text, recipient) : audienceText.some((one) => sameAudience(recipient, one));
      return named ? [position] : [];
    }),
    measures: proposedFor(text),
  };
}

/** Whom the passage addresses and no recipient of the document is. */
export function strangersOf(read: ReadDocument | null, recipients: readonly string[]): string[] {
  const named = (read?.requirements ?? []).flatMap((item) => [...item.audience, ...item.support]);
  return [...new Set(named)].filter((text) => text.length <= 1000 && !recipients.some((one) => sameAudience(one, text)));
}

/** Whether a recipient is named word for word where the passage begins: "Các Sở, ban, ngành rà soát …", "Giao Công an tỉnh …". */
function beginsWith(passage: string, recipient: string): boolean {
  const bare = (one: string) =>
    fold(one)
      .replace(/[^\p{L}\d]+/gu, ' ')
      .trim();
  const words = bare(recipient);
  return words !== '' && ` ${bare(passage.slice(0, 30 + 2 * recipient.length))} `.slice(0, 30 + words.length).includes(` ${words} `);
}

type Placed = { path: string; span: Span | null };

/** Where a passage belongs among the items: behind the last that begins before it. */
export function positionFor(items: readonly Placed[], span: Span): number {
  const after = items.findLastIndex((item) => item.span !== null && item.span.start <= span.start);
  return after >= 0 ? after + 1 : items.some((item) => item.span !== null) ? 0 : items.length;
}

const ROMAN = [
  'I',
  'II',
  'III',
  'IV',
  'V',
  'VI',
  'VII',
  'VIII',
  'IX',
  'X',
  'XI',
  'XII',
  'XIII',
  'XIV',
  'XV',
  'XVI',
  'XVII',
  'XVIII',
  'XIX',
  'XX',
];
const LETTERS = [...'abcdđeghiklmnopqrstuvxy'];

/**
 * The next free number: the printed one where it is free; at the end the next of its own level, else beside the item
 * before it (`1.a` → `1.a2`).
 */
export function freePath(items: readonly Placed[], at: number, printed: string | null): string {
  const taken = new Set(items.map((item) => item.path));
  const before = items[at - 1]?.path ?? null;
  const parents = before === null ? [''] : levelsOf(before);
  const own = printed === null ? undefined : parents.map((parent) => parent + printed).find((path) => !taken.has(path));
  if (own !== undefined) return own;
  if (before === null || at === items.length) {
    const top = items.map((item) => item.path.split('.')[0]!).at(-1);
    for (let next = successor(top ?? '0'); next !== null; next = successor(next)) if (!taken.has(next)) return next;
  }
  const stem = `${before ?? '1'}${/\d$/.test(before ?? '1') ? '.' : ''}`;
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}${number}`)) return `${stem}${number}`;
}

/** `1.a` → `1.a.`, `1.`, ``: what an item after it may hang on, a sibling before the others. */
function levelsOf(path: string): string[] {
  const parts = path.split('.');
  return [...parts.keys()].map((i) =>
    parts
      .slice(0, parts.length - 1 - i)
      .map((part) => `${part}.`)
      .join(''),
  );
}

function successor(label: string): string | null {
  if (/^\d+$/.test(label)) return String(Number(label) + 1);
  const roman = ROMAN.indexOf(label);
  if (roman >= 0) return ROMAN[roman + 1] ?? null;
  const letter = LETTERS.indexOf(label);
  return letter >= 0 ? (LETTERS[letter + 1] ?? null) : null;
}
