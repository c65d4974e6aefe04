import type { DirectiveAmended, DirectiveHandedOver, DirectiveIssued, DirectiveWithdrawn } from '@vonggac/rooms/directives';
import { contactsConfirmed, contactsDuty, offerHoldings } from '@vonggac/rooms/organisations';
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

  offer(contactsConfirmed);
  offer(contactsDuty);

  offerHoldings(liveTasks);
}
