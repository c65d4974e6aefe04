import type { PERIOD_STATES } from '@vonggac/contract/work-views';
import { dayOf } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, desc, eq, inArray, isNull, isNotNull, type SQL } from 'drizzle-orm';
import { grants, reaches } from '../../access/index.ts';
import { directives, requirements } from '../../directives/index.ts';
import { namesOf } from '../../organisations/index.ts';
import type { EvidenceView } from '../get-work.ts';
import { timeStateOf, type TimeState } from '../model.ts';
import { saysNothing } from '../nothing.ts';
import { evidence, periods } from '../tables.ts';

export type PastPeriod = {
  id: string;
  task: string;
  organisation: { id: string; name: string };
  directive: { id: string; code: string | null; subject: string };
  requirement: { id: string; path: string; text: string };
  number: number;
  from: string;
  to: string;
  due: string | null;
  state: (typeof PERIOD_STATES)[number];
  timeState: TimeState;
  answer: string | null;
  nothing: boolean;
  answeredAt: string | null;
  declared: 'file' | 'desk' | 'contested' | null;
  requestedDue: string | null;
  closedAt: string;
  evidence: EvidenceView[];
  can: { report: boolean; review: boolean };
};

export type PeriodQuery = {
  directive?: string | undefined;
  organisation?: string | undefined;
  requirement?: string | undefined;
  /** `open`: waits for the agency; `reported`: was reported, in time or later; `missed`: was not; `to-review`: waits for the desk. */
  show: 'all' | 'open' | 'reported' | 'missed' | 'to-review';
  exercise: boolean;
  page: number;
  size: number;
};

const SHOWN: Record<PeriodQuery['show'], SQL | undefined> = {
  all: undefined,
  open: inArray(periods.state, ['not-reported', 'not-opened', 'more-asked']),
  reported: isNotNull(periods.answeredAt),
  missed: eq(periods.state, 'not-reported'),
  'to-review': eq(periods.state, 'submitted'),
};

/** Reporting periods that have ended, newest first: of a directive, or without one those of the acting organisation in force. */
export async function listPast(ctx: Ctx, query: PeriodQuery): Promise<{ items: PastPeriod[]; total: number }> {
  return inSnapshot(ctx, async (tx) => {
    const where = and(
      query.directive === undefined
        ? and(eq(periods.organisation, ctx.actor.organisation), eq(directives.status, 'issued'))
        : eq(periods.directive, query.directive),
      query.organisation === undefined ? undefined : eq(periods.organisation, query.organisation),
      query.requirement === undefined ? undefined : eq(periods.requirement, query.requirement),
      // Within a directive everything is of the same kind; elsewhere exercises are kept apart.
      query.directive !== undefined ? undefined : query.exercise ? isNotNull(directives.exercise) : isNull(directives.exercise),
      SHOWN[query.show],
    );
    const rows = await tx
      .select({
        period: periods,
        code: directives.code,
        symbol: directives.symbol,
        subject: directives.subject,
        status: directives.status,
        path: requirements.path,
        text: requirements.text,
      })
      .from(periods)
      .innerJoin(directives, eq(directives.id, periods.directive))
      .innerJoin(requirements, eq(requirements.id, periods.requirement))
      .where(where)
      .orderBy(desc(periods.lastDay), desc(periods.due), asc(requirements.position), asc(periods.organisation))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const total = await tx.$count(
      tx.select({ id: periods.id }).from(periods).innerJoin(directives, eq(directives.id, periods.directive)).where(where).as('counted'),
    );
    return { items: await viewsOf(tx, ctx, rows), total };
  });
}

type Row = {
  period: typeof periods.$inferSelect;
  code: string | null;
  symbol: string | null;
  subject: string;
  status: string;
  path: string;
  text: string;
};

async function viewsOf(tx: Tx, ctx: Ctx, rows: readonly Row[]): Promise<PastPeriod[]> {
  if (rows.length === 0) return [];
  const organisations = [...new Set(rows.map(({ period }) => period.organisation))];
  const names = await namesOf(tx, organisations, dayOf(ctx.clock.now()).toString());
  const files = await filesOf(
    tx,
    rows.map(({ period }) => period.task),
  );
  const has = (permission: 'tasks:work' | 'directives:follow') =>
    ctx.actor.kind === 'system' || grants(ctx.actor.role).includes(permission);
  return rows.map(({ period, code, symbol, subject, status, path, text }) => {
    const { organisation, overseer, state, number, task } = period;
    const own = ctx.actor.organisation === organisation;
    // What was drafted and never reported is the agency's own.
    const answer = own || period.answeredAt !== null ? period.answer : null;
    return {
      id: period.id,
      task,
      organisation: { id: organisation, name: names.get(organisation)?.qualifiedName ?? organisation },
      directive: { id: period.directive, code: code ?? symbol, subject },
      requirement: { id: period.requirement, path, text },
      number,
      from: period.firstDay,
      to: period.lastDay,
      due: period.due,
      state,
      timeState: timeStateOf(period.due, period.answeredAt, ctx.clock.now()),
      answer,
      nothing: saysNothing(answer),
      answeredAt: period.answeredAt,
      declared: period.declared,
      requestedDue: period.requestedDue,
      closedAt: period.closedAt,
      evidence: files.filter((file) => file.task === task && file.period === number).map((file) => file.view),
      can: {
        report:
          status === 'issued' && state !== 'accepted' && (own ? has('tasks:work') : has('directives:follow') && reaches(ctx, overseer)),
        review: has('directives:follow') && reaches(ctx, overseer),
      },
    };
  });
}

async function filesOf(tx: Tx, tasks: readonly string[]): Promise<{ task: string | null; period: number | null; view: EvidenceView }[]> {
  const rows = await tx
    .select({
      id: evidence.id,
      task: evidence.task,
      report: evidence.report,
      name: evidence.name,
      type: evidence.type,
      size: evidence.size,
      sha256: evidence.sha256,
      scan: evidence.scan,
      addedAt: evidence.addedAt,
      addedByName: evidence.addedByName,
      period: evidence.period,
    })
    .from(evidence)
    .where(and(inArray(evidence.task, [...new Set(tasks)]), isNotNull(evidence.period)))
    .orderBy(asc(evidence.addedAt));
  return rows.map(({ period, ...view }) => ({ task: view.task, period, view }));
}
