import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDate } from '../../i18n/format.ts';
import { PageHeader } from '../../ui/page/index.ts';
import { ExerciseBanner } from '../exercises/ExerciseBanner.tsx';
import { CallLog } from './CallLog.tsx';
import { Numbers } from './Numbers.tsx';
import { PickPanel } from './PickPanel.tsx';
import { useCallQueue } from './useCallQueue.ts';
import styles from './Duty.module.css';

/** Check calls to the 24/7 numbers: pick, call, note with one thumb; and the log of what was called. */
export function DutyPage(): ReactElement {
  const { t } = useTranslation('duty');
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const navigate = useNavigate();
  const session = useSession();
  const queue = useCallQueue();
  const mayCall = session.permissions.includes('duty:call');
  const view = search['view'] === 'log' ? 'log' : 'call';
  const directive = search['directive'];
  const go = (next: Record<string, string | undefined>): void =>
    void navigate({ to: '.', search: { ...search, page: undefined, ...next } as never, replace: true });
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      {queue.waiting.length > 0 && (
        <div role="status" className={styles['waiting']}>
          {t('call.waiting', { count: queue.waiting.length })}
          <Button variant="default" size="compact-md" onClick={queue.sendNow}>
            {t('call.sendNow')}
          </Button>
        </div>
      )}
      <div className={styles['head']}>
        <SegmentedControl
          value={view}
          onChange={(next) => go({ view: next === 'log' ? 'log' : undefined, q: undefined, sort: undefined })}
          data={[
            { value: 'call', label: t('view.call') },
            { value: 'log', label: t('view.log') },
          ]}
          aria-label={t('view.label')}
        />
        {view === 'call' && (
          <DirectiveChoice value={directive ?? ''} onChange={(next) => go({ directive: next === '' ? undefined : next })} />
        )}
      </div>
      {view === 'log' ? (
        <CallLog />
      ) : (
        <>
          {mayCall && <PickPanel directive={directive} queue={queue} />}
          <Numbers directive={directive} queue={queue} mayCall={mayCall} />
        </>
      )}
    </>
  );
}

/** The time of which directive counts; without one, the last 30 days. */
function DirectiveChoice({ value, onChange }: { value: string; onChange: (id: string) => void }): ReactElement {
  const { t } = useTranslation('duty');
  const { data } = useApi('GET /directives', { query: { status: 'issued', size: 25 } });
  const exercises = useApi('GET /directives', { query: { status: 'issued', size: 25, exercise: 'true' } });
  const items = [...(data?.items ?? []), ...(exercises.data?.items ?? [])];
  const exerciseName = items.find(({ id }) => id === value)?.exerciseName;
  return (
    <>
      <NativeSelect
        aria-label={t('directive.label')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[
          { value: '', label: t('directive.lately') },
          ...items.map(({ id, code, subject, day }) => ({
            value: id,
            label: [code ?? t('directive.unnumbered'), day === null ? null : formatDate(day), subject.slice(0, 60)]
              .filter(Boolean)
              .join(' · '),
          })),
        ]}
      />
      <ExerciseBanner name={exerciseName} />
    </>
  );
}
