import { Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/contract.ts';
import { Icon } from '../ui/icons.tsx';
import styles from './Shell.module.css';
import { useActing } from './useActing.ts';

/** In whose name one acts, always in sight; a menu where there is a choice. */
export function ActingSwitch({ session }: { session: Session }): ReactElement {
  const { t } = useTranslation('shell');
  const act = useActing();
  const { acting, memberships } = session;
  const name = (
    <span className={styles['acting']}>
      <span className={styles['actingName']}>
        <span className="only-heard">{t('actingFor')}: </span>
        {acting.organisation.name}
      </span>
      <span className={styles['actingRole']}>{t(`role.${acting.role}`)}</span>
    </span>
  );
  if (memberships.length < 2) return <span className={`${styles['barButton']} ${styles['onlyWide']}`}>{name}</span>;
  return (
    <span className={styles['onlyWide']}>
      <Menu>
        <Menu.Target>
          <button type="button" className={styles['barButton']} title={t('switchOrganisation')}>
            {name}
            <Icon name="down" size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('switchOrganisation')}</Menu.Label>
          {memberships.map((membership) => (
            <Menu.Item
              key={`${membership.organisation.id} ${membership.role}`}
              leftSection={isSame(membership, acting) ? <Icon name="done" size={14} /> : <span style={{ width: 14 }} />}
              onClick={() => void act(membership)}
            >
              {membership.organisation.name} · {t(`role.${membership.role}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

function isSame(a: Session['acting'], b: Session['acting']): boolean {
  return a.organisation.id === b.organisation.id && a.role === b.role;
}
