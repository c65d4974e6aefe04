import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { Problem } from '../../ui/form/Form.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { Progress } from '../../ui/wizard/Progress.tsx';
import { type ListView, useKeep, useMayTakeIn } from './api.ts';
import styles from './Intelligence.module.css';

/** How far a list is while it is taken in, and the way on where it stopped. `at`: when it was read here, in milliseconds. */
export function RunPanel({ list, at }: { list: ListView; at: number }): ReactElement | null {
  const { t } = useTranslation('intelligence');
  const writes = useMayTakeIn();
  const cancel = useKeep('POST /lists/{id}/cancel');
  const goOn = useKeep('POST /lists/{id}/continue');
  const params = { id: list.id };
  if (list.state !== 'running' && list.state !== 'stopped' && list.state !== 'cancelled') return null;
  const error = cancel.error ?? goOn.error;
  return (
    <Panel>
      <div className={styles['stack']}>
        {error !== null && <Problem error={error} />}
        <p role="status" style={{ margin: 0 }}>
          <strong>{t(`run.${list.cancelAsked && list.state === 'running' ? 'cancelling' : list.state}`)}</strong>
          {list.fault !== null && ` ${list.fault[currentLanguage()]}`}
        </p>
        <Rate key={list.state} list={list} at={at} />
        {writes && (
          <div className={`${styles['buttons']} never-printed`}>
            {list.state === 'running' ? (
              <Button variant="default" loading={cancel.isPending} disabled={list.cancelAsked} onClick={() => cancel.mutate({ params })}>
                {t('action.cancel')}
              </Button>
            ) : (
              <Button loading={goOn.isPending} onClick={() => goOn.mutate({ params })}>
                {t('action.continue', { count: list.total - list.done, shown: formatNumber(list.total - list.done) })}
              </Button>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}

/** The rate counts from the first reading, whatever the server's clock says. */
function Rate({ list, at }: { list: ListView; at: number }): ReactElement {
  const { t } = useTranslation('intelligence');
  const [first] = useState({ at, done: list.done });
  const rate = at - first.at > 1000 ? Math.round(((list.done - first.done) * 1000) / (at - first.at)) : 0;
  const left = Math.max(0, list.total - list.done);
  return <Progress done={list.done} total={list.total} noun={t('noun.rows')} {...(rate > 0 && { rate, remaining: left / rate })} />;
}
