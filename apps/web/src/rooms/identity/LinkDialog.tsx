import { Button, Modal, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import type { LinkItem } from './LinksPanel.tsx';

const STALE = ['GET /sign-in-links'] as const;

/** Links one's account at a provider, or ends the link; asks for the password where there is no second factor. */
export function LinkDialog({ item, onClose }: { item: LinkItem; onClose: () => void }): ReactElement {
  const { t } = useTranslation('identity');
  const { factor } = useSession();
  const [current, setCurrent] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const begin = useChange('POST /sign-in-links/oidc');
  const join = useChange('POST /sign-in-links/ldap', STALE);
  const end = useChange('POST /sign-in-links/end', STALE);
  const ends = item.link !== null;
  const asksDirectory = !ends && item.kind === 'ldap';
  const acting = ends ? end : asksDirectory ? join : begin;
  const own = factor.on ? {} : { current };
  const ready = (factor.on || current !== '') && (!asksDirectory || (username.trim() !== '' && password !== ''));
  const done = (message: string) => ({ onSuccess: () => (onClose(), showToast({ message })) });
  const submit = (): void => {
    if (!ready) return;
    if (ends) end.mutate({ body: { kind: item.kind, ...own } }, done(t('link.ended')));
    else if (asksDirectory) join.mutate({ body: { username: username.trim(), password, ...own } }, done(t('link.done')));
    else begin.mutate({ body: own }, { onSuccess: ({ url }) => globalThis.location.assign(url) });
  };
  const secret = { visibilityToggleButtonProps: { 'aria-label': t('signIn.showPassword') }, required: true };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(ends ? 'link.endTitle' : 'link.makeTitle', { name: item.name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form onSubmit={submit} error={acting.error} places={['current', 'username', 'password']}>
        <p>{t(ends ? 'link.endDetail' : asksDirectory ? 'link.directoryDetail' : 'link.makeDetail', { name: item.name })}</p>
        {asksDirectory && (
          <>
            <TextInput
              label={t('through.username', { name: item.name })}
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
              error={fieldError(acting.error, 'username')}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              data-autofocus
              required
            />
            <PasswordInput
              label={t('through.password', { name: item.name })}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              error={fieldError(acting.error, 'password')}
              autoComplete="off"
              {...secret}
            />
          </>
        )}
        {!factor.on && (
          <PasswordInput
            label={t('link.current')}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            error={fieldError(acting.error, 'current')}
            autoComplete="current-password"
            {...secret}
          />
        )}
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={acting.isPending} disabled={!ready} color={ends ? 'var(--missed)' : 'action'}>
            {t(ends ? 'link.end' : asksDirectory ? 'link.make' : 'link.go')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
