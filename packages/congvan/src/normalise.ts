import type { Span } from './model.ts';

/** Text cleaned for reading, with the way back to the given text for every UTF-16 unit. */
export interface CleanText {
  /** NFC, ordinary spaces, no zero-width characters, no Markdown marks. */
  text: string;
  /** Same length as `text`: lower case, no diacritics, plain dashes and quotes. All matching is done on it. */
  fold: string;
  starts: Uint32Array;
  ends: Uint32Array;
}

interface Units {
  codes: Uint16Array;
  starts: Uint32Array;
  ends: Uint32Array;
  length: number;
}

const FOLD = new Map<number, number>();
const SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0000-\u0008\u000e-\u001f\u007f]/;
const TAG = /<\/?(?:sub|sup|b|i|u|em|strong|span|p|center|font|small|mark|br)(?:\s[^<>]{0,120})?\/?>/gi;
const BREAK = /<br\s?\/?>|<\/p>/gi;
const MARK = /\p{M}/u;
const FOLD_EXTRA: Record<string, string> = {
  đ: 'd', Đ: 'd', ð: 'd', Ð: 'd', '–': '-', '—': '-', '−': '-', '‐': '-', '‑': '-', '‒': '-', '―': '-', '­': '-',
  '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '‘': "'", '’': "'", '：': ':', '；': ';', '／': '/',
  // Cyrillic letters that look like Latin ones, so that a stamp cannot hide behind them.
  А: 'a', В: 'b', С: 'c', Е: 'e', Н: 'h', І: 'i', К: 'k', М: 'm', О: 'o', Р: 'p', Т: 't', Х: 'x', У: 'y',
}; // prettier-ignore

function foldCode(code: number): number {
  if (code < 0x80) return code >= 65 && code <= 90 ? code + 32 : code;
  const known = FOLD.get(code);
  if (known !== undefined) return known;
  const char = String.fromCharCode(code);
  const extra = FOLD_EXTRA[char];
  let out = code;
  if (extra !== undefined) out = extra.charCodeAt(0);
  else if (code < 0xd800 || code > 0xdfff) {
    const plain = char.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const mapped = FOLD_EXTRA[plain] ?? plain;
    if (mapped.length === 1) out = mapped.charCodeAt(0);
  }
  FOLD.set(code, out);
  return out;
}

/** Lower case without diacritics, same length as the input (NFC expected): the key for matching and for search. */
export function foldText(text: string): string {
  const out = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i += 1) out[i] = foldCode(text.charCodeAt(i));
  return decode(out, out.length);
}

function decode(codes: Uint16Array, length: number): string {
  const parts: string[] = [];
  for (let i = 0; i < length; i += 8192) {
    parts.push(String.fromCharCode(...codes.subarray(i, Math.min(i + 8192, length))));
  }
  return parts.join('');
}

/** NFC cluster by cluster, newlines to \n, odd spaces to a space, invisible characters away; offsets are kept. */
function composeUnits(raw: string): Units {
  const size = raw.length;
  const units: Units = { codes: new Uint16Array(size), starts: new Uint32Array(size), ends: new Uint32Array(size), length: 0 };
  let i = 0;
  while (i < size) {
    let end = i + 1;
    while (end < size && end - i < 8 && raw.charCodeAt(end) >= 0x300 && MARK.test(raw[end] ?? '')) end += 1;
    if (end === i + 1) pushUnit(units, plainUnit(raw, i), i, end);
    else pushCluster(units, raw, i, end);
    i = end;
  }
  return units;
}

function pushCluster(units: Units, raw: string, start: number, end: number): void {
  const composed = raw.slice(start, end).normalize('NFC');
  for (let k = 0; k < composed.length && k < end - start; k += 1) pushUnit(units, composed.charCodeAt(k), start, end);
}

