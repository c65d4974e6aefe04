import { z } from 'zod';
import { proposalHead } from './proposal-shapes.ts';
import { day, id, instant } from './route.ts';

/** Status codes of the document axis (QCVN 102:2016/BTTTT) that an organisation's part in a directive can have. */
export const AXIS_CODES = ['01', '02', '03', '04', '05', '06'] as const;
/** 01 arrived, 02 refused (sent to the wrong place), 03 received with số đến and ngày đến. */
export const RECEIPT_STATES = ['01', '02', '03'] as const satisfies readonly (typeof AXIS_CODES)[number][];
export const TASK_STATES = ['assigned', 'in-progress', 'submitted', 'more-asked', 'accepted', 'withdrawn'] as const;

/** A part of a task at a subordinate unit. */
export const PART_KINDS = ['unit', 'support'] as const;
export const PART_STATES = ['given', 'answered', 'taken-back'] as const;

/** How a reporting period stands once it has ended. */
export const PERIOD_STATES = ['not-reported', 'not-opened', 'submitted', 'more-asked', 'accepted'] as const;

/** Who said an answer, where it was not the agency itself in the system; `contested`: the agency says that it is not so. */
export const DECLARED = ['file', 'desk', 'contested'] as const;
/** By which way an answer that somebody else put in for the agency came. */
export const DECLARED_VIA = ['file', 'phone', 'paper', 'mail', 'chat', 'other'] as const;

const receiptState = z.enum(RECEIPT_STATES);
export const taskState = z.enum(TASK_STATES);
export const timeState = z.enum(['in-time', 'on-day', 'at-risk', 'overdue', 'none']);
const urgency = z.enum(['khan', 'thuong-khan', 'hoa-toc']).nullable();
/** What happened to a receipt or a task, as its history names it. */
export const act = z.enum([
  'arrived',
  'opened',
  'received',
  'refused',
  'assigned',
  'unassigned',
  'answered',
  'asked',
  'replied',
  'evidence-added',
  'submitted',
  'submission-withdrawn',
  'accepted',
  'more-asked',
  'reopened',
  'extension-asked',
  'extension-granted',
  'extension-declined',
  'amended',
  'withdrawn',
  'moved',
  'handed-over',
  'nothing',
  'lead-set',
  'support-set',
  'support-ended',
  'part-given',
  'part-taken-back',
  'part-taken-over',
  'nothing-undone',
  'sheet-issued',
  'declaration-confirmed',
  'declaration-contested',
  'declaration-undone',
  'period-opened',
  'period-missed',
  'period-reported',
  'period-accepted',
  'period-more-asked',
  'period-reopened',
  'recurrence-ended',
  'recurrence-resumed',
  'answer-moved-out',
  'answer-moved-in',
  'part-moved',
]);

export const workCounts = z.object({
  todo: z.number().int(),
  waiting: z.number().int(),
  done: z.number().int(),
  overdue: z.number().int(),
  unreceived: z.number().int(),
  /** Directives of exercises in which something is to do; in none of the other counts. */
  exercise: z.number().int(),
  /** Open parts that a superior organisation handed down or a leading one shares; those that are late count as overdue, too. */
  parts: z.number().int(),
  /** Results that wait for the actor's approval: of leaders alone, 0 for others. */
  approvals: z.number().int(),
});

/** A card of *my work*: what has to be done for one directive by one deadline. */
export const workCard = z.object({
  directive: id,
  organisation: id,
  kind: z.string(),
  code: z.string().nullable(),
  symbol: z.string().nullable(),
  subject: z.string(),
  urgency: z.string().nullable(),
  issuerName: z.string().nullable(),
  receiptState,
  due: instant.nullable(),
  group: z.enum(['overdue', 'today', 'week', 'later', 'none']),
  timeState,
  answeredAt: instant.nullable(),
  items: z.array(
    z.object({
      task: id,
      path: z.string(),
      text: z.string(),
      state: taskState,
      assignee: id.nullable(),
      nothing: z.boolean(),
      /** The reporting period that runs, where the item recurs. */
      period: z.object({ number: z.number().int(), from: z.string(), to: z.string() }).nullable(),
    }),
  ),
  /** How many of its items wait for the own leader. */
  proposed: z.number().int(),
});

const workItem = z.object({
  task: id,
  requirement: id,
  position: z.number().int(),
  path: z.string(),
  text: z.string(),
  phrase: z.string().nullable(),
  /** The document's own deadline, this organisation's, and the one that it asks for. */
  documentDue: instant.nullable(),
  due: instant.nullable(),
  requestedDue: instant.nullable(),
  timeState,
  state: taskState,
  answer: z.string().nullable(),
  /** Whether the answer is *không phát sinh*. */
  nothing: z.boolean(),
  answeredAt: instant.nullable(),
  acceptedAt: instant.nullable(),
  changedAt: instant,
  report: id.nullable(),
  assignee: z.object({ id, name: z.string().nullable() }).nullable(),
  measures: z.array(z.string()),
  /** The reporting period that runs, where the item recurs: `computed` where its day is not in the phrase; `past`: those that ended. */
  period: z
    .object({
      number: z.number().int(),
      from: z.string(),
      to: z.string(),
      computed: z.boolean(),
      until: z.string().nullable(),
      past: z.object({ total: z.number().int(), reported: z.number().int(), open: z.number().int() }),
    })
    .nullable(),
});

