import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useApi } from '../../api/query.ts';
import { formatDate } from '../../i18n/format.ts';
import { ForeignText } from '../../ui/document/index.ts';
import { EmptyState, ErrorState, LoadingLines, PageHeader, Panel } from '../../ui/page/index.ts';
import { ExerciseDialog } from './ExerciseDialog.tsx';
import styles from './Exercises.module.css';

export type Exercise = Routes['GET /exercises']['output']['items'][number];

/** The exercises of the organisation: when, and the only destinations that they may reach. */
export function ExercisesPage(): ReactElement {
  const { t } = useTranslation('exercises');
  const [size, setSize] = useState(30);
  const list = useApi('GET /exercises', { query: { size } });
  const [dialog, setDialog] = useState<Exercise | 'new' | null>(null);
  const mayWrite = list.data?.can.write ?? false;
  const create = mayWrite ? <Button onClick={() => setDialog('new')}>{t('list.new')}</Button> : undefined;
  return (
    <>
      <PageHeader title={t('list.title')} lead={t('list.lead')} actions={create} />
      {list.data === undefined &&
        (list.error === null ? <LoadingLines lines={5} /> : <ErrorState error={list.error} onRetry={() => void list.refetch()} />)}
      {list.data?.total === 0 && <EmptyState title={t('list.empty')} why={t(mayWrite ? 'list.emptyWhy' : 'list.emptyWhyOther')} />}
      <div className={styles['list']}>
        {list.data?.items.map((one) => (
          <Panel key={one.id} label={one.name}>
            <One exercise={one} onChange={mayWrite ? () => setDialog(one) : undefined} />
          </Panel>
        ))}
      </div>
      {list.data !== undefined && list.data.items.length < list.data.total && (
        <Button variant="default" mt="md" onClick={() => setSize(size + 30)}>
          {t('list.more', { count: list.data.total - list.data.items.length })}
        </Button>
      )}
      {dialog !== null && <ExerciseDialog exercise={dialog === 'new' ? null : dialog} onClose={() => setDialog(null)} />}
    </>
  );
}

function One({ exercise, onChange }: { exercise: Exercise; onChange: (() => void) | undefined }): ReactElement {
  const { t } = useTranslation('exercises');
  const { name, organisation, from, to, state, destinations } = exercise;
  return (
    <article className={styles['one']}>
      <header>
        <h2>
          <ForeignText text={name} />
        </h2>
        <span className={styles['state']} data-state={state}>
          {t(`state.${state}`)}
        </span>
      </header>
      <p>
        {t('list.days', { from: formatDate(from), to: formatDate(to) })} · <ForeignText text={organisation.name} />
      </p>
      {destinations.length === 0 ? (
        <p className={styles['quiet']}>{t('list.nowhere')}</p>
      ) : (
        <p>
          {t('list.destinations')}:{' '}
          {destinations.map((one) => (
            <code key={one} className={styles['destination']}>
              {one}
            </code>
          ))}
        </p>
      )}
      <footer>
        <Link className="touched" to="/directives" search={{ exercise: 'true' } as never}>
          {t('list.directives')}
        </Link>
        {onChange !== undefined && (
          <Button variant="default" size="compact-md" onClick={onChange}>
            {t('list.change')}
          </Button>
        )}
      </footer>
    </article>
  );
}
