import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { livingAuthorities } from '../assets/index.ts';
import { record } from '../audit/index.ts';
import { giveLists } from '../intelligence/index.ts';
import { type Holding, type HoldingRow, namesOf, type OrganisationReorganised } from '../organisations/index.ts';
import { nameOf } from './answer.ts';
import { carryFindings } from './carry.ts';
import type { Finding } from './internal.ts';
import { findingLists, findings, findingSums } from './tables.ts';

const held = (organisation: string): SQL => and(eq(findings.organisation, organisation), inArray(findings.state, ['open', 'answered']))!;

type Moving = { from: string; to: string | null; on: string; which: SQL };

/**
 * Findings of an organisation that ends. With one successor all go on there, also those that a list has closed: the machines are the same,
 * and one that is seen again must be known. Whose answer an answered one has stays in its history. With several, each that somebody has to
 * act on goes where it was assigned; unassigned it keeps its place and waits with the authority.
 */
export const heldFindings: Holding = {
  kind: 'findings',
  name: { vi: 'Điểm cần xử lý', en: 'Findings' },
  count: (tx, organisation) => tx.$count(findings, held(organisation)),
  move: (tx, ctx, from, to, on) => moveFindings(tx, ctx, { from, to, on, which: sql`f.organisation = ${from}` }),
  rows: async (tx, organisation) =>
    (await tx.select().from(findings).where(held(organisation)).orderBy(asc(findings.rank), asc(findings.id))).map(rowOf),
  moveRow: (tx, ctx, row, { from, to, on }) =>
    moveFindings(tx, ctx, { from, to, on, which: sql`f.id = ${row} and f.organisation = ${from}` }),
  leaving: {
    waits: (row, organisation) =>
      sql`exists (select 1 from ${findings} f where f.id = ${row} and f.organisation = ${organisation} and f.state in ('open', 'answered'))`,
    lapses: false,
    handOn: (tx, ctx, rows, { from, to, on }) =>
      moveFindings(tx, ctx, {
        from,
        to,
        on,
        which: sql`f.id = any(${sql.param(rows.map(({ row }) => row))}::uuid[]) and f.organisation = ${from}`,
      }),
  },
};

function rowOf(row: Finding): HoldingRow {
  const name = [nameOf(row), row.family].filter(Boolean).join(' · ');
  return { id: row.id, overseer: row.overseer, text: { vi: name, en: name } };
}

async function moveFindings(tx: Tx, ctx: Ctx, { from, to, on, which }: Moving): Promise<void> {
  if (to === null) return;
  const names = await namesOf(tx, [from, to], on);
  const told = { from, fromName: names.get(from)?.qualifiedName ?? '', to, on };
  const done = await carryFindings(tx, ctx, { which, organisation: to, told });
  if (done.moved === 0) return;
  await record(tx, ctx, {
    action: 'findings.carried_over',
    subject: { kind: 'organisation', id: from },
    after: { to, on, ...done },
    concerns: to,
  });
}

async function giveTo(tx: Tx, ctx: Ctx, { from, to, on, which }: { from: string; to: string; on: string; which: SQL }): Promise<void> {
  const names = await namesOf(tx, [from], on);
  const done = await carryFindings(tx, ctx, {
    which,
    overseer: to,
    told: { overseer: to, fromName: names.get(from)?.qualifiedName ?? '', on },
  });
  if (done.moved === 0) return;
  await record(tx, ctx, {
    action: 'findings.overseer_changed',
    subject: { kind: 'organisation', id: from },
    after: { overseer: to, on, ...done },
    concerns: to,
  });
}

/** What an authority's lists proved goes on proving it for the authority in its place. */
async function giveKnown(tx: Tx, ctx: Ctx, from: string, to: string): Promise<void> {
  await giveLists(tx, ctx, { from, to });
  await tx.update(findingLists).set({ organisation: to }).where(eq(findingLists.organisation, from));
}

/** Findings of an authority that ended go to the one that took its place, with what its lists cover. */
export async function moveOverseenFindings(tx: Tx, ctx: Ctx, fact: OrganisationReorganised): Promise<void> {
  const [successor, ...others] = fact.successors;
  if (fact.kind === 'separate' || successor === undefined || others.length > 0) return;
  await giveKnown(tx, ctx, fact.predecessor, successor);
  await giveTo(tx, ctx, { from: fact.predecessor, to: successor, on: fact.on, which: sql`f.overseer = ${fact.predecessor}` });
}

/**
 * Gives findings to the authorities of the day, as the register goes. An authority that oversees nobody any more hands over everything
 * with what its lists cover. Of one that keeps others only what nobody has answered goes: its lists stay, and they alone judge the answers.
 * A job of the house.
 */
export async function followFindingOverseers(ctx: Ctx): Promise<void> {
  may(ctx, 'findings:decide');
  await inTransaction(ctx, async (tx) => {
    const { rows } = await tx.execute<{ organisation: string; overseer: string }>(
      sql`select distinct organisation, overseer from ${findingSums} where n > 0 and state <> 'void'`,
    );
    const { of, oversees } = await livingAuthorities(tx, ctx, [...new Set(rows.map(({ organisation }) => organisation))]);
    for (const [from, its] of Map.groupBy(rows, ({ overseer }) => overseer)) {
      const going = its.filter(({ organisation }) => (of.get(organisation) ?? from) !== from);
      const targets = [...new Set(going.map(({ organisation }) => of.get(organisation)!))];
      const isWhole = targets.length === 1 && !oversees.has(from);
      if (isWhole) await giveKnown(tx, ctx, from, targets[0]!);
      for (const to of targets) {
        const units = sql`${sql.param(going.filter(({ organisation }) => of.get(organisation) === to).map(({ organisation }) => organisation))}::uuid[]`;
        const which = isWhole
          ? sql`f.overseer = ${from}`
          : sql`f.overseer = ${from} and f.organisation = any(${units}) and f.answer is null and f.state = 'open'`;
        await giveTo(tx, ctx, { from, to, on: ctx.scope.day, which });
      }
    }
  });
}
