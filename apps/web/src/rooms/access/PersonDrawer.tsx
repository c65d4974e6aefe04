import { Button, Drawer } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { formatDate } from '../../i18n/format.ts';
import { RoleList } from '../../shell/RoleList.tsx';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { FactsList } from '../../ui/page/FactsList.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Access.module.css';
import { AccountState } from './AccountState.tsx';
import { standingOf, STALE } from './api.ts';
import type { Membership, Person } from './api.ts';
import { GrantDialog } from './dialogs/GrantDialog.tsx';
import { ResetDialog } from './dialogs/ResetDialog.tsx';
import { PersonLinks } from '../identity/PersonLinks.tsx';
import { ProposeResetDialog } from '../identity/ProposeResetDialog.tsx';

type Asked = 'grant' | 'reset' | 'factor' | 'disable' | null;

/** One account: what it is, its roles with their days, and what may be done with it. */
export function PersonDrawer({ person, onClose }: { person: Person; onClose: () => void }): ReactElement {
  const { t } = useTranslation('access');
  const { t: ui } = useTranslation('ui');
  const session = useSession();
  const own = session.person.id === person.id;
  const [asked, setAsked] = useState<Asked>(null);
  const close = (): void => setAsked(null);
  const facts = [
    { label: t('field.username'), value: <code>{person.username}</code> },
    { label: t('field.organisation'), value: person.organisation.name || '–' },
    { label: t('field.position'), value: person.position ?? '–' },
    { label: t('field.state'), value: <AccountState person={person} /> },
  ];
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={person.name} closeButtonProps={{ 'aria-label': ui('close') }}>
      <div className={styles['stack']}>
        <FactsList facts={facts} />
        <div className={styles['buttons']}>
          <Button onClick={() => setAsked('reset')} disabled={own || person.disabledAt !== null}>
            {t('action.reset')}
          </Button>
          <Button variant="default" onClick={() => setAsked('disable')} disabled={own}>
            {t(person.disabledAt === null ? 'action.disable' : 'action.enable')}
          </Button>
          {session.permissions.includes('people:recover') && (
            <Button variant="default" onClick={() => setAsked('factor')} disabled={own}>
              {t('action.resetFactor')}
            </Button>
          )}
        </div>
        {own && <p className={styles['soft']}>{t('own')}</p>}
        {!own && person.disabledAt !== null && <p className={styles['soft']}>{t('resetDisabled')}</p>}
        <h2>{t('field.roles')}</h2>
        <Roles person={person} />
        <div>
          <Button variant="default" onClick={() => setAsked('grant')}>
            {t('action.grant')}
          </Button>
        </div>
        {!own && <PersonLinks person={person} closed={person.disabledAt !== null} />}
      </div>
      {asked === 'grant' && <GrantDialog person={person} onClose={close} />}
      {asked === 'reset' && <ResetDialog person={person} onClose={close} />}
      {asked === 'factor' && <ProposeResetDialog person={person} onClose={close} />}
      {asked === 'disable' && <DisableDialog person={person} onClose={close} />}
    </Drawer>
  );
}

function Roles({ person }: { person: Person }): ReactElement {
  const { t } = useTranslation('access');
  const { today } = useSession();
  const revoke = useChange('DELETE /memberships/{id}', STALE);
  const [asked, setAsked] = useState<Membership | null>(null);
  if (person.memberships.length === 0) return <p className={styles['soft']}>{t('roles.none')}</p>;
  const order = ['live', 'ahead', 'over'];
  const sorted = person.memberships.toSorted((a, b) => order.indexOf(standingOf(a, today)) - order.indexOf(standingOf(b, today)));
  const confirm = (): void => {
    if (asked === null) return;
    revoke.mutate(
      { params: { id: asked.id } },
      {
        onSuccess: () => {
          setAsked(null);
          showToast({ message: t('revoke.done') });
        },
      },
    );
  };
  return (
    <>
      <RoleList
        roles={sorted.map((one) => ({
          ...one,
          over: standingOf(one, today) === 'over',
          note: (
            <>
              {t(`roles.${standingOf(one, today)}`, {
                from: formatDate(one.validFrom),
                to: one.validTo === null ? '' : formatDate(one.validTo),
              })}
              {standingOf(one, today) === 'live' &&
                one.validTo !== null &&
                ` · ${t('roles.endsByItself', { day: formatDate(one.validTo) })}`}
            </>
          ),
          action: one.validTo === null && (
            <Button variant="default" size="xs" onClick={() => setAsked(one)}>
              {t('action.revoke')}
            </Button>
          ),
        }))}
      />
      <ConfirmDialog
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('revoke.title')}
        confirm={t('action.revoke')}
        onConfirm={confirm}
        grave
        busy={revoke.isPending}
        error={revoke.error}
      >
        {asked !== null &&
          t('revoke.detail', { role: t(`shell:role.${asked.role}`), organisation: asked.organisation.name, name: person.name })}
      </ConfirmDialog>
    </>
  );
}

function DisableDialog({ person, onClose }: { person: Person; onClose: () => void }): ReactElement {
  const { t } = useTranslation('access');
  const change = useChange('POST /people/{id}/disable', STALE);
  const disabled = person.disabledAt === null;
  const confirm = (reason: string): void =>
    change.mutate(
      { params: { id: person.id }, body: { disabled, reason } },
      {
        onSuccess: () => {
          onClose();
          showToast({ message: t(disabled ? 'disable.done' : 'enable.done', { name: person.name }) });
        },
      },
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(disabled ? 'disable.title' : 'enable.title')}
      confirm={t(disabled ? 'action.disable' : 'action.enable')}
      onConfirm={confirm}
      reason="required"
      grave={disabled}
      busy={change.isPending}
      error={change.error}
    >
      {t(disabled ? 'disable.detail' : 'enable.detail', { name: person.name, username: person.username })}
    </ConfirmDialog>
  );
}
