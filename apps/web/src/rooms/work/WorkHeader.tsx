import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { formatDate } from '../../i18n/format.ts';
import { useErrorText } from '../../ui/form/useErrorText.ts';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { isProposing, reportable } from './approval/proposing.ts';
import { useWorkAct } from './api.ts';
import type { Part, Work } from './api.ts';
import styles from './Work.module.css';
import type { WorkDialog } from './WorkPage.tsx';

interface WorkHeaderProps {
  part: Part;
  work: Work;
  mayWork: boolean;
  source: string | undefined;
  onDialog: (dialog: WorkDialog) => void;
}

/** Which document, from whom, where it stands, and the one next step. */
export function WorkHeader({ part, work, mayWork, source, onDialog }: WorkHeaderProps): ReactElement {
  const { t } = useTranslation('work');
  const { directive, receipt, status } = work;
  const title = directive.code ?? t('card.noCode', { symbol: directive.symbol ?? '' });
  return (
    <PageHeader
      title={directive.subject.charAt(0).toLocaleUpperCase('vi') + directive.subject.slice(1)}
      documentTitle={`${title} · ${t('my.title')}`}
      trail={
        <>
          <span>{title}</span>
          {directive.day !== null && <span>{formatDate(directive.day)}</span>}
          {directive.issuerName !== null && <span>{directive.issuerName}</span>}
          <Link to={`/directives/${directive.id}`}>{t('page.fullText')}</Link>
          {directive.signedName !== null && (
            <a href={`/api/v1/directives/${directive.id}/signed`} download={directive.signedName}>
              {t('page.signed')}
            </a>
          )}
          {directive.urgency !== null && (
            <span className={styles['chip']} data-state="urgent">
              {t(`urgency.${directive.urgency}`)}
            </span>
          )}
        </>
      }
      lead={
        <>
          {receipt.organisationName} · <strong>{t(`status.${status}`)}</strong>
        </>
      }
      actions={mayWork ? <NextStep part={part} work={work} source={source} onDialog={onDialog} /> : undefined}
    />
  );
}

function NextStep({ part, work, source, onDialog }: Omit<WorkHeaderProps, 'mayWork'>): ReactElement {
  const { t } = useTranslation('work');
  const { acting } = useSession();
  const open = reportable(work).length;
  const waiting = work.items.some(({ state }) => state === 'submitted');
  if (work.receipt.state === '01') {
    return (
      <>
        <Button variant="default" onClick={() => onDialog('refuse')}>
          {t('card.refuse')}
        </Button>
        <Button onClick={() => onDialog('receive')}>{t('card.receive')}</Button>
      </>
    );
  }
  return (
    <>
      {waiting && <TakeAllBack part={part} source={source} />}
      {open > 0 && (
        <Button className={styles['wide']} onClick={() => onDialog('submit')}>
          {t(isProposing(work, acting.role, source) ? 'approval.button' : 'submit.button', { count: open })}
        </Button>
      )}
    </>
  );
}

function TakeAllBack({ part, source }: { part: Part; source: string | undefined }): ReactElement {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const back = useWorkAct('POST /work/{directive}/{organisation}/withdraw-submission');
  const take = (): void =>
    back.mutate(
      { params: part, body: source === undefined ? {} : { source } },
      {
        onSuccess: ({ tasks }) => void showToast({ message: t('takeBack.done', { count: tasks.length }) }),
        onError: (error) => void showToast({ message: errorText(error), kind: 'problem' }),
      },
    );
  return (
    <Button variant="default" loading={back.isPending} onClick={take}>
      {t('takeBack.button')}
    </Button>
  );
}
