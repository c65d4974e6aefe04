export { answerFindings, type FindingOutcome, type Given } from './answer.ts';
export { approvePostponements, decideFindings, type Decision } from './decide.ts';
export { type CalendarDay, listHolidays, removeHoliday, setHoliday, workCalendar } from './calendar.ts';
export { exportFindings } from './export.ts';
export { addFindingFile, downloadFindingFile } from './files.ts';
export { foldRows, tryRows } from './fold.ts';
export { type FindingDetail, getFinding } from './get.ts';
export { finishList, supersedeList, withdrawList } from './list-done.ts';
export { type FindingList, type FindingQuery, listFindings } from './list.ts';
export {
  ANSWERS,
  CLEANING,
  FINDING_ANSWERS,
  FINDING_KINDS,
  type FindingAnswer,
  type FindingKind,
  type FindingState,
  OPERATOR_ANSWERS,
  type Verdict,
} from './model.ts';
export { findingProof } from './named-files.ts';
export { findingsOverview, type Overview } from './overview.ts';
export { type Part, splitFinding } from './pass-on.ts';
export { findingCounts, findingEvents, findings, listShares, sightings } from './tables.ts';
export { type Answered, type Covering, type Judgement, verdictOf } from './verdict.ts';
export type { FindingView } from './view.ts';
export { ANSWER_NAMES, STATE_NAMES, VERDICT_NAMES } from './words.ts';
