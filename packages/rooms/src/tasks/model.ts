import type { act, AXIS_CODES, DECLARED_VIA, RECEIPT_STATES, TASK_STATES } from '@vonggac/contract/work-views';
import { dayOf, ZONE } from '@vonggac/kernel';
import type { z } from 'zod';

export type ReceiptState = (typeof RECEIPT_STATES)[number];
export type TaskState = (typeof TASK_STATES)[number];
export type AxisCode = (typeof AXIS_CODES)[number];

/** What is done to a task, and by whose side. */
export const TASK_ACTS = {
  answer: { side: 'agency', from: ['assigned', 'in-progress', 'more-asked'], to: { assigned: 'in-progress' } },
  submit: { side: 'agency', from: ['assigned', 'in-progress', 'more-asked'], to: 'submitted' },
  'withdraw-submission': { side: 'agency', from: ['submitted'], to: 'in-progress' },
  'ask-more': { side: 'overseer', from: ['submitted'], to: 'more-asked' },
  accept: { side: 'overseer', from: ['submitted'], to: 'accepted' },
  reopen: { side: 'overseer', from: ['accepted'], to: 'submitted' },
  withdraw: { side: 'overseer', from: ['assigned', 'in-progress', 'submitted', 'more-asked'], to: 'withdrawn' },
} as const satisfies Record<string, { side: Side; from: readonly TaskState[]; to: TaskState | Partial<Record<TaskState, TaskState>> }>;
export type TaskAct = keyof typeof TASK_ACTS;
export type Side = 'agency' | 'overseer';

/** The state after an act, or null where the act is not possible. Answering what was asked for more keeps it asked until it is submitted. */
export function afterAct(state: TaskState, act: TaskAct): TaskState | null {
  const { from, to } = TASK_ACTS[act];
  if (!(from as readonly TaskState[]).includes(state)) return null;
  return typeof to === 'string' ? to : ((to as Partial<Record<TaskState, TaskState>>)[state] ?? state);
}

/** The states that an act can start from. */
export function statesBefore(act: TaskAct): readonly TaskState[] {
  return TASK_ACTS[act].from;
}

/** The receipt moves once: 01→02 or 01→03. */
export function canMoveReceipt(from: ReceiptState, to: ReceiptState): boolean {
  return from === '01' && to !== '01';
}

/** Tasks that still ask something of somebody. */
export const LIVE_STATES = ['assigned', 'in-progress', 'submitted', 'more-asked'] as const satisfies readonly TaskState[];
/** Tasks that wait for the agency. */
export const TODO_STATES = ['assigned', 'in-progress', 'more-asked'] as const satisfies readonly TaskState[];

/**
 * The status that goes back to the sender, rolled up from receipt and tasks (QCVN 102:2016/BTTTT):
 * 03 until somebody is assigned (04) or has begun (05); 06 when everything that still counts is accepted.
 */
export function statusOf(receipt: ReceiptState, tasks: readonly { state: TaskState; assignee: string | null }[]): AxisCode {
  if (receipt !== '03') return receipt;
  const counted = tasks.filter(({ state }) => state !== 'withdrawn');
  if (counted.length === 0) return '03';
  if (counted.every(({ state }) => state === 'accepted')) return '06';
  if (counted.some(({ state }) => state !== 'assigned')) return '05';
  return counted.some(({ assignee }) => assignee !== null) ? '04' : '03';
}

/** How a task stands against its deadline. `on-day`: answered on the very day that is named; `none`: the document sets no date. */
export type TimeState = 'in-time' | 'on-day' | 'at-risk' | 'overdue' | 'none';

/** Days before the deadline from which an open task is at risk. @unit calendar days */
export const AT_RISK_DAYS = 3;

/**
 * In time or not, by the clock. An answer counts by when it was first submitted: on the deadline's own day it is *đúng ngày*,
 * after the deadline's instant it is overdue. What is open is at risk when its day is `AT_RISK_DAYS` away or less.
 */
export function timeStateOf(due: string | null, answeredAt: string | null, now: Temporal.Instant): TimeState {
  if (due === null) return 'none';
  const limit = Temporal.Instant.from(due);
  const at = answeredAt === null ? now : Temporal.Instant.from(answeredAt);
  if (Temporal.Instant.compare(at, limit) > 0) return 'overdue';
  const left = dayOf(at).until(dayOf(limit), { largestUnit: 'day' }).days;
  if (answeredAt !== null) return left === 0 ? 'on-day' : 'in-time';
  return left <= AT_RISK_DAYS ? 'at-risk' : 'in-time';
}

/** Where an open task stands in *my work*; weeks begin on Monday. */
export type WorkGroup = 'overdue' | 'today' | 'week' | 'later' | 'none';

/** The instants at which the groups of *my work* end, in Vietnam. */
export function groupLimits(now: Temporal.Instant): { today: Temporal.Instant; week: Temporal.Instant } {
  const day = dayOf(now);
  const startOf = (of: Temporal.PlainDate) => of.toZonedDateTime(ZONE).toInstant();
  return { today: startOf(day.add({ days: 1 })), week: startOf(day.add({ days: 8 - day.dayOfWeek })) };
}

/** The group of a deadline. */
export function groupOf(due: string | null, now: Temporal.Instant): WorkGroup {
  if (due === null) return 'none';
  const at = Temporal.Instant.from(due);
  const { today, week } = groupLimits(now);
  if (Temporal.Instant.compare(at, now) < 0) return 'overdue';
  if (Temporal.Instant.compare(at, today) < 0) return 'today';
  return Temporal.Instant.compare(at, week) < 0 ? 'week' : 'later';
}

/** The next số đến of a register of one year: one more than the highest that begins with digits (NĐ 30/2020/NĐ-CP Điều 22). */
export function nextNumber(numbers: readonly (string | null)[]): string {
  const known = numbers.map((number) => Number.parseInt(number ?? '', 10)).filter((number) => Number.isSafeInteger(number));
  return String(Math.max(0, ...known) + 1);
}

/** What happened, as history and audit name it. */
export type Act = z.infer<typeof act>;

/** The particulars of an act: `source` is there when somebody else entered it for the agency (nhập thay). */
export type ActData = {
  source?: string;
  /** By which way it came, who at the agency said it and when, and the evidence that proves it. */
  via?: (typeof DECLARED_VIA)[number];
  who?: string;
  saidAt?: string;
  proof?: string;
  until?: string;
  person?: string;
  report?: string;
  code?: string;
  number?: string;
  day?: string;
  file?: string;
  sha256?: string;
  from?: string;
  to?: string;
  paths?: string[];
  /** The other organisation of an answer that was moved, for whoever follows the directive. */
  organisation?: string;
  organisationName?: string;
  /** Who drafted what a leader approved. */
  drafted?: string;
};
