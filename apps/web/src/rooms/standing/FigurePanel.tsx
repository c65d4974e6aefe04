import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { ForeignText } from '../../ui/document/index.ts';
import { ErrorState, LoadingLines } from '../../ui/page/index.ts';
import { Pager } from '../../ui/table/Pager.tsx';
import { StateChip } from '../../ui/state/index.ts';
import type { FigureName, Standing } from './api.ts';
import type { StandingControl } from './useStandingState.ts';
import styles from './Standing.module.css';

interface FigurePanelProps {
  standing: Standing;
  control: StandingControl;
  figure: FigureName;
}

const SIZE = 50;

/** The rows that a number was counted from; each leads to its cell. */
export function FigurePanel({ standing, control: { state, change }, figure }: FigurePanelProps): ReactElement {
  const { t } = useTranslation('standing');
  const [page, setPage] = useState(1);
  const item = standing.requirements.find(({ id }) => id === state.item);
  const query = { page, size: SIZE, ...(item === undefined ? {} : { requirement: item.id }) };
  const rows = useApi('GET /directives/{id}/figures/{figure}', { params: { id: standing.id, figure }, query });
  if (rows.data === undefined)
    return rows.error === null ? <LoadingLines lines={5} /> : <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />;
  const { items, total, at } = rows.data;
  const pages = Math.max(1, Math.ceil(total / SIZE));
  return (
    <div>
      <h2>
        {t('figure.rows', { name: t(`figureName.${figure}`), count: total })}
        {item !== undefined && ` · ${t('item.title', { path: item.path })}`}
      </h2>
      <p className={styles['hint']}>{total === 0 ? t('figure.none') : t('figure.at', { at: formatDateTime(at) })}</p>
      <ul className={styles['figureRows']}>
        {items.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => change({ fig: '', org: row.organisation.id, item: row.requirement?.id ?? '' })}>
              <ForeignText text={row.organisation.name} />
            </button>
            {row.requirement !== null && <span>{row.requirement.path}</span>}
            {row.state !== null && <StateChip state={row.state} />}
            <span className={styles['hint']}>{row.text[currentLanguage()]}</span>
          </li>
        ))}
      </ul>
      {pages > 1 && <Pager page={page} pages={pages} onPage={setPage} />}
    </div>
  );
}
