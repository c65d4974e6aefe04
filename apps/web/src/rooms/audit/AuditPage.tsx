import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { EmptyState, ErrorState, ForbiddenState, LoadingLines } from '../../ui/page/PageStates.tsx';
import styles from './Audit.module.css';
import { AuditFilterBar } from './AuditFilterBar.tsx';
import { AuditTable } from './AuditTable.tsx';
import { useAuditFilters, useAuditList } from './useAuditList.ts';
import { VerifyChain } from './VerifyChain.tsx';

/** Nhật ký: who did what, for whom, when, from where and why, within reach; newest first. */
export function AuditPage(): ReactElement {
  const { t } = useTranslation('audit');
  const { permissions } = useSession();
  if (!permissions.includes('audit:read'))
    return (
      <>
        <PageHeader title={t('title')} />
        <ForbiddenState reason={t('forbidden')} />
      </>
    );
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <VerifyChain />
      <Log />
    </>
  );
}

function Log(): ReactElement {
  const { t } = useTranslation('audit');
  const { filters, narrowed, change, clear } = useAuditFilters();
  const list = useAuditList(filters);
  return (
    <div className={styles['whole']}>
      <AuditFilterBar filters={filters} narrowed={narrowed} onChange={change} onClear={clear} />
      {list.data === undefined ? (
        list.error === null ? (
          <div className={styles['inside']}>
            <LoadingLines lines={8} />
          </div>
        ) : (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        )
      ) : list.data.length === 0 ? (
        <EmptyState
          title={t(narrowed ? 'empty.noMatch' : 'empty.title')}
          why={t(narrowed ? 'empty.noMatchWhy' : 'empty.why')}
          action={
            narrowed ? (
              <Button variant="default" onClick={clear}>
                {t('filter.clear')}
              </Button>
            ) : undefined
          }
        />
      ) : (
        <>
          <AuditTable rows={list.data} onSubject={(subject) => change({ subject })} />
          <div className={styles['foot']}>
            <span role="status" className="tabular">
              {t(list.hasNextPage ? 'shownMore' : 'shownAll', { count: list.data.length })}
            </span>
            {list.hasNextPage && (
              <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('older')}
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}
