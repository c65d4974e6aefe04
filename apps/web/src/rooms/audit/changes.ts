/** One line of before and after: what it is called, and both values; `undefined` where there was none. */
export interface Change {
  key: string;
  before: unknown;
  after: unknown;
}

/** What an act changed, key by key: only what differs when there are both sides, everything when there is one. Values that are no object stand under an empty key. */
export function changesOf(before: unknown, after: unknown): Change[] {
  if (!isRecord(before) && !isRecord(after))
    return before === null && after === null ? [] : [{ key: '', before: orNone(before), after: orNone(after) }];
  const former = new Map(entriesOf(before));
  const next = new Map(entriesOf(after));
  return [...new Set([...former.keys(), ...next.keys()])]
    .map((key) => ({ key, before: former.get(key), after: next.get(key) }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}

function entriesOf(value: unknown): [string, unknown][] {
  if (isRecord(value)) return Object.entries(value);
  return value === null || value === undefined ? [] : [['', value]];
}

function orNone(value: unknown): unknown {
  return value === null ? undefined : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DAY_STARTS = 'T00:00:00+07:00';
const DAY_ENDS = 'T23:59:59.999+07:00';

/** The instants between which the days lie, in Việt Nam time: the whole of the last day is in. */
export function instantsOf(from: string, to: string): { from?: string; to?: string } {
  return { ...(from !== '' && { from: `${from}${DAY_STARTS}` }), ...(to !== '' && { to: `${to}${DAY_ENDS}` }) };
}
