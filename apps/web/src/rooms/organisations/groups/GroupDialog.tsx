import { Button, Drawer } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit, Routes } from '../../../api/contract.ts';
import { useApi } from '../../../api/query.ts';
import { useSession } from '../../../api/session.ts';
import { formatDate } from '../../../i18n/format.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { Problem } from '../../../ui/form/Form.tsx';
import { ErrorState, LoadingLines } from '../../../ui/page/PageStates.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useKeep } from '../api.ts';
import styles from '../Organisations.module.css';
import { Validity } from '../Relations.tsx';
import { MemberPicker } from './MemberPicker.tsx';

type Detail = Routes['GET /groups/{id}']['output'];

function Members({ group }: { group: Detail }): ReactElement {
  const { t } = useTranslation('organisations');
  const live = group.list.filter((one) => one.live);
  const former = group.list.filter((one) => !one.live);
  return (
    <div className={styles['stack']}>
      <div>
        <Validity from={group.validFrom} to={group.validTo} />
        <p className={styles['soft']}>{t('group.onDay', { count: live.length, day: formatDate(group.on) })}</p>
      </div>
      {group.editable && <Change group={group} />}
      <MemberList group={group} rows={live} />
      {former.length > 0 && (
        <details>
          <summary>{t('group.former', { count: former.length })}</summary>
          <MemberList group={{ ...group, editable: false }} rows={former} />
        </details>
      )}
    </div>
  );
}

function MemberList({ group, rows }: { group: Detail; rows: Detail['list'] }): ReactElement {
  const { t } = useTranslation('organisations');
  const change = useKeep('POST /groups/{id}/members');
  const remove = (id: string): void =>
    change.mutate(
      { params: { id: group.id }, body: { remove: [id], from: group.on } },
      { onSuccess: () => void showToast({ message: t('group.changed') }) },
    );
  return (
    <ul className={styles['plain']}>
      {rows.map(({ organisation, validFrom, validTo }) => (
        <li key={organisation.id}>
          <span className={styles['grow']}>
            {organisation.name} <Validity from={validFrom} to={validTo} />
          </span>
          {group.editable && (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => remove(organisation.id)}
              title={t('group.removeFrom', { name: organisation.name, day: formatDate(group.on) })}
            >
              {t('remove')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Adds members from a day, or ends the group. */
function Change({ group }: { group: Detail }): ReactElement {
  const { t } = useTranslation('organisations');
  const { today } = useSession();
  const [chosen, setChosen] = useState<readonly OrganisationHit[]>([]);
  const [from, setFrom] = useState(group.on ?? today);
  const [to, setTo] = useState(group.validTo);
  const members = useKeep('POST /groups/{id}/members');
  const change = useKeep('POST /groups/{id}');
  const params = { id: group.id };
  const done = (): void => {
    showToast({ message: t('group.changed') });
    setChosen([]);
  };
  const error = members.error ?? change.error;
  return (
    <details>
      <summary>{t('group.change')}</summary>
      <div className={styles['stack']} style={{ marginTop: 10 }}>
        {error !== null && <Problem error={error} />}
        <MemberPicker label={t('group.add')} chosen={chosen} onChange={setChosen} on={from} />
        <div className={styles['pair']}>
          <DateField label={t('field.fromDay')} required value={from} onChange={(day) => setFrom(day ?? today)} />
          <Button
            style={{ alignSelf: 'end' }}
            disabled={chosen.length === 0}
            loading={members.isPending}
            onClick={() => members.mutate({ params, body: { add: chosen.map(({ id }) => id), from } }, { onSuccess: done })}
          >
            {t('group.addChosen')}
          </Button>
        </div>
        <div className={styles['pair']}>
          <DateField label={t('group.to')} description={t('group.toHint')} value={to} onChange={setTo} />
          <Button
            variant="default"
            style={{ alignSelf: 'end' }}
            disabled={to === group.validTo}
            loading={change.isPending}
            onClick={() => change.mutate({ params, body: { to } }, { onSuccess: done })}
          >
            {t('save')}
          </Button>
        </div>
      </div>
    </details>
  );
}

/** One group with everybody who is or was in it. */
export function GroupDialog({ id, on, onClose }: { id: string; on: string | undefined; onClose: () => void }): ReactElement {
  const { t: ui } = useTranslation('ui');
  const { data, error, refetch } = useApi('GET /groups/{id}', { params: { id }, query: { on } });
  return (
    <Drawer opened onClose={onClose} title={data?.name ?? ''} position="right" size="lg" closeButtonProps={{ 'aria-label': ui('close') }}>
      {data === undefined ? (
        error === null ? (
          <LoadingLines />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <Members group={data} />
      )}
    </Drawer>
  );
}
