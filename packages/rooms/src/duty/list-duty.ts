import { fold, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type MeasureWindow, type Tx } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { grants } from '../access/index.ts';
import { directiveHead } from '../directives/index.ts';
import { namesOf } from '../organisations/index.ts';
import { receipts } from '../tasks/index.ts';
import { callsOf, countCalls } from './calls-of.ts';
import type { CallResult } from './model.ts';
import { dutyNumbersOf } from './numbers.ts';

export type DutyRow = {
  organisation: { id: string; name: string };
  /** `masked`: the role may not call, so the number itself is left out. */
  number: {
    contact: string;
    name: string | null;
    position: string | null;
    phones: string[];
    hotline: boolean;
    via: string | null;
    masked: boolean;
  } | null;
  due: boolean;
  calls: number;
  pickedUp: number;
  last: { result: CallResult; at: string; by: string; note: string | null } | null;
};
export type DutyShow = 'all' | 'due' | 'called' | 'no-number';
export type DutyQuery = {
  directive?: string | undefined;
  show: DutyShow;
  q?: string | undefined;
  sort?: string | undefined;
  page: number;
  size: number;
};

const MATCHES: Record<DutyShow, (row: DutyRow) => boolean> = {
  all: () => true,
  due: (row) => row.due,
  called: (row) => row.calls > 0,
  'no-number': (row) => row.number === null,
};

/** Without a directive: the calls of the last 30 days. @unit days */
const LATELY = 30;

/**
 * The organisations that may be called, with their 24/7 number and how the calls of the time went: those that a directive
 * went to, or all that are supervised. Who may not call does not see the numbers.
 * @throws DomainError `directive.not_found`
 */
export async function listDuty(
  ctx: Ctx,
  query: DutyQuery,
): Promise<{ items: DutyRow[]; total: number; window: MeasureWindow; counts: Record<DutyShow, number> }> {
  return inSnapshot(ctx, async (tx) => {
    const { rows, window } = await dutyRows(tx, ctx, query.directive);
    const q = fold(query.q ?? '');
    const found = rows.filter((row) => q === '' || fold(row.organisation.name).includes(q));
    const counts = { all: found.length, due: count(found, 'due'), called: count(found, 'called'), 'no-number': count(found, 'no-number') };
    const shown = found.filter(MATCHES[query.show]).toSorted(orderOf(query.sort));
    return { items: shown.slice((query.page - 1) * query.size, query.page * query.size), total: shown.length, window, counts };
  });
}

const count = (rows: readonly DutyRow[], show: DutyShow) => rows.filter(MATCHES[show]).length;

function orderOf(sort: string | undefined): (a: DutyRow, b: DutyRow) => number {
  const turn = sort?.startsWith('-') === true ? -1 : 1;
  const byName = (a: DutyRow, b: DutyRow) => a.organisation.name.localeCompare(b.organisation.name, 'vi');
  if (sort?.endsWith('last') === true) return (a, b) => turn * (a.last?.at ?? '').localeCompare(b.last?.at ?? '') || byName(a, b);
  return (a, b) => turn * byName(a, b);
}

/** All rows, in no order. `within`: other days than those of the directive. */
export async function dutyRows(
  tx: Tx,
  ctx: Ctx,
  directive: string | undefined,
  within?: MeasureWindow,
): Promise<{ rows: DutyRow[]; window: MeasureWindow }> {
  const asked = directive === undefined ? { ids: supervisedOf(ctx), window: lately(ctx) } : await receiversOf(tx, ctx, directive);
  const { ids } = asked;
  const window = within === undefined ? asked.window : { ...within, exercise: asked.window.exercise ?? null };
  const names = await namesOf(tx, ids, ctx.scope.day);
  const calls = await countCalls(tx, ids, { window, day: ctx.scope.day });
  const newest = await callsOf(tx, ids, { window, day: ctx.scope.day, limit: 1 });
  const numbers = await dutyNumbersOf(tx, ids, ctx.scope.day);
  const holders = await namesOf(
    tx,
    [...numbers.values()].map(({ holder }) => holder),
    ctx.scope.day,
  );
  const mayCall = ctx.actor.kind === 'system' || grants(ctx.actor.role).includes('duty:call');
  const rows = ids.flatMap((id): DutyRow[] => {
    const name = names.get(id)?.qualifiedName;
    if (name === undefined) return [];
    const number = numbers.get(id);
    const made = calls.get(id);
    const last = newest.get(id)?.[0];
    return [
      {
        organisation: { id, name },
        number:
          number === undefined
            ? null
            : {
                contact: number.contact,
                name: mayCall ? number.name : null,
                position: number.position,
                hotline: number.hotline,
                phones: mayCall ? number.phones : [],
                via: number.holder === id ? null : (holders.get(number.holder)?.name ?? null),
                masked: !mayCall,
              },
        due: made === undefined || made.calls === 0,
        calls: made?.calls ?? 0,
        pickedUp: made?.pickedUp ?? 0,
        last: last === undefined ? null : { result: last.result, at: last.at, by: last.by, note: last.note },
      },
    ];
  });
  return { rows, window };
}

function supervisedOf(ctx: Ctx): string[] {
  const own = ctx.scope.organisations.filter((id) => id !== ctx.actor.organisation);
  return [...new Set([...ctx.scope.supervised, ...own])].filter((id) => id !== ctx.actor.organisation);
}

const lately = (ctx: Ctx): MeasureWindow => ({
  from: Temporal.PlainDate.from(ctx.scope.day).subtract({ days: LATELY }).toString(),
  to: null,
});

async function receiversOf(tx: Tx, ctx: Ctx, directive: string): Promise<{ ids: string[]; window: MeasureWindow }> {
  const head = (await directiveHead(tx, [directive])).get(directive);
  if (head === undefined) throw notFound('directive');
  const rows = await tx.select({ organisation: receipts.organisation }).from(receipts).where(eq(receipts.directive, directive));
  return {
    ids: rows.map(({ organisation }) => organisation),
    window: { from: head.windowFrom ?? head.day ?? ctx.scope.day, to: head.windowTo, exercise: head.exercise },
  };
}
