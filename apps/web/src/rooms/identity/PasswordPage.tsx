import { Button, PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import { useSignOut } from '../../shell/useSignOut.ts';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { PageHeader } from '../../ui/page/PageHeader.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Identity.module.css';

const SHORTEST = 12;

/** Changing the password, by choice or because the first one was handed over. */
export function PasswordPage(): ReactElement {
  const { t } = useTranslation('identity');
  const { mustChangePassword } = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const change = useChange('POST /password');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const tooShort = next !== '' && [...next].length < SHORTEST;
  const different = again !== '' && again !== next;
  const ready = current !== '' && next !== '' && again === next && !tooShort;
  const submit = (): void => {
    if (!ready) return;
    change.mutate(
      { body: { current, next } },
      {
        onSuccess: async () => {
          await client.refetchQueries({ queryKey: ['GET /session'] });
          showToast({ message: t('password.changed') });
          await navigate({ to: '/' });
        },
      },
    );
  };
  return (
    <>
      <PageHeader title={t('password.title')} lead={mustChangePassword ? t('password.forced') : t('password.lead')} />
      <Panel>
        <Form onSubmit={submit} error={change.error} places={['current', 'next']} label={t('password.title')}>
          <Secret
            label={t('password.current')}
            value={current}
            onChange={setCurrent}
            error={fieldError(change.error, 'current')}
            autoComplete="current-password"
          />
          <Secret
            label={t('password.next')}
            value={next}
            onChange={setNext}
            error={tooShort ? t('password.tooShort', { count: SHORTEST }) : fieldError(change.error, 'next')}
            autoComplete="new-password"
          />
          <Secret
            label={t('password.again')}
            value={again}
            onChange={setAgain}
            error={different ? t('password.different') : null}
            autoComplete="new-password"
          />
          <ul className={styles['rules']}>
            <li>{t('password.rule.length', { count: SHORTEST })}</li>
            <li>{t('password.rule.phrase')}</li>
            <li>{t('password.rule.others')}</li>
          </ul>
          <FormButtons>
            <Button variant="default" onClick={() => void (mustChangePassword ? signOut() : navigate({ to: '/account' }))}>
              {mustChangePassword ? t('password.signOut') : t('ui:cancel')}
            </Button>
            <Button type="submit" loading={change.isPending} disabled={!ready}>
              {t('password.button')}
            </Button>
          </FormButtons>
        </Form>
      </Panel>
    </>
  );
}

interface SecretProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | null;
  autoComplete: string;
}

function Secret({ label, value, onChange, error, autoComplete }: SecretProps): ReactElement {
  const { t } = useTranslation('identity');
  return (
    <PasswordInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      autoComplete={autoComplete}
      visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
      required
    />
  );
}
