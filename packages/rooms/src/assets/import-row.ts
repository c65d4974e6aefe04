import type { Text } from '@vonggac/kernel';
import type { SourceRow } from '../organisations/index.ts';
import { kindNamed, saysYes, usageNamed } from './import-columns.ts';
import type { AssetInput } from './input.ts';
import { type AssetKind, isEmpty, type Period } from './model.ts';
import { isPrivate, readAddress } from './network.ts';

/** A row as it asks to be registered; `given`: fields whose cell says something. */
export type Wanted = { input: AssetInput; period: Period; system: string; given: ReadonlySet<string> };

function dayIn(cell: string): string | null | Text {
  if (cell === '') return null;
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/u.exec(cell);
  const iso = match ? `${match[3]}-${match[2]!.padStart(2, '0')}-${match[1]!.padStart(2, '0')}` : cell.slice(0, 10);
  try {
    return Temporal.PlainDate.from(iso).toString();
  } catch {
    return { vi: `“${cell}” không phải ngày. Ghi như 1/7/2025.`, en: `“${cell}” is no day. Write it like 1/7/2025.` };
  }
}

/** What a cell without a kind beside it is: a private address is a machine's, a public one a range. */
function kindOf(value: string, hasLevel: boolean): AssetKind {
  const address = readAddress(value);
  if (address) return isPrivate(address) ? 'host' : 'range';
  if (value.includes('/') || /^[\d.:a-f]+\s*[-–]/iu.test(value)) return /^https?:/iu.test(value) ? 'domain' : 'range';
  if (value === '' || hasLevel) return 'system';
  return value.includes('.') ? 'domain' : 'host';
}

const isText = (one: unknown): one is Text => typeof one === 'object' && one !== null && 'vi' in one;

function levelIn(cell: string): number | null | Text {
  const level = /[1-5]/u.exec(cell)?.[0];
  if (cell === '') return null;
  return level ? Number(level) : { vi: `Cấp độ “${cell}” không thuộc 1–5.`, en: `Level “${cell}” is not one of 1–5.` };
}

/** The cells of a row, or why they cannot be read. */
export function readRow({ by, rest }: SourceRow): Wanted | Text {
  const cell = (key: string): string => (by[key] ?? '').trim();
  const value = cell('value');
  const kind = cell('kind') === '' ? kindOf(value, cell('level') !== '') : kindNamed(cell('kind'));
  if (!kind)
    return {
      vi: `Không có loại “${cell('kind')}”. Xem các loại trong tệp mẫu.`,
      en: `There is no kind “${cell('kind')}”. See the template.`,
    };
  const usage = cell('usage') === '' ? undefined : usageNamed(cell('usage'));
  if (cell('usage') !== '' && !usage)
    return { vi: `Không có cách sử dụng “${cell('usage')}”. Xem tệp mẫu.`, en: `There is no usage “${cell('usage')}”. See the template.` };
  const [level, levelDay, from, to] = [levelIn(cell('level')), dayIn(cell('levelDay')), dayIn(cell('from')), dayIn(cell('to'))];
  for (const one of [level, levelDay, from, to]) if (isText(one)) return one;
  const period = { from, to } as Period;
  if (isEmpty(period)) return { vi: 'Ngày kết thúc phải sau ngày bắt đầu.', en: 'The end must come after the start.' };
  const note = [cell('note'), rest].filter(Boolean).join('; ').slice(0, 2000);
  const given = new Set(Object.keys(by).filter((key) => cell(key) !== ''));
  if (note) given.add('note');
  return {
    period,
    given,
    system: kind === 'system' ? '' : cell('system'),
    input: {
      kind,
      // A system may stand in either column.
      name: (cell('name') || (kind === 'system' ? value : '')).slice(0, 300),
      address: value,
      network: value,
      domain: value,
      mac: cell('mac'),
      usage,
      level: level as number | null,
      levelDecision: cell('levelDecision').slice(0, 200),
      levelDay: levelDay as string | null,
      withSubdomains: saysYes(cell('withSubdomains')),
      note,
    },
  };
}
