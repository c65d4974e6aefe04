import { Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/contract.ts';
import { Icon } from '../ui/icons.tsx';
import styles from './Shell.module.css';
import { useSignOut } from './useSignOut.ts';

export function AccountMenu({ session }: { session: Session }): ReactElement {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <span className={styles['onlyWide']}>
      <Menu>
        <Menu.Target>
          <button type="button" className={styles['barButton']} aria-label={t('accountOf', { name: session.person.name })}>
            <Icon name="person" />
            <span className={styles['actingName']}>{session.person.name}</span>
            <Icon name="down" size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{session.person.username}</Menu.Label>
          <Menu.Item leftSection={<Icon name="screen" />} onClick={() => void navigate({ to: '/account' })}>
            {t('sessions')}
          </Menu.Item>
          <Menu.Item leftSection={<Icon name="key" />} onClick={() => void navigate({ to: '/password' })}>
            {t('password')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name="leave" />} onClick={() => void signOut()}>
            {t('signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
