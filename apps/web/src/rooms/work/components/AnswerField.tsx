import { Button, Textarea } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../../i18n/format.ts';
import { useErrorText } from '../../../ui/form/useErrorText.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';
import type { Part, WorkItem } from '../api.ts';
import { useAnswer } from '../useAnswer.ts';
import type { Answer } from '../useAnswer.ts';
import styles from '../Work.module.css';

/** Where an item is answered: saved by itself, with *không phát sinh* as one tap. */
export function AnswerField({ part, item, source }: { part: Part; item: WorkItem; source?: string | undefined }): ReactElement {
  const { t } = useTranslation('work');
  const answer = useAnswer({ part, item, source });
  return (
    <div>
      <Textarea
        label={t('answer.label', { path: item.path })}
        placeholder={t('answer.placeholder')}
        value={answer.text}
        onChange={(event) => answer.type(event.currentTarget.value)}
        onBlur={answer.flush}
        autosize
        minRows={2}
        maxRows={16}
        maxLength={20_000}
      />
      <div className={styles['row']} style={{ marginTop: 8 }}>
        {(answer.text === '' || (item.nothing && answer.saving === 'saved')) && <NothingButton part={part} item={item} source={source} />}
        <SavingLine answer={answer} />
      </div>
      {answer.theirs !== null && <Conflict answer={answer} />}
    </div>
  );
}

/** One tap, and one to take it back. */
function NothingButton({ part, item, source }: { part: Part; item: WorkItem; source: string | undefined }): ReactElement {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const say = useWorkAct('POST /work/{directive}/{organisation}/nothing');
  const send = (nothing: boolean): void =>
    void say
      .mutateAsync({
        params: part,
        body: {
          task: item.task,
          nothing,
          ...(item.period === null ? {} : { period: item.period.number }),
          ...(source === undefined ? {} : { source }),
        },
      })
      .then(
        () => nothing && showToast({ message: t('answer.nothingDone'), undo: () => send(false) }),
        (error: unknown) => void showToast({ message: errorText(error), kind: 'problem' }),
      );
  return (
    <Button variant={item.nothing ? 'subtle' : 'default'} size="compact-md" loading={say.isPending} onClick={() => send(!item.nothing)}>
      {t(item.nothing ? 'answer.nothingUndo' : 'answer.nothing')}
    </Button>
  );
}

function SavingLine({ answer: { saving, savedAt, error, text } }: { answer: Answer }): ReactElement {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const said = {
    saved: savedAt === null ? (text === '' ? '' : t('answer.saved')) : t('answer.savedAt', { time: formatTime(savedAt) }),
    typing: t('answer.typing'),
    saving: t('answer.saving'),
    offline: t('answer.offline'),
    conflict: t('answer.conflict'),
    refused: error === null ? '' : errorText(error),
  }[saving];
  return (
    <span
      role="status"
      className={saving === 'offline' || saving === 'conflict' || saving === 'refused' ? styles['problem'] : styles['hint']}
    >
      {said}
    </span>
  );
}

function Conflict({ answer }: { answer: Answer }): ReactElement {
  const { t } = useTranslation('work');
  return (
    <div className={styles['notice']}>
      <p>{t('answer.theirs')}</p>
      <p className={styles['answered']}>{answer.theirs}</p>
      <div className={styles['row']}>
        <Button variant="default" onClick={answer.takeTheirs}>
          {t('answer.takeTheirs')}
        </Button>
        <Button variant="default" onClick={answer.keepMine}>
          {t('answer.keepMine')}
        </Button>
      </div>
    </div>
  );
}
