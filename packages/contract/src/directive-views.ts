import { z } from 'zod';
import { day, id, instant, line, prose, text } from './route.ts';

const span = z.object({ start: z.number().int(), end: z.number().int() }).nullable();
/** A place in the text of a document: UTF-16 offsets, end exclusive. */
const place = z.object({ start: z.number().int().min(0), end: z.number().int().min(1) }).refine(({ start, end }) => start < end);
export const urgency = z.enum(['khan', 'thuong-khan', 'hoa-toc']);
export const status = z.enum(['draft', 'issued', 'withdrawn']);
export const named = z.object({ id, name: z.string() });
export const version = z.number().int().min(1);
export const number = z
  .string()
  .trim()
  .regex(/^\d[\d.]{0,9}[A-Za-zĐđ]?$/);
export const symbol = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((value) => !/[\s\p{Cc}]/u.test(value));

export const recipientView = z.object({
  id,
  position: z.number().int(),
  text: z.string(),
  resolution: z.enum(['group', 'organisation', 'list', 'none']),
  organisations: z.array(id),
  unresolved: z.array(z.string()),
  why: text.nullable(),
  narrows: z.boolean(),
  span,
});
export const requirementView = z.object({
  id,
  position: z.number().int(),
  path: z.string(),
  text: z.string(),
  heading: z.boolean(),
  audience: z.array(z.number().int()),
  audienceText: z.array(z.string()),
  phrase: z.string().nullable(),
  due: instant.nullable(),
  recurrence: z.string().nullable(),
  measures: z.array(z.string()),
  proposed: z.array(z.string()),
  span,
  withdrawnAt: instant.nullable(),
});
export const basisView = z.object({
  id,
  position: z.number().int(),
  kind: z.string().nullable(),
  code: z.string().nullable(),
  day: day.nullable(),
  issuer: z.string().nullable(),
  subject: z.string().nullable(),
  span,
});
const actView = z.object({
  id,
  kind: z.enum(['amendment', 'withdrawal', 'handover']),
  state: z.enum(['proposed', 'done', 'declined']),
  reason: z.string(),
  changes: z.unknown(),
  proposedByName: z.string(),
  proposedAt: instant,
  decidedByName: z.string().nullable(),
  decidedAt: instant.nullable(),
  /** Proposed by the one who asks: somebody else decides. */
  own: z.boolean(),
});
const signer = z.object({ authority: z.string().nullable(), title: z.string().nullable(), name: z.string().nullable() });

const copy = z.object({ text: line(500), purpose: line(100).nullable() });
const contact = z.object({
  organisation: line(300).nullable(),
  person: line(200).nullable(),
  phones: z.array(line(60)).max(20),
  emails: z.array(line(200)).max(20),
});

export const directiveView = z.object({
  id,
  status,
  version: z.number().int(),
  organisation: named,
  overseer: named,
  kind: z.string(),
  number: z.string().nullable(),
  symbol: z.string().nullable(),
  code: z.string().nullable(),
  day: day.nullable(),
  /** Of a draft whose day is blank. */
  partialDate: z.object({ year: z.number().nullable(), month: z.number().nullable(), day: z.number().nullable() }),
  place: z.string().nullable(),
  subject: z.string(),
  urgency: urgency.nullable(),
  issuerName: z.string().nullable(),
  issuerParent: z.string().nullable(),
  signer,
  windowFrom: day.nullable(),
  windowTo: day.nullable(),
  text: z.string(),
  spans: z.array(z.object({ field: z.string(), start: z.number().int(), end: z.number().int() })),
  warnings: z.array(z.object({ code: z.string(), message: text, start: z.number().int(), end: z.number().int() })),
  attachments: z.array(
    z.object({
      title: z.string().nullable(),
      items: z.array(z.string()),
      /** The recipient phrase whose members it names; null for none; left out, its title says so. */
      recipient: z.string().nullable().optional(),
    }),
  ),
  /** "Nơi nhận" at the foot, with the purpose in its brackets. */
  copies: z.array(z.object({ text: z.string(), purpose: z.string().nullable() })),
  /** Whom to turn to, as the document says. */
  contacts: z.array(
    z.object({
      organisation: z.string().nullable(),
      person: z.string().nullable(),
      phones: z.array(z.string()),
      emails: z.array(z.string()),
    }),
  ),
  sourceName: z.string().nullable(),
  signedName: z.string().nullable(),
  /** Of one that came as an edXML message: what it says besides the head, and which directives here it is about. */
  edxml: z
    .object({
      documentId: z.string(),
      from: z.object({ id: z.string(), name: z.string() }),
      business: z.enum(['new', 'withdrawn', 'updated', 'replacing']),
      reason: z.string().nullable(),
      concerned: z.array(z.object({ id, code: z.string().nullable(), subject: z.string(), status })),
      /** The documents as the message names them, whether they are here or not. */
      named: z.array(z.string()),
      files: z.array(z.object({ name: z.string(), size: z.number().int(), read: z.boolean() })),
    })
    .nullable(),
  upstream: z.object({ id, code: z.string().nullable(), subject: z.string() }).nullable(),
  /** The exercise that it belongs to; its subject bears the mark. */
  exercise: id.nullable(),
  exerciseName: z.string().nullable(),
  issuedAt: instant.nullable(),
  urgentReason: z.string().nullable(),
  withdrawnAt: instant.nullable(),
  withdrawReason: z.string().nullable(),
  writtenAt: instant,
  bases: z.array(basisView),
  recipients: z.array(recipientView),
  requirements: z.array(requirementView),
  acts: z.array(actView),
  /** The names of every organisation in `recipients`. */
  organisations: z.array(named),
  /** What the one who asks may do with it now. */
  can: z.object({ correct: z.boolean(), issue: z.boolean(), follow: z.boolean() }),
});

