import type { Line } from './lines.ts';
import type { CleanText } from './normalise.ts';

/** Lines in which boxes 1–4 of the head stand. */
const HEAD_LINES = 40;
const MOTTO = /^(?:cong hoa xa hoi chu nghia viet nam|doc lap\s?-\s?tu do\s?-\s?hanh phuc)(?:\s?\||$)/;

/**
 * Joins what a narrow column or a page of a web site breaks within one box of the head: "ỦY / BAN NHÂN DÂN", the motto,
 * "Số: / 33/2009/QĐ-UBND", "ngày 18 / tháng 9 năm 2023". Other lines stay as they are.
 */
export function joinHeadLines(clean: CleanText, lines: readonly Line[]): Line[] {
  const out: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const last = out.at(-1);
    if (index < HEAD_LINES && last && belongs(last, line)) out[out.length - 1] = joined(clean, last, line);
    else out.push(line);
  }
  return out;
}

function belongs(first: Line, second: Line): boolean {
  if (first.text.length > 60 || second.gap || second.text.length > 80) return false;
  const fold = `${first.fold} ${second.fold}`;
  if (MOTTO.test(fold)) return true;
  if (first.fold === 'uy' && second.fold.startsWith('ban nhan dan')) return true;
  if (/^so\s?:$/.test(first.fold)) return /^(?:\d|\/)/.test(second.fold);
  if (/(?:^|[\s,])(?:ngay(?:\s\d{1,2})?)$/.test(first.fold)) return /^(?:\d{1,2}\s)?thang\s/.test(second.fold);
  if (/(?:^|\s)ngay\s\d{1,2}\sthang(?:\s\d{1,2})?$/.test(first.fold)) return /^(?:\d{1,2}\s)?nam\s\d{4}/.test(second.fold);
  // "Mỹ / Tho, ngày 24 tháng 12 năm 2009"
  return /^\p{Lu}\p{Ll}{1,8}$/u.test(first.text) && /^\p{Lu}\p{Ll}{1,8}(?:\s\p{Lu}\p{Ll}{1,8})?,\s{0,2}ngày\s/u.test(second.text);
}

function joined(clean: CleanText, first: Line, second: Line): Line {
  const range = { start: first.start, end: second.end };
  const text = clean.text.slice(range.start, range.end).replace(/\n/g, ' ');
  return { ...first, ...range, text, fold: clean.fold.slice(range.start, range.end).replace(/\n/g, ' ') };
}
