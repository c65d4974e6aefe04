import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../i18n/format.ts';
import { ForeignText } from '../../ui/document/ForeignText.tsx';
import { SecrecyWarning } from '../../ui/form/FilePicker.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { proposedTasks, reportable } from './approval/proposing.ts';
import type { Part, Work, WorkItem } from './api.ts';
import { AnswerField } from './components/AnswerField.tsx';
import { EvidenceAdd } from './components/EvidenceAdd.tsx';
import { EvidenceList } from './components/EvidenceList.tsx';
import { ItemMenu } from './components/ItemMenu.tsx';
import { PartsOfItem } from './components/PartsOfItem.tsx';
import { DueText, TaskChip } from './components/TaskChip.tsx';
import { TaskReview } from './components/TaskReview.tsx';
import { formatDue } from './deadline.ts';
import { PastPeriods } from './periods/PastPeriods.tsx';
import { PeriodLine } from './periods/PeriodLine.tsx';
import styles from './Work.module.css';

interface WorkItemsProps {
  part: Part;
  work: Work;
  mayWork: boolean;
  source: string | undefined;
}

/** All items of the directive on one page, in the order of the document, each with its answer and evidence. */
export function WorkItems({ part, work, mayWork, source }: WorkItemsProps): ReactElement {
  const { t } = useTranslation('work');
  useEffect(showAsked, []);
  // A heading such as "Đối với doanh nghiệp:" says nothing to those whom no item below it addresses.
  const isOurs = ({ path, text }: Work['headings'][number]): boolean =>
    !text.trimEnd().endsWith(':') || work.items.some((item) => item.path.startsWith(`${path}.`));
  const lines = [
    ...work.headings.filter(isOurs).map((heading) => ({ position: heading.position, heading, item: null })),
    ...work.items.map((item) => ({ position: item.position, heading: null, item })),
  ].toSorted((a, b) => a.position - b.position);
  return (
    <Panel label={t('item.all')}>
      <div className={styles['row']} style={{ justifyContent: 'space-between' }}>
        <h2>{t('item.count', { count: work.items.length })}</h2>
        {work.can.review && <TaskReview tasks={work.items} />}
      </div>
      {mayWork && <SecrecyWarning />}
      {lines.map(({ heading, item }) =>
        item === null ? (
          heading !== null && (
            <h3 key={heading.path} className={styles['heading']}>
              {heading.path} <ForeignText text={heading.text} />
            </h3>
          )
        ) : (
          <Item key={`${item.task} ${item.period?.number ?? ''}`} part={part} work={work} item={item} mayWork={mayWork} source={source} />
        ),
      )}
    </Panel>
  );
}

/** The item that the address names, once the page is there. */
function showAsked(): void {
  const { hash } = globalThis.location;
  if (hash !== '') document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
}

const isOpen = (state: WorkItem['state']): boolean => state === 'assigned' || state === 'in-progress' || state === 'more-asked';

function Item({ part, work, item, mayWork, source }: WorkItemsProps & { item: WorkItem }): ReactElement {
  const proposed = proposedTasks(work).has(item.task);
  const open = isOpen(item.state) && !proposed;
  const supports = work.supports.find(({ task }) => task === item.task);
  const files = work.evidence.filter(({ task }) => task === item.task);
  return (
    <article className={styles['item']} id={`item-${item.path}`} aria-label={item.path}>
      <ItemHead item={item} proposed={proposed} />
      <PeriodLine item={item} />
      {supports !== undefined && <Supports lead={supports.lead} part={supports.part} own={work.can.work} />}
      <p className={styles['text']}>
        <ForeignText text={item.text} />
      </p>
      {item.state === 'more-asked' && <MoreAsked work={work} item={item} />}
      {open && <MovedOut work={work} item={item} />}
      {open && mayWork ? <AnswerField part={part} item={item} source={source} /> : <GivenAnswer item={item} work={work} />}
      <EvidenceList evidence={files} />
      <PartsOfItem work={work} item={item} mayTake={open && work.can.work} />
      {mayWork && !proposed && item.state !== 'withdrawn' && item.state !== 'accepted' && (
        <div className={`${styles['row']} never-printed`}>
          <EvidenceAdd part={part} task={item.task} source={source} />
          {open && <ItemMenu part={part} item={item} items={reportable(work)} source={source} own={work.can.work} />}
        </div>
      )}
      {work.can.review && <TaskReview tasks={[item]} primary={false} />}
      <PastPeriods part={part} requirement={item.requirement} period={item.period} source={source} />
    </article>
  );
}

