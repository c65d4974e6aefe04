import headers from './mappings/headers.json' with { type: 'json' };
import intelmq from './mappings/intelmq.json' with { type: 'json' };
import shadowserver from './mappings/shadowserver.json' with { type: 'json' };
import type { Meaning, Text } from './model.ts';
import { foldHeader } from './named-table.ts';

const BY_HEADER = new Map(Object.entries(headers.meanings).flatMap(([meaning, names]) => names.map((name) => [name, meaning as Meaning])));
const BY_FIELD = new Map(Object.entries(intelmq.fields).map(([field, meaning]) => [field, meaning as Meaning]));
const BY_COLUMN = new Map(Object.entries(shadowserver.columns).map(([column, meaning]) => [column, meaning as Meaning | null]));

/** A kind of list that is known by name: what it reports and how. */
export type Report = { readonly id: string; readonly name: Text; readonly classification: string; readonly version: string };

/** What the header of a column says by the shipped dictionaries; null where they do not know it. */
export function meaningOfHeader(header: string, report: string | null): Meaning | null {
  const folded = foldHeader(header);
  if (report?.startsWith('shadowserver:')) {
    const known = BY_COLUMN.get(folded);
    if (known !== undefined) return known;
  }
  return BY_FIELD.get(header.trim()) ?? BY_HEADER.get(folded.replace(/\s?\([^)]*\)/gu, '').trim()) ?? null;
}

type Known = { id?: string; class: string; vi: string; en: string };

function reportOf(id: string, known: Known): Report {
  return {
    id: `shadowserver:${id}`,
    name: { vi: known.vi, en: known.en },
    classification: known.class,
    version: shadowserver.version,
  };
}

/**
 * Which of Shadowserver's reports a file is: by its name (`2026-04-20-event4_sinkhole-vietnam-geo.csv`), else by the columns
 * that only that report has. null for other lists.
 */
export function shadowserverReport(fileName: string, columns: readonly string[]): Report | null {
  const folded = new Set(columns.map(foldHeader));
  if (!folded.has('timestamp') || !(folded.has('ip') || folded.has('src_ip'))) return null;
  const named = /^(?:\d{4}-\d{2}-\d{2}-)?(?<id>[a-z0-9_]+)(?:-[\w-]+)?\.csv(?:\.gz)?$/iu.exec(fileName)?.groups?.['id']?.toLowerCase();
  if (named !== undefined) {
    const exact =
      shadowserver.reports.find(({ id }) => id === named) ?? shadowserver.prefixes.find(({ prefix }) => named.startsWith(prefix));
    if (exact) return reportOf(named, exact);
  }
  const told = shadowserver.reports
    .filter(({ tells }) => tells.length > 0 && tells.every((column) => folded.has(column)))
    .toSorted((a, b) => b.tells.length - a.tells.length)[0];
  return told ? reportOf(told.id, told) : null;
}

/** Whether the keys of a JSON object are those of an IntelMQ event. */
export function isIntelmq(keys: readonly string[]): boolean {
  return keys.filter((key) => BY_FIELD.has(key) || /^(?:feed|classification|time|source|destination)\./u.test(key)).length >= 2;
}

export const INTELMQ: Report = {
  id: 'intelmq:event',
  name: { vi: 'Sự kiện IntelMQ', en: 'IntelMQ events' },
  classification: 'other',
  version: intelmq.version,
};
