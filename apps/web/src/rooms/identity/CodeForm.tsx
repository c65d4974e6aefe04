import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import styles from './Identity.module.css';
import { delayOf, useCountdown } from './useCountdown.ts';

interface CodeFormProps {
  lead: string;
  button: string;
  onDone: () => void;
  onCancel: () => void;
  /** What giving up does here; *cancel* where it is left out. */
  cancel?: string;
}

/** One field for a code of the authenticator, or a recovery code for who has lost the phone. */
export function CodeForm({ lead, button, onDone, onCancel, cancel }: CodeFormProps): ReactElement {
  const { t } = useTranslation('identity');
  const [lost, setLost] = useState(false);
  const [code, setCode] = useState('');
  const [wait, setWait] = useCountdown();
  const enter = useChange('POST /session/code');
  const plain = code.replaceAll(/\s/g, '');
  const ready = wait === 0 && (lost ? plain.length >= 16 : /^\d{6}$/.test(plain));
  const submit = (): void => {
    if (!ready) return;
    enter.mutate(
      { body: { code: plain } },
      {
        onError: (error) => {
          setWait(delayOf(error));
          if (!lost) setCode('');
        },
        onSuccess: ({ codesLeft }) => {
          if (codesLeft !== null) showToast({ message: t('code.left', { count: codesLeft }) });
          onDone();
        },
      },
    );
  };
  return (
    <Form onSubmit={submit} error={wait > 0 ? null : enter.error} places={['code']} label={t('code.title')}>
      <p className={styles['quiet']}>{lead}</p>
      <TextInput
        key={lost ? 'recovery' : 'totp'}
        label={t(lost ? 'code.recovery' : 'code.field')}
        description={t(lost ? 'code.recoveryHint' : 'code.hint')}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={fieldError(enter.error, 'code')}
        classNames={{ input: styles['code'] ?? '' }}
        inputMode={lost ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={lost ? 30 : 8}
        autoFocus
        data-autofocus
        required
      />
      {wait > 0 && (
        <p className={styles['wait']} role="status">
          {t('code.wait', { count: wait })}
        </p>
      )}
      <button type="button" className={styles['other']} onClick={() => (setLost(!lost), setCode(''), enter.reset())}>
        {t(lost ? 'code.phone' : 'code.lost')}
      </button>
      <FormButtons>
        <Button variant="default" onClick={onCancel}>
          {cancel ?? t('ui:cancel')}
        </Button>
        <Button type="submit" loading={enter.isPending} disabled={!ready}>
          {button}
        </Button>
      </FormButtons>
    </Form>
  );
}
