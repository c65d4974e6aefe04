import { assetsRegistered, heldAssets, moveOverseen } from '@vonggac/rooms/assets';
import {
  type DirectiveAmended,
  directiveFiles,
  type DirectiveHandedOver,
  type DirectiveIssued,
  type DirectiveRead,
  type DirectiveWithdrawn,
  type RecurrenceEnded,
} from '@vonggac/rooms/directives';
import { dutyCallsPickedUp, handOverCalls } from '@vonggac/rooms/duty';
import {
  findingProof,
  findingsAgain,
  findingsDays,
  findingsOpen,
  finishList,
  foldRows,
  heldFindings,
  moveOverseenFindings,
  supersedeList,
  takeRowsBack,
  tryRows,
  withdrawList,
} from '@vonggac/rooms/findings';
import {
  askBackAmended,
  askBackWithdrawn,
  exchangeFiles,
  followParts,
  handOverStatuses,
  tellAccepted,
  tellAnswered,
  tellIssued,
  tellRead,
  tellReported,
} from '@vonggac/rooms/exchange';
import { movePeople, movePeopleOn } from '@vonggac/rooms/identity';
import {
  listFiles,
  type ListFinished,
  type ListSuperseded,
  type ListWithdrawn,
  type RowsMatched,
  type RowsTakenBack,
  type RowsTried,
} from '@vonggac/rooms/intelligence';
import {
  contactsConfirmed,
  contactsDuty,
  importFiles,
  type LeftoversHandedOn,
  offerHoldings,
  type OrganisationReorganised,
} from '@vonggac/rooms/organisations';
import { noticeLetters } from '@vonggac/rooms/notices';
import { offerLetters } from '@vonggac/rooms/notifications';
import { attachReport, handOverReports, reportFiles, type ReportIssued } from '@vonggac/rooms/reports';
import {
  amendTasks,
  assignTasks,
  evidenceFiles,
  handOverTasks,
  liveParts,
  liveTasks,
  tellRecurrenceEnd,
  withdrawTasks,
  type TasksReviewed,
  type TasksSubmitted,
  type WorkNoted,
} from '@vonggac/rooms/tasks';
import { offer, offerNamedFiles, on } from '@vonggac/store';

let isWired = false;

/** The nervous system: which fact makes which room react, which measures there are, what hangs on an organisation, what names files. */
export function wire(): void {
  if (isWired) return;
  isWired = true;

  on<DirectiveIssued>('directives.issued', assignTasks);
  on<DirectiveAmended>('directives.amended', amendTasks);
  on<DirectiveWithdrawn>('directives.withdrawn', withdrawTasks);
  on<RecurrenceEnded>('directives.recurrence-ended', tellRecurrenceEnd);
  on<DirectiveHandedOver>('directives.handed-over', handOverTasks);
  on<DirectiveHandedOver>('directives.handed-over', handOverCalls);
  on<DirectiveHandedOver>('directives.handed-over', handOverStatuses);
  on<DirectiveRead>('directives.read', tellRead);
  on<DirectiveIssued>('directives.issued', tellIssued);
  on<DirectiveAmended>('directives.amended', askBackAmended);
  on<DirectiveWithdrawn>('directives.withdrawn', askBackWithdrawn);
  on<WorkNoted>('tasks.noted', followParts);
  on<TasksSubmitted>('tasks.submitted', tellAnswered);
  on<TasksReviewed>('tasks.accepted', tellAccepted);
  on<ReportIssued>('reports.issued', tellReported);
  on<ReportIssued>('reports.issued', attachReport);
  on<DirectiveHandedOver>('directives.handed-over', handOverReports);
  on<OrganisationReorganised>('organisations.reorganised', movePeople);
  on<OrganisationReorganised>('organisations.reorganised', moveOverseen);
  on<OrganisationReorganised>('organisations.reorganised', moveOverseenFindings);
  on<LeftoversHandedOn>('organisations.handed-on', movePeopleOn);

  on<RowsMatched>('intelligence.rows-matched', foldRows);
  on<RowsTried>('intelligence.rows-tried', tryRows);
  on<RowsTakenBack>('intelligence.rows-taken-back', takeRowsBack);
  on<ListFinished>('intelligence.list-finished', finishList);
  on<ListSuperseded>('intelligence.list-superseded', supersedeList);
  on<ListWithdrawn>('intelligence.list-withdrawn', withdrawList);

  offerLetters(noticeLetters);

  offer(contactsConfirmed);
  offer(contactsDuty);
  offer(dutyCallsPickedUp);
  offer(findingsOpen);
  offer(findingsAgain);
  offer(findingsDays);
  offer(assetsRegistered);

  offerHoldings(liveTasks);
  offerHoldings(heldAssets);
  // After the register: findings go on with the entry that goes on.
  offerHoldings(heldFindings);
  offerHoldings(liveParts);

  offerNamedFiles(importFiles);
  offerNamedFiles(directiveFiles);
  offerNamedFiles(evidenceFiles);
  offerNamedFiles(reportFiles);
  offerNamedFiles(exchangeFiles);
  offerNamedFiles(findingProof);
  offerNamedFiles(listFiles);
}
