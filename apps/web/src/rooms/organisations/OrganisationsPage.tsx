import { Button, Menu } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { Icon } from '../../ui/icons.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { useMay } from './api.ts';
import { ContactRegister } from './ContactRegister.tsx';
import { CreateDialog } from './dialogs/CreateDialog.tsx';
import { GroupList } from './groups/GroupList.tsx';
import { LeftoverList } from './leftovers/LeftoverList.tsx';
import { LeftoverNotice } from './leftovers/LeftoverNotice.tsx';
import { OrganisationList } from './OrganisationList.tsx';
import styles from './Organisations.module.css';
import { OrganisationTree } from './OrganisationTree.tsx';

const VIEWS = ['list', 'tree', 'contacts', 'groups', 'left'] as const;
/** Views that show a day. */
const DATED: readonly View[] = ['list', 'tree', 'groups'];
type View = (typeof VIEWS)[number];

/** Đơn vị & đầu mối: the list and the tree as of a day, the contact register, the recipient groups. */
export function OrganisationsPage(): ReactElement {
  const { t } = useTranslation('organisations');
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  const navigate = useNavigate();
  const { today } = useSession();
  const view: View = VIEWS.find((one) => one === search['view']) ?? 'list';
  const on = search['on'];
  const setOn = (day: string | null): void =>
    void navigate({
      to: '.',
      search: { ...search, on: day === null || day === today ? undefined : day, page: undefined } as never,
      replace: true,
    });
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} actions={<Actions view={view} />} />
      {view !== 'left' && <LeftoverNotice />}
      <div className={`${styles['tabs']} never-printed`}>
        <nav aria-label={t('title')} style={{ display: 'contents' }}>
          {VIEWS.map((one) => (
            <Link
              key={one}
              to="/organisations"
              search={{ view: one, on } as never}
              className={styles['tab']}
              aria-current={one === view ? 'page' : undefined}
              activeOptions={{ exact: true, includeSearch: true }}
            >
              {t(`view.${one}`)}
            </Link>
          ))}
        </nav>
        <span className={styles['spring']} />
        {DATED.includes(view) && (
          <div className={styles['on']}>
            <DateField label={t('asOf')} value={on ?? today} onChange={setOn} required />
          </div>
        )}
      </div>
      {view === 'list' && <OrganisationList on={on} />}
      {view === 'tree' && <OrganisationTree on={on} />}
      {view === 'contacts' && <ContactRegister />}
      {view === 'groups' && <GroupList on={on} />}
      {view === 'left' && <LeftoverList />}
    </>
  );
}

function Actions({ view }: { view: View }): ReactElement {
  const { t } = useTranslation('organisations');
  const navigate = useNavigate();
  const keeps = useMay('organisations:write');
  const entersContacts = useMay('contacts:write');
  const [creating, setCreating] = useState(false);
  const imports = view === 'contacts' ? entersContacts : keeps;
  const { acting } = useSession();
  const own = <OwnPage id={acting.organisation.id} />;
  if (view === 'groups' || view === 'left' || !imports) return own;
  const link = (to: string): void =>
    void navigate({
      to: to as never,
      search: (to.endsWith('import') ? { kind: view === 'contacts' ? 'contacts' : 'organisations' } : {}) as never,
    });
  return (
    <>
      {own}
      {view === 'contacts' ? (
        <Button onClick={() => link('/organisations/import')}>{t('action.importContacts')}</Button>
      ) : (
        <>
          <Menu>
            <Menu.Target>
              <Button variant="default" rightSection={<Icon name="down" size={14} />}>
                {t('action.other')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => link('/organisations/import')}>{t('action.import')}</Menu.Item>
              <Menu.Item onClick={() => link('/organisations/reorganise')}>{t('action.reorganise')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button onClick={() => setCreating(true)}>{t('action.create')}</Button>
          {creating && <CreateDialog onClose={() => setCreating(false)} />}
        </>
      )}
    </>
  );
}

/** The shortest way of an agency to its own contacts. */
function OwnPage({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('organisations');
  const navigate = useNavigate();
  return (
    <Button variant="default" onClick={() => void navigate({ to: '/organisations/$id' as never, params: { id } as never })}>
      {t('action.own')}
    </Button>
  );
}