function plainUnit(raw: string, at: number): number {
  const code = raw.charCodeAt(at);
  if (code >= 0x20 && code < 0x7f) return code;
  if (code === 0x0a || code === 0x09) return code;
  if (code === 0x0d) return raw.charCodeAt(at + 1) === 0x0a ? -1 : 0x0a;
  if (code === 0x0b || code === 0x0c || code === 0x85 || code === 0x2028 || code === 0x2029) return 0x0a;
  if (code === 0xd0) return 0x110;
  if (code === 0xf0) return 0x111;
  const char = raw[at] ?? '';
  if (SPACES.test(char)) return 0x20;
  if (INVISIBLE.test(char)) return -1;
  return code;
}

function pushUnit(units: Units, code: number, start: number, end: number): void {
  if (code < 0) return;
  units.codes[units.length] = code;
  units.starts[units.length] = start;
  units.ends[units.length] = end;
  units.length += 1;
}

/** Marks with 1 the units of one line that are Markdown and not text. Linear in the length of the line. */
function dropMarkdown(line: string, offset: number, drop: Uint8Array): void {
  const lead = /^[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+)?/.exec(line)?.[0] ?? '';
  for (let i = 0; i < lead.length; i += 1) if (lead[i] === '>' || lead[i] === '#') drop[offset + i] = 1;
  if (/^[ \t]*```/.test(line)) {
    drop.fill(1, offset, offset + line.length);
    return;
  }
  if (line.includes('*')) dropStars(line, lead.length, (at) => (drop[offset + at] = 1));
  if (line.includes('__')) for (const m of line.matchAll(/_{2,}/g)) drop.fill(1, offset + m.index, offset + m.index + m[0].length);
  if (line.includes('{#'))
    for (const m of line.matchAll(/\{#[\w-]{1,60}\}/g)) drop.fill(1, offset + m.index, offset + m.index + m[0].length);
  if (line.includes('\\')) for (const m of line.matchAll(/\\(?=[.\-*_()[\]#+!>|])/g)) drop[offset + m.index] = 1;
  if (line.includes('<')) for (const m of line.matchAll(TAG)) drop.fill(1, offset + m.index, offset + m.index + m[0].length);
  const wrapped = /^[ \t]*(_)(?=\S)[^_]{1,200}(_)[ \t]*$/.exec(line);
  if (wrapped) for (const m of line.matchAll(/_/g)) drop[offset + m.index] = 1;
}

function dropStars(line: string, from: number, mark: (at: number) => void): void {
  const single: number[] = [];
  for (let i = from; i < line.length; i += 1) {
    if (line[i] !== '*') continue;
    if (line[i + 1] === '*') {
      while (line[i] === '*') mark(i++);
      i -= 1;
    } else if (line[i - 1] !== '(' && !(line[i + 1] === ' ' && line.slice(0, i).trim() === '')) single.push(i);
  }
  if (single.length >= 2) for (const at of single) mark(at);
}

/** Cleans a text for reading. Never throws; linear in time and memory. */
export function cleanText(raw: string): CleanText {
  const units = composeUnits(raw);
  const composed = decode(units.codes, units.length);
  const drop = new Uint8Array(units.length);
  let at = 0;
  while (at < composed.length) {
    let end = composed.indexOf('\n', at);
    if (end < 0) end = composed.length;
    dropMarkdown(composed.slice(at, end), at, drop);
    at = end + 1;
  }
  if (composed.includes('<')) {
    for (const match of composed.matchAll(BREAK)) {
      units.codes[match.index] = 0x0a;
      drop[match.index] = 0;
    }
  }
  let kept = 0;
  for (let i = 0; i < units.length; i += 1) {
    if (drop[i] === 1) continue;
    units.codes[kept] = units.codes[i] ?? 0;
    units.starts[kept] = units.starts[i] ?? 0;
    units.ends[kept] = units.ends[i] ?? 0;
    kept += 1;
  }
  const text = decode(units.codes, kept);
  return { text, fold: foldText(text), starts: units.starts.subarray(0, kept), ends: units.ends.subarray(0, kept) };
}

/** The place in the given text of a range of the cleaned one. */
export function spanOf(clean: CleanText, start: number, end: number): Span {
  if (end <= start) {
    const at = clean.starts[Math.min(start, clean.starts.length - 1)] ?? 0;
    return { start: at, end: at };
  }
  return { start: clean.starts[start] ?? 0, end: clean.ends[end - 1] ?? 0 };
}
