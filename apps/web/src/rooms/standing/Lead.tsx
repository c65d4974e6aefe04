import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { LeadDialog } from './LeadDialog.tsx';
import styles from './Standing.module.css';

/** Chủ trì, phối hợp of one item: who leads, who supports, who of them has answered the lead. */
export function Lead({ directive, requirement }: { directive: string; requirement: string }): ReactElement | null {
  const { t } = useTranslation('standing');
  const [opened, setOpened] = useState(false);
  const found = useApi('GET /work/lead/{directive}/{requirement}', { params: { directive, requirement } });
  if (found.data === undefined || (found.data.candidates.length < 2 && found.data.lead === null)) return null;
  const { lead, supports } = found.data;
  return (
    <div className={styles['buttons']}>
      {lead !== null && (
        <span>
          {t('lead.is', { lead: lead.name })}{' '}
          {t('lead.supports', {
            names: supports.map(({ name, answered }) => (answered ? t('lead.hasAnswered', { name }) : name)).join('; '),
          })}
        </span>
      )}
      <Button variant="subtle" size="compact-md" onClick={() => setOpened(true)}>
        {t(lead === null ? 'lead.set' : 'lead.change')}
      </Button>
      {opened && <LeadDialog place={{ directive, requirement }} former={found.data} onClose={() => setOpened(false)} />}
    </div>
  );
}
