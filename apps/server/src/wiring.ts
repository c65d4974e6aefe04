import type { DirectiveAmended, DirectiveHandedOver, DirectiveIssued, DirectiveWithdrawn } from '@vonggac/rooms/directives';
import { dutyCallsPickedUp, handOverCalls } from '@vonggac/rooms/duty';
import { movePeople } from '@vonggac/rooms/identity';
import { contactsConfirmed, contactsDuty, offerHoldings, type OrganisationReorganised } from '@vonggac/rooms/organisations';
import { amendTasks, assignTasks, handOverTasks, liveTasks, withdrawTasks } from '@vonggac/rooms/tasks';
import { offer, on } from '@vonggac/store';

let isWired = false;

/** The nervous system: which fact makes which room react, which measures there are, what hangs on an organisation. */
export function wire(): void {
  if (isWired) return;
  isWired = true;

  on<DirectiveIssued>('directives.issued', assignTasks);
  on<DirectiveAmended>('directives.amended', amendTasks);
  on<DirectiveWithdrawn>('directives.withdrawn', withdrawTasks);
  on<DirectiveHandedOver>('directives.handed-over', handOverTasks);
  on<DirectiveHandedOver>('directives.handed-over', handOverCalls);
  on<OrganisationReorganised>('organisations.reorganised', movePeople);

  offer(contactsConfirmed);
  offer(contactsDuty);
  offer(dutyCallsPickedUp);

  offerHoldings(liveTasks);
}
