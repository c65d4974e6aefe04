import { z } from 'zod';
import { day, id, instant, line, page, text } from './route.ts';

const meaning = z.enum([
  'address',
  'port',
  'destination',
  'destination-port',
  'time',
  'family',
  'tag',
  'severity',
  'domain',
  'machine',
  'private-address',
  'mac',
  'unit',
  'asn',
  'count',
  'protocol',
  'event',
]);
const kind = z.enum(['xlsx', 'csv', 'tsv', 'plain', 'docx', 'pdf', 'jsonl']);
const number = z.number().int();
const aliasKind = z.enum(['unit', 'machine']);

export const why = z.enum([
  'mac',
  'host-name',
  'host-address',
  'domain',
  'longest-prefix',
  'parent-domain',
  'unit-alias',
  'machine-alias',
  'hand',
  'no-range',
  'not-then',
  'no-domain',
  'unknown-unit',
  'unknown-machine',
]);
const named = z.object({ id, name: z.string() });
const titled = z.object({ id, title: z.string() });

export const listMapping = z.object({
  version: z.literal(1),
  kind,
  sheet: z.string().max(300).nullable(),
  hasHeader: z.boolean(),
  columns: z
    .array(z.object({ header: z.string().max(4000), at: number.min(0).max(1024), meaning: meaning.nullable() }))
    .max(1024)
    .readonly(),
  order: z.enum(['dmy', 'mdy']),
  offset: number.min(-840).max(840),
  report: z.string().max(200).nullable(),
});

/** What the officer says of a list before it is taken in. */
export const listSettings = z.object({
  title: line(300),
  mapping: listMapping,
  families: z.array(line(200)).max(500).nullable().default(null),
  coversFrom: instant.nullable().default(null),
  coversTo: instant.nullable().default(null),
  supersedes: id.nullable().default(null),
  directive: id.nullable().default(null),
  requirement: id.nullable().default(null),
  due: day.nullable().default(null),
  /** The exercise that it belongs to. */
  exercise: id.nullable().default(null),
});

const refusal = z.object({
  row: number,
  column: z.string().nullable(),
  code: z.string(),
  reason: text,
  cells: z.array(z.string()).readonly(),
});
const readRow = z.object({
  row: number,
  address: z.string().nullable(),
  port: number.nullable(),
  time: z.string().nullable(),
  family: z.string().nullable(),
  domain: z.string().nullable(),
  machine: z.string().nullable(),
  privateAddress: z.string().nullable(),
  mac: z.string().nullable(),
  unit: z.string().nullable(),
});

