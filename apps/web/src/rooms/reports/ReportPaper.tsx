import { useDebouncedValue } from '@mantine/hooks';
import type { MouseEvent, ReactElement } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ForeignText } from '../../ui/document/index.ts';
import { useErrorText } from '../../ui/form/index.ts';
import { ErrorState, LoadingLines } from '../../ui/page/index.ts';
import { usePreview } from './api.ts';
import type { Part, Piece, Preview, Report } from './api.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { sent } from './text.ts';
import type { ReportDraft } from './useReportDraft.ts';
import styles from './Paper.module.css';

interface ReportPaperProps {
  report: Report;
  draft: ReportDraft;
  onFigure: (figure: string) => void;
  onField: ((field: string) => void) | null;
}

const PAUSE = 400;

/** The document as it is printed, drawn from the same pieces; its figures are buttons, what is written leads to its field. */
export function ReportPaper({ report, draft, onFigure, onField }: ReportPaperProps): ReactElement {
  const { t } = useTranslation('reports');
  const errorText = useErrorText();
  const typed = useMemo(
    () => (draft.changed ? { symbol: draft.symbol, text: sent(draft.text) } : null),
    [draft.changed, draft.symbol, draft.text],
  );
  const [given] = useDebouncedValue(typed, PAUSE);
  const preview = usePreview(report, given);
  if (preview.data === undefined)
    return preview.error === null ? (
      <LoadingLines lines={14} />
    ) : (
      <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
    );
  const names = new Map(report.figures.map(({ id, name }) => [id, name[currentLanguage()]]));
  const open = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    const figure = target?.closest<HTMLElement>('[data-figure]')?.dataset['figure'];
    const field = target?.closest<HTMLElement>('[data-field]')?.dataset['field'];
    if (figure !== undefined) onFigure(figure);
    else if (field !== undefined && document.getSelection()?.isCollapsed !== false) onField?.(field);
  };
  return (
    <>
      {preview.error !== null && <p className={styles['behind']}>{t('paper.behind', { why: errorText(preview.error) })}</p>}
      {/* The figures inside are buttons; a click on written text only moves to its field, which stands beside it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events */}
      <div
        className={styles['paper']}
        role="document"
        aria-label={t('paper.label')}
        lang="vi"
        onClick={open}
        data-editable={onField !== null}
      >
        <Paper preview={preview.data} names={names} />
      </div>
    </>
  );
}

type Names = ReadonlyMap<string, string>;

function Paper({ preview, names }: { preview: Preview; names: Names }): ReactElement {
  const { parent, issuer, number, date, kind, subject, recipients, body, copies, signer, attachments, marks } = preview;
  const [only] = recipients;
  return (
    <>
      <div className={styles['sheet']} data-compact={preview.compact}>
        {marks.length > 0 && <p className={`${styles['bold']} ${styles['marks']}`}>{marks.join(' · ')}</p>}
        <div className={styles['head']}>
          <div>
            {parent !== null && <p>{parent}</p>}
            <p className={`${styles['bold']} ${styles['ruled']}`}>{issuer}</p>
            <p className={styles['number']}>{number}</p>
          </div>
          <div>
            <p className={styles['bold']}>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
            <p className={`${styles['bold']} ${styles['motto']} ${styles['ruled']}`}>Độc lập - Tự do - Hạnh phúc</p>
            <p className={styles['date']}>{date}</p>
          </div>
        </div>
        <p className={`${styles['bold']} ${styles['kind']}`}>{kind}</p>
        <p className={`${styles['bold']} ${styles['subject']} ${styles['ruled']}`} data-field="subject">
          <ForeignText text={subject} />
        </p>
        <div className={styles['recipients']} data-field="recipients">
          {recipients.length === 1 && only !== undefined ? (
            <p>
              Kính gửi: <ForeignText text={only} />
            </p>
          ) : (
            recipients.length > 0 && (
              <>
                <p>Kính gửi:</p>
                {recipients.map((line) => (
                  <p key={line} className={styles['under']}>
                    <ForeignText text={line} />
                  </p>
                ))}
              </>
            )
          )}
        </div>
        <Body parts={body} names={names} />
        <div className={styles['foot']}>
          <div data-field="copies">
            <p className={styles['copiesLabel']}>Nơi nhận:</p>
            {copies.map((line) => (
              <p key={line}>
                <ForeignText text={line} />
              </p>
            ))}
          </div>
          <div className={styles['signer']} data-field="title">
            {signer.above.map((line) => (
              <p key={line}>
                <ForeignText text={line} />
              </p>
            ))}
            <p className={styles['signerName']}>
              <ForeignText text={signer.name} />
            </p>
          </div>
        </div>
      </div>
      {attachments.map((one) => (
        <div key={one.title} className={styles['sheet']} data-compact={preview.compact}>
          <p className={`${styles['bold']} ${styles['kind']}`}>{one.title}</p>
          {one.subtitle !== null && <p className={`${styles['bold']} ${styles['subject']}`}>{one.subtitle}</p>}
          <p className={styles['reference']}>{one.reference}</p>
          <Body parts={one.body} names={names} />
        </div>
      ))}
    </>
  );
}

function Body({ parts, names }: { parts: readonly Part[]; names: Names }): ReactElement {
  return (
    <>
      {parts.map((part, at) => {
        if (part.kind === 'table') return <PaperTable key={at} table={part} names={names} />;
        if (part.kind === 'picture')
          return (
            <figure key={at} className={styles['picture']}>
              <img src={`data:image/svg+xml,${encodeURIComponent(part.svg)}`} alt={part.caption} />
              <figcaption>{part.caption}</figcaption>
            </figure>
          );
        return (
          <p key={at} className={styles[part.style]}>
            {part.label !== '' && <span>{part.label} </span>}
            <Pieces pieces={part.pieces} names={names} />
          </p>
        );
      })}
    </>
  );
}

function PaperTable({ table, names }: { table: Extract<Part, { kind: 'table' }>; names: Names }): ReactElement {
  const { t } = useTranslation('reports');
  const whole = table.columns.reduce((sum, { share }) => sum + share, 0);
  return (
    // Wider than a phone: scrolled with the keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['scroll']} tabIndex={0} role="group" aria-label={t('paper.table')}>
      <table>
        <colgroup>
          {table.columns.map(({ title, share }) => (
            <col key={title} style={{ width: `${(share / whole) * 100}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {table.columns.map(({ title }) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((pieces, at) => (
                <td key={at} style={{ textAlign: table.columns[at]?.align ?? 'left' }}>
                  <Pieces pieces={pieces} names={names} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Pieces({ pieces, names }: { pieces: readonly Piece[]; names: Names }): ReactElement {
  const { t } = useTranslation('reports');
  return (
    <>
      {pieces.map(({ text, figure, field }, at) => {
        if (figure !== null)
          return (
            <button
              key={at}
              type="button"
              className={styles['figure']}
              data-figure={figure}
              title={t('figure.open', { name: names.get(figure) ?? '' })}
            >
              {text}
            </button>
          );
        return field === null ? (
          <ForeignText key={at} text={text} />
        ) : (
          <span key={at} className={styles['written']} data-field={field}>
            <ForeignText text={text} />
          </span>
        );
      })}
    </>
  );
}
