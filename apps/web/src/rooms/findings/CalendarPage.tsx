import { Button, Select, TextInput } from '@mantine/core';
import { useSearch, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import styles from './Findings.module.css';

/** Days off and days worked in their stead: deadlines in working days count by them. */
export function CalendarPage(): ReactElement {
  const { t } = useTranslation('findings');
  const { today } = useSession();
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const navigate = useNavigate();
  const now = Number(today.slice(0, 4));
  const year = Number(search['year']) || now;
  const answer = useApi('GET /holidays', { query: { year } });
  const remove = useChange('DELETE /holidays/{day}', ['GET /holidays']);
  const years = [...new Set([now - 1, now, now + 1, year])].toSorted();
  const data = answer.data;
  return (
    <>
      <PageHeader
        title={t('calendar.title')}
        lead={t('calendar.lead')}
        actions={
          <Select
            aria-label={t('calendar.year')}
            w={120}
            data={years.map(String)}
            value={String(year)}
            onChange={(value) => void navigate({ to: '.', search: { year: value ?? undefined } as never, replace: true })}
          />
        }
      />
      {data === undefined ? (
        answer.error === null ? (
          <LoadingLines lines={6} />
        ) : (
          <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
        )
      ) : (
        <div className={styles['two']}>
          <Panel>
            <ul className={styles['plain']}>
              {data.items.map(({ day, kind, name, fixed }) => (
                <li key={day}>
                  <strong>{formatDate(day)}</strong> {t(`calendar.${kind}`)}: {name[currentLanguage()]}{' '}
                  {fixed ? (
                    <span className={styles['soft']}>{t('calendar.fixed')}</span>
                  ) : (
                    data.can.write && (
                      <Button size="compact-xs" variant="subtle" onClick={() => remove.mutate({ params: { day } })}>
                        {t('calendar.remove')}
                      </Button>
                    )
                  )}
                </li>
              ))}
            </ul>
          </Panel>
          {data.can.write && <Add />}
        </div>
      )}
    </>
  );
}

function Add(): ReactElement {
  const { t } = useTranslation('findings');
  const [day, setDay] = useState<string | null>(null);
  const [kind, setKind] = useState<'off' | 'work'>('off');
  const [vi, setVi] = useState('');
  const [en, setEn] = useState('');
  const set = useChange('PUT /holidays/{day}', ['GET /holidays']);
  const submit = (): void =>
    set.mutate(
      { params: { day: day ?? '' }, body: { kind, name: { vi: vi.trim(), en: en.trim() || vi.trim() } } },
      { onSuccess: () => setDay(null) },
    );
  return (
    <Panel>
      <h2 className={styles['heading']}>{t('calendar.add')}</h2>
      <Form onSubmit={submit} error={set.error} places={['day', 'name.vi', 'name.en']}>
        <DateField label={t('calendar.day')} required value={day} onChange={setDay} error={fieldError(set.error, 'day')} />
        <Select
          label={t('calendar.kind')}
          data={[
            { value: 'off', label: t('calendar.off') },
            { value: 'work', label: t('calendar.work') },
          ]}
          value={kind}
          onChange={(value) => setKind(value === 'work' ? 'work' : 'off')}
        />
        <TextInput
          label={t('calendar.nameVi')}
          required
          value={vi}
          onChange={(event) => setVi(event.currentTarget.value)}
          error={fieldError(set.error, 'name.vi')}
        />
        <TextInput
          label={t('calendar.nameEn')}
          value={en}
          onChange={(event) => setEn(event.currentTarget.value)}
          error={fieldError(set.error, 'name.en')}
        />
        <FormButtons>
          <Button type="submit" loading={set.isPending} disabled={day === null || vi.trim() === ''}>
            {t('calendar.keep')}
          </Button>
        </FormButtons>
      </Form>
    </Panel>
  );
}
