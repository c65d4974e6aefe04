import { Drawer, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import { useApi } from '../../api/query.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { ForeignText } from '../../ui/document/index.ts';
import { Download } from '../../ui/form/Download.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/index.ts';
import { Pager } from '../../ui/table/Pager.tsx';
import type { Report } from './api.ts';
import { AsOf, useFraction } from './ReportWords.tsx';
import styles from './Reports.module.css';

const SIZE = 50;

const pathOf = ({ kind, id }: { kind: 'evidence' | 'rollup'; id: string }): string =>
  kind === 'evidence' ? hrefOf('GET /evidence/{id}', { params: { id } }) : hrefOf('GET /rollups/{id}/file', { params: { id } });

/** The rows that a figure was counted from, as they were when it was frozen. */
export function RowsDrawer({ report, figure: id, onClose }: { report: Report; figure: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation('reports');
  const fraction = useFraction();
  const figure = report.figures.find((one) => one.id === id);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={figure === undefined ? t('figure.unknown') : `${figure.name[currentLanguage()]}: ${fraction(figure)}`}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <p className={styles['hint']}>
        <AsOf at={report.asOf} />. {t('rows.frozen')}
      </p>
      <Rows report={report} figure={id} />
    </Drawer>
  );
}

function Rows({ report, figure }: { report: Report; figure: string }): ReactElement {
  const { t } = useTranslation('reports');
  const [typed, setTyped] = useState('');
  const [page, setPage] = useState(1);
  const [q] = useDebouncedValue(typed.trim(), 200);
  const rows = useApi('GET /reports/{id}/rows', {
    params: { id: report.id },
    query: { figure, page, size: SIZE, ...(q === '' ? {} : { q }) },
  });
  if (rows.data === undefined)
    return rows.error === null ? <LoadingLines lines={8} /> : <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />;
  const { items, total } = rows.data;
  const pages = Math.max(1, Math.ceil(total / SIZE));
  return (
    <>
      <TextInput
        type="search"
        aria-label={t('rows.search')}
        placeholder={t('rows.search')}
        leftSection={<Icon name="search" size={16} />}
        value={typed}
        data-autofocus
        onChange={(event) => {
          setPage(1);
          setTyped(event.currentTarget.value);
        }}
      />
      <p className={styles['hint']} role="status">
        {total === 0 ? t(q === '' ? 'rows.none' : 'rows.noMatch') : t('rows.count', { count: total })}
      </p>
      <ol className={styles['rows']} start={(page - 1) * SIZE + 1}>
        {items.map((row) => (
          <li key={row.key}>
            <ForeignText text={row.organisation.name} />
            {row.path !== null && <span> · {t('rows.item', { path: row.path })}</span>}
            <p className={styles['hint']}>{row.text[currentLanguage()]}</p>
            {row.file !== undefined && <Download path={pathOf(row.file)}>{row.file.name}</Download>}
          </li>
        ))}
      </ol>
      {pages > 1 && <Pager page={page} pages={pages} onPage={setPage} />}
    </>
  );
}
