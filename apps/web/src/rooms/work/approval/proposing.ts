import type { TFunction } from 'i18next';
import { formatDate, formatTime } from '../../../i18n/format.ts';
import type { Role } from '../../../api/contract.ts';
import type { TimeState, Work, WorkItem } from '../api.ts';
import { formatDue } from '../deadline.ts';

/** Whether a submission of the actor goes to the own leader first; what is entered for another organisation does not. */
export function isProposing(work: Work, role: Role, source: string | undefined): boolean {
  return work.approval.required && role !== 'leader' && source === undefined;
}

/** The items that wait for the own leader, who decides on them as they are. */
export function proposedTasks(work: Work): ReadonlySet<string> {
  return new Set(work.approval.proposals.filter(({ state }) => state === 'proposed').flatMap(({ tasks }) => tasks));
}

/** What can be reported now. */
export function reportable(work: Work): WorkItem[] {
  const proposed = proposedTasks(work);
  return work.items.filter(
    ({ task, state }) => !proposed.has(task) && (state === 'assigned' || state === 'in-progress' || state === 'more-asked'),
  );
}

/** It counts when it is sent, not when it was put forward: until when it must be approved. */
export function lateText({ due, timeState }: { due: string; timeState: TimeState }, t: TFunction): string {
  if (timeState === 'overdue') return t('work:approval.isLate', { due: formatDue(due) });
  return formatTime(due) === '23:59'
    ? t('work:approval.lateDay', { day: formatDate(due) })
    : t('work:approval.late', { due: formatDue(due) });
}
