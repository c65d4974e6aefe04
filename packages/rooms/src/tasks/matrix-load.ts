import { conflict, isoInstant, notFound } from '@vonggac/kernel';
import { type Ctx, measureOf, type MeasureValue, type MeasureWindow, type Tx } from '@vonggac/store';
import { eq, type SQL, sql } from 'drizzle-orm';
import { namesOf, organisationNames } from '../organisations/index.ts';
import { reaches } from '../access/index.ts';
import { type DirectiveHead, directiveHead, recipients, type RequirementView, requirementsOf } from '../directives/index.ts';
import { followUpsOf } from './follow-up.ts';
import { cellPeriods } from './periods/matrix-periods.ts';
import { AT_RISK_DAYS, type ReceiptState } from './model.ts';
import {
  type BoundMeasure,
  type Column,
  columnLetter,
  layFollowUps,
  layMeasures,
  type PaperRow,
  type Row,
  TASK_CODE,
} from './matrix-model.ts';

export type Group = { position: number; label: string; organisations: number };
/** Everything that the standing screen counts from, for the organisations within the scope. */
export type Loaded = {
  head: DirectiveHead;
  window: MeasureWindow;
  requirements: RequirementView[];
  columns: Column[];
  groups: Group[];
  rows: Row[];
  at: string;
};

/** @throws DomainError `directive.not_found`, `directive.draft` */
export async function issuedDirective(tx: Tx, directive: string): Promise<DirectiveHead> {
  const head = (await directiveHead(tx, [directive])).get(directive);
  if (head === undefined) throw notFound('directive');
  if (head.status !== 'draft') return head;
  throw conflict('directive.draft', {
    vi: 'Văn bản chưa phát hành nên chưa có tình hình thực hiện.',
    en: 'The directive has not been issued, so there is nothing to follow yet.',
  });
}

/** The time of a directive: its holiday window, else from its day on; within its exercise, where it belongs to one. */
export function windowOf(head: DirectiveHead): MeasureWindow {
  return { from: head.windowFrom ?? head.day ?? head.issuedAt?.slice(0, 10) ?? null, to: head.windowTo, exercise: head.exercise };
}

/** Items that demand something and still stand, as columns. */
export function columnsOf(requirements: readonly RequirementView[]): Column[] {
  return requirements
    .filter((item) => !item.heading && item.withdrawnAt === null)
    .map(({ id, path, text, due, recurrence, measures }) => ({
      id,
      path,
      text,
      due,
      recurs: recurrence !== null,
      measures: measures.flatMap(boundMeasure),
    }));
}

function boundMeasure(id: string): BoundMeasure[] {
  const found = measureOf(id);
  return found === undefined ? [] : [{ id, name: found.name, unit: found.unit }];
}

/** Reads the whole standing of a directive: two queries with aggregation and one computation a measure. */
export async function loadMatrix(tx: Tx, ctx: Ctx, directive: string): Promise<Loaded> {
  const head = await issuedDirective(tx, directive);
  const requirements = await requirementsOf(tx, directive);
  const columns = columnsOf(requirements);
  const at = isoInstant(ctx.clock.now());
  const follows = reaches(ctx, head.overseer);
  const papers = (await readPaper(tx, directive, columns, at)).filter(({ id }) => follows || reaches(ctx, id));
  const periods = await cellPeriods(tx, directive, columns);
  for (const paper of papers) paper.periods = periods.get(paper.id) ?? [];
  const followed = await followUpsOf(tx, directive);
  if (followed.length > 0) for (const paper of papers) layFollowUps(paper, columns, followed, ctx.clock.now());
  const named = await tx
    .select({ position: recipients.position, label: recipients.text, organisations: recipients.organisations })
    .from(recipients)
    .where(eq(recipients.directive, directive))
    .orderBy(recipients.position);
  const groupOf = new Map<string, number>();
  for (const { position, organisations } of named) for (const id of organisations) if (!groupOf.has(id)) groupOf.set(id, position);
  const window = windowOf(head);
  const measured = await computeMeasures(tx, ctx, columns, { organisations: papers.map(({ id }) => id), window });
  const namesakes = await namesakesAmong(
    tx,
    papers.map(({ id }) => id),
  );
  const names = await namesOf(tx, namesakes, head.day ?? at.slice(0, 10));
  for (const paper of papers) paper.context = names.get(paper.id)?.context ?? null;
  const rows = papers.map((paper) => layMeasures(paper, groupOf.get(paper.id) ?? -1, columns, measured));
  const groups = [...named.map(({ position, label }) => ({ position, label })), { position: -1, label: '' }]
    .map((group) => ({
      ...group,
      label: group.label.replace(/^[-–+•\s]+|[;.,\s]+$/g, ''),
      organisations: rows.filter((row) => row.group === group.position).length,
    }))
    .filter((group) => group.organisations > 0);
  return { head, window, requirements, columns, groups, rows, at };
}

/** Those of the organisations that share a name with another one: only they need to be told apart. */
async function namesakesAmong(tx: Tx, organisations: readonly string[]): Promise<string[]> {
  const { rows } = await tx.execute<{ organisation: string }>(sql`
    with shared as (select folded from ${organisationNames} where kind = 'official' group by folded having count(distinct organisation) > 1)
    select distinct n.organisation from ${organisationNames} n join shared on shared.folded = n.folded
    where n.kind = 'official' and n.organisation = any(${sql.param([...organisations])}::uuid[])`);
  return rows.map(({ organisation }) => organisation);
}

