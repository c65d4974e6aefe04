import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDate, formatDateTime, formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { ForeignText } from '../../ui/document/index.ts';
import { ErrorState, LoadingLines } from '../../ui/page/index.ts';
import { StateChip } from '../../ui/state/index.ts';
import {
  DueText,
  EvidenceList,
  PartsOfItem,
  PastPeriods,
  PeriodLine,
  TaskChip,
  TaskHistory,
  TaskReview,
} from '../work/components/index.ts';
import { useWork } from '../work/api.ts';
import type { Evidence, WorkItem } from '../work/api.ts';
import type { Cell, Standing } from './api.ts';
import { FollowUp } from './FollowUp.tsx';
import { MoveAnswer } from './MoveAnswer.tsx';
import { RemindersLine } from './RemindersLine.tsx';
import styles from './Standing.module.css';

interface CellPanelProps {
  standing: Standing;
  organisation: string;
  requirement: string;
  onRemind: (organisation: string) => void;
}

/** Why one cell stands as it does: what was measured and from which rows, what the agency says, what happened, and what to do next. */
export function CellPanel({ standing, organisation, requirement, onRemind }: CellPanelProps): ReactElement {
  const { t } = useTranslation('standing');
  const cell = useApi('GET /directives/{id}/cells/{organisation}/{requirement}', {
    params: { id: standing.id, organisation, requirement },
  });
  if (cell.data === undefined)
    return cell.error === null ? <LoadingLines lines={4} /> : <ErrorState error={cell.error} onRetry={() => void cell.refetch()} />;
  const { data } = cell;
  const name = data.organisation.context === null ? data.organisation.name : `${data.organisation.name} (${data.organisation.context})`;
  return (
    <div className={styles['cell']}>
      <div>
        <h2>
          {data.requirement.path} · {name} <StateChip state={data.state} />
        </h2>
        {data.task === null ? <p className={styles['hint']}>{t('cell.notConcerned')}</p> : <Measures cell={data} />}
        {data.task?.declared && <Declared declared={data.task.declared} />}
        {data.task !== null && <Answer standing={standing} organisation={organisation} requirement={requirement} />}
      </div>
      <aside>
        <Receipt cell={data} />
        {data.task !== null && (
          <FollowUp standing={standing} requirement={requirement} organisation={organisation} followUp={data.followUp} />
        )}
        <History standing={standing} organisation={organisation} task={data.task?.id} />
        <RemindersLine directive={standing.id} organisation={organisation} />
        {standing.can.remind && (
          <Button variant="default" onClick={() => onRemind(organisation)}>
            {t('head.remind')}
          </Button>
        )}
      </aside>
    </div>
  );
}

