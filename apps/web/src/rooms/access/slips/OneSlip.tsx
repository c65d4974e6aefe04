import { Button } from '@mantine/core';
import { FIRST_PASSWORD_DAYS } from '@vonggac/contract/terms';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { FormButtons } from '../../../ui/form/Form.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { PrintedSlips, SlipFacts } from './Slips.tsx';
import type { Slip } from './Slips.tsx';
import styles from './Slips.module.css';

/** One slip on the screen, to print or to copy by hand; it cannot be shown again. */
export function OneSlip({ slip, onClose }: { slip: Slip; onClose: () => void }): ReactElement {
  const { t } = useTranslation('access');
  return (
    <div className={styles['one']}>
      <p className={styles['once']}>{t('slip.once')}</p>
      <SlipFacts slip={slip} />
      <p className={styles['soft']}>{t('slip.rules', { count: FIRST_PASSWORD_DAYS })}</p>
      <PrintedSlips slips={[slip]} />
      <FormButtons>
        <Button variant="default" onClick={onClose}>
          {t('slip.close')}
        </Button>
        <Button leftSection={<Icon name="print" />} onClick={() => window.print()}>
          {t('slip.print')}
        </Button>
      </FormButtons>
    </div>
  );
}
