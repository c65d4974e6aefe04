import { Button, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../../api/client.ts';
import { useSession } from '../../../api/session.ts';
import { formatDate, formatDateTime } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { ForeignText } from '../../../ui/document/index.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { Download } from '../../../ui/form/Download.tsx';
import { fieldError, useErrorText } from '../../../ui/form/index.ts';
import { Icon } from '../../../ui/icons.tsx';
import type { AnswerFile, SheetFile, SheetFiles } from './useSheetFiles.ts';
import styles from './Sheets.module.css';

const ORDER = ['submit', 'save', 'changed', 'closed', 'refused', 'missing', 'same'] as const;

/** One file: whose it is, what it would change row by row, what is refused and why. */
export function SheetCard({ file, control }: { file: SheetFile; control: SheetFiles }): ReactElement {
  const { t } = useTranslation('standing');
  const errorText = useErrorText();
  const { view, error, state } = file;
  return (
    <article className={styles['file']} aria-label={file.name}>
      <div className={styles['fileHead']}>
        <Icon name="document" />
        <strong>{view?.organisation.name ?? file.name}</strong>
        <span className={styles['hint']}>{view === null ? '' : file.name}</span>
        <span className={styles['state']} data-state={view !== null && view.state !== 'read' ? view.state : state}>
          {t(`sheets.state.${view !== null && view.state !== 'read' ? view.state : state}`)}
        </span>
      </div>
      {error !== null && (
        <p role="alert" className={styles['problem']}>
          {errorText(error)}
        </p>
      )}
      {view !== null && <Counts view={view} />}
      {view !== null && view.needsReceipt && <Receipt file={file} control={control} />}
      {view !== null && <Rows view={view} />}
      <div className={styles['row']}>
        {view !== null && <Download path={hrefOf('GET /answer-files/{id}/file', { params: { id: view.id } })}>{t('sheets.file')}</Download>}
        {view?.state === 'imported' ? (
          <Button
            variant="default"
            disabled={!view.canUndo}
            title={view.canUndo ? undefined : t('sheets.undoHint')}
            onClick={() => control.undo(file.key)}
          >
            {t('sheets.undo')}
          </Button>
        ) : (
          state !== 'reading' &&
          state !== 'importing' &&
          state !== 'waiting' && (
            <Button variant="default" onClick={() => control.drop(file.key)}>
              {t(view?.state === 'read' ? 'sheets.drop' : 'sheets.hide')}
            </Button>
          )
        )}
      </div>
    </article>
  );
}

function Counts({ view }: { view: AnswerFile }): ReactElement {
  const { t } = useTranslation('standing');
  const { head, sheet } = view;
  const said = [
    t('sheets.sheetOf', { at: formatDateTime(sheet.issuedAt), name: sheet.issuedByName }),
    head.who === null ? null : t('sheets.who', { who: head.who }),
    head.number === null ? null : t('sheets.number', { number: head.number, day: head.day === null ? '–' : formatDate(head.day) }),
    view.decidedAt === null ? null : t('sheets.decided', { at: formatDateTime(view.decidedAt), name: view.decidedByName ?? '' }),
  ].filter((one) => one !== null);
  return (
    <>
      <p className={styles['counts']}>
        {ORDER.filter((state) => (view.counts[state] ?? 0) > 0).map((state) => (
          <span key={state} data-row={state}>
            {t(`sheets.count.${state}`, { count: view.counts[state] ?? 0 })}
          </span>
        ))}
      </p>
      <p className={styles['hint']}>{said.join(' · ')}</p>
    </>
  );
}

/** Neither the register nor the sheet says them; an agency without an account tells them by telephone. */
function Receipt({ file, control }: { file: SheetFile; control: SheetFiles }): ReactElement {
  const { t } = useTranslation('standing');
  const { today } = useSession();
  return (
    <div className={styles['receipt']}>
      <p>{t('sheets.needsReceipt')}</p>
      <div className={styles['row']}>
        <TextInput
          label={t('sheets.numberLabel')}
          value={file.number}
          maxLength={30}
          onChange={(event) => control.change(file.key, { number: event.currentTarget.value })}
          error={fieldError(file.error, 'number')}
        />
        <DateField label={t('sheets.dayLabel')} value={file.day} max={today} onChange={(day) => control.change(file.key, { day })} />
      </div>
    </div>
  );
}

function Rows({ view }: { view: AnswerFile }): ReactElement {
  const { t } = useTranslation('standing');
  const language = currentLanguage();
  const told = view.rows.filter(({ state }) => state !== 'same' && state !== 'missing');
  const open = view.state === 'read' && view.counts.refused + view.counts.changed + view.counts.closed > 0;
  return (
    <>
      {view.remarks.length > 0 && (
        <ul className={styles['remarks']}>
          {view.remarks.map((remark) => (
            <li key={remark.vi}>{remark[language]}</li>
          ))}
        </ul>
      )}
      <details open={open}>
        <summary>{t('sheets.rows', { count: view.rows.length })}</summary>
        <ul className={styles['rows']}>
          {[...told, ...view.rows.filter(({ state }) => state === 'missing')].map((row) => (
            <SheetRow key={row.task} row={row} />
          ))}
        </ul>
      </details>
    </>
  );
}

function SheetRow({ row }: { row: AnswerFile['rows'][number] }): ReactElement {
  const { t } = useTranslation('standing');
  const language = currentLanguage();
  const facts = [
    row.done === null ? null : t(`sheets.done.${row.done}`),
    row.day === null ? null : formatDate(row.day),
    row.code,
    row.remark,
    ...Object.entries(row.extra).map(([head, text]) => `${head}: ${text}`),
  ].filter((fact) => fact !== null);
  return (
    <li data-row={row.state}>
      <div>
        <strong>{t('item.title', { path: row.path })}</strong> <span className={styles['rowState']}>{t(`sheets.row.${row.state}`)}</span>{' '}
        {row.line !== null && <span className={styles['hint']}>{t('sheets.line', { line: row.line })}</span>}
      </div>
      {row.answer !== '' && (
        <p className={styles['answer']}>
          <ForeignText text={row.answer} />
        </p>
      )}
      {facts.length > 0 && (
        <p className={styles['hint']}>
          <ForeignText text={facts.join(' · ')} />
        </p>
      )}
      {(row.state === 'changed' || row.state === 'closed') && row.now !== null && (
        <p className={styles['now']}>
          {t('sheets.now')} <ForeignText text={row.now.answer ?? '–'} />
        </p>
      )}
      {row.refused !== null && <p className={styles['problem']}>{row.refused[language]}</p>}
      {row.doubts.map((doubt) => (
        <p key={doubt.vi} className={styles['doubt']}>
          {doubt[language]}
        </p>
      ))}
    </li>
  );
}
