import {
  type DirectiveAmended,
  directiveFiles,
  type DirectiveHandedOver,
  type DirectiveIssued,
  type DirectiveWithdrawn,
} from '@vonggac/rooms/directives';
import { dutyCallsPickedUp, handOverCalls } from '@vonggac/rooms/duty';
import { exchangeFiles, handOverStatuses } from '@vonggac/rooms/exchange';
import { movePeople, movePeopleOn } from '@vonggac/rooms/identity';
import {
  contactsConfirmed,
  contactsDuty,
  importFiles,
  type LeftoversHandedOn,
  offerHoldings,
  type OrganisationReorganised,
} from '@vonggac/rooms/organisations';
import { reportFiles } from '@vonggac/rooms/reports';
import { amendTasks, assignTasks, evidenceFiles, handOverTasks, liveTasks, withdrawTasks } from '@vonggac/rooms/tasks';
import { offer, offerNamedFiles, on } from '@vonggac/store';

let isWired = false;

/** The nervous system: which fact makes which room react, which measures there are, what hangs on an organisation, what names files. */
export function wire(): void {
  if (isWired) return;
  isWired = true;

  on<DirectiveIssued>('directives.issued', assignTasks);
  on<DirectiveAmended>('directives.amended', amendTasks);
  on<DirectiveWithdrawn>('directives.withdrawn', withdrawTasks);
  on<DirectiveHandedOver>('directives.handed-over', handOverTasks);
  on<DirectiveHandedOver>('directives.handed-over', handOverCalls);
  on<DirectiveHandedOver>('directives.handed-over', handOverStatuses);
  on<OrganisationReorganised>('organisations.reorganised', movePeople);
  on<LeftoversHandedOn>('organisations.handed-on', movePeopleOn);

  offer(contactsConfirmed);
  offer(contactsDuty);
  offer(dutyCallsPickedUp);

  offerHoldings(liveTasks);

  offerNamedFiles(importFiles);
  offerNamedFiles(directiveFiles);
  offerNamedFiles(evidenceFiles);
  offerNamedFiles(reportFiles);
  offerNamedFiles(exchangeFiles);
}
