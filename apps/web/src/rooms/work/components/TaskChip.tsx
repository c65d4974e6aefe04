import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/session.ts';
import type { TaskState, TimeState } from '../api.ts';
import { dueText } from '../deadline.ts';
import styles from '../Work.module.css';

/** Where the paperwork of a task stands. Deliberately not a state of the matrix: paperwork lights nothing. */
export function TaskChip({ state }: { state: TaskState }): ReactElement {
  const { t } = useTranslation('work');
  return (
    <span className={styles['chip']} data-state={state}>
      {t(`state.${state}`)}
    </span>
  );
}

interface DueProps {
  due: string | null;
  timeState: TimeState;
  answeredAt?: string | null;
}

/** A deadline and how far it is, by the server's day. */
export function DueText(item: DueProps): ReactElement {
  const { t } = useTranslation('work');
  const { today } = useSession();
  return (
    <span className={`${styles['due']} tabular`} data-time={item.timeState}>
      {dueText(item, today, t)}
    </span>
  );
}
