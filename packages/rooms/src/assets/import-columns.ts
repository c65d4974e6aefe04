import { fold } from '@vonggac/kernel';
import { importColumn } from '../organisations/index.ts';
import { ASSET_KINDS, type AssetKind, KIND_NAMES, type Usage, USAGE_NAMES, USAGES } from './model.ts';

/** The form, in the order in which the template and the export print it. */
export const ASSET_COLUMNS = [
  importColumn('kind', 'Loại', 'Kind', ['loai tai san', 'loai', 'kind', 'type']),
  importColumn('organisation', 'Đơn vị', 'Organisation', [
    'don vi',
    'ten don vi',
    'co quan',
    'don vi van hanh',
    'doanh nghiep',
    'organisation',
  ]),
  importColumn('name', 'Tên', 'Name', ['ten tai san', 'ten he thong', 'ten may', 'ten thiet bi', 'ten', 'name', 'hostname']),
  importColumn('value', 'Địa chỉ, dải hoặc tên miền', 'Address, range or domain', [
    'dia chi, dai hoac ten mien',
    'dia chi ip',
    'dai dia chi',
    'dai ip',
    'ip public',
    'ip',
    'ten mien',
    'dia chi',
    'cidr',
    'prefix',
    'network',
    'domain',
    'address',
  ]),
  importColumn('usage', 'Cách sử dụng', 'Usage', ['cach su dung', 'su dung', 'usage']),
  importColumn('level', 'Cấp độ', 'Level', ['cap do', 'level']),
  importColumn('levelDecision', 'Số quyết định', 'Decision', ['so quyet dinh', 'quyet dinh', 'decision']),
  importColumn('levelDay', 'Ngày quyết định', 'Date of the decision', ['ngay quyet dinh', 'ngay ky', 'date of the decision']),
  importColumn('from', 'Từ ngày', 'From', ['tu ngay', 'giu tu ngay', 'hieu luc tu', 'ngay bat dau', 'valid_from', 'held from', 'from']),
  importColumn('to', 'Đến trước ngày', 'Until (exclusive)', ['den truoc ngay', 'den ngay', 'ngay ket thuc', 'valid_to', 'until', 'to']),
  importColumn('system', 'Thuộc hệ thống', 'System', ['thuoc he thong', 'he thong', 'system']),
  importColumn('mac', 'MAC', 'MAC', ['mac', 'dia chi mac']),
  importColumn('withSubdomains', 'Gồm tên miền con', 'With subdomains', ['gom ten mien con', 'ten mien con', 'with subdomains']),
  importColumn('note', 'Ghi chú', 'Note', ['ghi chu', 'note']),
] as const;

const named = <K extends string>(keys: readonly K[], names: Readonly<Record<K, { vi: string; en: string }>>, more: Record<string, K>) => {
  const words = new Map<string, K>(Object.entries(more));
  for (const key of keys) for (const word of [key, fold(names[key].vi), fold(names[key].en)]) words.set(word, key);
  return words;
};

const KINDS = named(ASSET_KINDS, KIND_NAMES, {
  'he thong': 'system',
  may: 'host',
  'may tram': 'host',
  'may chu': 'host',
  'thiet bi': 'host',
  server: 'host',
  dai: 'range',
  'dai ip': 'range',
  ip: 'range',
  'ten mien': 'domain',
} satisfies Record<string, AssetKind>);

const USAGES_NAMED = named(USAGES, USAGE_NAMES, {
  rieng: 'own',
  'dung rieng': 'own',
  'dung chung': 'exit',
  nat: 'exit',
  dong: 'dynamic',
  'nha mang': 'carrier',
} satisfies Record<string, Usage>);

export const kindNamed = (cell: string): AssetKind | undefined => KINDS.get(fold(cell));
export const usageNamed = (cell: string): Usage | undefined => USAGES_NAMED.get(fold(cell));
const YES = /^(?:x|co|yes|true|1|✓)$/u;
const NO = /^(?:khong|no|false|0)$/u;
export const saysYes = (cell: string): boolean | undefined => (YES.test(fold(cell)) ? true : NO.test(fold(cell)) ? false : undefined);
