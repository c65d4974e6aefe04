import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/contract.ts';
import { formatDate } from '../i18n/format.ts';
import { LoadingLines } from '../ui/page/PageStates.tsx';
import { BottomTabs } from './BottomTabs.tsx';
import { entriesFor } from './navigation.ts';
import { rooms } from './rooms.ts';
import styles from './Shell.module.css';
import { SideNav } from './SideNav.tsx';
import { TopBar } from './TopBar.tsx';

const loadSpotlight = async () => ({ default: (await import('./Spotlight.tsx')).Spotlight });
const Spotlight = lazy(loadSpotlight);

const HeldNotice = lazy(async () => ({ default: (await import('../rooms/notifications/HeldNotice.tsx')).HeldNotice }));

/** Bar, navigation and the page between them; on a phone a compact bar and tabs at the bottom. */
export function Shell({ session }: { session: Session }): ReactElement {
  const { t } = useTranslation('shell');
  const [searching, setSearching] = useState(false);
  const [searched, setSearched] = useState(false);
  const openSearch = useCallback(() => {
    setSearched(true);
    setSearching(true);
  }, []);
  useSearchKey(openSearch);
  const entries = entriesFor(session.acting.role, rooms);
  return (
    <div className={styles['shell']}>
      <a className={styles['skip']} href="#main">
        {t('skip')}
      </a>
      <TopBar session={session} onSearch={openSearch} />
      <SideNav entries={entries} />
      <main id="main" tabIndex={-1} className={styles['main']}>
        <Offline />
        {session.sample && <div className={styles['sample']}>{t('sample', { day: formatDate(session.today) })}</div>}
        <Suspense fallback={null}>{session.permissions.includes('settings:write') && <HeldNotice />}</Suspense>
        <div className={styles['page']}>
          <Suspense fallback={<LoadingLines lines={8} />}>
            <Outlet />
          </Suspense>
        </div>
      </main>
      <BottomTabs entries={entries} session={session} />
      <Suspense fallback={null}>
        {searched && <Spotlight opened={searching} onClose={() => setSearching(false)} entries={entries} />}
      </Suspense>
    </div>
  );
}

function useSearchKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [open]);
  // Loaded before it is asked for: what is typed right after the keys would otherwise be lost.
  useEffect(() => {
    const timer = setTimeout(() => void loadSpotlight().catch(() => undefined), 3000);
    return () => clearTimeout(timer);
  }, []);
}

function Offline(): ReactElement | null {
  const { t } = useTranslation('shell');
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = (): void => setOnline(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return online ? null : (
    <div className={styles['offline']} role="status">
      {t('offline')}
    </div>
  );
}
