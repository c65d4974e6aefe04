import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/error.ts';
import { useChange } from '../../api/query.ts';
import { Brand } from '../../shell/Brand.tsx';
import { LanguageSwitch } from '../../shell/LanguageSwitch.tsx';
import { safeWayBack } from '../../shell/wayBack.ts';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form } from '../../ui/form/Form.tsx';
import { useDraft } from '../../ui/form/useDraft.ts';
import { usePageTitle } from '../../ui/page/PageHeader.tsx';
import styles from './Identity.module.css';
import { type Provider, ProviderButtons } from './ProviderButtons.tsx';
import { delayOf, useCountdown } from './useCountdown.ts';

/** Signing in and nothing else; failures delay, they never lock for good. */
export function SignInPage(): ReactElement {
  const { t } = useTranslation('identity');
  usePageTitle(t('signIn.title'));
  const navigate = useNavigate();
  const client = useQueryClient();
  const { back } = useSearch({ strict: false }) as { back?: string };
  const [username, setUsername] = useDraft('sign-in/username', '');
  const [password, setPassword] = useState('');
  const [directory, setDirectory] = useState<Provider | null>(null);
  const here = useChange('POST /sign-in');
  const there = useChange('POST /sign-in/ldap');
  const signIn = directory === null ? here : there;
  const [wait, setWait] = useCountdown();
  const submit = (): void => {
    if (wait > 0) return;
    const answers = {
      onError: (error: ApiError) => setWait(delayOf(error)),
      onSuccess: () => {
        client.clear();
        void navigate({ href: safeWayBack(back), replace: true });
      },
    };
    const body = { username: username.trim(), password };
    if (directory === null) here.mutate({ body }, answers);
    else there.mutate({ body }, answers);
  };
  const change = (to: Provider | null): void => {
    setPassword('');
    here.reset();
    there.reset();
    setDirectory(to);
  };
  const name = directory?.name ?? '';
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <Brand />
        <LanguageSwitch />
      </header>
      <main className={styles['sheet']}>
        <h1 className={styles['title']}>{t('signIn.title')}</h1>
        <p className={styles['lead']}>{t('signIn.lead')}</p>
        <Form onSubmit={submit} error={wait > 0 ? null : signIn.error} places={['username', 'password']} label={t('signIn.title')}>
          <TextInput
            key={directory?.kind ?? 'own'}
            label={directory === null ? t('signIn.username') : t('through.username', { name })}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
            error={fieldError(signIn.error, 'username')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={username === ''}
            required
          />
          <PasswordInput
            label={directory === null ? t('signIn.password') : t('through.password', { name })}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={fieldError(signIn.error, 'password')}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
            required
          />
          {wait > 0 && (
            <p className={styles['wait']} role="status">
              {t('signIn.wait', { count: wait })}
            </p>
          )}
          <Button type="submit" loading={signIn.isPending} disabled={wait > 0 || username.trim() === '' || password === ''} fullWidth>
            {t('signIn.button')}
          </Button>
        </Form>
        <ProviderButtons directory={directory} onDirectory={change} back={back} />
      </main>
      <footer className={styles['quiet']}>{t('signIn.help')}</footer>
    </div>
  );
}
