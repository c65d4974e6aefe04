import { Button, Textarea } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { ForeignText } from '../../ui/document/ForeignText.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { SecrecyWarning } from '../../ui/form/FilePicker.tsx';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { useDraft } from '../../ui/form/useDraft.ts';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { ExerciseBadge } from '../exercises/ExerciseBanner.tsx';
import { useWorkAct } from './api.ts';
import type { HandedPart } from './api.ts';
import { EvidenceAdd } from './components/EvidenceAdd.tsx';
import { EvidenceList } from './components/EvidenceList.tsx';
import { PartChip } from './components/PartsOfItem.tsx';
import { DueText } from './components/TaskChip.tsx';
import styles from './Work.module.css';

/** A part that the superior organisation handed down: what it asks, and the unit's answer to it. */
export function PartPage(): ReactElement {
  const { t } = useTranslation('work');
  const { part: id = '' } = useParams({ strict: false }) as { part?: string };
  const found = useApi('GET /parts/{id}', { params: { id } });
  if (found.data === undefined)
    return found.error === null ? <LoadingLines lines={6} /> : <ErrorState page error={found.error} onRetry={() => void found.refetch()} />;
  const part = found.data;
  return (
    <>
      <PageHeader
        title={t('give.pageTitle', { path: part.path })}
        trail={
          <>
            {part.code !== null && <span>{part.code}</span>}
            <span>{part.subject}</span>
            {part.exercise && <ExerciseBadge />}
          </>
        }
        lead={t(part.kind === 'support' ? 'lead.pageLead' : 'give.pageLead', {
          giver: part.giver.name,
          who: part.givenByName,
          at: formatDateTime(part.givenAt),
        })}
      />
      <Panel label={t('give.pageTitle', { path: part.path })}>
        <div className={styles['itemHead']}>
          <PartChip part={part} />
          <DueText due={part.due} timeState={part.timeState} answeredAt={part.answeredAt} />
        </div>
        <p className={styles['text']}>
          <ForeignText text={part.text} />
        </p>
        {part.note !== null && (
          <p className={styles['notice']}>
            <strong>{t('give.noteFrom', { giver: part.giver.name })}</strong> <ForeignText text={part.note} />
          </p>
        )}
        {part.state === 'taken-back' && (
          <p className={styles['notice']}>{t('give.takenBackWhy', { reason: part.takenBackReason ?? '' })}</p>
        )}
        {part.can.work ? <PartAnswer key={part.answeredAt} part={part} /> : <Said part={part} />}
      </Panel>
    </>
  );
}

function Said({ part }: { part: HandedPart }): ReactElement {
  return (
    <>
      {part.answer !== null && (
        <p className={styles['answered']}>
          <ForeignText text={part.answer} />
        </p>
      )}
      <EvidenceList evidence={part.evidence} />
    </>
  );
}

function PartAnswer({ part }: { part: HandedPart }): ReactElement {
  const { t } = useTranslation('work');
  const [text, setText, clear] = useDraft<string>(`part/${part.id}`, part.answer ?? '');
  const answer = useWorkAct('POST /parts/{id}/answer');
  const send = (said: string): void =>
    answer.mutate(
      { params: { id: part.id }, body: { answer: said } },
      {
        onSuccess: () => {
          clear();
          showToast({ message: t('give.sent', { giver: part.giver.name }) });
        },
      },
    );
  const same = text.trim() === '' || text.trim() === part.answer;
  return (
    <Form onSubmit={() => !same && send(text.trim())} error={answer.error} places={['answer']}>
      <SecrecyWarning />
      <Textarea
        label={t('give.answer')}
        placeholder={t('answer.placeholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={fieldError(answer.error, 'answer')}
        autosize
        minRows={3}
        maxRows={16}
        maxLength={20_000}
      />
      <EvidenceList evidence={part.evidence} />
      <FormButtons>
        <EvidenceAdd part={{ handed: part.id }} />
        {text.trim() === '' && (
          <Button variant="default" loading={answer.isPending} onClick={() => send(t('give.nothingText', { lng: 'vi' }))}>
            {t('answer.nothing')}
          </Button>
        )}
        <Button type="submit" loading={answer.isPending} disabled={same}>
          {t(part.state === 'answered' ? 'give.sendAgain' : 'give.send')}
        </Button>
      </FormButtons>
      {same && <p className={styles['hint']}>{t(text.trim() === '' ? 'give.empty' : 'give.same')}</p>}
      {part.answeredAt !== null && (
        <p className={styles['hint']}>{t('give.answeredBy', { who: part.answeredByName ?? '', at: formatDateTime(part.answeredAt) })}</p>
      )}
    </Form>
  );
}
