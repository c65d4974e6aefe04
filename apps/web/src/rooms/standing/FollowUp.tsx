import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import type { Cell, Standing } from './api.ts';
import styles from './Standing.module.css';

const FollowUpDialog = lazy(async () => ({ default: (await import('./FollowUpDialog.tsx')).FollowUpDialog }));

interface FollowUpProps {
  standing: Standing;
  requirement: string;
  /** Whose task; everybody's where left out. */
  organisation?: string;
  followUp: (Omit<NonNullable<Cell['followUp']>, 'own'> & { own?: boolean }) | null;
}

/** Hạn theo dõi: the desk's own day, in its own words beside the document's, for those alone who follow the directive. */
export function FollowUp({ standing, requirement, organisation, followUp }: FollowUpProps): ReactElement | null {
  const { t } = useTranslation('standing');
  const [opened, setOpened] = useState(false);
  if (!standing.can.remind && followUp === null) return null;
  const said =
    followUp === null
      ? null
      : [
          t(organisation !== undefined && followUp.own !== true ? 'followUp.ofItem' : 'followUp.is', { day: formatDate(followUp.day) }),
          followUp.note,
          followUp.by,
        ]
          .filter(Boolean)
          .join(' · ');
  return (
    <div className={styles['buttons']}>
      {said !== null && <span>{said}</span>}
      {standing.can.remind && (
        <Button variant="subtle" size="compact-md" onClick={() => setOpened(true)}>
          {t(followUp === null ? 'followUp.set' : 'followUp.change')}
        </Button>
      )}
      {opened && (
        <Suspense fallback={null}>
          <FollowUpDialog
            place={{ directive: standing.id, requirement, ...(organisation === undefined ? {} : { organisation }) }}
            former={organisation !== undefined && followUp?.own !== true ? null : followUp}
            onClose={() => setOpened(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
