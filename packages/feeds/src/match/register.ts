import { foldHeader, NamedTable } from '../named-table.ts';
import type { WantedColumn } from '../named-table.ts';
import { dayNumber } from '../instant.ts';
import { formatPrefix, parsePrefixes } from '../prefix.ts';
import type { Prefix, PrefixProblem } from '../prefix.ts';
import { ALWAYS_FROM, ALWAYS_TO } from '../range-index.ts';
import type { DatedPrefix } from '../range-index.ts';
import type { Records } from '../records.ts';

export type Bilingual = { readonly vi: string; readonly en: string };

/** Something about a line of the register. `isRefused`: the line is not used. */
export type RegisterRemark = { readonly line: number; readonly isRefused: boolean; readonly text: Bilingual };

export type Holding = DatedPrefix & { readonly organisation: string; readonly cidr: string };

const COLUMNS: readonly WantedColumn[] = [
  { key: 'organisation', names: ['organisation', 'organization', 'don vi', 'to chuc'], isRequired: true },
  { key: 'cidr', names: ['cidr', 'prefix', 'dai dia chi', 'dai ip'], isRequired: true },
  { key: 'valid_from', names: ['valid_from', 'valid from', 'tu ngay'], isRequired: false },
  { key: 'valid_to', names: ['valid_to', 'valid to', 'den ngay'], isRequired: false },
];
const MOST_LINES = 1_000_000;
const MOST_REMARKS = 100_000;

const PROBLEMS: Record<PrefixProblem, Bilingual> = {
  empty: { vi: 'chưa có dải địa chỉ; hãy điền cột cidr', en: 'no range; fill in the column cidr' },
  malformed: {
    vi: 'dải địa chỉ không đúng dạng; hãy viết như 203.0.113.0/24, 2001:db8::/32 hoặc 203.0.113.1-203.0.113.9',
    en: 'not a range; write it like 203.0.113.0/24, 2001:db8::/32 or 203.0.113.1-203.0.113.9',
  },
  'leading-zero': {
    vi: 'số 0 đứng đầu trong địa chỉ IPv4 có thể hiểu theo hai cách; hãy bỏ số 0 đó',
    en: 'a leading zero in an IPv4 address can be read in two ways; drop it',
  },
  'zone-id': { vi: 'địa chỉ có phần %vùng; hãy bỏ phần này', en: 'the address has a %zone; drop it' },
  length: {
    vi: 'độ dài tiền tố ngoài giới hạn (0–32 với IPv4, 0–128 với IPv6)',
    en: 'prefix length out of range (0–32 for IPv4, 0–128 for IPv6)',
  },
  mask: { vi: 'mặt nạ mạng không liền; hãy viết dạng /24', en: 'the netmask is not contiguous; write it like /24' },
  order: {
    vi: 'hai đầu của dải ngược thứ tự hoặc khác loại địa chỉ',
    en: 'the ends of the range are in the wrong order or of different kinds',
  },
};

/** The day as a number; null where the cell holds none. `2026-04-20`, also `20/4/2026`. */
function dayOf(cell: string): number | null {
  const text = cell.trim();
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (iso) return dayNumber(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u.exec(text);
  return local ? dayNumber(Number(local[3]), Number(local[2]), Number(local[1])) : null;
}

/** Reads `organisation,cidr,valid_from,valid_to` while it streams in; lines that cannot be used are refused one by one. */
export class RegisterReader {
  readonly holdings: Holding[] = [];
  readonly remarks: RegisterRemark[] = [];
  lines = 0;
  readonly #table: NamedTable;
  #records: Records | null = null;
  #at: readonly number[] = [];
  /** Same prefix from the same day: the line that said so last. */
  readonly #seen = new Map<string, { organisation: string; line: number }>();

  constructor() {
    this.#table = new NamedTable({
      columns: COLUMNS,
      onHeader: (at, _, records) => {
        this.#at = at;
        this.#records = records;
      },
      onRecord: () => this.#line(),
      onBroken: () =>
        this.#refuse({
          vi: 'dòng quá dài hoặc dấu nháy kép không đóng; hãy sửa lại dòng này',
          en: 'the line is too long or its quotation marks do not close; mend it',
        }),
    });
  }

  /** @throws NoSuchColumns */
  push(piece: Buffer): void {
    this.#table.push(piece);
  }

  /** @throws NoSuchColumns */
  end(): void {
    this.#table.end();
  }

  #remark(isRefused: boolean, text: Bilingual): void {
    if (this.remarks.length < MOST_REMARKS) this.remarks.push({ line: this.#table.line, isRefused, text });
  }

  #refuse(text: Bilingual): void {
    this.#remark(true, text);
  }

  #cell(column: number): string {
    const at = this.#at[column]!;
    return at < 0 ? '' : this.#records!.text(at).trim();
  }

  #line(): void {
    this.lines++;
    if (this.lines > MOST_LINES) {
      if (this.lines === MOST_LINES + 1)
        this.#refuse({
          vi: `sổ đăng ký quá ${MOST_LINES} dòng; các dòng từ đây không được dùng`,
          en: `the register has more than ${MOST_LINES} lines; those from here on are not used`,
        });
      return;
    }
    const organisation = this.#cell(0).normalize('NFC');
    if (organisation === '') return this.#refuse({ vi: 'chưa có tên đơn vị', en: 'no organisation' });
    const found = parsePrefixes(this.#cell(1));
    if (typeof found === 'string') return this.#refuse(PROBLEMS[found]);
    const days = this.#days();
    if (days === null) return;
    if (found.hostBits) {
      const cidr = formatPrefix(found.prefixes[0]!);
      this.#remark(false, {
        vi: `${this.#cell(1)} không phải địa chỉ đầu của dải; dùng ${cidr}`,
        en: `${this.#cell(1)} is not the first address of the range; ${cidr} is used`,
      });
    }
    for (const prefix of found.prefixes) this.#hold(organisation, prefix, days);
  }

  #days(): { from: number; to: number } | null {
    const [first, last] = [this.#cell(2), this.#cell(3)];
    const from = first === '' ? ALWAYS_FROM : dayOf(first);
    const to = last === '' ? ALWAYS_TO : dayOf(last);
    if (from === null || to === null) {
      const [column, cell] = from === null ? ['valid_from', first] : ['valid_to', last];
      this.#refuse({
        vi: `${column} “${cell.slice(0, 40)}” không phải là ngày; hãy viết như 2026-04-20 hoặc để trống`,
        en: `${column} “${cell.slice(0, 40)}” is not a day; write it like 2026-04-20 or leave it empty`,
      });
      return null;
    }
    if (from < to) return { from, to };
    this.#refuse({
      vi: `valid_to ${last} không sau valid_from ${first} (valid_to là ngày đầu tiên không còn hiệu lực)`,
      en: `valid_to ${last} is not after valid_from ${first} (valid_to is the first day on which it no longer holds)`,
    });
    return null;
  }

  #hold(organisation: string, prefix: Prefix, days: { from: number; to: number }): void {
    const cidr = formatPrefix(prefix);
    const key = `${cidr} ${days.from}`;
    const before = this.#seen.get(key);
    if (before !== undefined && foldHeader(before.organisation) !== foldHeader(organisation))
      this.#remark(false, {
        vi: `${cidr} từ cùng ngày đã ghi cho “${before.organisation}” ở dòng ${before.line}; dòng sau được dùng`,
        en: `${cidr} from the same day is also held by “${before.organisation}” in line ${before.line}; the later line is used`,
      });
    this.#seen.set(key, { organisation, line: this.#table.line });
    this.holdings.push({ organisation, cidr, prefix, ...days });
  }
}
