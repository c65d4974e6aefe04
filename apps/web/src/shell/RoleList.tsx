import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../api/contract.ts';
import styles from './RoleList.module.css';

export interface HeldRole {
  organisation: { id: string; name: string };
  role: Role;
  /** Several rows of one role in one organisation are told apart by it. */
  id?: string;
  over?: boolean;
  note?: ReactNode;
  action?: ReactNode;
}

/** The roles of a person, each with where it is held, what is to be said of it and what may be done with it. */
export function RoleList({ roles }: { roles: readonly HeldRole[] }): ReactElement {
  const { t } = useTranslation('shell');
  return (
    <ul className={styles['roles']}>
      {roles.map(({ organisation, role, id, over, note, action }) => (
        <li key={id ?? `${organisation.id} ${role}`} className={over === true ? styles['over'] : undefined}>
          <div>
            <div>
              {t(`role.${role}`)} · {organisation.name || '–'}
            </div>
            {note !== undefined && <div className={styles['note']}>{note}</div>}
          </div>
          {action}
        </li>
      ))}
    </ul>
  );
}
