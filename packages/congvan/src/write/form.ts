import type { DirectiveDraft, DraftKind } from './model.ts';

// NĐ 30/2020/NĐ-CP, Phụ lục I, mục I: khổ A4, lề trên và dưới 20–25 mm, trái 30–35 mm, phải 15–20 mm.
export const PAGE = { width: 11_906, height: 16_838, top: 1134, bottom: 1134, left: 1701, right: 1134, header: 567 } as const;
export const TEXT_WIDTH = PAGE.width - PAGE.left - PAGE.right;
export const FONT = 'Times New Roman';

/** Sizes in half-points, within the ranges of Phụ lục I, mục II. */
export const SIZE = { head: 24, motto: 26, number: 26, subject: 24, body: 28, table: 22, copiesLabel: 24, copies: 22, page: 26 } as const;

/** Body in half-points and the line as a multiple: 13 to 14 pt, single to 1.5 (Phụ lục I, mục II.6). */
export function bodyForm({ compact = false }: Pick<DirectiveDraft, 'compact'>): { size: number; line: number; before: number } {
  return compact ? { size: 26, line: 1, before: 120 } : { size: SIZE.body, line: 1.2, before: 120 };
}

const TITLES: Record<Exclude<DraftKind, 'cong-van'>, string> = {
  'cong-dien': 'CÔNG ĐIỆN',
  'ke-hoach': 'KẾ HOẠCH',
  'chi-thi': 'CHỈ THỊ',
  'thong-bao': 'THÔNG BÁO',
  'bao-cao': 'BÁO CÁO',
  'to-trinh': 'TỜ TRÌNH',
  'huong-dan': 'HƯỚNG DẪN',
  'quyet-dinh': 'QUYẾT ĐỊNH',
};

const STAMPS = { khan: 'KHẨN', 'thuong-khan': 'THƯỢNG KHẨN', 'hoa-toc': 'HỎA TỐC' } as const;
const GAP = '\u00A0'.repeat(6);

/** The name of the kind above the subject; null for a công văn, which has none. */
export function kindTitle(kind: DraftKind): string | null {
  return kind === 'cong-van' ? null : TITLES[kind];
}

export function stampText(urgency: DirectiveDraft['urgency']): string | null {
  return urgency === null ? null : STAMPS[urgency];
}

/** `Số: 342/UBND-VP6`, or with a gap for the number. Numbers below 10 take a leading 0. */
export function numberLine(draft: Pick<DirectiveDraft, 'number' | 'symbol'>): string {
  const number = draft.number === null || draft.number.trim() === '' ? GAP : draft.number.trim().replace(/^\d$/u, '0$&');
  return `Số: ${number}/${draft.symbol}`;
}

/** `Ninh Bình, ngày 05 tháng 02 năm 2026`: days below 10 and months 1 and 2 take a leading 0; what is open is a gap. */
export function dateLine(draft: Pick<DirectiveDraft, 'place' | 'date'>): string {
  const { year, month, day } = draft.date;
  const days = day === null ? GAP : String(day).padStart(2, '0');
  const months = month === null ? GAP : month <= 2 ? `0${month}` : String(month);
  return `${draft.place}, ngày ${days} tháng ${months} năm ${year}`;
}

/** Lines of a list: semicolons, a full stop after the last. */
export function listLines(lines: readonly string[], bullet: string): string[] {
  return lines.map((line, at) => `${bullet}${line.trim().replace(/[;.,\s]+$/u, '')}${at === lines.length - 1 ? '.' : ';'}`);
}

/** The last sentence of the body, closed by `./.`. */
export function closed(text: string): string {
  return `${text.trimEnd().replace(/[.;,:/\s]+$/u, '')}./.`;
}

// Widths of Times New Roman in 1/1000 em, enough to give a rule the length of its line.
function widthOf(character: string): number {
  if (/[\u0300-\u036f]/u.test(character)) return 0;
  if (/[ .,;:\-/'|ijltf()[\]]/u.test(character)) return 310;
  if (/[MWmw]/u.test(character)) return 880;
  return /\p{Lu}/u.test(character) ? 700 : 500;
}

/** About how wide a line is printed, in twentieths of a point. */
export function printedWidth(text: string, halfPoints: number, bold: boolean): number {
  let sum = 0;
  for (const character of text.normalize('NFD')) sum += widthOf(character);
  return (sum / 1000) * halfPoints * 10 * (bold ? 1.04 : 1);
}
