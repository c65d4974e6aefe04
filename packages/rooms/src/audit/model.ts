import { createHash } from 'node:crypto';

/** A row of the log as it is hashed: every column, instants as ISO text in UTC. */
export type AuditRow = {
  id: string;
  at: string;
  actorKind: string;
  actor: string;
  actorName: string;
  role: string | null;
  organisation: string;
  concerns: string | null;
  action: string;
  subjectKind: string;
  subjectId: string;
  before: unknown;
  after: unknown;
  reason: string | null;
  address: string;
  requestId: string;
};

const COLUMNS = [
  'id',
  'at',
  'actorKind',
  'actor',
  'actorName',
  'role',
  'organisation',
  'concerns',
  'action',
  'subjectKind',
  'subjectId',
  'before',
  'after',
  'reason',
  'address',
  'requestId',
] as const;

/** The start of the chain. */
export const GENESIS = '0'.repeat(64);

/** `SHA-256(previous ‖ LF ‖ canonical JSON of the row)` in hex. */
export function linkHash(previous: string, row: AuditRow): string {
  return createHash('sha256')
    .update(previous)
    .update('\n')
    .update(JSON.stringify(COLUMNS.map((name) => sorted(row[name]))))
    .digest('hex');
}

/** jsonb does not keep the order of keys; the hash must not depend on it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** A signed head of the chain: link `seq` had hash `head` at `at`. */
export type Anchor = { seq: number; head: string; at: string; signature: string };

/** The text that is signed. */
export function anchorText(anchor: Omit<Anchor, 'signature'>): string {
  return `vonggac-audit\n${anchor.seq}\n${anchor.head}\n${anchor.at}\n`;
}

export type Finding = {
  kind: 'changed' | 'removed' | 'unsealed' | 'truncated' | 'rewritten' | 'anchor-forged' | 'anchor-missing';
  seq: number | null;
  row: string | null;
  text: { vi: string; en: string };
};
