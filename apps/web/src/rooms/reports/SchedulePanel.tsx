import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { formatDate } from '../../i18n/format.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError, Form, FormButtons, TimeField } from '../../ui/form/index.ts';
import { showToast } from '../../ui/toast/index.ts';
import type { Schedule } from './api.ts';
import styles from './Reports.module.css';

const timeOf = ({ hour, minute }: Pick<Schedule, 'hour' | 'minute'>): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;

/** A quick report every day at an hour until a day: said, set, changed and ended. */
export function SchedulePanel({ directive, canMake }: { directive: string; canMake: boolean }): ReactElement | null {
  const { t } = useTranslation('reports');
  const [editing, setEditing] = useState(false);
  const answer = useApi('GET /directives/{id}/report-schedule', { params: { id: directive } });
  const change = useChange('PUT /directives/{id}/report-schedule', ['GET /directives/{id}/report-schedule']);
  if (answer.data === undefined) return null;
  const { schedule } = answer.data;
  if (schedule === null && !canMake) return null;
  const put = (next: { hour: number; minute: number; until: string } | null): void =>
    change.mutate(
      { params: { id: directive }, body: { schedule: next } },
      {
        onSuccess: () => {
          setEditing(false);
          showToast({ message: t(next === null ? 'schedule.ended' : 'schedule.set') });
        },
      },
    );
  if (editing)
    return (
      <ScheduleForm
        schedule={schedule}
        error={change.error}
        busy={change.isPending}
        onPut={put}
        onClose={() => {
          change.reset();
          setEditing(false);
        }}
      />
    );
  return (
    <section className={styles['schedule']} aria-label={t('schedule.label')}>
      <span>
        {schedule === null
          ? t('schedule.none')
          : t('schedule.daily', { time: timeOf(schedule), until: formatDate(schedule.until), name: schedule.personName })}
      </span>
      {canMake && (
        <Button variant="default" size="compact-md" onClick={() => setEditing(true)}>
          {t(schedule === null ? 'schedule.do' : 'schedule.change')}
        </Button>
      )}
      {canMake && schedule !== null && (
        <Button variant="default" size="compact-md" loading={change.isPending} onClick={() => put(null)}>
          {t('schedule.end')}
        </Button>
      )}
    </section>
  );
}

interface ScheduleFormProps {
  schedule: Schedule | null;
  error: ReturnType<typeof useChange>['error'];
  busy: boolean;
  onPut: (next: { hour: number; minute: number; until: string }) => void;
  onClose: () => void;
}

function ScheduleForm({ schedule, error, busy, onPut, onClose }: ScheduleFormProps): ReactElement {
  const { t } = useTranslation('reports');
  const [time, setTime] = useState<string | null>(schedule === null ? '07:00' : timeOf(schedule));
  const [until, setUntil] = useState<string | null>(schedule?.until ?? null);
  const [hour = 0, minute = 0] = (time ?? '').split(':').map(Number);
  return (
    <section className={styles['scheduleForm']} aria-label={t('schedule.label')}>
      <Form
        onSubmit={() => time !== null && until !== null && onPut({ hour, minute, until })}
        error={error}
        places={['schedule.until', 'schedule.hour']}
      >
        <p className={styles['hint']}>{t('schedule.hint')}</p>
        <div className={styles['pair']}>
          <TimeField label={t('schedule.time')} value={time} onChange={setTime} error={fieldError(error, 'schedule.hour')} required />
          <DateField label={t('schedule.until')} value={until} onChange={setUntil} error={fieldError(error, 'schedule.until')} required />
        </div>
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={time === null || until === null}>
            {t('schedule.save')}
          </Button>
        </FormButtons>
      </Form>
    </section>
  );
}
