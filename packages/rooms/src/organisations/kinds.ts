import { fold, type Text } from '@vonggac/kernel';
import type { OrganisationKind } from './names.ts';

export const KIND_NAMES: Readonly<Record<OrganisationKind, Text>> = {
  ministry: { vi: 'Bộ, ngành trung ương', en: 'Ministry' },
  province: { vi: 'UBND cấp tỉnh', en: 'Province' },
  department: { vi: 'Sở, ban, ngành', en: 'Department' },
  district: { vi: 'UBND cấp huyện', en: 'District' },
  commune: { vi: 'UBND cấp xã', en: 'Commune' },
  operator: { vi: 'Doanh nghiệp viễn thông, Internet', en: 'Telecom or Internet company' },
  unit: { vi: 'Đơn vị trực thuộc', en: 'Subordinate unit' },
  party: { vi: 'Cơ quan Đảng, đoàn thể', en: 'Party body or mass organisation' },
  other: { vi: 'Cơ quan, tổ chức khác', en: 'Other' },
};

const BY_NAME: readonly [RegExp, OrganisationKind][] = [
  [/^(ubnd |uy ban nhan dan )?(xa|phuong|thi tran|dac khu) /, 'commune'],
  [/^(ubnd |uy ban nhan dan )?(huyen|quan|thi xa|thanh pho) /, 'district'],
  [/^(ubnd |uy ban nhan dan )tinh /, 'province'],
  [/^(so|ban|thanh tra|van phong|cong an) /, 'department'],
  [/^bo /, 'ministry'],
  [/vien thong|viettel|mobifone|vinaphone|vietnamobile|fpt|sctv|vtvcab|internet/, 'operator'],
  [/dang uy|tinh uy|mat tran|doan thanh nien|hoi /, 'party'],
];

/** The kind that a cell names, in either language or by its key. */
export function kindNamed(text: string): OrganisationKind | null {
  const wanted = fold(text);
  for (const [kind, name] of Object.entries(KIND_NAMES)) {
    if ([kind, fold(name.vi), fold(name.en)].includes(wanted)) return kind as OrganisationKind;
  }
  return null;
}

/** The kind that a name suggests: for lists that have no column for it. */
export function kindSuggested(name: string): OrganisationKind {
  const folded = fold(name);
  return BY_NAME.find(([pattern]) => pattern.test(folded))?.[1] ?? 'other';
}
