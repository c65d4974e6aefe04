import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { useErrorText } from '../../ui/form/index.ts';
import { LoadingLines } from '../../ui/page/index.ts';
import { CallCard } from './CallCard.tsx';
import type { CallQueue } from './useCallQueue.ts';
import styles from './Duty.module.css';

const SIZES = ['3', '5', '10', '20'];

/** A fair pick at random: whoever was called least comes first, the seed is kept so that the draw can be repeated. */
export function PickPanel({ directive, queue }: { directive: string | undefined; queue: CallQueue }): ReactElement {
  const { t } = useTranslation('duty');
  const errorText = useErrorText();
  const latest = useApi('GET /duty/picks/latest');
  const draw = useChange('POST /duty/picks', ['GET /duty/picks/latest']);
  const [size, setSize] = useState('5');
  const pick = latest.data?.pick ?? null;
  const noted = new Set(queue.waiting.map(({ call }) => call.organisation));
  const left = pick?.rows.filter((row) => row.due && !noted.has(row.organisation.id)) ?? [];
  return (
    <section className={styles['pick']} aria-label={t('pick.title')}>
      <div className={styles['pickHead']}>
        <h2>{t('pick.title')}</h2>
        <NativeSelect
          aria-label={t('pick.size')}
          value={size}
          onChange={(event) => setSize(event.currentTarget.value)}
          data={SIZES.map((value) => ({ value, label: t('pick.organisations', { count: Number(value) }) }))}
        />
        <Button
          variant={left.length > 0 ? 'default' : 'filled'}
          loading={draw.isPending}
          onClick={() => draw.mutate({ body: { size: Number(size), ...(directive === undefined ? {} : { directive }) } })}
        >
          {t(pick === null ? 'pick.draw' : 'pick.drawAgain')}
        </Button>
      </div>
      {draw.error !== null && (
        <p role="alert" className={styles['problem']}>
          {errorText(draw.error)}
        </p>
      )}
      {latest.data === undefined && latest.error === null && <LoadingLines lines={3} />}
      {latest.data !== undefined && pick === null && <p className={styles['hint']}>{t('pick.noneWhy')}</p>}
      {pick !== null && (
        <>
          <p className={styles['hint']}>
            {t('pick.progress', { done: pick.rows.length - left.length, of: pick.rows.length })} ·{' '}
            {t('pick.drawn', { at: formatDateTime(pick.pickedAt), by: pick.pickedBy, candidates: pick.candidates })} · {t('pick.seed')}{' '}
            <code>{pick.seed}</code>
          </p>
          <ul className={styles['cards']}>
            {pick.rows.map((row) => (
              <CallCard
                key={row.organisation.id}
                row={row}
                pick={pick.id}
                done={!row.due}
                noted={noted.has(row.organisation.id)}
                mayCall
                onNote={(call) => queue.note({ ...call, directive: pick.directive ?? undefined })}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
