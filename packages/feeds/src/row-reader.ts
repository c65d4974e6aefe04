import { hash } from 'node:crypto';
import { CELL_END, MEANINGS } from './model.ts';
import type { ListMapping, ListRefusal, ListRow, Meaning, RefusalCode, Text } from './model.ts';
import { foldHeader } from './named-table.ts';
import type { OpenedList } from './open-list.ts';
import type { RawRow } from './raw-rows.ts';
import { columnsChanged } from './refusals.ts';
import { instantOf, isRefused, locate, macOf, numberOf, plainText, portOf, shortText, domainOf } from './values.ts';

const SHOWN = 200;
const KEPT = 4000;
const BETWEEN = '\u001f';
// oxlint-disable-next-line no-control-regex -- what would be taken for the end of a cell, or cannot be stored.
const ENDS = /[\u0000\u001e\u001f]/gu;

const REASONS: Record<RefusalCode, Text> = {
  'no-address': {
    vi: 'Dòng không có địa chỉ IP, tên miền, đơn vị hay tên máy. Hãy bổ sung một trong các cột này.',
    en: 'The row has no IP address, domain, unit or machine. Fill in one of these columns.',
  },
  'bad-address': {
    vi: 'Không phải một địa chỉ IP hay tên miền. Hãy viết như 203.0.113.7 hoặc 2001:db8::7, không có số 0 đứng đầu, không phải dải.',
    en: 'Not an IP address or domain. Write it like 203.0.113.7 or 2001:db8::7, without leading zeros, not a range.',
  },
  'several-addresses': {
    vi: 'Một ô có nhiều địa chỉ. Hãy tách mỗi địa chỉ thành một dòng.',
    en: 'One cell holds several addresses. Put each address on a row of its own.',
  },
  'no-time': {
    vi: 'Dòng không có thời gian, nên không biết ai giữ địa chỉ lúc đó. Hãy bổ sung thời gian.',
    en: 'The row has no time, so that nobody knows who held the address then. Fill in the time.',
  },
  'bad-time': {
    vi: 'Không đọc được thời gian. Hãy viết như 2026-04-20 11:22:33 hoặc 20/04/2026 11:22.',
    en: 'The time cannot be read. Write it like 2026-04-20 11:22:33 or 20/04/2026 11:22.',
  },
  'bad-port': { vi: 'Cổng phải là số từ 1 đến 65535.', en: 'A port is a number from 1 to 65535.' },
  'bad-mac': { vi: 'Địa chỉ MAC phải có 12 chữ số thập lục phân.', en: 'A MAC address has 12 hexadecimal digits.' },
  'bad-number': { vi: 'Phải là một số nguyên không âm.', en: 'Must be a whole number of zero or more.' },
  'bad-row': {
    vi: 'Dòng quá dài hoặc dấu nháy kép không đóng. Hãy sửa lại dòng này.',
    en: 'The row is too long or its quotation marks do not close. Mend the row.',
  },
  'bad-json': { vi: 'Dòng không phải là một đối tượng JSON. Hãy sửa lại dòng này.', en: 'The line is not a JSON object. Mend the line.' },
  'too-many-columns': { vi: 'Dòng có quá nhiều cột. Hãy xóa các cột thừa.', en: 'The row has too many columns. Remove spare ones.' },
};

/** Where each column of a mapping stands in this list: by its name, at its usual place first. */
function placesOf(mapping: ListMapping, list: OpenedList): Map<number, Meaning> {
  const places = new Map<number, Meaning>();
  const names = list.columns.map(foldHeader);
  const missing: string[] = [];
  for (const { header, at, meaning } of mapping.columns) {
    if (meaning === null) continue;
    const name = foldHeader(header);
    let found = !mapping.hasHeader || names[at] === name ? at : names.indexOf(name);
    // A field that the first lines of JSON do not have may come later.
    if (found < 0 && list.kind === 'jsonl') found = list.columns.push(header) - 1;
    if (found >= 0) places.set(found, meaning);
    else missing.push(header);
  }
  if (missing.length > 0 || mapping.hasHeader !== list.hasHeader) throw columnsChanged(missing, list.columns);
  return places;
}

/** Makes rows of lines by a mapping. */
export class RowReader {
  readonly #list: OpenedList;
  readonly #mapping: ListMapping;
  readonly #at: Readonly<Record<Meaning, readonly number[]>>;
  /** Whether a column has a meaning, by its place. */
  readonly #meant: readonly (boolean | undefined)[];
  readonly #names: (string | undefined)[] = [];
  readonly #extraNames: string[] = [];
  /** Columns that are looked at for `#extraNames`. */
  #named = 0;

  /** @throws DomainError `feeds.columns_changed` */
  constructor(list: OpenedList, mapping: ListMapping) {
    this.#list = list;
    this.#mapping = mapping;
    const places = placesOf(mapping, list);
    const at = Object.fromEntries(MEANINGS.map((meaning) => [meaning, [] as number[]])) as Record<Meaning, number[]>;
    for (const [place, meaning] of places) at[meaning].push(place);
    this.#at = at;
    const meant: boolean[] = [];
    for (const place of places.keys()) meant[place] = true;
    this.#meant = meant;
  }

  read(raw: RawRow): ListRow | ListRefusal {
    if (raw.broken !== null) return this.#refuse(raw, null, raw.broken);
    return this.#values(raw);
  }

