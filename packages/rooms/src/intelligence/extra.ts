import { CELL_END, extraOf, type ListRow } from '@vonggac/feeds';

/** What a row says that findings do not use, in the order in which it is written before the columns without a meaning. */
const KNOWN = ['destination', 'destinationPort', 'protocol', 'tag', 'severity', 'asn', 'count', 'event'] as const;
const NUMBERS: readonly string[] = ['destinationPort', 'asn', 'count'];

/** What a row says besides, in one text without any header; null where that is nothing. The headers are those of its list. */
export function packExtra(row: ListRow): string | null {
  const known = KNOWN.map((name) => row[name]);
  if (row.extra === '' && known.every((value) => value === null)) return null;
  // Joined at once: what is put together piece by piece stays in pieces, and thousands of rows wait to be written.
  return [...known, row.extra].join(CELL_END);
}

/**
 * What `packExtra` wrote, by name: the product's own names begin with @, those of the sender never do.
 * @param names the headers of the columns without a meaning
 */
export function unpackExtra(text: string | null, names: readonly string[]): Record<string, string | number> {
  if (text === null) return {};
  // Rows that were taken in by an earlier version are JSON by header.
  if (text.startsWith('{')) return JSON.parse(text) as Record<string, string | number>;
  const cells = text.split(CELL_END);
  const known = KNOWN.flatMap((name, at) => {
    const cell = cells[at] ?? '';
    return cell === '' ? [] : [[`@${name}`, NUMBERS.includes(name) ? Number(cell) : cell] as const];
  });
  const others = extraOf(cells.slice(KNOWN.length).join(CELL_END), names);
  const named = Object.entries(others).map(([name, cell]) => [name.startsWith('@') ? ` ${name}` : name, cell] as const);
  return Object.fromEntries([...known, ...named]);
}
