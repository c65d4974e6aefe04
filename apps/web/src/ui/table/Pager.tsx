import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';
import styles from './Table.module.css';

interface PagerProps {
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

/** One page back or on, and where one is. */
export function Pager({ page, pages, onPage }: PagerProps): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <div className={`${styles['pager']} never-printed`}>
      <Button variant="default" size="xs" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        {t('table.previous')}
      </Button>
      <span className="tabular">{t('table.page', { page: formatNumber(page), pages: formatNumber(pages) })}</span>
      <Button variant="default" size="xs" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {t('table.next')}
      </Button>
    </div>
  );
}
