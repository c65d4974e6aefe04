import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../../api/query.ts';
import { ConfirmDialog } from '../../ui/form/ConfirmDialog.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { ErrorState, LoadingLines } from '../../ui/page/PageStates.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Identity.module.css';
import { LinkFacts, type LinkItem } from './LinksPanel.tsx';

const STALE = ['GET /people/{id}/sign-in-links'] as const;
type Person = { id: string; name: string };

/** For the administrator: a person's accounts at the sign-in providers; nothing where none is configured. */
export function PersonLinks({ person, closed }: { person: Person; closed: boolean }): ReactElement | null {
  const { t } = useTranslation('identity');
  const links = useApi('GET /people/{id}/sign-in-links', { params: { id: person.id } });
  const [asked, setAsked] = useState<{ item: LinkItem; act: 'enter' | 'clear' } | null>(null);
  if (links.data === undefined)
    return links.error === null ? <LoadingLines /> : <ErrorState error={links.error} onRetry={() => void links.refetch()} />;
  if (links.data.items.length === 0) return null;
  return (
    <section className={styles['stack']}>
      <h2>{t('link.title')}</h2>
      <ul className={styles['sessions']}>
        {links.data.items.map((item) => (
          <li key={item.kind}>
            <LinkFacts item={item} />
            <div className={styles['row']}>
              <Button variant="default" onClick={() => setAsked({ item, act: 'enter' })} disabled={closed}>
                {t(item.link === null ? 'link.enter' : 'link.change')}
              </Button>
              {item.link !== null && (
                <Button variant="default" onClick={() => setAsked({ item, act: 'clear' })}>
                  {t('link.end')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {asked?.act === 'enter' && <EnterDialog person={person} item={asked.item} onClose={() => setAsked(null)} />}
      {asked?.act === 'clear' && <ClearDialog person={person} item={asked.item} onClose={() => setAsked(null)} />}
    </section>
  );
}

interface DialogProps {
  person: Person;
  item: LinkItem;
  onClose: () => void;
}

function EnterDialog({ person, item, onClose }: DialogProps): ReactElement {
  const { t } = useTranslation('identity');
  const { t: ui } = useTranslation('ui');
  const [subject, setSubject] = useState('');
  const [reason, setReason] = useState('');
  const set = useChange('POST /people/{id}/sign-in-links', STALE);
  const ready = subject.trim() !== '' && reason.trim() !== '';
  const submit = (): void => {
    if (!ready) return;
    set.mutate(
      { params: { id: person.id }, body: { kind: item.kind, subject: subject.trim(), reason: reason.trim() } },
      { onSuccess: () => (onClose(), showToast({ message: t('link.doneFor', { name: person.name }) })) },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('link.enterTitle', { name: item.name })} closeButtonProps={{ 'aria-label': ui('close') }}>
      <Form onSubmit={submit} error={set.error} places={['subject', 'reason']}>
        <p>{t('link.enterDetail', { name: person.name, provider: item.name })}</p>
        <TextInput
          label={t('link.subject')}
          description={t(item.kind === 'oidc' ? 'link.subHint' : 'link.entryHint')}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
          error={fieldError(set.error, 'subject')}
          maxLength={255}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-autofocus
          required
        />
        <Textarea
          label={ui('confirm.reason')}
          description={ui('confirm.reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fieldError(set.error, 'reason')}
          required
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {ui('cancel')}
          </Button>
          <Button type="submit" loading={set.isPending} disabled={!ready}>
            {t('link.make')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}

function ClearDialog({ person, item, onClose }: DialogProps): ReactElement {
  const { t } = useTranslation('identity');
  const clear = useChange('POST /people/{id}/sign-in-links/end', STALE);
  const confirm = (reason: string): void =>
    clear.mutate(
      { params: { id: person.id }, body: { kind: item.kind, reason } },
      { onSuccess: () => (onClose(), showToast({ message: t('link.endedFor', { name: person.name }) })) },
    );
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('link.endTitle', { name: item.name })}
      confirm={t('link.end')}
      onConfirm={confirm}
      reason="required"
      grave
      busy={clear.isPending}
      error={clear.error}
    >
      {t('link.clearDetail', { name: person.name, provider: item.name })}
    </ConfirmDialog>
  );
}
