import { type Ctx, type Tx } from '@vonggac/store';
import { inArray, sql } from 'drizzle-orm';
import { type Finding, has, keeps, oversees, today } from './internal.ts';
import type { Approval, FindingAnswer, FindingKind, FindingState, Verdict, Why } from './model.ts';
import { findingLists, listShares } from './tables.ts';
import { unitNamesOf } from '../organisations/index.ts';

export type FindingView = {
  id: string;
  organisation: { id: string; name: string };
  kind: FindingKind;
  family: string;
  address: string | null;
  privateAddress: string | null;
  port: number | null;
  domain: string | null;
  machine: string | null;
  mac: string | null;
  network: string | null;
  usage: string | null;
  level: number | null;
  matchedBy: string;
  firstSeen: string;
  lastSeen: string;
  sightings: number;
  lists: number;
  relapses: number;
  inNewest: boolean;
  /** The newest list that it stands in; null where the actor may not know of it. */
  list: { id: string; title: string; sender: string } | null;
  state: FindingState;
  answer: FindingAnswer | null;
  answered: { by: string; at: string } | null;
  note: string | null;
  postponedTo: string | null;
  approval: Approval | null;
  reference: string | null;
  machinesDone: number | null;
  machinesTotal: number | null;
  verdict: Verdict | null;
  verdictList: { id: string; title: string; sender: string } | null;
  verdictWhy: Why | null;
  directive: string | null;
  requirement: string | null;
  due: string | null;
  overdue: boolean;
  exercise: boolean;
  version: number;
  can: { answer: boolean; operator: boolean; decide: boolean; approve: boolean; split: boolean };
};

type ListName = { id: string; title: string; sender: string };

/** Lists by id: all of them for the authority, those that it has a share in for an organisation. */
export async function listNames(tx: Tx, ids: readonly string[]): Promise<Map<string, ListName>> {
  if (ids.length === 0) return new Map();
  const wanted = [...new Set(ids)];
  const own = await tx
    .select({ id: findingLists.id, title: findingLists.title, sender: findingLists.senderName })
    .from(findingLists)
    .where(inArray(findingLists.id, wanted));
  const missing = wanted.filter((id) => !own.some((row) => row.id === id));
  if (missing.length === 0) return new Map(own.map((row) => [row.id, row]));
  const { rows } = await tx.execute<ListName>(
    sql`select distinct on (list) list as id, title, sender_name as sender from ${listShares} where list = any(${sql.param(missing)}::uuid[])`,
  );
  return new Map([...own, ...rows].map((row) => [row.id, row]));
}

const isWaiting = (row: Finding): boolean => row.approval === 'asked';

/** What the actor may do with a finding as it stands. */
export function canDo(ctx: Ctx, row: Finding): FindingView['can'] {
  const acts = has(ctx, 'findings:answer') && (keeps(ctx, row) || oversees(ctx, row));
  const isOpen = row.state === 'open' || row.state === 'answered';
  return {
    answer: acts && isOpen && !isWaiting(row),
    operator: acts && isOpen && row.usage === 'carrier' && !isWaiting(row),
    decide: isWaiting(row) && row.answer !== 'postponed' && has(ctx, 'findings:decide') && oversees(ctx, row),
    approve: isWaiting(row) && row.answer === 'postponed' && has(ctx, 'findings:approve') && (keeps(ctx, row) || oversees(ctx, row)),
    split: acts && row.state === 'open' && row.usage === 'exit',
  };
}

/** Rows as screens read them, in their order. */
export async function viewsOf(tx: Tx, ctx: Ctx, rows: readonly Finding[]): Promise<FindingView[]> {
  if (rows.length === 0) return [];
  const day = today(ctx);
  const names = await unitNamesOf(
    tx,
    rows.map(({ organisation }) => organisation),
    day,
  );
  const lists = await listNames(
    tx,
    rows.flatMap(({ list, verdictList }) => (verdictList === null ? [list] : [list, verdictList])),
  );
  return rows.map((row) => viewOf(ctx, row, { day, names, lists }));
}

type Around = { day: string; names: ReadonlyMap<string, string>; lists: Map<string, ListName> };

function viewOf(ctx: Ctx, row: Finding, { day, names, lists }: Around): FindingView {
  const { id, kind, family, address, privateAddress, port, domain, machine, mac, network, usage, level, matchedBy } = row;
  const { firstSeen, lastSeen, sightings, relapses, inNewest, state, answer, note, postponedTo, approval, reference } = row;
  const { machinesDone, machinesTotal, verdict, verdictWhy, directive, requirement, due, version } = row;
  const organisation = { id: row.organisation, name: names.get(row.organisation) ?? '' };
  return {
    id,
    organisation,
    kind,
    family,
    address,
    privateAddress,
    port,
    domain,
    machine,
    mac,
    network,
    usage,
    level,
    matchedBy,
    firstSeen,
    lastSeen,
    sightings,
    lists: row.lists,
    relapses,
    inNewest,
    state,
    answer,
    note,
    postponedTo,
    approval,
    reference,
    machinesDone,
    machinesTotal,
    verdict,
    verdictWhy,
    directive,
    requirement,
    due,
    version,
    list: lists.get(row.list) ?? null,
    verdictList: row.verdictList === null ? null : (lists.get(row.verdictList) ?? null),
    answered: row.answeredAt === null ? null : { by: row.answeredByName ?? '', at: row.answeredAt },
    overdue: due !== null && due < day && row.state === 'open',
    exercise: row.exercise !== null,
    can: canDo(ctx, row),
  };
}
