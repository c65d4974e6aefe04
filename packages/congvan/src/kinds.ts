import { foldText } from './normalise.ts';

interface KindEntry {
  slug: string;
  title: string;
  /** Abbreviations in symbols, in their right spelling. */
  abbreviations: readonly string[];
}

/**
 * Kinds of official documents with their titles and abbreviations: NĐ 30/2020/NĐ-CP Điều 7 and Phụ lục III, legal
 * instruments (Luật Ban hành VBQPPL), and the kinds that party bodies use.
 */
const KINDS: readonly KindEntry[] = [
  { slug: 'thong-tu-lien-tich', title: 'Thông tư liên tịch', abbreviations: ['TTLT'] },
  { slug: 'nghi-quyet-lien-tich', title: 'Nghị quyết liên tịch', abbreviations: ['NQLT'] },
  { slug: 'nghi-quyet', title: 'Nghị quyết', abbreviations: ['NQ'] },
  { slug: 'nghi-dinh', title: 'Nghị định', abbreviations: ['NĐ'] },
  { slug: 'quyet-dinh', title: 'Quyết định', abbreviations: ['QĐ'] },
  { slug: 'chi-thi', title: 'Chỉ thị', abbreviations: ['CT'] },
  { slug: 'quy-che', title: 'Quy chế', abbreviations: ['QC'] },
  { slug: 'quy-dinh', title: 'Quy định', abbreviations: ['QyĐ', 'QĐi'] },
  { slug: 'thong-cao', title: 'Thông cáo', abbreviations: ['TC'] },
  { slug: 'thong-bao', title: 'Thông báo', abbreviations: ['TB'] },
  { slug: 'thong-tu', title: 'Thông tư', abbreviations: ['TT'] },
  { slug: 'huong-dan', title: 'Hướng dẫn', abbreviations: ['HD'] },
  { slug: 'chuong-trinh', title: 'Chương trình', abbreviations: ['CTr', 'CTR'] },
  { slug: 'ke-hoach', title: 'Kế hoạch', abbreviations: ['KH'] },
  { slug: 'phuong-an', title: 'Phương án', abbreviations: ['PA'] },
  { slug: 'de-an', title: 'Đề án', abbreviations: ['ĐA'] },
  { slug: 'du-an', title: 'Dự án', abbreviations: ['DA'] },
  { slug: 'bao-cao', title: 'Báo cáo', abbreviations: ['BC'] },
  { slug: 'bien-ban', title: 'Biên bản', abbreviations: ['BB'] },
  { slug: 'to-trinh', title: 'Tờ trình', abbreviations: ['TTr', 'TTR'] },
  { slug: 'hop-dong', title: 'Hợp đồng', abbreviations: ['HĐ'] },
  { slug: 'cong-dien', title: 'Công điện', abbreviations: ['CĐ'] },
  { slug: 'ban-ghi-nho', title: 'Bản ghi nhớ', abbreviations: ['BGN'] },
  { slug: 'ban-thoa-thuan', title: 'Bản thỏa thuận', abbreviations: ['BTT'] },
  { slug: 'giay-uy-quyen', title: 'Giấy ủy quyền', abbreviations: ['GUQ'] },
  { slug: 'giay-moi', title: 'Giấy mời', abbreviations: ['GM'] },
  { slug: 'giay-gioi-thieu', title: 'Giấy giới thiệu', abbreviations: ['GGT'] },
  { slug: 'giay-nghi-phep', title: 'Giấy nghỉ phép', abbreviations: ['GNP'] },
  { slug: 'phieu-gui', title: 'Phiếu gửi', abbreviations: ['PG'] },
  { slug: 'phieu-chuyen', title: 'Phiếu chuyển', abbreviations: ['PC'] },
  { slug: 'phieu-bao', title: 'Phiếu báo', abbreviations: ['PB'] },
  { slug: 'thu-cong', title: 'Thư công', abbreviations: [] },
  { slug: 'ket-luan', title: 'Kết luận', abbreviations: ['KL'] },
  { slug: 'cong-van', title: 'Công văn', abbreviations: ['CV'] },
  { slug: 'phap-lenh', title: 'Pháp lệnh', abbreviations: ['PL'] },
  { slug: 'lenh', title: 'Lệnh', abbreviations: ['L'] },
  { slug: 'hien-phap', title: 'Hiến pháp', abbreviations: [] },
  { slug: 'bo-luat', title: 'Bộ luật', abbreviations: [] },
  { slug: 'luat', title: 'Luật', abbreviations: [] },
];

const BY_ABBREVIATION = new Map<string, { slug: string; spelling: string }>();
for (const kind of KINDS) {
  for (const spelling of kind.abbreviations) BY_ABBREVIATION.set(spelling, { slug: kind.slug, spelling });
}
// A plain D where only the Đ form exists is a misreading by OCR or a keyboard without Vietnamese. HD, DA and PC stay as
// printed, for both letters exist there.
for (const [wrong, right] of [['QD', 'QĐ'], ['QDD', 'QĐ'], ['QĐĐ', 'QĐ'], ['ND', 'NĐ'], ['CD', 'CĐ'], ['QyD', 'QyĐ'], ['QDi', 'QĐi']] as const) {
  const entry = BY_ABBREVIATION.get(right);
  if (entry) BY_ABBREVIATION.set(wrong, entry);
} // prettier-ignore

const TITLES: readonly { fold: string; slug: string }[] = KINDS.map((kind) => ({ fold: foldText(kind.title), slug: kind.slug }));

/** The kind that an abbreviation in a symbol stands for, with its right spelling; null for anything else (an issuer). */
export function kindOfAbbreviation(abbreviation: string): { slug: string; spelling: string } | null {
  return BY_ABBREVIATION.get(abbreviation) ?? null;
}

/** The kind whose title a folded text begins with, and the length of that title; null where none does. */
export function kindAtStart(fold: string): { slug: string; length: number } | null {
  for (const { fold: title, slug } of TITLES) {
    if (!fold.startsWith(title)) continue;
    const next = fold[title.length];
    if (next === undefined || !/[a-z0-9]/.test(next)) return { slug, length: title.length };
  }
  return null;
}

/** Source of a pattern over folded text for every kind title that can be cited. */
export const CITED_KINDS: string = [
  ...TITLES.map((title) => title.fold),
  'van ban',
  'giay moi',
  'ke hoach lien tich',
  'huong dan lien tich',
  'quy che phoi hop',
]
  .sort((a, b) => b.length - a.length)
  .join('|');

/** Legal instruments (Luật Ban hành văn bản quy phạm pháp luật): a date without a year in them recurs every year. */
export function isLegalInstrument(kind: string | null): boolean {
  return kind !== null && /^(?:luat|bo-luat|hien-phap|phap-lenh|lenh|nghi-dinh|thong-tu|thong-tu-lien-tich|quy-che|quy-dinh)$/.test(kind);
}

/** The title of a kind, or null for one that is not in the list. */
export function titleOfKind(slug: string): string | null {
  return KINDS.find((kind) => kind.slug === slug)?.title ?? null;
}
