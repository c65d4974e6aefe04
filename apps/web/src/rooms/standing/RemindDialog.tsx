import { Button, Modal, SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { Form, FormButtons } from '../../ui/form/index.ts';
import { ErrorState, LoadingLines } from '../../ui/page/index.ts';
import { showToast } from '../../ui/toast/index.ts';
import type { MailState, Remindable, Reminded, Standing } from './api.ts';
import { RemindCall } from './RemindCall.tsx';
import { RemindDone } from './RemindDone.tsx';
import { RemindList } from './RemindList.tsx';
import styles from './Standing.module.css';

interface RemindDialogProps {
  standing: Standing;
  /** Organisations to begin with; all that are late where none is named. */
  chosen: readonly string[];
  onClose: () => void;
}

export type Way = 'app' | 'mail' | 'text' | 'call';
const WAYS: readonly Way[] = ['app', 'mail', 'text', 'call'];

/** Whom, by which way, and then what went out: one ticket number for all. */
export function RemindDialog({ standing, chosen, onClose }: RemindDialogProps): ReactElement {
  const { t } = useTranslation('standing');
  const list = useApi('GET /directives/{id}/reminders/preview', { params: { id: standing.id }, query: {} });
  return (
    <Modal opened onClose={onClose} size="lg" title={t('remind.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      {list.data === undefined ? (
        list.error === null ? (
          <LoadingLines lines={6} />
        ) : (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        )
      ) : (
        <Choose standing={standing} items={list.data.items} mail={list.data.mail} chosen={chosen} onClose={onClose} />
      )}
    </Modal>
  );
}

function first(items: readonly Remindable[], chosen: readonly string[]): ReadonlySet<string> {
  if (chosen.length > 0) return new Set(chosen);
  return new Set(items.filter(({ overdue }) => overdue > 0).map(({ organisation }) => organisation.id));
}

type ChooseProps = RemindDialogProps & { items: readonly Remindable[]; mail: MailState };

function Choose({ standing, items, mail, chosen, onClose }: ChooseProps): ReactElement {
  const { t } = useTranslation('standing');
  const [way, setWay] = useState<Way>('app');
  const [picked, setPicked] = useState(() => first(items, chosen));
  const [note, setNote] = useState('');
  const [done, setDone] = useState<Reminded | null>(null);
  const send = useChange('POST /directives/{id}/reminders', [
    'GET /directives/{id}/matrix',
    'GET /directives/{id}/reminders',
    'GET /directives/{id}/reminders/preview',
  ]);
  if (done !== null) return <RemindDone done={done} way={way} mail={mail} onClose={onClose} />;
  if (items.length === 0) return <p>{t('remind.nobody')}</p>;
  const submit = (): void => {
    if (way === 'call') return;
    const body = { organisations: [...picked], way, ...(note.trim() === '' ? {} : { note: note.trim() }) };
    send.mutate(
      { params: { id: standing.id }, body },
      {
        onSuccess: (answer) => {
          setDone(answer);
          if (way !== 'text') showToast({ message: t('remind.sent', { ticket: answer.ticket, count: answer.reminded.length }) });
        },
      },
    );
  };
  return (
    <>
      <SegmentedControl
        fullWidth
        value={way}
        onChange={(next) => setWay(next as Way)}
        data={WAYS.map((value) => ({ value, label: t(`way.${value}`), disabled: value === 'mail' && mail === 'not-configured' }))}
        aria-label={t('remind.way')}
      />
      <p className={styles['hint']}>{t(`wayHint.${way}`)}</p>
      {mail !== 'ready' && <p className={styles['caution']}>{t(`mailState.${mail}`)}</p>}
      {way === 'call' ? (
        <RemindCall standing={standing} items={items} chosen={chosen[0] ?? null} onClose={onClose} />
      ) : (
        <Form onSubmit={submit} error={send.error} places={[]}>
          <RemindList items={items} picked={picked} way={way} onPick={setPicked} />
          {way !== 'text' && (
            <Textarea
              label={t('remind.note')}
              description={t(`remind.noteHint.${way}`)}
              value={note}
              maxLength={1000}
              autosize
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          )}
          <FormButtons>
            <Button variant="default" onClick={onClose}>
              {t('ui:cancel')}
            </Button>
            <Button type="submit" loading={send.isPending} disabled={picked.size === 0}>
              {t(`remind.send.${way}`, { count: picked.size })}
            </Button>
          </FormButtons>
        </Form>
      )}
    </>
  );
}