/** The organisation supports another one in this item and answers to that one. */
function Supports({ lead, part, own }: { lead: string; part: string; own: boolean }): ReactElement {
  const { t } = useTranslation('work');
  return (
    <p className={styles['notice']}>
      {t('lead.answersTo', { lead })} {own && <Link to={`/my-parts/${part}`}>{t('lead.open')}</Link>}
    </p>
  );
}

function ItemHead({ item, proposed }: { item: WorkItem; proposed: boolean }): ReactElement {
  const { t } = useTranslation('work');
  const moved = item.documentDue !== null && item.due !== null && item.documentDue !== item.due;
  return (
    <div className={styles['itemHead']}>
      <span className={styles['path']}>{item.path}</span>
      <TaskChip state={item.state} />
      {proposed && <span className={styles['chip']}>{t('approval.chip')}</span>}
      {item.nothing && <span className={styles['chip']}>{t('answer.nothingChip')}</span>}
      <DueText due={item.due} timeState={item.timeState} answeredAt={item.answeredAt} />
      {moved && <span className={styles['hint']}>{t('due.document', { date: formatDue(item.documentDue ?? '') })}</span>}
      {item.requestedDue !== null && <span className={styles['hint']}>{t('due.requested', { date: formatDue(item.requestedDue) })}</span>}
      {(item.due === null || item.period !== null) && item.phrase !== null && <span className={styles['hint']}>“{item.phrase}”</span>}
      {item.assignee !== null && (
        <span className={styles['hint']}>{t('assign.to', { name: item.assignee.name ?? t('assign.someone') })}</span>
      )}
    </div>
  );
}

/** What stood here belongs to another organisation: the agency reads why its item waits again. */
function MovedOut({ work, item }: { work: Work; item: WorkItem }): ReactElement | null {
  const { t } = useTranslation('work');
  const said = work.history.find(({ task, act }) => task === item.task && act !== 'evidence-added');
  if (said?.act !== 'answer-moved-out') return null;
  return (
    <p className={styles['notice']}>
      <strong>{t('act.answer-moved-out')}.</strong> <ForeignText text={said.note ?? ''} />
    </p>
  );
}

function MoreAsked({ work, item }: { work: Work; item: WorkItem }): ReactElement | null {
  const { t } = useTranslation('work');
  const asked = work.history.find(({ task, act }) => task === item.task && act === 'more-asked');
  if (asked === undefined) return null;
  return (
    <p className={styles['notice']}>
      <strong>{t('item.moreAsked', { at: formatDateTime(asked.at) })}</strong> <ForeignText text={asked.note ?? ''} />
    </p>
  );
}

function GivenAnswer({ item, work }: { item: WorkItem; work: Work }): ReactElement {
  const { t } = useTranslation('work');
  const report = work.reports.find(({ id }) => id === item.report);
  const has = item.answer !== null && item.answer !== '';
  return (
    <>
      {has && (
        <p className={styles['answered']}>
          <ForeignText text={item.answer ?? ''} />
        </p>
      )}
      <p className={styles['hint']}>
        {item.answeredAt === null
          ? has
            ? t('item.draft')
            : t('item.unanswered')
          : t('item.answeredAt', { at: formatDateTime(item.answeredAt) })}
        {report !== undefined && ` · ${t('item.byReport', { code: report.code })}`}
      </p>
    </>
  );
}
