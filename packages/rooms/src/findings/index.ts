export { answerFindings, type FindingOutcome, type Given } from './answer.ts';
export { approvePostponements, decideFindings, type Decision } from './decide.ts';
export { type CalendarDay, listHolidays, removeHoliday, setHoliday, workCalendar } from './calendar.ts';
export { exportFindings } from './export.ts';
export { addFindingFile, downloadFindingFile } from './files.ts';
export { foldRows, tryRows } from './fold.ts';
export { takeRowsBack } from './rows-back.ts';
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
export { findingsAgain, findingsDays, findingsOpen } from './measures.ts';
export { findingProof } from './named-files.ts';
export { findingsOverview, type Overview } from './overview.ts';
export { type Entered, sayOfEntered } from './entered.ts';
export { downloadSheetFile, refusedSheetRows } from './sheets/download.ts';
export { issueFindingSheets } from './sheets/issue.ts';
export { acceptSheetFile, dropSheetFile, uploadSheetFile } from './sheets/take-in.ts';
export { listSheetUnits } from './sheets/units.ts';
export { type FileView, getSheetFile, listSheetFiles } from './sheets/view.ts';
export { type FoundFinding, type FoundUnit, searchFindings } from './search.ts';
export { findSubscribers, MOST_SEARCHES } from './subscribers.ts';
export { followFindingOverseers, heldFindings, moveOverseenFindings } from './reorganise.ts';
export { type Part, splitFinding } from './pass-on.ts';
export { findingCounts, findingEvents, findings, listShares, sightings } from './tables.ts';
export { type Answered, type Covering, type Judgement, verdictOf } from './verdict.ts';
export type { FindingView } from './view.ts';
export { ANSWER_NAMES, STATE_NAMES, VERDICT_NAMES } from './words.ts';
