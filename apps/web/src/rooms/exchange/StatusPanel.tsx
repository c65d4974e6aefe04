import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import { useApi, useChange } from '../../api/query.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { Download } from '../../ui/form/Download.tsx';
import { useErrorText } from '../../ui/form/index.ts';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { STALE } from './api.ts';
import type { StatusFile, Statuses, Step } from './api.ts';
import { AnswerDialog } from './AnswerDialog.tsx';
import styles from './Exchange.module.css';

type Part = { directive: string; organisation: string };

/** Beside an agency's work: what goes back to the sender as status messages, and what messages said of the agency. */
export function StatusPanel({ part }: { part: Part }): ReactElement | null {
  const { t } = useTranslation('exchange');
  const read = useApi('GET /work/{directive}/{organisation}/statuses', { params: part });
  if (read.data === undefined) return null;
  const { problem, target, steps, answers, received, can } = read.data;
  const requests = received.filter(({ code }) => code === '13');
  const declared = received.filter(({ code, state }) => code !== '13' && state !== 'discarded');
  return (
    <Panel label={t('panel.title')}>
      <h2>{t('panel.title')}</h2>
      <p className={styles['hint']}>
        {problem === null ? t('panel.target', { name: target?.name ?? '', id: target?.organId ?? '' }) : problem[currentLanguage()]}
      </p>
      <ol className={styles['steps']}>
        {steps.map((step) => (
          <StepLine key={step.code} step={step} mayTake={can.send} />
        ))}
        {answers.map((message) => (
          <StepLine key={message.id} step={{ ...message, message }} mayTake={can.send} />
        ))}
      </ol>
      {can.send && problem === null && <Sending part={part} steps={steps} answers={answers} />}
      {requests.map((file) => (
        <Request key={file.id} file={file} mayAnswer={can.send} />
      ))}
      {declared.length > 0 && <Declared files={declared} />}
    </Panel>
  );
}

type Line = Omit<Step, 'code'> & { code: string };

function StepLine({ step, mayTake }: { step: Line; mayTake: boolean }): ReactElement {
  const { t } = useTranslation('exchange');
  const { code, at, description, message } = step;
  const state =
    message === null
      ? t('message.none')
      : message.sentAt === null
        ? t('message.waiting')
        : t('message.sent', { at: formatDateTime(message.sentAt), who: message.sentByName ?? '' });
  return (
    <li>
      <span className={styles['code']}>{code}</span>
      <span className={styles['what']}>
        {t(`code.${code}`)} · {formatDateTime(at)}
        {description !== null && <div className={styles['hint']}>{description}</div>}
        <div className={styles['hint']}>{state}</div>
      </span>
      {message !== null && mayTake && (
        <a
          href={hrefOf('GET /status-messages/{id}/file', { params: { id: message.id } })}
          download
          aria-label={t('message.take', { code })}
        >
          .edxml
        </a>
      )}
    </li>
  );
}

/** Makes what is missing, takes all of it, and says that the office sent it. */
function Sending({ part, steps, answers }: { part: Part; steps: Statuses['steps']; answers: Statuses['answers'] }): ReactElement {
  const { t } = useTranslation('exchange');
  const text = useErrorText();
  const make = useChange('POST /work/{directive}/{organisation}/statuses', STALE);
  const mark = useChange('POST /status-messages/sent', STALE);
  const missing = steps.filter(({ message }) => message === null).length;
  const messages = [...steps.flatMap(({ message }) => message ?? []), ...answers];
  const unsent = messages.filter(({ sentAt }) => sentAt === null).map(({ id }) => id);
  const onError = (error: Parameters<typeof text>[0]): void => void showToast({ kind: 'problem', message: text(error) ?? '' });
  return (
    <div className={styles['row']}>
      {missing > 0 && (
        <Button
          variant="default"
          loading={make.isPending}
          onClick={() =>
            make.mutate(
              { params: part, body: {} },
              { onError, onSuccess: ({ made }) => showToast({ message: t('panel.made', { count: made }) }) },
            )
          }
        >
          {t('panel.make', { count: missing })}
        </Button>
      )}
      {messages.length > 0 && (
        <Download path={hrefOf('GET /work/{directive}/{organisation}/statuses.zip', { params: part })}>{t('panel.takeAll')}</Download>
      )}
      {unsent.length > 0 && (
        <Button
          variant="default"
          loading={mark.isPending}
          onClick={() =>
            mark.mutate(
              { body: { ids: unsent } },
              { onError, onSuccess: ({ marked }) => showToast({ message: t('queue.marked', { count: marked }) }) },
            )
          }
        >
          {t('panel.mark', { count: unsent.length })}
        </Button>
      )}
    </div>
  );
}

/** The sender asks to take the document back or to update it. */
export function Request({ file, mayAnswer }: { file: StatusFile; mayAnswer: boolean }): ReactElement | null {
  const { t } = useTranslation('exchange');
  const [answer, setAnswer] = useState<boolean | null>(null);
  if (file.state === 'discarded') return null;
  return (
    <div role="group" aria-label={t('request.title')}>
      <h3 className={styles['part']}>{t('request.title')}</h3>
      <p>
        {file.fromName}: {file.description ?? t('request.noReason')}
      </p>
      {file.state === 'confirmed' ? (
        <p className={styles['hint']}>
          {t('request.answered', { who: file.decidedByName ?? '', at: file.decidedAt === null ? '' : formatDateTime(file.decidedAt) })}
          {file.reason !== null && ` ${file.reason}`}
        </p>
      ) : (
        mayAnswer && (
          <div className={styles['row']}>
            <Button variant="default" onClick={() => setAnswer(true)}>
              {t('request.agree')}
            </Button>
            <Button variant="default" onClick={() => setAnswer(false)}>
              {t('request.refuse')}
            </Button>
          </div>
        )
      )}
      {answer !== null && <AnswerDialog file={file} agree={answer} onClose={() => setAnswer(null)} />}
    </div>
  );
}

/** Said by message, not done in the system. */
function Declared({ files }: { files: readonly StatusFile[] }): ReactElement {
  const { t } = useTranslation('exchange');
  return (
    <>
      <h3 className={styles['part']}>{t('declared.title')}</h3>
      <ul className={styles['steps']}>
        {files.map((file) => (
          <li key={file.id}>
            <span className={styles['code']}>{file.code}</span>
            <span className={styles['what']}>
              {t(`code.${file.code}`)}
              {file.at !== null && ` · ${formatDateTime(file.at)}`}
              {file.description !== null && <div className={styles['hint']}>{file.description}</div>}
              <div className={styles['hint']}>
                {file.state === 'waiting' ? t('declared.waiting') : t('declared.by', { who: file.decidedByName ?? '' })}
              </div>
              {file.differs && <div className={styles['differs']}>{t('declared.differs')}</div>}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
