import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useChange } from '../../api/query.ts';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons, Problem } from '../../ui/form/Form.tsx';
import styles from './Identity.module.css';
import { delayOf, useCountdown } from './useCountdown.ts';

type Begun = Routes['POST /second-factor']['output'];

interface SetUpFactorProps {
  /** The ten recovery codes. */
  onDone: (codes: readonly string[]) => void;
  onCancel: () => void;
  cancel: string;
}

/** Three steps on one page: an app, the QR code or the key, a code that proves it. */
export function SetUpFactor({ onDone, onCancel, cancel }: SetUpFactorProps): ReactElement {
  const { t } = useTranslation('identity');
  const begin = useChange('POST /second-factor');
  if (begin.data !== undefined) return <Confirm begun={begin.data} onDone={onDone} onCancel={onCancel} cancel={cancel} />;
  return (
    <>
      {begin.error !== null && <Problem error={begin.error} />}
      <ol className={styles['steps']}>
        <li>{t('factor.step.app')}</li>
        <li>{t('factor.step.scan')}</li>
        <li>{t('factor.step.keep')}</li>
      </ol>
      <FormButtons>
        <Button variant="default" onClick={onCancel}>
          {cancel}
        </Button>
        <Button loading={begin.isPending} onClick={() => begin.mutate({ body: {} })}>
          {t('factor.begin')}
        </Button>
      </FormButtons>
    </>
  );
}

function Confirm({ begun, onDone, onCancel, cancel }: SetUpFactorProps & { begun: Begun }): ReactElement {
  const { t } = useTranslation('identity');
  const [code, setCode] = useState('');
  const [wait, setWait] = useCountdown();
  const confirm = useChange('POST /second-factor/confirm');
  const plain = code.replaceAll(/\s/g, '');
  const ready = wait === 0 && /^\d{6}$/.test(plain);
  const submit = (): void => {
    if (!ready) return;
    confirm.mutate(
      { body: { code: plain } },
      { onError: (error) => setWait(delayOf(error)), onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes) },
    );
  };
  return (
    <Form onSubmit={submit} error={wait > 0 ? null : confirm.error} places={['code']} label={t('factor.title')}>
      <div className={styles['enrol']}>
        <QrCode qr={begun.qr} label={t('factor.qr')} />
        <div>
          <p>{t('factor.scan')}</p>
          <p className={styles['quiet']}>{t('factor.byHand')}</p>
          <code className={styles['key']}>{begun.key.match(/.{4}/g)?.join(' ')}</code>
          <p className={styles['quiet']}>{t('factor.kind')}</p>
          <p>
            <a href={begun.uri}>{t('factor.here')}</a>
          </p>
        </div>
      </div>
      <TextInput
        label={t('factor.firstCode')}
        description={t('code.hint')}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={fieldError(confirm.error, 'code')}
        classNames={{ input: styles['code'] ?? '' }}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
        required
      />
      {wait > 0 && (
        <p className={styles['wait']} role="status">
          {t('code.wait', { count: wait })}
        </p>
      )}
      <FormButtons>
        <Button variant="default" onClick={onCancel}>
          {cancel}
        </Button>
        <Button type="submit" loading={confirm.isPending} disabled={!ready}>
          {t('factor.confirm')}
        </Button>
      </FormButtons>
    </Form>
  );
}

function QrCode({ qr, label }: { qr: Begun['qr']; label: string }): ReactElement {
  return (
    <svg className={styles['qr']} viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={qr.size} height={qr.size} fill="#fff" />
      <path d={qr.path} fill="#000" />
    </svg>
  );
}
