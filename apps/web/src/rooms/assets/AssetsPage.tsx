import { Button, Menu } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatNumber } from '../../i18n/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { listQuery, useListState } from '../../ui/table/useListState.ts';
import { KINDS, useMay } from './api.ts';
import type { Kind } from './api.ts';
import { AssetDrawer } from './AssetDrawer.tsx';
import { AssetList } from './AssetList.tsx';
import styles from './Assets.module.css';
import { ClaimDialog } from './ClaimDialog.tsx';
import { SilentList } from './SilentList.tsx';
import { UnitFilter } from './UnitFilter.tsx';

const VIEWS = [...KINDS, 'silent'] as const;
type View = (typeof VIEWS)[number];
type Search = Readonly<Record<string, string | undefined>>;

/** Tài sản: the register by kind, who has registered nothing, and one asset in a drawer. */
export function AssetsPage(): ReactElement {
  const { t } = useTranslation('assets');
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const view: View = VIEWS.find((one) => one === search['view']) ?? 'range';
  const close = (): void => void navigate({ to: '.', search: { ...search, asset: undefined } as never, replace: true });
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} actions={<Actions view={view} />} />
      <Tabs view={view} />
      {view === 'silent' ? <SilentList key="silent" /> : <AssetList key={view} kind={view} />}
      {search['asset'] !== undefined && <AssetDrawer id={search['asset']} onClose={close} />}
    </>
  );
}

/** The tabs keep the filters that every kind has; each says how many it finds. */
function Tabs({ view }: { view: View }): ReactElement {
  const { t } = useTranslation('assets');
  const search = useSearch({ strict: false }) as Search;
  const list = useListState({ sort: 'name', filters: ['state', 'usage', 'organisation'] });
  const answer = useApi('GET /assets', { query: { ...listQuery({ ...list.state, page: 1, size: 25 }), size: 1, sort: 'name' } as never });
  const counts = answer.data?.kinds;
  const kept =
    view === 'silent' ? {} : { state: search['state'], usage: search['usage'], organisation: search['organisation'], q: search['q'] };
  return (
    <div className={`${styles['tabs']} never-printed`}>
      <nav aria-label={t('title')} style={{ display: 'contents' }}>
        {VIEWS.map((one) => (
          <Link
            key={one}
            to={'/asset-register' as never}
            search={{ ...(one === 'silent' ? {} : kept), view: one } as never}
            className={styles['tab']}
            aria-current={one === view ? 'page' : undefined}
          >
            {t(`view.${one}`)}
            {one !== 'silent' && view !== 'silent' && counts !== undefined && (
              <span className={styles['count']}> {formatNumber(counts[one])}</span>
            )}
          </Link>
        ))}
      </nav>
      <span className={styles['spring']} />
      {view !== 'silent' && (
        <div className={styles['unit']}>
          <UnitFilter />
        </div>
      )}
    </div>
  );
}

function Actions({ view }: { view: View }): ReactElement | null {
  const { t } = useTranslation('assets');
  const navigate = useNavigate();
  const writes = useMay('assets:write');
  const keepsOrganisations = useMay('organisations:write');
  const [claiming, setClaiming] = useState(false);
  if (!writes) return null;
  const kind: Kind = view === 'silent' ? 'range' : view;
  const go = (to: string): void => void navigate({ to: to as never, search: {} as never });
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" rightSection={<Icon name="down" size={14} />}>
            {t('action.other')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => go('/asset-register/import')}>{t('action.import')}</Menu.Item>
          {keepsOrganisations && <Menu.Item onClick={() => go('/asset-register/proposals')}>{t('action.propose')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <Button onClick={() => setClaiming(true)}>{t('action.claim')}</Button>
      {claiming && <ClaimDialog kind={kind} asset={null} onClose={() => setClaiming(false)} />}
    </>
  );
}
