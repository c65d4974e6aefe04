import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/client.ts';
import { ApiError } from '../../../api/error.ts';
import { formatBytes } from '../../../i18n/format.ts';
import { FilePicker, FormButtons, SecrecyWarning, useErrorText } from '../../../ui/form/index.ts';
import { PageHeader, Panel } from '../../../ui/page/index.ts';
import { showToast } from '../../../ui/toast/index.ts';
import { upload } from '../api.ts';
import styles from '../Directives.module.css';

const MAX = 50_000_000;
type ReadAnswer = Awaited<ReturnType<typeof upload<'POST /directives/read-file'>>>;
interface Running {
  name: string;
  size: number;
  sent: number;
  since: number;
  stop: AbortController;
}

/** A document comes in: a file or pasted text. Reading starts with the choice; the draft opens by itself. */
export function NewDirectivePage(): ReactElement {
  const { t } = useTranslation('directives');
  const { running, error, readFile, readText } = useReading();
  // Only in memory, unlike other forms: what is pasted may turn out to bear a secrecy mark.
  const [text, setText] = useState('');
  return (
    <>
      <PageHeader title={t('read.title')} lead={t('read.lead')} trail={<Link to="/directives">{t('list.title')}</Link>} />
      <Panel label={t('read.title')}>
        {running === null ? (
          <div className={styles['ways']}>
            {error !== null && <Refused error={error} />}
            <FilePicker
              label={t('read.choose')}
              files={[]}
              onChange={([file]) => file && void readFile(file)}
              accept=".docx,.pdf,.edxml,.txt,.png,.jpg,.tif"
              maxBytes={MAX}
            />
            <form
              onSubmit={(event) => {
                event.preventDefault();
                void readText(text).then((forget) => forget && setText(''));
              }}
            >
              <Textarea
                label={t('read.paste')}
                description={t('read.pasteHint')}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                minRows={8}
                maxRows={24}
                autosize
              />
              <SecrecyWarning />
              <FormButtons>
                <Button type="submit" variant="default" disabled={text.trim().length < 20}>
                  {t('read.readText')}
                </Button>
              </FormButtons>
            </form>
          </div>
        ) : (
          <Progress running={running} />
        )}
      </Panel>
    </>
  );
}

/** Reads one document at a time; the answer leads to its draft. What is run resolves to whether the typed text is to be forgotten. */
function useReading() {
  const { t } = useTranslation('directives');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [running, setRunning] = useState<Running | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const run = async (
    name: string,
    size: number,
    work: (signal: AbortSignal, onSent: (part: number) => void) => Promise<unknown>,
  ): Promise<boolean> => {
    const control = new AbortController();
    stop.current = control;
    setError(null);
    setRunning({ name, size, sent: 0, since: Date.now(), stop: control });
    try {
      const answer = (await work(control.signal, (sent) => setRunning((former) => former && { ...former, sent }))) as ReadAnswer;
      await client.invalidateQueries({ queryKey: ['GET /directives'] });
      if (answer.again) showToast({ message: t('read.again') });
      await navigate({
        to: `/directives/${answer.id}/check`,
        search: answer.again ? {} : ({ read: String(answer.milliseconds) } as never),
      });
      return true;
    } catch (cause) {
      if (cause instanceof ApiError) setError(cause);
      else if (!(cause instanceof DOMException)) throw cause;
      return cause instanceof ApiError && cause.code === 'directives.secret';
    } finally {
      setRunning(null);
    }
  };
  const readFile = async (file: File): Promise<boolean> =>
    await run(
      file.name,
      file.size,
      async (signal, onSent) => await upload('POST /directives/read-file', { query: { name: file.name }, body: file }, { signal, onSent }),
    );
  const readText = async (text: string): Promise<boolean> =>
    await run(t('read.pasted'), text.length, async (signal) => await call('POST /directives/read-text', { body: { text } }, signal));
  return { running, error, readFile, readText };
}

function Progress({ running }: { running: Running }): ReactElement {
  const { t } = useTranslation('directives');
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - running.since) / 1000));
  const sending = running.sent > 0 && running.sent < 1;
  return (
    <div className={styles['progress']} role="status">
      <strong>{running.name}</strong>
      <progress value={sending ? running.sent : undefined} max={1} aria-label={t('read.progress')} />
      <span>
        {sending
          ? t('read.sending', { sent: formatBytes(running.sent * running.size), size: formatBytes(running.size) })
          : t('read.reading')}{' '}
        · {t('read.seconds', { count: seconds })}
      </span>
      <div>
        <Button variant="default" onClick={() => running.stop.abort()}>
          {t('read.cancel')}
        </Button>
      </div>
    </div>
  );
}

/** Why a document was not read, where, and what to do. A secrecy mark has a box of its own. */
function Refused({ error }: { error: ApiError }): ReactElement {
  const { t } = useTranslation('directives');
  const text = useErrorText();
  const secret = error.code === 'directives.secret';
  return (
    <div className={`${styles['refused']} ${secret ? styles['secret'] : ''}`} role="alert">
      <strong>{secret ? t('read.secretTitle') : t('read.refusedTitle')}</strong>
      <span>{text(error)}</span>
      {!secret && error.place !== undefined && error.place !== 'file' && <span>{t('read.place', { place: error.place })}</span>}
    </div>
  );
}