export const evidenceView = z.object({
  id,
  task: id.nullable(),
  report: id.nullable(),
  name: z.string(),
  type: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  scan: z.enum(['not-scanned', 'clean', 'infected']),
  addedAt: instant,
  addedByName: z.string(),
});

const named = z.object({ id, name: z.string() });

/** A task, or part of it, that an agency handed to a unit of its own. */
export const partView = z.object({
  id,
  task: id,
  directive: id,
  path: z.string(),
  text: z.string(),
  code: z.string().nullable(),
  subject: z.string(),
  due: instant.nullable(),
  timeState,
  kind: z.enum(PART_KINDS),
  state: z.enum(PART_STATES),
  givenAt: instant,
  givenByName: z.string(),
  answeredAt: instant.nullable(),
  takenOverAt: instant.nullable(),
  takenBackAt: instant.nullable(),
  takenBackReason: z.string().nullable(),
  exercise: z.boolean(),
  unit: named,
  giver: named,
  note: z.string().nullable(),
  answer: z.string().nullable(),
  nothing: z.boolean(),
  answeredByName: z.string().nullable(),
  evidence: z.array(evidenceView),
  can: z.object({ work: z.boolean(), give: z.boolean() }),
});

const historyView = z.object({
  id,
  task: id.nullable(),
  path: z.string().nullable(),
  at: instant,
  actorName: z.string(),
  act,
  note: z.string().nullable(),
  data: z
    .object({
      source: z.string(),
      via: z.enum(DECLARED_VIA),
      who: z.string(),
      saidAt: z.string(),
      proof: z.string(),
      until: z.string(),
      person: z.string(),
      report: z.string(),
      code: z.string(),
      number: z.string(),
      day: z.string(),
      file: z.string(),
      sha256: z.string(),
      from: z.string(),
      to: z.string(),
      paths: z.array(z.string()),
      /** The other organisation of an answer that was moved: for whoever follows the directive. */
      organisation: z.string(),
      organisationName: z.string(),
      drafted: z.string(),
    })
    .partial()
    .nullable(),
});

/** A directive as one organisation works on it: everything of the page. */
export const workView = z.object({
  directive: z.object({
    id,
    status: z.enum(['draft', 'issued', 'withdrawn']),
    kind: z.string(),
    code: z.string().nullable(),
    symbol: z.string().nullable(),
    day: z.string().nullable(),
    subject: z.string(),
    urgency,
    issuerName: z.string().nullable(),
    overseer: id,
    overseerName: z.string().nullable(),
    windowFrom: z.string().nullable(),
    windowTo: z.string().nullable(),
    issuedAt: instant.nullable(),
    withdrawnAt: instant.nullable(),
    exerciseName: z.string().nullable(),
    sourceName: z.string().nullable(),
    signedName: z.string().nullable(),
  }),
  receipt: z.object({
    id,
    organisation: id,
    organisationName: z.string(),
    state: receiptState,
    arrivedAt: instant,
    openedAt: instant.nullable(),
    number: z.string().nullable(),
    day: z.string().nullable(),
    receivedAt: instant.nullable(),
    receivedBy: z.string().nullable(),
    refusedReason: z.string().nullable(),
  }),
  /** Rolled-up status on the document axis (QCVN 102:2016/BTTTT). */
  status: z.enum(AXIS_CODES),
  proposedNumber: z.string(),
  headings: z.array(z.object({ path: z.string(), text: z.string(), position: z.number().int() })),
  items: z.array(workItem),
  reports: z.array(
    z.object({
      id,
      code: z.string(),
      day,
      signer: z.string(),
      note: z.string().nullable(),
      submittedAt: instant,
      submittedBy: z.string(),
      tasks: z.array(id),
    }),
  ),
  evidence: z.array(evidenceView),
  history: z.array(historyView),
  /** What the agency handed to its units: whole for itself; counted by item for whoever follows it. */
  parts: z.array(partView),
  /** Items in which the organisation supports another one: it answers to that one, by this part. */
  supports: z.array(z.object({ task: id, part: id, lead: z.string() })),
  handed: z.array(z.object({ task: id, given: z.number().int(), answered: z.number().int() })),
  /** For the organisation itself: whether its leader approves before results are sent, and what waits for that or was returned last. */
  approval: z.object({ required: z.boolean(), proposals: z.array(proposalHead) }),
  can: z.object({ work: z.boolean(), enterFor: z.boolean(), review: z.boolean() }),
});
