import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../../api/client.ts';
import { formatDate, formatDateTime, formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { ForeignText } from '../../../ui/document/index.ts';
import { Download } from '../../../ui/form/Download.tsx';
import { useErrorText } from '../../../ui/form/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import styles from '../../standing/sheets/Sheets.module.css';
import type { FileView, SheetFile, SheetFiles } from './useSheetFiles.ts';

const ORDER = ['take', 'changed', 'closed', 'refused', 'missing', 'same'] as const;
const SHOWN = 200;

/** One file: whose it is, what it would change row by row, what is refused, at which cell and how to mend it. */
export function SheetCard({ file, control }: { file: SheetFile; control: SheetFiles }): ReactElement {
  const { t } = useTranslation('findings');
  const errorText = useErrorText();
  const { view, error, state } = file;
  const shown = view !== null && view.state !== 'read' ? view.state : state;
  const left = view === null ? 0 : (view.counts.refused ?? 0) + (view.counts.changed ?? 0) + (view.counts.closed ?? 0);
  const isBusy = state === 'reading' || state === 'accepting' || state === 'waiting';
  return (
    <article className={styles['file']} aria-label={file.name}>
      <div className={styles['fileHead']}>
        <Icon name="document" />
        <strong>{view?.organisation.name ?? file.name}</strong>
        <span className={styles['hint']}>{view === null ? '' : file.name}</span>
        <span className={styles['state']} data-state={shown === 'accepted' ? 'imported' : shown}>
          {t(`sheets.state.${shown}`)}
        </span>
      </div>
      {error !== null && (
        <p role="alert" className={styles['problem']}>
          {errorText(error)}
        </p>
      )}
      {view !== null && <Counts view={view} />}
      {view !== null && <Rows view={view} isOpen={view.state === 'read' && left > 0} />}
      <div className={styles['row']}>
        {view !== null && (
          <Download path={hrefOf('GET /finding-sheet-files/{id}/file', { params: { id: view.id } })}>{t('sheets.file')}</Download>
        )}
        {view !== null && left > 0 && (
          <Download path={hrefOf('GET /finding-sheet-files/{id}/refusals', { params: { id: view.id } })}>{t('sheets.refusals')}</Download>
        )}
        {!isBusy && (
          <Button variant="default" onClick={() => control.drop(file.key)}>
            {t(view?.state === 'read' ? 'sheets.drop' : 'sheets.hide')}
          </Button>
        )}
      </div>
    </article>
  );
}

function Counts({ view }: { view: FileView }): ReactElement {
  const { t } = useTranslation('findings');
  const said = [
    t('sheets.sheetOf', { at: formatDateTime(view.sheet.issuedAt), name: view.sheet.issuedByName }),
    view.who === null ? null : t('sheets.who', { who: view.who }),
    view.decidedAt === null ? null : t('sheets.decided', { at: formatDateTime(view.decidedAt), name: view.decidedByName ?? '' }),
  ].filter((one) => one !== null);
  const word = (state: (typeof ORDER)[number]): string =>
    state === 'take' && view.state === 'accepted' ? 'sheets.took' : `sheets.count.${state}`;
  return (
    <>
      <p className={styles['counts']}>
        {ORDER.filter((state) => (view.counts[state] ?? 0) > 0).map((state) => (
          <span key={state} data-row={state}>
            {t(word(state), { count: view.counts[state] ?? 0 })}
          </span>
        ))}
      </p>
      <p className={styles['hint']}>{said.join(' · ')}</p>
    </>
  );
}

function Rows({ view, isOpen }: { view: FileView; isOpen: boolean }): ReactElement | null {
  const { t } = useTranslation('findings');
  const language = currentLanguage();
  const rank = (state: FileView['rows'][number]['state']): number => (state === 'take' ? 1 : 0);
  const told = view.rows.filter(({ state }) => state !== 'same' && state !== 'missing').toSorted((a, b) => rank(a.state) - rank(b.state));
  return (
    <>
      {view.remarks.length > 0 && (
        <ul className={styles['remarks']}>
          {view.remarks.map((remark) => (
            <li key={remark.vi}>{remark[language]}</li>
          ))}
        </ul>
      )}
      {told.length > 0 && (
        <details open={isOpen}>
          <summary>{t('sheets.rows', { count: told.length })}</summary>
          <ul className={styles['rows']}>
            {told.slice(0, SHOWN).map((row) => (
              <SheetRow key={row.key} row={row} isIn={view.state === 'accepted'} />
            ))}
            {told.length > SHOWN && <li className={styles['hint']}>{t('sheets.more', { count: told.length - SHOWN })}</li>}
          </ul>
        </details>
      )}
    </>
  );
}

function SheetRow({ row, isIn }: { row: FileView['rows'][number]; isIn: boolean }): ReactElement {
  const { t } = useTranslation('findings');
  const language = currentLanguage();
  const { answer, now, refused, machinesTotal, machinesDone, postponedTo, note } = row;
  const facts = [
    answer === null ? null : t(`answer.${answer}`),
    postponedTo === null ? null : formatDate(postponedTo),
    machinesTotal === null ? null : t('machines', { done: formatNumber(machinesDone ?? 0), total: formatNumber(machinesTotal) }),
    note,
    ...Object.entries(row.extra).map(([head, text]) => `${head}: ${text}`),
  ].filter((fact) => fact !== null);
  const place = refused !== null ? t('sheets.cell', { cell: refused.cell }) : row.line === null ? '' : t('sheets.line', { line: row.line });
  return (
    <li data-row={row.state}>
      <div>
        <Link to={`/findings/${row.finding}` as never}>{row.name}</Link>{' '}
        <span className={styles['rowState']}>{t(`sheets.row.${isIn && row.state === 'take' ? 'taken' : row.state}`)}</span>{' '}
        <span className={styles['hint']}>{place}</span>
      </div>
      {facts.length > 0 && (
        <p className={styles['answer']}>
          <ForeignText text={facts.join(' · ')} />
        </p>
      )}
      {(row.state === 'changed' || row.state === 'closed') && now !== null && (
        <p className={styles['now']}>
          {t('sheets.now')} {[t(`state.${now.state}`), now.answer === null ? null : t(`answer.${now.answer}`)].filter(Boolean).join(' · ')}
        </p>
      )}
      {refused !== null && <p className={styles['problem']}>{refused.text[language]}</p>}
      {row.doubts.map((doubt) => (
        <p key={doubt.vi} className={styles['doubt']}>
          {doubt[language]}
        </p>
      ))}
    </li>
  );
}
