export { amendDirective, type Amendment } from './amend.ts';
export { type DirectiveHead, directiveHead, type RequirementView, requirementsOf } from './answers.ts';
export { completeIssued } from './complete.ts';
export { addPassage, type Passage } from './correct-passage.ts';
export { correctDraft, type Correction } from './correct.ts';
export { deriveDirective } from './derive.ts';
export { discardDraft } from './discard.ts';
export { type DirectiveFile, draftDocx, signedFile, sourceFile } from './download.ts';
export { attachedFile } from './edxml-view.ts';
export type {
  Assignment,
  DirectiveAmended,
  DirectiveHandedOver,
  DirectiveIssued,
  DirectiveRead,
  DirectiveWithdrawn,
  RecurrenceEnded,
} from './events.ts';
export { endRecurrence, type RecurrenceEnd } from './end-recurrence.ts';
export { type DirectiveView, getDirective } from './get.ts';
export { applyHandovers, type Handover, handOver } from './hand-over.ts';
export { issueDirective, issueUrgently } from './issue.ts';
export { type DirectiveQuery, listDirectives } from './list.ts';
export { KIND_NAMES } from './kinds.ts';
export { mapPhrase } from './map-phrase.ts';
export type { Reading, Span } from './model.ts';
export { directiveFiles } from './named-files.ts';
export { previewIssue } from './preview.ts';
export { previewLists } from './preview-lists.ts';
export type { BeforeRule } from './deadlines.ts';
export { beforeRule, type Incoming, readDraft } from './read-draft.ts';
export { setExercise } from './set-exercise.ts';
export { acts, bases, bindings, directives, recipients, requirements } from './tables.ts';
export { decideWithdrawal, proposeWithdrawal } from './withdraw.ts';
