import type { ReactElement } from 'react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatNumber } from '../../../i18n/format.ts';
import { Matrix } from '../../../ui/matrix/index.ts';
import type { MatrixPlace, MatrixRow } from '../../../ui/matrix/index.ts';
import { ErrorState, LoadingLines, Panel } from '../../../ui/page/index.ts';
import { useRead } from '../api.ts';
import type { Preview } from '../api.ts';
import styles from '../Directives.module.css';
import { useLocal } from '../useLocal.ts';
import { doubtMark } from './marks.ts';

/** Who would get what, before anybody gets it: requirement × organisation. */
export function PreviewStep({ id, onMend }: { id: string; onMend: OnMend }): ReactElement {
  const { t } = useTranslation('directives');
  const preview = useRead('GET /directives/{id}/preview', { params: { id } });
  if (preview.data === undefined) {
    return (
      <Panel label={t('preview.title')}>
        {preview.error === null ? <LoadingLines lines={8} /> : <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />}
      </Panel>
    );
  }
  const { data } = preview;
  return (
    <Panel label={t('preview.title')}>
      <div className={styles['panelHead']}>
        <h2>
          {t('preview.counts', {
            tasks: formatNumber(data.tasks),
            receivers: formatNumber(data.receivers),
            items: data.requirements.length,
          })}
        </h2>
        <span>{t('preview.asOf', { day: formatDate(data.day) })}</span>
      </div>
      <Notices data={data} onMend={onMend} />
      <PreviewMatrix data={data} />
    </Panel>
  );
}

/** Leads back to checking, where the thing can be mended: its mark, or none. */
export type OnMend = (at?: string) => void;

export function Notices({ data, onMend }: { data: Preview; onMend: OnMend }): ReactElement | null {
  const { t } = useTranslation('directives');
  const local = useLocal();
  const names = (list: readonly { name: string }[]): string =>
    list
      .slice(0, 8)
      .map(({ name }) => name)
      .join('; ') + (list.length > 8 ? '…' : '');
  const without = data.organisations.filter((one) => !one.account);
  return (
    <ul className={styles['notices']}>
      {data.problems.map(({ code, level, message, requirement, start, end }) => (
        <li key={`${code} ${requirement ?? ''} ${start ?? ''}`} className={styles[level === 'error' ? 'stop' : 'amberText']}>
          {local(message)}
          <button
            type="button"
            className={styles['place']}
            onClick={() =>
              onMend(
                requirement !== null
                  ? `requirement:${requirement}`
                  : start !== null && end !== null
                    ? doubtMark({ start, end })
                    : undefined,
              )
            }
          >
            {t('preview.mend')}
          </button>
        </li>
      ))}
      {data.outside.length > 0 && (
        <li className={styles['stop']}>{t('preview.outside', { count: data.outside.length, names: names(data.outside) })}</li>
      )}
      {data.unresolved.length > 0 && (
        <li className={styles['amberText']}>
          {t('preview.unresolved', { count: data.unresolved.length, names: data.unresolved.map((one) => one.text).join('; ') })}{' '}
          {[...new Set(data.unresolved.flatMap((one) => (one.why === null ? [] : [local(one.why)])))].join(' ')}
        </li>
      )}
      {without.length > 0 && (
        <li>{t('preview.withoutAccount', { count: without.length, total: data.receivers, names: names(without) })}</li>
      )}
      {data.withoutContact > 0 && <li>{t('preview.withoutContact', { count: data.withoutContact, total: data.receivers })}</li>}
    </ul>
  );
}

function PreviewMatrix({ data }: { data: Preview }): ReactElement {
  const { t } = useTranslation('directives');
  const [place, setPlace] = useState<MatrixPlace | null>(null);
  const columns = data.requirements.map(({ id, path, text, organisations }) => ({
    id,
    label: path,
    hint: `${text} (${organisations}/${data.receivers})`,
    width: 62,
  }));
  const given = t('preview.given');
  const rows = useMemo(
    (): MatrixRow[] =>
      data.organisations.map((one) => ({
        id: one.id,
        name: one.name,
        cells: Object.fromEntries(
          data.requirements.map((item, at) => [
            item.id,
            one.concerned[at] === '1' ? { state: 'reported', text: given } : { state: 'not-concerned' },
          ]),
        ),
      })),
    [data, given],
  );
  return (
    <Matrix
      label={t('preview.title')}
      nameHead={t('preview.organisation')}
      columns={columns}
      rows={rows}
      selected={place}
      onSelect={setPlace}
      height="56dvh"
    />
  );
}
