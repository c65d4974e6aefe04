export { exportOwnSheet, exportSheets } from './answer-sheet/export-sheets.ts';
export { type AnswerFile, getFile } from './answer-sheet/get-file.ts';
export { importFile } from './answer-sheet/import-file.ts';
export { keepFile } from './answer-sheet/keep-file.ts';
export { downloadFile, listFiles } from './answer-sheet/list-files.ts';
export { listSheets } from './answer-sheet/list-sheets.ts';
export { dropFile, undoFile } from './answer-sheet/undo-file.ts';
export { type Answers, answerTasks, type SavedAnswer } from './answer.ts';
export { answerPart, addPartEvidence } from './answer-part.ts';
export { type Approved, approveProposal, approveProposals, returnProposal, withdrawProposal } from './approval/decide.ts';
export { listProposals, type ProposalView } from './approval/list.ts';
export { type Approval, getApproval, setApproval } from './approval/setting.ts';
export { answerTargets, type AnswerTargets } from './answer-targets.ts';
export { moveAnswer } from './move-answer.ts';
export type { AnswerMove } from './move-answer-plan.ts';
export { ask } from './ask.ts';
export { type Assignable, assignTask, listAssignable } from './assign-person.ts';
export { amendTasks, assignTasks, handOverTasks, withdrawTasks } from './assign-tasks.ts';
export { confirmDeclaration, contestDeclaration } from './declare/decide.ts';
export { enterFor } from './declare/enter-for.ts';
export { type DeclarationView, listDeclarations } from './declare/list-declarations.ts';
export type { ExtensionDecided, QuestionAsked, ReceiptRefused, TasksReviewed, TasksSubmitted, WorkNoted } from './events.ts';
export { mustNotBeSecret } from './evidence-secrecy.ts';
export { cleanName, EVIDENCE_LIMIT, evidenceTypeOf } from './evidence-type.ts';
export { addEvidence, downloadEvidence } from './evidence.ts';
export { askExtension, decideExtension, type ExtensionAsked } from './extension.ts';
export { setFollowUp } from './follow-up.ts';
export { getWork, type Work, type WorkItem } from './get-work.ts';
export { giveParts, listUnits, type PartsGiven, type Unit } from './give-parts.ts';
export { getPart, type Handed, myParts, type PartView } from './list-parts.ts';
export { getLead, type Lead, type LeadSet, setLead } from './set-lead.ts';
export { takeBackPart, takeOverPart } from './take-parts.ts';
export { type NothingSaid, sayNothing, saysNothing } from './nothing.ts';
export {
  type Act,
  type ActData,
  type AxisCode,
  type ReceiptState,
  statusOf,
  type TaskState,
  timeStateOf,
  type TimeState,
} from './model.ts';
export { myWork, type WorkCard, workCounts, type WorkCounts, type WorkQuery } from './my-work.ts';
export { evidenceFiles } from './named-files.ts';
export { type OpenPart, openParts } from './open-parts.ts';
export { type OpenTask, openTasks } from './open-tasks.ts';
export { openReceipt, receive, refuse } from './receipt.ts';
export { liveTasks } from './reorganise.ts';
export { liveParts } from './reorganise-parts.ts';
export { acceptTasks, askForMore, reopenTasks, type Reviewed } from './review.ts';
export { type FoundWork, searchWork } from './search-work.ts';
export { declareReceipt, type DeclaredReceipt } from './status-declared.ts';
export type { SignedReport, Submission } from './hand-in.ts';
export { submitReport, withdrawSubmission } from './submit.ts';
export { answerFiles, answerSheets, declarations, evidence, history, periods, receipts, reminders, reports, tasks } from './tables.ts';
export { tellRecurrenceEnd } from './periods/end.ts';
export { listPast, type PastPeriod, type PeriodQuery } from './periods/list-past.ts';
export { type PastReport, reportPast } from './periods/report-past.ts';
export { type PastReview, reviewPast } from './periods/review-past.ts';
export { turnPeriods } from './periods/turn.ts';
export { pastWord, periodWord } from './periods/words.ts';
export { exportMatrix } from './export-matrix.ts';
export type { Figure, Figures } from './figures.ts';
export { type FigureName, type FigureQuery, type FigureRow, rowsOf } from './figures-rows.ts';
export { matrix, type Matrix } from './matrix.ts';
export { type Loaded, loadMatrix } from './matrix-load.ts';
export { type Column, type Lit, litAt, type MatrixQuery, type Row, selectRows, taskAt, timeAt } from './matrix-model.ts';
export { type OpenWork, openWorkOf } from './standing-answers.ts';
export { type Cell, standingCell } from './standing-cell.ts';
export { standing, type Standing } from './standing.ts';
