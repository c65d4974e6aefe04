import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../i18n/format.ts';
import { FormButtons } from '../../ui/form/Form.tsx';
import { Icon } from '../../ui/icons.tsx';
import styles from './Identity.module.css';

interface RecoveryCodesProps {
  codes: readonly string[];
  username: string;
  onDone: () => void;
}

/** Ten codes for the day the phone is gone: shown this once, to print or to write down. */
export function RecoveryCodes({ codes, username, onDone }: RecoveryCodesProps): ReactElement {
  const { t } = useTranslation('identity');
  const [kept, setKept] = useState(false);
  const [at] = useState(() => new Date().toISOString());
  return (
    <>
      <p className={`${styles['wait']} never-printed`}>{t('recovery.once')}</p>
      <div className="only-printed">
        <strong>{t('recovery.printed', { username, at: formatDateTime(at) })}</strong>
      </div>
      <ol className={styles['codes']}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p className={styles['quiet']}>{t('recovery.rules')}</p>
      <div className={`${styles['stack']} never-printed`}>
        <Checkbox label={t('recovery.kept')} checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
        <FormButtons>
          <Button variant="default" leftSection={<Icon name="print" />} onClick={() => window.print()}>
            {t('recovery.print')}
          </Button>
          <Button disabled={!kept} onClick={onDone}>
            {t('recovery.done')}
          </Button>
        </FormButtons>
      </div>
    </>
  );
}