const recognition = z.object({
  kind,
  why: z.array(text).readonly(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  sheets: z.array(z.object({ name: z.string() })).readonly(),
  columns: z
    .array(
      z.object({
        header: z.string(),
        at: number,
        meaning: meaning.nullable(),
        because: z.enum(['kept', 'report', 'header', 'values']).nullable(),
        samples: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
  mapping: listMapping,
  zoneFrom: z.enum(['cells', 'header', 'report', 'kept', 'assumed']),
  dates: z.object({ certainty: z.enum(['clear', 'open', 'mixed']) }).nullable(),
  /** Of a long text `looked` of them were read, and the others counted: then it is near, not exact. */
  rows: number,
  looked: number,
  refused: number,
  defanged: number,
  first: z.array(z.union([readRow, refusal])).readonly(),
  odd: z.array(refusal).readonly(),
  warnings: z.array(z.object({ messages: text })).readonly(),
});

export const uploadedList = z.object({
  id,
  sender: named,
  title: z.string(),
  /** The same file of the same sender is in already. */
  again: titled.extend({ finishedAt: instant.nullable() }).nullable(),
  /** The directive whose annex it is, with the items that its findings may answer. */
  annex: z
    .object({ directive: id, subject: z.string(), requirements: z.array(z.object({ id, text: z.string(), due: day.nullable() })) })
    .nullable(),
  recognition,
});

export const listCounts = z.object({
  rows: number,
  same: number,
  refused: number,
  matched: number,
  unmatched: number,
  aside: number,
  findingsNew: number,
  findingsAgain: number,
});

export const listRow = z.object({
  row: number,
  isSame: z.boolean(),
  seenAt: z.string(),
  isTimed: z.boolean(),
  address: z.string().nullable(),
  port: number.nullable(),
  family: z.string(),
  domain: z.string().nullable(),
  machine: z.string().nullable(),
  privateAddress: z.string().nullable(),
  mac: z.string().nullable(),
  unit: z.string().nullable(),
  target: id.nullable(),
  unitName: z.string().nullable(),
  asset: id.nullable(),
  network: z.string().nullable(),
  usage: z.string().nullable(),
  matchedBy: z.enum(['asset', 'address', 'domain', 'name', 'machine', 'hand']).nullable(),
  why,
});

const units = z.array(z.object({ unit: named, rows: number, machines: number }));
const whys = z.array(z.object({ why, rows: number }));

export const listTrial = z.object({
  counts: listCounts,
  why: whys,
  units,
  families: z.array(z.object({ family: z.string(), rows: number })),
  /** When the first and the last row were seen. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  first: z.array(listRow),
  unmatched: z.array(listRow),
  refused: z.array(refusal),
  /** Names that lead nowhere until they are confirmed. */
  names: z.array(z.object({ kind: aliasKind, text: z.string(), rows: number, proposed: named.nullable(), because: text.nullable() })),
});

export const listLine = z.object({
  id,
  title: z.string(),
  sender: named,
  kind,
  state: z.enum(['draft', 'running', 'stopped', 'done', 'cancelled', 'superseded', 'withdrawn']),
  isExercise: z.boolean(),
  counts: listCounts,
  done: number,
  total: number,
  madeAt: instant,
  madeBy: z.string(),
  finishedAt: instant.nullable(),
  coversFrom: instant.nullable(),
  coversTo: instant.nullable(),
});

export const listView = listLine.extend({
  name: z.string(),
  size: number,
  families: z.array(z.string()).nullable(),
  directive: z.object({ id, subject: z.string() }).nullable(),
  requirement: id.nullable(),
  due: day.nullable(),
  exercise: named.nullable(),
  supersedes: titled.nullable(),
  supersededBy: titled.nullable(),
  correction: z.object({ added: number, same: number, removed: number, findingsRemoved: number, findingsKept: number }).nullable(),
  cancelAsked: z.boolean(),
  fault: text.nullable(),
  startedAt: instant.nullable(),
  units,
  why: whys,
  withdrawal: z.object({ askedBy: z.string(), askedAt: instant, reason: z.string(), mine: z.boolean() }).nullable(),
  withdrawn: z.object({ by: z.string(), at: instant }).nullable(),
});

export const rematch = z.object({
  id,
  rows: number,
  findingsNew: number,
  findingsAgain: number,
  by: z.string(),
  at: instant,
  undone: z.object({ by: z.string(), at: instant, kept: number }).nullable(),
});

/** Rows that led nowhere and would lead somewhere now. */
export const rematchable = z.object({
  rows: number,
  isMore: z.boolean(),
  units: z.array(z.object({ unit: named, rows: number })),
  why: whys,
  findingsNew: number,
  findingsAgain: number,
  done: z.array(rematch),
});

export const aliasView = z.object({
  id,
  sender: named,
  kind: aliasKind,
  text: z.string(),
  target: named,
  asset: named.nullable(),
  from: day.nullable(),
  /** The first day on which it no longer holds. */
  to: day.nullable(),
  ended: z.boolean(),
  by: z.string(),
  version: number,
});

export const aliasChange = z.object({
  target: id,
  asset: id.nullable().default(null),
  from: day.nullable().default(null),
  to: day.nullable().default(null),
  version: number,
});

const by = z.enum(['address', 'domain', 'unit', 'machine', 'inner']);
export const unmatchedGroups = page(
  z.object({
    by,
    value: z.string(),
    unit: z.string().nullable(),
    why,
    rows: number,
    families: z.array(z.string()),
    first: instant,
    last: instant,
  }),
).extend({ rows: number });
export const groups = z
  .array(z.object({ by, value: z.string().max(4000) }))
  .min(1)
  .max(500);

export const aliases = z
  .array(
    z.object({
      kind: aliasKind,
      text: line(4000),
      target: id,
      asset: id.nullable().default(null),
      from: day.nullable().default(null),
      to: day.nullable().default(null),
    }),
  )
  .min(1)
  .max(500);