  #refuse(raw: RawRow, meaning: Meaning | null, code: RefusalCode): ListRefusal {
    const column = meaning === null ? null : this.#nameOf(this.#at[meaning][0] ?? -1);
    const cells = raw.cells.slice(0, 50).map((cell) => plainText(cell.slice(0, SHOWN)));
    return { kind: 'refusal', row: raw.row, column, code, reason: REASONS[code], cells };
  }

  /** The header of a column as it is kept; one without a name goes by its number. */
  #nameOf(at: number): string | null {
    if (at < 0) return null;
    const made = this.#names[at];
    if (made !== undefined) return made;
    const header = (this.#list.columns[at] ?? '').replace(/\s+/gu, ' ').trim().slice(0, SHOWN) || `#${at + 1}`;
    const name = this.#names.includes(header) || header === '__proto__' ? `${header} #${at + 1}` : header;
    this.#names[at] = name;
    return name;
  }

  /** The first cell of a meaning that is not empty. */
  #cell(raw: RawRow, meaning: Meaning): string {
    for (const at of this.#at[meaning]) {
      const cell = raw.cells[at];
      if (cell !== undefined && cell !== '' && cell.trim() !== '') return cell;
    }
    return '';
  }

  #values(raw: RawRow): ListRow | ListRefusal {
    const { order, offset } = this.#mapping;
    const text = (meaning: Meaning): string | null => shortText(this.#cell(raw, meaning));
    const located = locate(this.#cell(raw, 'address'));
    const time = this.#at.time.length === 0 ? null : instantOf(this.#cell(raw, 'time'), { order, offset }, this.#list.from1904);
    const port = portOf(this.#cell(raw, 'port'));
    const target = locate(this.#cell(raw, 'destination'));
    const targetPort = portOf(this.#cell(raw, 'destination-port'));
    const inner = locate(this.#cell(raw, 'private-address'));
    const mac = macOf(this.#cell(raw, 'mac'));
    const asn = numberOf(this.#cell(raw, 'asn'));
    const count = numberOf(this.#cell(raw, 'count'));
    if (isRefused(located)) return this.#refuse(raw, 'address', located.refused);
    if (isRefused(time)) return this.#refuse(raw, 'time', time.refused);
    if (isRefused(port)) return this.#refuse(raw, 'port', port.refused);
    if (isRefused(target)) return this.#refuse(raw, 'destination', target.refused);
    if (isRefused(targetPort)) return this.#refuse(raw, 'destination-port', targetPort.refused);
    if (isRefused(inner)) return this.#refuse(raw, 'private-address', inner.refused);
    if (isRefused(mac)) return this.#refuse(raw, 'mac', mac.refused);
    if (isRefused(asn)) return this.#refuse(raw, 'asn', asn.refused);
    if (isRefused(count)) return this.#refuse(raw, 'count', count.refused);
    const named = this.#cell(raw, 'domain');
    // Each field by its name: spreading would copy every row once more.
    const row = {
      kind: 'row' as const,
      row: raw.row,
      key: '',
      address: located.address,
      port: port ?? located.port,
      destination: target.address ?? target.domain,
      destinationPort: targetPort ?? target.port,
      time,
      family: text('family'),
      tag: text('tag'),
      severity: text('severity'),
      domain: (named === '' ? null : (domainOf(named) ?? shortText(named))) ?? located.domain,
      machine: text('machine'),
      privateAddress: inner.address,
      mac,
      unit: text('unit'),
      asn,
      count,
      protocol: text('protocol'),
      event: text('event'),
      extra: this.#extra(raw),
      extraNames: this.#extraNames,
    };
    if (!(row.address ?? row.domain ?? row.unit ?? row.machine ?? row.privateAddress ?? row.mac))
      return this.#refuse(raw, 'address', 'no-address');
    row.key = rowKey(row);
    return row;
  }

  /** The cells without a meaning, empty ones at the end left out. */
  #extra({ cells }: RawRow): string {
    const extra: string[] = [];
    let filled = 0;
    for (let at = 0; at < cells.length; at++) {
      if (this.#meant[at] === true) continue;
      if (at >= this.#named) this.#nameUpTo(at);
      const cell = cells[at]!.trim();
      extra.push(cell === '' ? cell : (cell.length > KEPT ? cell.slice(0, KEPT) : cell).replace(ENDS, ' '));
      if (cell !== '') filled = extra.length;
    }
    extra.length = filled;
    return extra.join(CELL_END).toWellFormed();
  }

  #nameUpTo(last: number): void {
    for (; this.#named <= last; this.#named++) if (this.#meant[this.#named] !== true) this.#extraNames.push(this.#nameOf(this.#named)!);
  }
}

type Content = Omit<ListRow, 'kind' | 'row' | 'key' | 'extra' | 'extraNames' | 'count' | 'severity' | 'asn' | 'tag' | 'protocol'>;

/**
 * The same for the same sighting: address, port, destination, time, family, domain, machine, private address, MAC, unit and
 * the sender's own number of the event, without regard to case. Counts, labels and unknown columns do not change it.
 */
export function rowKey(row: Content): string {
  const where = `${row.address ?? ''}${BETWEEN}${row.port ?? ''}${BETWEEN}${row.destination ?? ''}${BETWEEN}${row.destinationPort ?? ''}`;
  const what = `${row.time ?? ''}${BETWEEN}${row.family ?? ''}${BETWEEN}${row.domain ?? ''}${BETWEEN}${row.machine ?? ''}`;
  const who = `${row.privateAddress ?? ''}${BETWEEN}${row.mac ?? ''}${BETWEEN}${row.unit ?? ''}${BETWEEN}${row.event ?? ''}`;
  return hash('sha256', `1${BETWEEN}${where}${BETWEEN}${what}${BETWEEN}${who}`.toLowerCase(), 'hex').slice(0, 32);
}
