import type { Secrecy, Span, Urgency } from './model.ts';
import { cellsOf, isUpper } from './lines.ts';
import type { Line, Source } from './lines.ts';
import { spanOf } from './normalise.ts';

/** A mark of secrecy with its place in the given text. */
export interface SecrecyMark {
  secrecy: Secrecy;
  span: Span;
}

const HEAD_LINES = 40;
const DEGREES: Record<string, Secrecy> = { mat: 'mat', toimat: 'toi-mat', tuyetmat: 'tuyet-mat', c: 'mat', b: 'toi-mat', a: 'tuyet-mat' };
// How the stamp looks when old TCVN3 or VNI bytes are shown as Unicode.
const LEGACY: Record<string, Secrecy> = { 'MËT': 'mat', 'MAÄT': 'mat', 'TèI MËT': 'toi-mat', 'TOÁI MAÄT': 'toi-mat', 'TUYÖT MËT': 'tuyet-mat', 'TUYEÄT MAÄT': 'tuyet-mat' }; // prettier-ignore
const URGENCY_WORDS = /hoatochengio|hoatoc|thuongkhan|khan/g;
const WRAPPER = /^(?:tailieu|vanban|congvan|hoso|dau|domat|mucdomat|dochimat|chedo)/;
const DEGREE_LABEL = /(?:^|[\s(])(?:muc )?do (?:chi )?(?:bi )?mat\s{0,3}[:=-]\s{0,3}["'([]?(tuyet mat|toi mat|mat|a|b|c)\b/;
const COMPOUND_BEFORE = /(?:BÍ|BẢO|CƠ|ĐỘ|MẦM|CHÌA KHÓA|TÚI|KÝ)\s+$/;
const COMPOUND_AFTER = /^\s+(?:KHẨU|MÃ|VỤ|THƯ|BÁO|THÁM|DANH|NGHỊ|ƯỚC|ONG|ĐỘ|PHỤC|HIỆU)/;
const UPPER_MARK = /(?<![\p{L}\d])(TUYỆT\s{1,3}MẬT|TỐI\s{1,3}MẬT|MẬT)(?![\p{L}\d])/gu;

/**
 * Looks for a mark of state secrecy (MẬT, TỐI MẬT, TUYỆT MẬT) anywhere in a document: a stamp standing alone or in a
 * column of its own, doubled, with spaced letters or lost diacritics, beside an urgency stamp, in the head beside the
 * number or the date, or named as "Độ mật: …". The words in running text (bảo mật, mật khẩu, bí mật nhà nước) are no
 * marks. Null where there is none; the highest degree where there are several.
 */
export function findSecrecy(source: Source): SecrecyMark | null {
  let best: SecrecyMark | null = null;
  const rank: Secrecy[] = ['mat', 'toi-mat', 'tuyet-mat'];
  source.lines.forEach((line, index) => {
    const degree = degreeOfLine(source, line, index);
    if (degree === null || (best && rank.indexOf(best.secrecy) >= rank.indexOf(degree))) return;
    best = { secrecy: degree, span: spanOf(source, line.start, line.end) };
  });
  return best ?? verticalMark(source);
}

function degreeOfLine(source: Source, line: Line, index: number): Secrecy | null {
  const label = line.fold.length < 4000 && line.fold.includes('mat') ? DEGREE_LABEL.exec(line.fold) : null;
  if (label && index < HEAD_LINES) return DEGREES[(label[1] ?? '').replace(/ /g, '')] ?? null;
  if (line.text.length > 300) return null;
  const head = index < HEAD_LINES;
  const cells = [line, ...cellsOf(line), ...wideCells(line)];
  for (const cell of cells) {
    const degree = stampDegree(cell.text, cell.fold, head) ?? LEGACY[cell.text];
    if (degree && !isWrappedWord(source, line, index)) return degree;
  }
  return head ? inHeadLine(line.text) : null;
}

function wideCells(line: Line): Line[] {
  if (!line.text.includes('  ')) return [];
  return line.text.split(/ {2,}/).map((text) => ({ ...line, text, fold: foldOf(line, text) }));
}

function foldOf(line: Line, part: string): string {
  const at = line.text.indexOf(part);
  return line.fold.slice(at, at + part.length);
}

function stampDegree(text: string, fold: string, head: boolean): Secrecy | null {
  let key = fold.replace(/[^a-z]/g, '');
  if (key.length > 60 || !key.includes('mat')) return null;
  key = key.replace(URGENCY_WORDS, '').replace(WRAPPER, '');
  const once = key.replace(/^((?:toi|tuyet)?mat)(?:\1)+$/, '$1');
  const degree = /^(?:(?:toi|tuyet)?mat)$/.test(once) ? DEGREES[once] : undefined;
  if (degree === undefined) return null;
  const letters = text.replace(/[^\p{L}]/gu, '');
  // Without its diacritics the word could be another one, so it counts only where stamps stand.
  if (/[ậẬ]/.test(letters)) return isUpper(letters) || /^\P{L}*\p{Lu}/u.test(text) ? degree : null;
  return head && (isUpper(letters) || degree !== 'mat') ? degree : null;
}

/** The last word of a wrapped sentence ("… bảo" / "Mật.") is no stamp. */
function isWrappedWord(source: Source, line: Line, index: number): boolean {
  if (line.gap || isUpper(line.text)) return false;
  const before = source.lines[index - 1];
  return before !== undefined && before.text.length > 40 && !/[.;:]$/.test(before.text);
}

/** A stamp on one line with number, date, motto or issuer. */
function inHeadLine(text: string): Secrecy | null {
  const rest = text.replace(/Độc lập.{0,40}phúc/u, '').replace(/\p{L}{2,12}(?: \p{L}{2,12}){0,3}, ngày.*$/u, '');
  if ((rest.match(/\p{Ll}/gu)?.length ?? 0) > 20) return null;
  for (const match of text.matchAll(UPPER_MARK)) {
    const before = text.slice(0, match.index);
    if (COMPOUND_BEFORE.test(before) || COMPOUND_AFTER.test(text.slice(match.index + match[0].length))) continue;
    const degree =
      DEGREES[
        match[0]
          .toLowerCase()
          .normalize('NFD')
          .replace(/[\p{M}\s]/gu, '')
      ];
    if (degree) return degree;
  }
  return null;
}

/** A stamp whose letters stand one under the other. */
function verticalMark(source: Source): SecrecyMark | null {
  for (let i = 0; i < source.lines.length; i += 1) {
    let word = '';
    let last = i;
    for (let k = i; k < source.lines.length && k < i + 12; k += 1) {
      const line = source.lines[k];
      if (!line || line.fold.length !== 1 || !isUpper(line.text)) break;
      word += line.fold;
      last = k;
    }
    const degree = word.length >= 3 ? DEGREES[word] : undefined;
    if (degree) return { secrecy: degree, span: spanOf(source, source.lines[i]?.start ?? 0, source.lines[last]?.end ?? 0) };
  }
  return null;
}

const URGENCIES: Record<string, Urgency> = { khan: 'khan', thuongkhan: 'thuong-khan', hoatoc: 'hoa-toc', hoatochengio: 'hoa-toc' };
const URGENCY_LABEL = /(?:^|\s)(?:muc )?do khan\s{0,3}:\s{0,3}(hoa toc|thuong khan|khan)\b/;

/** The urgency of a stamp that stands alone in a column, or of "Độ khẩn: …"; null for running text. */
export function urgencyOfCell(cell: Line): Urgency | null {
  if (cell.text.length > 60) return null;
  const label = URGENCY_LABEL.exec(cell.fold);
  if (label) return URGENCIES[(label[1] ?? '').replace(/ /g, '')] ?? null;
  const key = cell.fold.replace(/[^a-z]/g, '');
  const once = key.replace(/^(khan|thuongkhan|hoatoc)\1+$/, '$1');
  const urgency = URGENCIES[once];
  if (!urgency) return null;
  return isUpper(cell.text.replace(/[^\p{L}]/gu, '')) || /^\P{L}*\p{Lu}/u.test(cell.text) ? urgency : null;
}
