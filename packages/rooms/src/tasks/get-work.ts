import { dayOf, notFound } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { grants, type Permission, reaches } from '../access/index.ts';
import { type DirectiveHead, directiveHead, directives, type RequirementView, requirementsOf } from '../directives/index.ts';
import { people } from '../identity/index.ts';
import { namesOf } from '../organisations/index.ts';
import { type ProposalHead, proposalsOf } from './approval/list.ts';
import { isForeign, isRequired, seenAnswer } from './approval/setting.ts';
import { type Part, type Receipt, receiptOf } from './internal.ts';
import { type Handed, partsOf, type PartView, type Support } from './list-parts.ts';
import { type AxisCode, statusOf, type TaskState, type TimeState, timeStateOf } from './model.ts';
import { saysNothing } from './nothing.ts';
import { periodsOf, type WorkPeriod } from './periods/view.ts';
import { proposedNumber } from './receipt.ts';
import { evidence, history, reports, tasks } from './tables.ts';

export type EvidenceView = Pick<
  typeof evidence.$inferSelect,
  'id' | 'task' | 'report' | 'name' | 'type' | 'size' | 'sha256' | 'scan' | 'addedAt' | 'addedByName'
>;
export type HistoryView = Pick<typeof history.$inferSelect, 'id' | 'task' | 'at' | 'actorName' | 'act' | 'note' | 'data'> & {
  path: string | null;
};
export type ReportView = Pick<typeof reports.$inferSelect, 'id' | 'code' | 'day' | 'signer' | 'note' | 'submittedAt' | 'submittedBy'> & {
  tasks: string[];
};

/** One item of the directive as the agency answers it. `documentDue` is the document's own, `due` this organisation's. */
export type WorkItem = {
  task: string;
  requirement: string;
  path: string;
  text: string;
  phrase: string | null;
  documentDue: string | null;
  due: string | null;
  requestedDue: string | null;
  timeState: TimeState;
  state: TaskState;
  answer: string | null;
  nothing: boolean;
  answeredAt: string | null;
  acceptedAt: string | null;
  changedAt: string;
  report: string | null;
  assignee: { id: string; name: string | null } | null;
  measures: string[];
  /** The reporting period that runs, where the item recurs. */
  period: WorkPeriod | null;
};

/** A directive as one organisation works on it: everything of the page in one answer. */
export type Work = {
  directive: DirectiveHead & { overseerName: string | null; sourceName: string | null; signedName: string | null };
  receipt: Receipt;
  status: AxisCode;
  proposedNumber: string;
  headings: { path: string; text: string; position: number }[];
  items: (WorkItem & { position: number })[];
  reports: ReportView[];
  evidence: EvidenceView[];
  history: HistoryView[];
  /** What the agency handed to its units: with texts for itself, counted by item for whoever follows it. */
  parts: PartView[];
  handed: Handed[];
  supports: Support[];
  /** For the organisation itself: whether its leader approves first, and what waits for that or was returned last. */
  approval: { required: boolean; proposals: ProposalHead[] };
  /** `work`: as the agency itself; `enterFor`: for it, naming the source; `review`: as its overseer. */
  can: { work: boolean; enterFor: boolean; review: boolean };
};

const HISTORY_LIMIT = 1000;

/** @throws DomainError `work.not_found` */
export async function getWork(ctx: Ctx, part: Part): Promise<Work> {
  return inSnapshot(ctx, async (tx) => {
    const receipt = await receiptOf(tx, part);
    const head = (await directiveHead(tx, [part.directive])).get(part.directive);
    if (!head) throw notFound('work');
    const today = dayOf(ctx.clock.now()).toString();
    const requirements = await requirementsOf(tx, part.directive);
    const items = await itemsOf(tx, ctx, { part, requirements });
    return {
      directive: {
        ...head,
        ...(await filesOf(tx, part.directive)),
        overseerName: (await namesOf(tx, [receipt.overseer], today)).get(receipt.overseer)?.name ?? null,
      },
      receipt,
      status: statusOf(
        receipt.state,
        items.map(({ state, assignee }) => ({ state, assignee: assignee?.id ?? null })),
      ),
      proposedNumber: await proposedNumber(tx, part.organisation, today),
      headings: requirements.filter(({ heading }) => heading).map(({ path, text, position }) => ({ path, text, position })),
      items,
      reports: await reportsOf(tx, part, items),
      evidence: await evidenceOf(tx, part),
      history: await historyOf(tx, part, { requirements, follows: reaches(ctx, receipt.overseer) }),
      ...(await partsOf(tx, ctx, part)),
      approval: await approvalOf(tx, ctx, part),
      can: abilities(ctx, head, receipt),
    };
  });
}

async function approvalOf(tx: Tx, ctx: Ctx, part: Part): Promise<Work['approval']> {
  if (ctx.actor.organisation !== part.organisation) return { required: false, proposals: [] };
  return { required: await isRequired(tx, part.organisation), proposals: await proposalsOf(tx, ctx, part) };
}

