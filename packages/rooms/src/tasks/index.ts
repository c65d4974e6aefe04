export { type Answers, answerTasks, type SavedAnswer } from './answer.ts';
export { ask } from './ask.ts';
export { type Assignable, assignTask, listAssignable } from './assign-person.ts';
export { amendTasks, assignTasks, handOverTasks, withdrawTasks } from './assign-tasks.ts';
export type { ExtensionDecided, QuestionAsked, ReceiptRefused, TasksReviewed, TasksSubmitted } from './events.ts';
export { EVIDENCE_LIMIT } from './evidence-type.ts';
export { addEvidence, downloadEvidence } from './evidence.ts';
export { askExtension, decideExtension, type ExtensionAsked } from './extension.ts';
export { getWork, type Work, type WorkItem } from './get-work.ts';
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
export { openReceipt, receive, refuse } from './receipt.ts';
export { liveTasks } from './reorganise.ts';
export { acceptTasks, askForMore, reopenTasks, type Reviewed } from './review.ts';
export { type FoundWork, searchWork } from './search-work.ts';
export { type SignedReport, submitReport, type Submission, withdrawSubmission } from './submit.ts';
export { evidence, history, receipts, reminders, reports, tasks } from './tables.ts';
export { exportMatrix } from './export-matrix.ts';
export type { Figure, Figures } from './figures.ts';
export { type FigureName, type FigureQuery, type FigureRow, rowsOf } from './figures-rows.ts';
export { matrix, type Matrix } from './matrix.ts';
export { type Loaded, loadMatrix } from './matrix-load.ts';
export { type Column, type Lit, litAt, type MatrixQuery, type Row, taskAt, timeAt } from './matrix-model.ts';
export { type OpenWork, openWorkOf } from './standing-answers.ts';
export { type Cell, standingCell } from './standing-cell.ts';
export { standing, type Standing } from './standing.ts';
