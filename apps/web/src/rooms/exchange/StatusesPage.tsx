import { useSearch } from '@tanstack/react-router';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader, Panel } from '../../ui/page/index.ts';
import { FileTable } from './FileTable.tsx';
import { QueueTable } from './QueueTable.tsx';
import { ReadFiles } from './ReadFiles.tsx';
import styles from './Exchange.module.css';
import { useCanRead } from './useCanRead.ts';
import work from '../work/Work.module.css';

const TABS = ['in', 'out'] as const;

/** Status messages of the document axis: what is read in and confirmed, what waits to be handed over. */
export function StatusesPage(): ReactElement {
  const { t } = useTranslation('exchange');
  const { tab = 'in' } = useSearch({ strict: false }) as { tab?: string };
  const { mayRead } = useCanRead();
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <nav className={work['tabs']} aria-label={t('title')}>
        {TABS.map((one) => (
          <Link
            key={one}
            to={'/statuses' as never}
            search={{ tab: one } as never}
            className={work['pill'] ?? ''}
            aria-current={tab === one ? 'page' : undefined}
          >
            {t(`tab.${one}`)}
          </Link>
        ))}
      </nav>
      <div className={styles['stack']}>
        {tab === 'out' ? (
          <QueueTable />
        ) : (
          <>
            {mayRead && (
              <Panel label={t('read.title')}>
                <ReadFiles />
              </Panel>
            )}
            <FileTable />
          </>
        )}
      </div>
    </>
  );
}