const ofPart = (table: { directive: typeof tasks.directive; organisation: typeof tasks.organisation }, part: Part) =>
  and(eq(table.directive, part.directive), eq(table.organisation, part.organisation));

async function filesOf(tx: Tx, directive: string) {
  const [row] = await tx
    .select({ sourceName: directives.sourceName, signedName: directives.signedName })
    .from(directives)
    .where(eq(directives.id, directive));
  return row ?? { sourceName: null, signedName: null };
}

async function itemsOf(
  tx: Tx,
  ctx: Ctx,
  { part, requirements }: { part: Part; requirements: readonly RequirementView[] },
): Promise<Work['items']> {
  const rows = await tx.select().from(tasks).where(ofPart(tasks, part));
  const foreign = await isForeign(tx, ctx, part.organisation);
  const byRequirement = new Map(rows.map((row) => [row.requirement, row]));
  const names = await namesOfPeople(
    tx,
    rows.flatMap(({ assignee }) => assignee ?? []),
  );
  const running = await periodsOf(tx, { part, rows, requirements });
  return requirements.flatMap((requirement) => {
    const row = byRequirement.get(requirement.id);
    if (!row) return [];
    const answer = seenAnswer(row, foreign);
    const { id: task, state, answeredAt, acceptedAt, changedAt, report, due, requestedDue } = row;
    return [
      {
        task,
        state,
        answer,
        nothing: saysNothing(answer),
        answeredAt,
        acceptedAt,
        changedAt,
        report,
        due,
        requestedDue,
        requirement: requirement.id,
        path: requirement.path,
        text: requirement.text,
        phrase: requirement.phrase,
        documentDue: requirement.due,
        position: requirement.position,
        measures: requirement.measures,
        period: running.get(task) ?? null,
        timeState: timeStateOf(due, answeredAt, ctx.clock.now()),
        assignee: row.assignee === null ? null : { id: row.assignee, name: names.get(row.assignee) ?? null },
      },
    ];
  });
}

/** Outside the own reach a person has no name here. */
async function namesOfPeople(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function reportsOf(tx: Tx, part: Part, items: Work['items']): Promise<ReportView[]> {
  const rows = await tx
    .select({
      id: reports.id,
      code: reports.code,
      day: reports.day,
      signer: reports.signer,
      note: reports.note,
      submittedAt: reports.submittedAt,
      submittedBy: reports.submittedBy,
    })
    .from(reports)
    .where(ofPart(reports as never, part))
    .orderBy(asc(reports.submittedAt));
  return rows.map((row) => ({ ...row, tasks: items.filter(({ report }) => report === row.id).map(({ task }) => task) }));
}

async function evidenceOf(tx: Tx, part: Part): Promise<EvidenceView[]> {
  return tx
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
    })
    .from(evidence)
    .where(
      and(
        ofPart(evidence as never, part),
        isNull(evidence.part),
        // What proves a reporting period that has ended is shown with that one.
        sql`(${evidence.task} is null or ${evidence.period} is not distinct from (select t.period from tasks t where t.id = ${evidence.task}))`,
      ),
    )
    .orderBy(asc(evidence.addedAt));
}

async function historyOf(
  tx: Tx,
  part: Part,
  { requirements, follows }: { requirements: readonly RequirementView[]; follows: boolean },
): Promise<HistoryView[]> {
  const rows = await tx
    .select({
      id: history.id,
      task: history.task,
      at: history.at,
      actorName: history.actorName,
      act: history.act,
      note: history.note,
      data: history.data,
      requirement: tasks.requirement,
    })
    .from(history)
    .leftJoin(tasks, eq(tasks.id, history.task))
    .where(ofPart(history as never, part))
    .orderBy(desc(history.at), desc(history.id))
    .limit(HISTORY_LIMIT);
  const paths = new Map(requirements.map(({ id, path }) => [id, path]));
  return rows.map(({ requirement, data, ...row }) => ({
    ...row,
    data: follows ? data : withoutOther(data),
    path: requirement === null ? null : (paths.get(requirement) ?? null),
  }));
}

/** An agency is not told with which other one an answer was confused. */
function withoutOther(data: HistoryView['data']): HistoryView['data'] {
  if (data === null) return null;
  const { organisation: _, organisationName: __, ...rest } = data;
  return rest;
}

function abilities(ctx: Ctx, head: DirectiveHead, receipt: Receipt): Work['can'] {
  const has = (permission: Permission) => ctx.actor.kind === 'system' || grants(ctx.actor.role).includes(permission);
  const own = ctx.actor.organisation === receipt.organisation;
  const open = head.status === 'issued' && receipt.state !== '02';
  return {
    work: open && own && has('tasks:work'),
    enterFor: open && !own && has('directives:follow'),
    review: has('directives:follow') && reaches(ctx, receipt.overseer),
  };
}
