import { isoInstant, notFound } from '@vonggac/kernel';
import {
  type CountedList,
  type Ctx,
  inSnapshot,
  measureOf,
  type MeasureRow,
  type MeasureState,
  type MeasureWindow,
  type Tx,
} from '@vonggac/store';
import type { Text } from '@vonggac/kernel';
import { and, eq, ne } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { requirementsOf } from '../directives/index.ts';
import { namesOf } from '../organisations/index.ts';
import { isForeign, seenAnswer } from './approval/setting.ts';
import { followUpAt, followUpsOf } from './follow-up.ts';
import { type DeclarationView, declarationsOf } from './declare/list-declarations.ts';
import { columnsOf, issuedDirective, windowOf } from './matrix-load.ts';
import { type BoundMeasure, type Lit, litOf, PLACE, TASK_CODE } from './matrix-model.ts';
import { timeStateOf } from './model.ts';
import { receipts, tasks } from './tables.ts';

export type CellMeasure = BoundMeasure & {
  state: MeasureState;
  value: number | null;
  of: number | null;
  target: number | null;
  text: Text | null;
  total: number;
  list: CountedList | null;
  rows: { id: string; kind: string; at: string | null; text: Text }[];
};
export type Cell = {
  organisation: { id: string; name: string; context: string | null };
  requirement: { id: string; path: string; text: string; phrase: string | null; due: string | null };
  state: Lit;
  measures: CellMeasure[];
  task: {
    id: string;
    state: string;
    time: string;
    due: string | null;
    answer: string | null;
    answeredAt: string | null;
    acceptedAt: string | null;
    /** Where the present answer is not the agency's own in the system: who put it in, by which way, and how the agency took it. */
    declared: ({ state: 'file' | 'desk' | 'contested' } & Partial<Omit<DeclarationView, 'state'>>) | null;
  } | null;
  followUp: { day: string; note: string | null; by: string; own: boolean } | null;
  receipt: {
    state: string;
    arrivedAt: string;
    openedAt: string | null;
    number: string | null;
    day: string | null;
    refusedReason: string | null;
  };
  at: string;
};

/** Rows of a measure that one cell shows; more are counted in `total`. */
const SHOWN = 200;

/**
 * Why one cell of the matrix stands as it does: each bound measure with the rows it was counted from, the task and the receipt.
 * @throws DomainError `directive.not_found`, `directive.draft`, `organisation.not_found`, `requirement.not_found`
 */
export async function standingCell(ctx: Ctx, place: { directive: string; organisation: string; requirement: string }): Promise<Cell> {
  return inSnapshot(ctx, async (tx) => {
    const head = await issuedDirective(tx, place.directive);
    const items = await requirementsOf(tx, place.directive);
    const item = items.find(({ id }) => id === place.requirement);
    if (item === undefined) throw notFound('requirement');
    const [receipt] = await tx
      .select()
      .from(receipts)
      .where(and(eq(receipts.directive, head.id), eq(receipts.organisation, place.organisation)));
    if (receipt === undefined || !(reaches(ctx, head.overseer) || reaches(ctx, place.organisation))) throw notFound('organisation');
    const task = await taskOf(tx, ctx, place);
    const followed = followUpAt(await followUpsOf(tx, place.directive), place.requirement, place.organisation);
    const bound = columnsOf([item])[0]?.measures ?? [];
    const measures = await measuresOf(tx, ctx, { bound, organisation: place.organisation, window: windowOf(head) });
    const names = await namesOf(tx, [place.organisation], head.day ?? ctx.scope.day);
    // Here too a measure that says nothing outweighs one that is met.
    const values = measures.map(({ state, value, of, text }) => ({
      organisation: place.organisation,
      state,
      value,
      of,
      target: 0,
      text: text ?? { vi: '', en: '' },
    }));
    return {
      organisation: { id: place.organisation, name: receipt.organisationName, context: names.get(place.organisation)?.context ?? null },
      requirement: { id: item.id, path: item.path, text: item.text, phrase: item.phrase, due: item.due },
      state: litOf(task === null ? null : TASK_CODE[task.state], bound.length > 0, values),
      // What decided stands first.
      measures: task === null ? [] : measures.toSorted((a, b) => PLACE[a.state] - PLACE[b.state]),
      task,
      followUp:
        followed === undefined ? null : { day: followed.day, note: followed.note, by: followed.by, own: followed.organisation !== null },
      receipt: {
        state: receipt.state,
        arrivedAt: receipt.arrivedAt,
        openedAt: receipt.openedAt,
        number: receipt.number,
        day: receipt.day,
        refusedReason: receipt.refusedReason,
      },
      at: isoInstant(ctx.clock.now()),
    };
  });
}

async function taskOf(tx: Tx, ctx: Ctx, place: { directive: string; organisation: string; requirement: string }) {
  const [row] = await tx
    .select({
      id: tasks.id,
      state: tasks.state,
      due: tasks.due,
      answer: tasks.answer,
      answeredAt: tasks.answeredAt,
      acceptedAt: tasks.acceptedAt,
      declared: tasks.declared,
    })
    .from(tasks)
    .where(and(eq(tasks.requirement, place.requirement), eq(tasks.organisation, place.organisation), ne(tasks.state, 'withdrawn')));
  if (row === undefined) return null;
  const answer = seenAnswer(row, await isForeign(tx, ctx, place.organisation));
  return { ...row, answer, time: timeStateOf(row.due, row.answeredAt, ctx.clock.now()), declared: await declaredOf(tx, place, row) };
}

async function declaredOf(
  tx: Tx,
  place: { directive: string; organisation: string },
  { id, declared }: { id: string; declared: 'file' | 'desk' | 'contested' | null },
): Promise<NonNullable<Cell['task']>['declared']> {
  if (declared === null) return null;
  const [latest] = await declarationsOf(tx, { ...place, task: id });
  return { ...latest, state: declared };
}

async function measuresOf(
  tx: Tx,
  ctx: Ctx,
  asked: { bound: readonly BoundMeasure[]; organisation: string; window: MeasureWindow },
): Promise<CellMeasure[]> {
  const found: CellMeasure[] = [];
  for (const one of asked.bound) {
    const measure = measureOf(one.id)!;
    const value = (await measure.compute(tx, ctx, [asked.organisation], asked.window)).find(
      ({ organisation }) => organisation === asked.organisation,
    );
    const rows = await measure.rows(tx, ctx, asked.organisation, asked.window);
    found.push({
      ...one,
      state: value?.state ?? 'no-data',
      value: value?.value ?? null,
      of: value?.of ?? null,
      target: value?.target ?? null,
      text: value?.text ?? null,
      total: value?.list?.total ?? rows.length,
      list: value?.list ?? null,
      rows: rows.slice(0, SHOWN).map(rowOf),
    });
  }
  return found;
}

const rowOf = ({ id, subject, at, text }: MeasureRow) => ({ id, kind: subject.kind, at, text });
