import type { Value } from '../event.ts';

const AUDIT = /audit\((\d{9,11})\.(\d{3})/;
const PLAIN = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)$/;
const NUMBER = /^\d{9,19}(?:\.\d+)?$/;

/**
 * A time as logs write it: ISO 8601 (UTC where no zone is said), a count of seconds, milli-, micro- or nanoseconds since 1970 (told by
 * its size), or auditd's `audit(seconds.milliseconds:serial)`.
 * @returns milliseconds since 1970-01-01 UTC; null where it is none of these
 */
export function timeOf(value: Value): number | null {
  if (typeof value === 'number') return fromCount(value);
  if (typeof value === 'bigint') return fromCount(Number(value));
  if (typeof value !== 'string') return null;
  const plain = PLAIN.exec(value);
  if (plain !== null) return known(Date.parse(`${plain[1]}T${plain[2]?.replace(',', '.')}Z`));
  const audit = AUDIT.exec(value);
  if (audit !== null) return Number(audit[1]) * 1000 + Number(audit[2]);
  if (NUMBER.test(value)) return fromCount(Number(value));
  return /^\d{4}-\d\d-\d\d|^[A-Z][a-z]{2},? /.test(value) ? known(Date.parse(value)) : null;
}

/** Seconds until the year 5138 are below 1e11, milliseconds since 1973 above it, and so on. */
function fromCount(count: number): number | null {
  if (!Number.isFinite(count) || count < 1e8) return null;
  if (count < 1e11) return Math.round(count * 1000);
  if (count < 1e14) return count;
  return Math.floor(count < 1e17 ? count / 1e3 : count / 1e6);
}

function known(time: number): number | null {
  return Number.isNaN(time) ? null : time;
}
