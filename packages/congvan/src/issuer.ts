import type { Line, Range, Source } from './lines.ts';
import { plain } from './lines.ts';

/** Issuer and its superior, each with its place in the cleaned text. */
export interface IssuerBlock {
  name: Range | null;
  nameText: string | null;
  parent: Range | null;
  parentText: string | null;
}

export const ISSUER_HEAD =
  /^(?:uy ban nhan dan|ubnd|uy ban|bo|so|ban|cuc|tong cuc|vu|van phong|thanh tra|cong an|chinh phu|thu tuong|chu tich nuoc|quoc hoi|hoi dong|hdnd|toa an|vien|kiem toan|tinh uy|thanh uy|huyen uy|quan uy|dang uy|dang bo|trung uong|ngan hang|bao hiem|kho bac|chi cuc|trung tam|phong|tap doan|tong cong ty|cong ty|truong|hoc vien|dai hoc|benh vien|dai|bao|hoi|lien doan|mat tran|tinh doan|doan|lien minh|chi nhanh|hiep hoi|tong lien doan|nha xuat ban|viettel|vnpt|mobifone|thong tan xa)(?![a-z])/;
const FALSE_HEAD = /^(?:phong,? chong|phong thu|vien thong|vien dong|bao ve|bao dam|dai hoi|bo doi|hoi nhap|ban hanh|doan the)/;
const UNFINISHED = /(?: va| cua| cac|[-,])$/;
/** Names that need a second line. */
const INCOMPLETE = /^(?:chu tich|ban chi huy|ban chi dao|bo chi huy|bo tu lenh|hoi dong|ban quan ly|van phong|trung tam|ban can su dang)$/;
const SUPERIOR = /^(?:uy ban nhan dan|ubnd|bo|tong cuc|so)(?![a-z])/;
const INNER = /\s(?=(?:so|cuc|tong cuc|chi cuc|trung tam|van phong|thanh tra|vu|cong an tinh|chi nhanh)\s)/g;

/**
 * Issuer and superior from the lines of box 2 of the head (NĐ 30/2020/NĐ-CP Phụ lục I), top to bottom: a line that
 * begins with the word of an agency opens a new one, any other continues the line before. The last agency is the issuer.
 */
export function issuerFromLines(source: Source, lines: readonly Line[]): IssuerBlock {
  const agencies: Range[][] = [];
  for (const line of lines) {
    const parts = splitFlattened(line);
    parts.forEach((part, index) => {
      const fold = source.fold.slice(part.start, part.end);
      const last = agencies.at(-1);
      if (last && index === 0 && !opensAgency(fold, source, last)) last.push(part);
      else agencies.push([part]);
    });
  }
  const name = agencies.at(-1);
  const parent = agencies.length > 1 ? agencies.at(-2) : undefined;
  return {
    name: name ? cover(name) : null,
    nameText: name ? joined(source, name) : null,
    parent: parent ? cover(parent) : null,
    parentText: parent ? joined(source, parent) : null,
  };
}

function opensAgency(fold: string, source: Source, last: readonly Range[]): boolean {
  if (!ISSUER_HEAD.test(fold) || FALSE_HEAD.test(fold)) return false;
  const before = last.at(-1);
  if (!before) return true;
  const printed = source.fold.slice(before.start, before.end);
  return !UNFINISHED.test(printed) && !(last.length === 1 && INCOMPLETE.test(printed));
}

/** "UBND TỈNH A SỞ B" in one table cell: two agencies. */
function splitFlattened(line: Line): Range[] {
  if (!SUPERIOR.test(line.fold)) return [line];
  const out: Range[] = [];
  let from = 0;
  for (const match of line.fold.matchAll(INNER)) {
    if (UNFINISHED.test(line.fold.slice(from, match.index))) continue;
    if (match.index - from < 8) continue;
    out.push({ start: line.start + from, end: line.start + match.index });
    from = match.index + 1;
  }
  out.push({ start: line.start + from, end: line.end });
  return out;
}

function cover(parts: readonly Range[]): Range {
  return { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
}

function joined(source: Source, parts: readonly Range[]): string {
  return parts.map((part) => plain(source, part)).join(' ');
}
