import { Drawer } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/contract.ts';
import { Icon } from '../ui/icons.tsx';
import type { NavEntry } from './room.ts';
import styles from './Shell.module.css';
import { useActing } from './useActing.ts';
import { useLabel } from './useLabel.ts';
import { useSignOut } from './useSignOut.ts';

const MOST_TABS = 3;

/** The tab bar of a phone: the work first, and a sheet for everything else. */
export function BottomTabs({ entries, session }: { entries: readonly NavEntry[]; session: Session }): ReactElement {
  const { t } = useTranslation('shell');
  const label = useLabel();
  const [more, setMore] = useState(false);
  const tabs = entries
    .filter(({ tab }) => tab === true)
    .toSorted((a, b) => Number(b.to === '/my-work') - Number(a.to === '/my-work'))
    .slice(0, MOST_TABS);
  const rest = entries.filter((entry) => !tabs.includes(entry));
  return (
    <>
      <nav className={styles['tabs']} aria-label={t('navigation')}>
        {tabs.map((entry) => (
          <Link key={entry.to} to={entry.to} className={styles['tab']} activeOptions={{ includeSearch: false }}>
            <Icon name={entry.icon} size={20} />
            {label(entry.short ?? entry.label)}
          </Link>
        ))}
        <button type="button" className={styles['tab']} aria-haspopup="dialog" aria-expanded={more} onClick={() => setMore(true)}>
          <Icon name="more" size={20} />
          {t('more')}
        </button>
      </nav>
      <Drawer
        opened={more}
        onClose={() => setMore(false)}
        position="bottom"
        size="auto"
        title={session.person.name}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        <MoreSheet rest={rest} session={session} onDone={() => setMore(false)} />
      </Drawer>
    </>
  );
}

function MoreSheet({ rest, session, onDone }: { rest: readonly NavEntry[]; session: Session; onDone: () => void }): ReactElement {
  const { t } = useTranslation('shell');
  const label = useLabel();
  const act = useActing();
  const signOut = useSignOut();
  const { acting, memberships } = session;
  return (
    <div className={styles['sheet']}>
      {rest.map((entry) => (
        <Link key={entry.to} to={entry.to} className={styles['entry']} onClick={onDone}>
          <Icon name={entry.icon} />
          {label(entry.label)}
        </Link>
      ))}
      <h2 className={styles['group']}>{t('actingFor')}</h2>
      {memberships.map((membership) => {
        const now = membership.organisation.id === acting.organisation.id && membership.role === acting.role;
        return (
          <button
            key={`${membership.organisation.id} ${membership.role}`}
            type="button"
            className={styles['entry']}
            aria-pressed={now}
            onClick={() => {
              onDone();
              if (!now) void act(membership);
            }}
          >
            <Icon name={now ? 'done' : 'right'} />
            {membership.organisation.name} · {t(`role.${membership.role}`)}
          </button>
        );
      })}
      <h2 className={styles['group']}>{t('account')}</h2>
      <Link to="/account" className={styles['entry']} onClick={onDone}>
        <Icon name="screen" />
        {t('sessions')}
      </Link>
      <Link to="/password" className={styles['entry']} onClick={onDone}>
        <Icon name="key" />
        {t('password')}
      </Link>
      <button type="button" className={styles['entry']} onClick={() => void signOut()}>
        <Icon name="leave" />
        {t('signOut')}
      </button>
    </div>
  );
}