async function computeMeasures(
  tx: Tx,
  ctx: Ctx,
  columns: readonly Column[],
  asked: { organisations: string[]; window: MeasureWindow },
): Promise<Map<string, Map<string, MeasureValue>>> {
  const found = new Map<string, Map<string, MeasureValue>>();
  if (asked.organisations.length === 0) return found;
  for (const id of new Set(columns.flatMap(({ measures }) => measures.map((measure) => measure.id)))) {
    const values = await measureOf(id)!.compute(tx, ctx, asked.organisations, asked.window);
    found.set(id, new Map(values.map((value) => [value.organisation, value])));
  }
  return found;
}

const TASK_LETTERS = sql.raw(
  `case t.state ${Object.entries(TASK_CODE)
    .map(([state, code]) => `when '${state}' then '${code}'`)
    .join(' ')} end`,
);
const dayAt = (instant: SQL) => sql`(${instant} at time zone 'Asia/Ho_Chi_Minh')::date`;

/** One row an organisation: its receipt, and its tasks as letters and counts. */
async function readPaper(tx: Tx, directive: string, columns: readonly Column[], now: string): Promise<PaperRow[]> {
  const ids = sql.param(columns.map(({ id }) => id));
  const letters = sql.param(columns.map((_, at) => columnLetter(at)));
  const clock = sql`${now}::timestamptz`;
  // An answer counts by when it was first submitted, as `timeStateOf` has it; what was taken back is none.
  const late = sql`coalesce(t.said_at, ${clock}) > t.due`;
  const { rows } = await tx.execute<Aggregated>(sql`
    with asked as (
      select t.organisation,
        string_agg(t.letter || ${TASK_LETTERS} || case
          when t.due is null then 'n'
          when ${late} then 'v'
          when t.said_at is not null then case when ${dayAt(sql`t.said_at`)} = ${dayAt(sql`t.due`)} then 'o' else 'i' end
          when ${dayAt(sql`t.due`)} - ${dayAt(clock)} <= ${AT_RISK_DAYS}::int then 'k' else 'i' end, '') as triplets,
        count(*)::int as tasks,
        string_agg(t.letter || case t.declared when 'file' then 'f' when 'desk' then 'd' else 'x' end, '') filter (where t.declared is not null) as declared,
        count(t.said_at)::int as answered,
        (count(*) filter (where t.due is not null and (t.said_at is not null or ${late})))::int as counted,
        (count(*) filter (where t.said_at <= t.due))::int as in_time,
        (count(*) filter (where t.said_at is null and t.due < ${clock}))::int as overdue,
        (count(*) filter (where t.state = 'submitted'))::int as to_review,
        min(t.due) filter (where t.said_at is null) as next
      from (
        -- By position, not by a join: a join tempts the planner into one bitmap of the whole directive for each requirement.
        select *, (${letters}::text[])[array_position(${ids}::uuid[], requirement)] as letter,
          case when state in ('submitted', 'more-asked', 'accepted') then answered_at end as said_at
        from tasks where directive = ${directive} and state <> 'withdrawn'
      ) t
      where t.letter is not null
      group by t.organisation
    ), told as (select organisation, max(sent_at) as sent_at from reminders where directive = ${directive} group by organisation)
    select r.organisation as id, r.organisation_name as name, r.state, r.arrived_at, r.opened_at, r.number, r.day::text, told.sent_at, asked.*
    from receipts r left join asked on asked.organisation = r.organisation left join told on told.organisation = r.organisation
    where r.directive = ${directive}`);
  return rows.map(paperOf);
}

type Aggregated = {
  id: string;
  name: string;
  state: ReceiptState;
  arrived_at: Moment;
  opened_at: Moment | null;
  number: string | null;
  day: string | null;
  sent_at: Moment | null;
  triplets: string | null;
  declared: string | null;
  tasks: number | null;
  answered: number | null;
  counted: number | null;
  in_time: number | null;
  overdue: number | null;
  to_review: number | null;
  next: Moment | null;
};
/** The driver gives instants as text or as a date, whichever parser is set. */
type Moment = string | Date;
const iso = (at: Moment | null) => (at === null ? null : new Date(at).toISOString());

function declaredOf(pairs: string): Row['declared'] {
  const marks = [...pairs];
  return marks.flatMap((letter, at) =>
    at % 2 === 0 ? [[letter.charCodeAt(0) - 0x100, marks[at + 1] as 'f' | 'd' | 'x']] : [],
  ) as Row['declared'];
}

function paperOf(row: Aggregated): PaperRow {
  return {
    id: row.id,
    name: row.name,
    context: null,
    state: row.state,
    arrivedAt: iso(row.arrived_at)!,
    opened: iso(row.opened_at),
    number: row.number,
    day: row.day,
    triplets: row.triplets ?? '',
    declared: declaredOf(row.declared ?? ''),
    answered: [row.answered ?? 0, row.tasks ?? 0],
    inTime: [row.in_time ?? 0, row.counted ?? 0],
    overdue: row.overdue ?? 0,
    toReview: row.to_review ?? 0,
    next: iso(row.next),
    followUp: null,
    reminded: iso(row.sent_at),
    periods: [],
  };
}
