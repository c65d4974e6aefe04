import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime, formatNumber } from '../../i18n/format.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { Grid } from '../../ui/table/Grid.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { type ListView, useKeep } from './api.ts';
import styles from './Intelligence.module.css';

/** Rows that led nowhere and would lead somewhere by now, since a range was approved or a name confirmed; and the looks that were done. */
export function Rematch({ list }: { list: ListView }): ReactElement | null {
  const { t } = useTranslation('intelligence');
  const answer = useApi('GET /lists/{id}/rematch', { params: { id: list.id } });
  const [asks, setAsks] = useState(false);
  const [back, setBack] = useState<string | null>(null);
  const apply = useKeep('POST /lists/{id}/rematch');
  const undo = useKeep('POST /lists/{id}/rematches/{rematch}/undo');
  const found = answer.data;
  if (found === undefined || (found.rows === 0 && found.done.length === 0)) return null;
  const takeBack = (rematch: string): void =>
    undo.mutate(
      { params: { id: list.id, rematch } },
      {
        onSuccess: (done) => {
          setBack(null);
          showToast({ message: t(done.kept > 0 ? 'rematch.undoneKept' : 'rematch.undone', shown(done)) });
        },
      },
    );
  return (
    <div className={`${styles['stack']} never-printed`}>
      {found.rows > 0 && (
        <div className={styles['offer']}>
          <p>
            <strong>{t('rematch.offer', { count: found.rows, shown: formatNumber(found.rows) })}</strong> {t('rematch.since')}
          </p>
          <Button onClick={() => setAsks(true)}>{t('rematch.look')}</Button>
        </div>
      )}
      {found.done.map((one) => (
        <p key={one.id} className={styles['done']}>
          {t('rematch.done', { at: formatDateTime(one.at), by: one.by, ...shown(one) })}{' '}
          {one.undone === null ? (
            <Button size="compact-sm" variant="default" onClick={() => setBack(one.id)}>
              {t('rematch.undo')}
            </Button>
          ) : (
            <span className={styles['soft']}>{t('rematch.wasUndone', { at: formatDateTime(one.undone.at), by: one.undone.by })}</span>
          )}
        </p>
      ))}
      <ConfirmDialog
        opened={asks}
        onClose={() => setAsks(false)}
        title={t('rematch.title')}
        confirm={t('rematch.apply', { count: found.rows, shown: formatNumber(found.rows) })}
        busy={apply.isPending}
        error={apply.error}
        onConfirm={() =>
          apply.mutate(
            { params: { id: list.id } },
            {
              onSuccess: (done) => {
                setAsks(false);
                showToast({ message: t('rematch.applied', shown(done)), undo: () => takeBack(done.id) });
              },
            },
          )
        }
      >
        <div className={styles['stack']}>
          <p>{t('rematch.detail', { ...shown(found), again: formatNumber(found.findingsAgain) })}</p>
          <Grid label={t('units')} heads={[t('field.unit'), t('field.rows')]}>
            {found.units.slice(0, 10).map(({ unit, rows }) => (
              <tr key={unit.id}>
                <th scope="row">{unit.name}</th>
                <td className="tabular">{formatNumber(rows)}</td>
              </tr>
            ))}
          </Grid>
          {found.units.length > 10 && <span className={styles['soft']}>{t('rematch.moreUnits', { count: found.units.length - 10 })}</span>}
          {found.isMore && <span className={styles['soft']}>{t('rematch.isMore')}</span>}
        </div>
      </ConfirmDialog>
      <ConfirmDialog
        opened={back !== null}
        onClose={() => setBack(null)}
        title={t('rematch.undoTitle')}
        confirm={t('rematch.undo')}
        busy={undo.isPending}
        error={undo.error}
        onConfirm={() => back !== null && takeBack(back)}
      >
        {t('rematch.undoDetail')}
      </ConfirmDialog>
    </div>
  );
}

function shown({ rows, findingsNew = 0, kept = 0 }: { rows: number; findingsNew?: number; kept?: number }) {
  return { count: rows, shown: formatNumber(rows), found: formatNumber(findingsNew), kept: formatNumber(kept) };
}
