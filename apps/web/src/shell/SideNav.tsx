import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icons.tsx';
import { NAV_GROUPS } from './navigation.ts';
import type { NavEntry } from './room.ts';
import styles from './Shell.module.css';
import { useLabel } from './useLabel.ts';

export function SideNav({ entries }: { entries: readonly NavEntry[] }): ReactElement {
  const { t } = useTranslation('shell');
  const label = useLabel();
  return (
    <nav className={styles['nav']} aria-label={t('navigation')}>
      {NAV_GROUPS.filter((group) => entries.some((entry) => entry.group === group)).map((group) => (
        <section key={group} aria-labelledby={`nav-${group}`}>
          <h2 className={styles['group']} id={`nav-${group}`}>
            {t(`group.${group}`)}
          </h2>
          <ul className={styles['list']}>
            {entries
              .filter((entry) => entry.group === group)
              .map((entry) => (
                <li key={entry.to}>
                  <Link to={entry.to} className={styles['entry']} activeOptions={{ exact: false, includeSearch: false }}>
                    <Icon name={entry.icon} />
                    {label(entry.label)}
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
