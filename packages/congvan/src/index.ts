export { readDirective } from './read.ts';
export type { ReadOptions } from './read.ts';
export { SecretDocument, TextTooLong } from './model.ts';
export type {
  Attachment,
  Basis,
  Bilingual,
  Contact,
  Copy,
  Deadline,
  FieldSpans,
  PartialDate,
  ReadDocument,
  ReadWarning,
  Recipient,
  Requirement,
  RequirementNature,
  Secrecy,
  Signer,
  Span,
  Urgency,
} from './model.ts';
export { directiveLine, secretLine, unreadLine } from './json.ts';
export type { DirectiveLine } from './json.ts';
export { summaryOf } from './summary.ts';
export { asksToAct } from './copies.ts';
export { phoneToE164 } from './phones.ts';
export { lastMoment, periodAfter, periodAt, reportingCycle } from './reporting-cycle.ts';
export type { ReportingCycle, ReportingPeriod } from './reporting-cycle.ts';