const head = z
  .object({
    kind: z.string().trim().min(1).max(40),
    number: number.nullable(),
    symbol: symbol.nullable(),
    day: day.nullable(),
    place: line(100).nullable(),
    subject: line(1000),
    urgency: urgency.nullable(),
    issuerName: line(300).nullable(),
    issuerParent: line(300).nullable(),
    signer: z.object({ authority: line(300).nullable(), title: line(300).nullable(), name: line(200).nullable() }),
    windowFrom: day.nullable(),
    windowTo: day.nullable(),
    overseer: id,
  })
  .partial();

export const requirementInput = z.object({
  id: id.optional(),
  path: line(40),
  text: prose(20_000),
  heading: z.boolean(),
  audience: z.array(z.number().int().min(0)).max(500),
  phrase: line(500).nullable(),
  due: instant.nullable(),
  recurrence: line(60).nullable(),
  measures: z.array(z.string().max(100)).max(20),
  /** Where it stands in the document; left out, it stays where it was. */
  span: place.nullable().optional(),
});

/** A correction of a draft: what is left out stays; a list replaces the whole list. */
export const correction = z.object({
  version,
  head: head.optional(),
  copies: z.array(copy).max(200).optional(),
  contacts: z.array(contact).max(100).optional(),
  attachments: z
    .array(
      z.object({
        title: line(1000).nullable(),
        items: z.array(line(2000)).max(5000),
        recipient: line(1000).nullable().optional(),
      }),
    )
    .max(50)
    .optional(),
  recipients: z
    .array(
      z.object({
        id: id.optional(),
        text: line(1000),
        /** Chosen by hand; left out, the phrase is resolved as of the document's date. */
        organisations: z.array(id).max(5000).optional(),
      }),
    )
    .max(500)
    .optional(),
  requirements: z.array(requirementInput).max(500).optional(),
  bases: z
    .array(
      z.object({
        id: id.optional(),
        kind: line(40).nullable(),
        code: line(100).nullable(),
        day: day.nullable(),
        issuer: line(300).nullable(),
        subject: line(2000).nullable(),
      }),
    )
    .max(200)
    .optional(),
});

export const readAnswer = z.object({
  id,
  /** The same file had been read before. */
  again: z.boolean(),
  fields: z.number().int(),
  warnings: z.number().int(),
  milliseconds: z.number().int(),
});

/** A passage of the document as a requirement: path, audience and deadline are proposed by the reader where left out. */
export const passage = z.object({
  version,
  start: z.number().int().min(0),
  end: z.number().int().min(1),
  path: line(40).optional(),
});

/** An attached list, each name with the organisations that it meant on the document's day. */
export const listView = z.object({
  title: z.string().nullable(),
  /** The recipient that it spells out, and how that is known; null where it names no receivers. */
  recipient: z.object({ id, text: z.string(), chosen: z.boolean() }).nullable(),
  items: z.array(z.object({ text: z.string(), organisations: z.array(named), why: text.nullable() })),
});

/** What should be looked at before issuing; an `error` stops it. */
const problem = z.object({
  code: z.enum(['date', 'due-early', 'nobody', 'path-twice', 'incomplete', 'empty']),
  level: z.enum(['error', 'warning']),
  /** `subject`, `issuerName`, `recipients`, `requirements`; null where only the text knows. */
  field: z.string().nullable(),
  requirement: id.nullable(),
  message: text,
  start: z.number().int().nullable(),
  end: z.number().int().nullable(),
});

export const previewView = z.object({
  version: z.number().int(),
  day: z.string(),
  requirements: z.array(z.object({ id, path: z.string(), text: z.string(), organisations: z.number().int() })),
  /** `concerned`: one character a requirement, `1` where it gets the task. */
  organisations: z.array(named.extend({ concerned: z.string(), contact: z.boolean(), account: z.boolean() })),
  tasks: z.number().int(),
  receivers: z.number().int(),
  withoutAccount: z.number().int(),
  withoutContact: z.number().int(),
  unresolved: z.array(z.object({ recipient: id, text: z.string(), why: text.nullable() })),
  /** Receivers whom this organisation neither has below it nor supervises. */
  outside: z.array(named),
  problems: z.array(problem),
});
