import { lazy, Suspense } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/contract.ts';
import { Icon } from '../ui/icons.tsx';
import { AccountMenu } from './AccountMenu.tsx';
import { ActingSwitch } from './ActingSwitch.tsx';
import { Brand } from './Brand.tsx';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { rooms } from './rooms.ts';
import styles from './Shell.module.css';

const statuses = rooms.flatMap(({ id, status }) =>
  status === undefined ? [] : [{ id, roles: status.roles, Status: lazy(async () => ({ default: await status.load() })) }],
);

export function TopBar({ session, onSearch }: { session: Session; onSearch: () => void }): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <header className={styles['topbar']}>
      <Brand />
      <button type="button" className={styles['search']} onClick={onSearch} aria-keyshortcuts="Control+K">
        <Icon name="search" />
        <span className={styles['searchWord']}>{t('search.open')}</span>
        <kbd className={styles['key']}>Ctrl K</kbd>
      </button>
      <Suspense fallback={null}>
        {statuses
          .filter(({ roles }) => roles?.includes(session.acting.role) ?? true)
          .map(({ id, Status }) => (
            <Status key={id} />
          ))}
      </Suspense>
      <span className={styles['spring']} />
      <ActingSwitch session={session} />
      <LanguageSwitch signedIn />
      <AccountMenu session={session} />
    </header>
  );
}
