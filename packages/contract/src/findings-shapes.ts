import { z } from 'zod';
import { day, id, instant, text } from './route.ts';

export const findingKind = z.enum(['botnet']);
export const findingState = z.enum(['open', 'answered', 'closed', 'void']);
export const findingAnswer = z.enum([
  'cleaned',
  'patched',
  'not-ours',
  'disputed',
  'postponed',
  'subscriber',
  'other-subscriber',
  'informed',
  'head-office',
  'passed-on',
]);
export const verdict = z.enum(['unverified', 'not-seen', 'seen-again']);
export const side = z.enum(['overseer', 'own']);
const named = z.object({ id, name: z.string() });
const list = z.object({ id, title: z.string(), sender: z.string() }).nullable();

export const finding = z.object({
  id,
  organisation: named,
  kind: findingKind,
  family: z.string(),
  address: z.string().nullable(),
  privateAddress: z.string().nullable(),
  port: z.number().int().nullable(),
  domain: z.string().nullable(),
  machine: z.string().nullable(),
  mac: z.string().nullable(),
  network: z.string().nullable(),
  usage: z.string().nullable(),
  level: z.number().int().nullable(),
  matchedBy: z.string(),
  firstSeen: instant,
  lastSeen: instant,
  sightings: z.number().int(),
  lists: z.number().int(),
  relapses: z.number().int(),
  inNewest: z.boolean(),
  list,
  state: findingState,
  answer: findingAnswer.nullable(),
  answered: z.object({ by: z.string(), at: instant }).nullable(),
  note: z.string().nullable(),
  postponedTo: day.nullable(),
  approval: z.enum(['asked', 'given', 'refused']).nullable(),
  reference: z.string().nullable(),
  machinesDone: z.number().int().nullable(),
  machinesTotal: z.number().int().nullable(),
  verdict: verdict.nullable(),
  verdictList: list,
  verdictWhy: z.enum(['no-list', 'shared', 'moved']).nullable(),
  directive: id.nullable(),
  requirement: id.nullable(),
  due: day.nullable(),
  overdue: z.boolean(),
  exercise: z.boolean(),
  version: z.number().int(),
  can: z.object({ answer: z.boolean(), operator: z.boolean(), decide: z.boolean(), approve: z.boolean(), split: z.boolean() }),
});

export const findingDetail = finding.extend({
  seen: z.array(
    z.object({ list, first: instant, last: instant, sightings: z.number().int(), ports: z.array(z.number().int()), isTimed: z.boolean() }),
  ),
  events: z.array(
    z.object({
      id,
      act: z.string(),
      at: instant,
      by: z.string(),
      organisation: z.string(),
      note: z.string().nullable(),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
  files: z.array(z.object({ id, name: z.string(), size: z.number().int(), sha256: z.string(), at: instant, by: z.string() })),
  related: z.array(z.object({ id, relation: z.enum(['from', 'to']), organisation: z.string(), state: z.string() })),
  /** Where somebody else put the answer in: who there said it, when and by which way; who typed it in, of whom. */
  entered: z
    .object({
      via: z.enum(['phone', 'paper', 'mail', 'chat', 'file']),
      who: z.string().nullable(),
      at: instant,
      note: z.string().nullish(),
      file: z.object({ id, name: z.string() }).optional(),
      by: z.string(),
      organisation: z.string(),
      enteredAt: instant,
      confirmed: z.boolean(),
      /** Whether the actor may say if it is so. */
      mine: z.boolean(),
    })
    .nullable(),
  /** Whom an operator named as its subscriber. */
  subscriber: z.object({ id, name: z.string() }).nullable(),
  /** Working days from the answer that went to the head office until today; null for others. */
  waitingDays: z.number().int().nullable(),
  /** Working days until the deadline, negative when it is over; null without one. */
  daysLeft: z.number().int().nullable(),
});

const sums = {
  open: z.number().int(),
  answered: z.number().int(),
  closed: z.number().int(),
  newest: z.number().int(),
  unverified: z.number().int(),
  notSeen: z.number().int(),
  seenAgain: z.number().int(),
};

export const overview = z.object({
  side,
  total: z.object(sums),
  units: z.array(z.object({ ...sums, organisation: named, families: z.array(z.number().int()) })),
  families: z.array(z.object({ family: z.string(), open: z.number().int() })),
  trend: z.array(
    z.object({
      list: id,
      title: z.string(),
      sender: z.string(),
      coversTo: instant.nullable(),
      finishedAt: instant,
      findings: z.number().int(),
      organisations: z.number().int(),
      families: z.array(z.number().int()),
    }),
  ),
  silent: z.object({ organisations: z.number().int(), of: z.number().int() }).nullable(),
  cleaning: z.object({ days: z.number().nullable(), of: z.number().int() }).nullable(),
});

/** Of a bulk act: what could not be done stays as it was, with the reason. */
export const outcome = z.object({ done: z.number().int(), refused: z.array(z.object({ id, name: z.string(), text })) });
