import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { useSession } from '../../api/session.ts';
import { ForeignText } from '../../ui/document/ForeignText.tsx';
import { DateField } from '../../ui/form/DateField.tsx';
import { ConfirmDialog, fieldError, Form, FormButtons } from '../../ui/form/index.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import type { Arrival } from './api.ts';
import { ARRIVAL_STALE } from './api.ts';
import styles from './Exchange.module.css';

/** On the page of a document that came from above: số đến of the own office, and which statuses wait to go back to the sender. */
export function ArrivalBar({ directive }: { directive: string }): ReactElement | null {
  const { data } = useApi('GET /directives/{id}/arrival', { params: { id: directive } });
  if (data === undefined || data.sender === null) return null;
  return <Bar key={directive} directive={directive} view={data} name={data.sender.name} />;
}

function Bar({ directive, view, name }: { directive: string; view: Arrival; name: string }): ReactElement {
  const { t } = useTranslation('exchange');
  const [asked, setAsked] = useState<'register' | 'refuse' | null>(null);
  const close = (): void => setAsked(null);
  const { arrival, messages, can, problem } = view;
  const number = arrival?.number ?? null;
  return (
    <section className={`${styles['arrival']} never-printed`} aria-label={t('arrival.title')}>
      <span>
        {t('arrival.from')} <ForeignText text={name} />
      </span>
      {arrival?.refusedReason != null ? (
        <span>{t('arrival.refused', { reason: arrival.refusedReason })}</span>
      ) : (
        <span>
          {number === null ? t('arrival.none') : t('arrival.number', { number, day: arrival?.day == null ? '–' : formatDate(arrival.day) })}
        </span>
      )}
      <span className={styles['hint']}>
        {problem === null
          ? messages.length === 0
            ? t('arrival.nothingTold')
            : t('arrival.told', { codes: messages.map(({ code, sentAt }) => `${code}${sentAt === null ? '' : ' ✓'}`).join(', ') })
          : problem[currentLanguage()]}
      </span>
      {can.register && (
        <Button size="compact-md" variant="default" onClick={() => setAsked('register')}>
          {t(number === null ? 'arrival.register' : 'arrival.change')}
        </Button>
      )}
      {can.refuse && (
        <Button size="compact-md" variant="subtle" onClick={() => setAsked('refuse')}>
          {t('arrival.refuse')}
        </Button>
      )}
      {asked === 'register' && <RegisterDialog directive={directive} view={view} onClose={close} />}
      {asked === 'refuse' && <RefuseDialog directive={directive} name={name} onClose={close} />}
    </section>
  );
}

function RegisterDialog({ directive, view, onClose }: { directive: string; view: Arrival; onClose: () => void }): ReactElement {
  const { t } = useTranslation('exchange');
  const { today } = useSession();
  const [number, setNumber] = useState(view.arrival?.number ?? '');
  const [day, setDay] = useState<string | null>(view.arrival?.day ?? today);
  const put = useChange('PUT /directives/{id}/arrival', ARRIVAL_STALE);
  const isMissing = number.trim() === '' || day === null;
  const save = (): void => {
    if (number.trim() === '' || day === null) return;
    put.mutate(
      { params: { id: directive }, body: { number: number.trim(), day } },
      {
        onSuccess: () => {
          showToast({ message: t('arrival.registered') });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('arrival.register')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={save} error={put.error} places={['number', 'day']}>
        <p>{t('arrival.registerMeans')}</p>
        <TextInput
          label={t('arrival.numberLabel')}
          value={number}
          maxLength={30}
          required
          data-autofocus
          onChange={(event) => setNumber(event.currentTarget.value)}
          error={fieldError(put.error, 'number')}
        />
        <DateField label={t('arrival.dayLabel')} value={day} onChange={setDay} error={fieldError(put.error, 'day')} required max={today} />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={put.isPending} disabled={isMissing}>
            {t('arrival.save')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}

function RefuseDialog({ directive, name, onClose }: { directive: string; name: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation('exchange');
  const refuse = useChange('POST /directives/{id}/arrival/refuse', ARRIVAL_STALE);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('arrival.refuse')}
      confirm={t('arrival.refuse')}
      reason="required"
      grave
      busy={refuse.isPending}
      error={refuse.error}
      onConfirm={(reason) =>
        refuse.mutate(
          { params: { id: directive }, body: { reason } },
          {
            onSuccess: () => {
              showToast({ message: t('arrival.refusedDone') });
              onClose();
            },
          },
        )
      }
    >
      <p>{t('arrival.refuseMeans', { name })}</p>
    </ConfirmDialog>
  );
}
