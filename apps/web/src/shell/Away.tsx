import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { askWhetherBack, onAwayChange, serverIsAway } from '../api/away.ts';
import styles from './Shell.module.css';

/** @unit milliseconds */
const EVERY = 2000;

/** Says that the server or its database does not answer, asks until it does, and reads again what could not be read meanwhile. */
export function Away(): ReactElement | null {
  const { t } = useTranslation('shell');
  const client = useQueryClient();
  const isAway = useSyncExternalStore(onAwayChange, serverIsAway);
  useEffect(() => {
    if (!isAway) return undefined;
    const timer = setInterval(() => {
      void askWhetherBack().then((isBack) => (isBack ? client.invalidateQueries() : undefined));
    }, EVERY);
    return () => clearInterval(timer);
  }, [isAway, client]);
  return isAway && navigator.onLine ? (
    <div className={`${styles['offline']} ${styles['away']}`} role="status">
      {t('away')}
    </div>
  ) : null;
}
