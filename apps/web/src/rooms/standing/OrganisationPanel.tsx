import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { ErrorState, LoadingLines } from '../../ui/page/index.ts';
import { StateChip } from '../../ui/state/index.ts';
import { useWork } from '../work/api.ts';
import { DueText, TaskChip, TaskHistory, TaskReview } from '../work/components/index.ts';
import type { Matrix, Standing } from './api.ts';
import { LIT } from './matrix-view.ts';
import { RemindersLine } from './RemindersLine.tsx';
import type { StandingControl } from './useStandingState.ts';
import styles from './Standing.module.css';

interface OrganisationPanelProps {
  standing: Standing;
  organisation: string;
  control: StandingControl;
  onRemind: (organisation: string) => void;
}

/** One organisation over all items, to review together what it handed in. */
export function OrganisationPanel({ standing, organisation, control, onRemind }: OrganisationPanelProps): ReactElement {
  const { t } = useTranslation('standing');
  const work = useWork({ directive: standing.id, organisation });
  const matrix = useApi('GET /directives/{id}/matrix', { params: { id: standing.id }, query: control.query });
  if (work.data === undefined)
    return work.error === null ? <LoadingLines lines={4} /> : <ErrorState error={work.error} onRetry={() => void work.refetch()} />;
  const { items, receipt, history, can } = work.data;
  return (
    <div className={styles['cell']}>
      <div>
        <h2>{receipt.organisationName}</h2>
        <ul className={styles['taskList']}>
          {items.map((item) => {
            const requirement = standing.requirements.find(({ path }) => path === item.path);
            return (
              <li key={item.task}>
                <button type="button" onClick={() => requirement !== undefined && control.change({ item: requirement.id })}>
                  {item.path}
                </button>
                <StateChip state={litOf(matrix.data, organisation, requirement?.id)} />
                <TaskChip state={item.state} />
                <DueText due={item.due} timeState={item.timeState} answeredAt={item.answeredAt} />
              </li>
            );
          })}
        </ul>
        <div className={styles['buttons']}>
          {can.review && <TaskReview tasks={items} />}
          {standing.can.remind && (
            <Button variant="default" onClick={() => onRemind(organisation)}>
              {t('head.remind')}
            </Button>
          )}
          <Link to={`/work/${standing.id}/${organisation}`}>{t('cell.openWork')}</Link>
        </div>
      </div>
      <aside>
        <div className={styles['history']}>
          <TaskHistory history={history} agency={receipt.organisationName} overseer={standing.overseer.name} />
        </div>
        <RemindersLine directive={standing.id} organisation={organisation} />
      </aside>
    </div>
  );
}

function litOf(matrix: Matrix | undefined, organisation: string, requirement: string | undefined) {
  const at = matrix?.columns.findIndex(({ id }) => id === requirement) ?? -1;
  const row = matrix?.rows.find(({ id }) => id === organisation);
  return at < 0 || row === undefined ? 'no-data' : (LIT[row.cells[at * 3] ?? '-'] ?? 'not-concerned');
}