function Measures({ cell }: { cell: Cell }): ReactElement {
  const { t } = useTranslation('standing');
  const language = currentLanguage();
  if (cell.measures.length === 0) return <p className={styles['hint']}>{t('cell.unmeasured')}</p>;
  return (
    <>
      {cell.measures.map((measure) => (
        <section key={measure.id} className={styles['measure']}>
          <div className={styles['measureHead']}>
            <StateChip state={measure.state} />
            {measure.value !== null && <Value measure={measure} />}
            <span>{measure.name[language]}</span>
          </div>
          <p>{measure.text?.[language] ?? t('cell.silent')}</p>
          <p className={styles['hint']}>
            {[
              t('cell.measuredAt', { at: formatDateTime(cell.at) }),
              measure.target === null || measure.of !== null
                ? null
                : t('cell.target', { target: formatNumber(measure.target), unit: measure.unit[language] }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {measure.rows.length > 0 && (
            <details open={measure.rows.length <= 5}>
              <summary>{t('cell.rows', { count: measure.total })}</summary>
              <ul className={styles['rows']}>
                {measure.rows.map((row) => (
                  <li key={row.id}>
                    {row.at !== null && <time dateTime={row.at}>{formatDateTime(row.at)}</time>}{' '}
                    {row.kind === 'finding' ? (
                      <Link to={`/findings/${row.id}` as never}>
                        <ForeignText text={row.text[language]} />
                      </Link>
                    ) : (
                      <ForeignText text={row.text[language]} />
                    )}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </section>
      ))}
    </>
  );
}

/** The figure of a measure; where its rows are a list, it opens that. */
function Value({ measure: { value, of, unit, list } }: { measure: Cell['measures'][number] }): ReactElement {
  const figure = (
    <strong className="tabular">
      {formatNumber(value ?? 0, 1)}
      {of !== null && <span>/{formatNumber(of)}</span>} {unit[currentLanguage()]}
    </strong>
  );
  if (list === null) return figure;
  return (
    <Link to={`/${list.of}` as never} search={list.query as never}>
      {figure}
    </Link>
  );
}

/** An answer that is not the agency's own in the system says so, with who said it, by which way, when and by whom it was put in. */
function Declared({ declared }: { declared: NonNullable<NonNullable<Cell['task']>['declared']> }): ReactElement {
  const { t } = useTranslation('standing');
  const { state, via, who, saidAt, enteredAt, enteredByName, proof, file } = declared;
  return (
    <p className={styles['declared']} role="note">
      <strong>{t(`declared.${state}`)}</strong>
      {via !== undefined && (
        <>
          {': '}
          {t('declared.by', {
            via: t(`work:declared.via.${via}`),
            who: who ?? t('declared.nobody'),
            at: saidAt === undefined ? '–' : formatDateTime(saidAt),
            name: enteredByName ?? '',
            entered: enteredAt === undefined ? '–' : formatDateTime(enteredAt),
          })}
          {proof && (
            <>
              {' · '}
              <a href={`/api/v1/evidence/${proof.id}`} download={proof.name}>
                {proof.name}
              </a>
            </>
          )}
          {file && (
            <>
              {' · '}
              <a href={`/api/v1/answer-files/${file.id}/file`} download={file.name}>
                {file.name}
              </a>
            </>
          )}
        </>
      )}
    </p>
  );
}

interface Part {
  standing: Standing;
  organisation: string;
}

/** What the agency says, with its proof; deciding on it is paperwork and lights nothing. */
function Answer({ standing, organisation, requirement }: Part & { requirement: string }): ReactElement | null {
  const { t } = useTranslation('standing');
  const work = useWork({ directive: standing.id, organisation });
  if (work.data === undefined) return work.error === null ? <LoadingLines lines={2} /> : null;
  const path = standing.requirements.find(({ id }) => id === requirement)?.path;
  const item = work.data.items.find((one) => one.path === path);
  if (item === undefined) return null;
  const evidence = work.data.evidence.filter((file) => file.task === item.task || file.task === null);
  return (
    <section className={styles['measure']}>
      <div className={styles['measureHead']}>
        <TaskChip state={item.state} /> <DueText due={item.due} timeState={item.timeState} answeredAt={item.answeredAt} />
        <span>{item.nothing ? t('work:answer.nothingChip') : t('cell.answer')}</span>
      </div>
      <PeriodLine item={item} />
      {item.answer === null || item.answer === '' ? (
        <p className={styles['hint']}>{t('cell.noAnswer')}</p>
      ) : (
        <p className={styles['answer']}>
          <ForeignText text={item.answer} />
        </p>
      )}
      <EvidenceList evidence={evidence} />
      <PartsOfItem work={work.data} item={item} mayTake={false} />
      {work.data.can.review && <TaskReview tasks={[item]} />}
      {work.data.can.review && standing.status === 'issued' && isMovable(item, evidence) && <MoveAnswer task={item.task} />}
      <p>
        <Link to={`/work/${standing.id}/${organisation}`}>{t('cell.openWork')}</Link>
      </p>
      <PastPeriods part={{ directive: standing.id, organisation }} requirement={requirement} period={item.period} opened />
    </section>
  );
}

/** Something stands there that may belong to another organisation. */
function isMovable(item: WorkItem, evidence: readonly Evidence[]): boolean {
  if (item.state === 'assigned' || item.state === 'withdrawn') return false;
  return (item.answer ?? '') !== '' || item.report !== null || evidence.some(({ task }) => task === item.task);
}

function Receipt({ cell: { receipt } }: { cell: Cell }): ReactElement {
  const { t } = useTranslation('standing');
  const said =
    receipt.state === '02'
      ? t('cell.refused', { reason: receipt.refusedReason ?? '' })
      : receipt.state === '03'
        ? t('cell.received', { number: receipt.number ?? '–', day: receipt.day === null ? '–' : formatDate(receipt.day) })
        : t('cell.waiting');
  return (
    <p className={styles['hint']}>
      {said} · {receipt.openedAt === null ? t('cell.notOpened') : t('cell.opened', { at: formatDateTime(receipt.openedAt) })}
    </p>
  );
}

function History({ standing, organisation, task }: Part & { task: string | undefined }): ReactElement | null {
  const { t } = useTranslation('work');
  const work = useWork({ directive: standing.id, organisation });
  if (work.data === undefined) return null;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles['history']} tabIndex={0} role="region" aria-label={t('work:history.title')}>
      <TaskHistory
        history={work.data.history}
        {...(task === undefined ? {} : { task })}
        agency={work.data.receipt.organisationName}
        overseer={standing.overseer.name}
      />
    </div>
  );
}
