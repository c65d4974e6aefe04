import type { Figure, Note, ReportText } from './api.ts';

/** The parts that are written, in the order in which they are printed. */
export const FIELDS = [
  'subject',
  'place',
  'recipients',
  'opening',
  'measures',
  'incidents',
  'difficulties',
  'proposals',
  'closing',
  'copies',
  'authority',
  'title',
  'name',
] as const;
export type Field = (typeof FIELDS)[number];

/** Sections that an agency's note can be taken into. */
export const SECTIONS = ['difficulties', 'proposals', 'incidents'] as const;
export type Section = (typeof SECTIONS)[number];

const LISTS = new Set<Field>(['recipients', 'copies', 'authority']);

/** Whether a field is a list, one entry a line. */
export function isList(field: Field): boolean {
  return LISTS.has(field);
}

/** The field as it is typed; a list has one entry a line. */
export function fieldOf(text: ReportText, field: Field): string {
  if (field === 'authority') return text.signer.authority.join('\n');
  if (field === 'title' || field === 'name') return text.signer[field];
  const value = text[field];
  return typeof value === 'string' ? value : value.join('\n');
}

/** The text with a field as it was typed. Empty lines of a list stay while it is typed; `sent` takes them out. */
export function withField(text: ReportText, field: Field, typed: string): ReportText {
  if (field === 'authority') return { ...text, signer: { ...text.signer, authority: typed.split('\n') } };
  if (field === 'title' || field === 'name') return { ...text, signer: { ...text.signer, [field]: typed } };
  return { ...text, [field]: isList(field) ? typed.split('\n') : typed };
}

/** A place added to a list; in Nơi nhận before the line that says where it is kept (`Lưu: VT`), which stays last. */
export function addedTo(lines: readonly string[], field: 'recipients' | 'copies', place: string): string[] {
  const kept = filled(lines);
  const last = kept.at(-1);
  if (field === 'recipients' || last === undefined || !/^lưu\b/iu.test(last)) return [...kept, place];
  return [...kept.slice(0, -1), place, last];
}

const filled = (lines: readonly string[]): string[] => lines.map((line) => line.trim()).filter(Boolean);

/** The text as it is sent: lists without empty lines. */
export function sent(text: ReportText): ReportText {
  const { recipients, copies, signer } = text;
  return {
    ...text,
    recipients: filled(recipients),
    copies: filled(copies),
    signer: { ...signer, authority: filled(signer.authority) },
  };
}

/** Fields in which two texts differ. */
export function differences(one: ReportText, other: ReportText): Field[] {
  const [left, right] = [sent(one), sent(other)];
  return FIELDS.filter((field) => fieldOf(left, field).trim() !== fieldOf(right, field).trim());
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** An agency's note as a line of a section: `- Sở Y tế: …`. */
export function lineOf({ organisation, note }: Note): string {
  return `- ${organisation}: ${oneLine(note)}`;
}

/** The section in which a note stands already. */
export function takenInto(text: ReportText, note: Note): Section | null {
  return SECTIONS.find((section) => text[section].includes(lineOf(note))) ?? null;
}

export function withNote(text: ReportText, section: Section, note: Note): ReportText {
  const former = text[section].trimEnd();
  return { ...text, [section]: former === '' ? lineOf(note) : `${former}\n${lineOf(note)}` };
}

/** The share in per cent with at most one decimal; null where nothing is measured or nothing to divide by. */
export function shareOf({ value, of }: Pick<Figure, 'value' | 'of'>): number | null {
  return value === null || of === null || of === 0 ? null : Math.round((value / of) * 1000) / 10;
}
