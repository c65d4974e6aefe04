import { fold, type Text } from '@vonggac/kernel';
import type { ColumnMap, ListKind } from './import-model.ts';

export type ImportField = { key: string; name: Text; required: boolean };

/** `heads`: folded beginnings of what offices write above the column, the most telling first. */
export type ImportColumn = ImportField & { heads: readonly string[] };

export const importColumn = (key: string, vi: string, en: string, heads: readonly string[], required = false): ImportColumn => ({
  key,
  name: { vi, en },
  heads,
  required,
});

/** The columns that each list of this room may have. */
export const LIST_COLUMNS: Readonly<Record<ListKind, readonly ImportColumn[]>> = {
  organisations: [
    importColumn(
      'name',
      'Tên đơn vị',
      'Name',
      ['ten don vi', 'ten co quan', 'don vi', 'co quan, don vi', 'ten to chuc', 'doanh nghiep', 'organisation', 'name'],
      true,
    ),
    importColumn('kind', 'Loại', 'Kind', ['loai', 'kind', 'type']),
    importColumn('parent', 'Cơ quan chủ quản', 'Parent', [
      'co quan chu quan',
      'chu quan',
      'truc thuoc',
      'don vi cap tren',
      'cap tren',
      'parent',
    ]),
    importColumn('supervisor', 'Đơn vị theo dõi', 'Supervised by', ['don vi theo doi', 'theo doi', 'supervis']),
    importColumn('shortName', 'Tên viết tắt', 'Short name', ['ten viet tat', 'viet tat', 'short name']),
    importColumn('alias', 'Tên gọi khác', 'Alias', ['ten goi khac', 'ten khac', 'ten cu', 'alias']),
    importColumn('code', 'Mã định danh', 'Code', ['ma dinh danh', 'ma don vi', 'ma', 'code']),
    importColumn('from', 'Từ ngày', 'From', ['tu ngay', 'ngay thanh lap', 'hieu luc tu', 'from']),
    importColumn('note', 'Ghi chú', 'Note', ['ghi chu', 'note']),
  ],
  contacts: [
    importColumn(
      'organisation',
      'Đơn vị',
      'Organisation',
      ['ten don vi', 'don vi', 'co quan', 'ten co quan', 'doanh nghiep', 'organisation'],
      true,
    ),
    importColumn('role', 'Vai trò', 'Role', ['vai tro', 'loai dau moi', 'role']),
    importColumn('name', 'Họ và tên', 'Name', ['ho va ten', 'ho ten', 'nguoi lien he', 'can bo', 'dau moi', 'ten', 'name']),
    importColumn('position', 'Chức vụ', 'Position', ['chuc vu', 'chuc danh', 'position']),
    importColumn('department', 'Bộ phận', 'Department', ['bo phan', 'phong ban', 'phong', 'department']),
    importColumn('mobile', 'Di động', 'Mobile', ['dien thoai di dong', 'so di dong', 'di dong', 'dtdd', 'mobile']),
    importColumn('phone', 'Điện thoại', 'Phone', ['dien thoai co dinh', 'co dinh', 'so dien thoai', 'dien thoai', 'sdt', 'dt', 'phone']),
    importColumn('email', 'Thư điện tử', 'E-mail', ['thu dien tu', 'email', 'e-mail', 'hop thu', 'mail']),
    importColumn('hotline', 'Đường dây nóng', 'Hotline', ['duong day nong', 'hotline']),
    importColumn('address', 'Địa chỉ', 'Address', ['dia chi', 'address']),
    importColumn('digitalSignature', 'Chữ ký số', 'Digital signature', ['chu ky so', 'digital']),
    importColumn('note', 'Ghi chú', 'Note', ['ghi chu', 'note']),
  ],
};

/** Running numbers, and the figures that our own exports add: they say nothing to keep. */
const SKIPPED =
  /^(?:stt|tt|so tt|so thu tu|no\.?|#|so dau moi|contacts|(?:da xac nhan|confirmed) \(90 (?:ngay|days)\)|truc 24\/7|24\/7 contact|ket thuc tu ngay|ended on|xac nhan ngay|confirmed on|tinh trang xac nhan|confirmation|tinh trang dang ky|registration|y kien khi duyet|note of the decision)$/;

export function fieldsOf(columns: readonly ImportColumn[]): ImportField[] {
  return columns.map(({ key, name, required }) => ({ key, name, required }));
}

/** Which columns these heads stand for: an exact head first, then one that begins so. */
export function recogniseColumns(columns: readonly ImportColumn[], heads: readonly string[]): ColumnMap {
  const folded = heads.map((head) => fold(head).replace(/[*:]/g, '').trim());
  const found: Record<string, number> = {};
  const taken = new Set(folded.flatMap((head, at) => (SKIPPED.test(head) ? [at] : [])));
  const fits = [(head: string, wanted: string) => head === wanted, (head: string, wanted: string) => head.startsWith(wanted)];
  for (const fit of fits) {
    for (const { key, heads: wanted } of columns) {
      if (key in found) continue;
      const at = folded.findIndex((head, index) => head !== '' && !taken.has(index) && wanted.some((one) => fit(head, one)));
      if (at < 0) continue;
      found[key] = at;
      taken.add(at);
    }
  }
  return found;
}

/** The row with the heads: among the first 20 the one that names most columns. */
export function findHead(columns: readonly ImportColumn[], rows: readonly (readonly string[])[]): number {
  const scores = rows.slice(0, 20).map((row) => Object.keys(recogniseColumns(columns, row)).length);
  const best = Math.max(0, ...scores);
  return best === 0 ? 0 : scores.indexOf(best);
}

/** The cells of one row by field, and what stands in columns that have no field, as a note. */
export function cellsOf(
  row: readonly string[],
  heads: readonly string[],
  columns: ColumnMap,
): { by: Record<string, string>; rest: string } {
  const by: Record<string, string> = {};
  for (const [key, at] of Object.entries(columns)) by[key] = (row[at] ?? '').trim();
  const used = new Set(Object.values(columns));
  const rest = row.flatMap((cell, at) => {
    const head = (heads[at] ?? '').trim();
    return used.has(at) || cell.trim() === '' || head === '' || SKIPPED.test(fold(head)) ? [] : [`${head}: ${cell.trim()}`];
  });
  return { by, rest: rest.join('; ') };
}

/** Heads that have no field: their values are kept as a note. */
export function unknownHeads(heads: readonly string[], columns: ColumnMap): string[] {
  const used = new Set(Object.values(columns));
  return heads.filter((head, at) => head.trim() !== '' && !used.has(at) && !SKIPPED.test(fold(head)));
}
