import { Button, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { FormButtons } from '../../ui/form/index.ts';
import styles from './Reports.module.css';

/** Asks before a page is left whose text is not saved. Another figure on the same page is no leaving. */
export function LeaveGuard({ active }: { active: boolean }): ReactElement | null {
  const { t } = useTranslation('reports');
  const blocked = useBlocker({
    shouldBlockFn: ({ current, next }) => active && current.pathname !== next.pathname,
    enableBeforeUnload: () => active,
    withResolver: true,
  });
  if (blocked.status !== 'blocked') return null;
  return (
    <Modal opened onClose={blocked.reset} title={t('leave.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <p className={styles['asked']}>{t('leave.why')}</p>
      <FormButtons>
        <Button variant="default" onClick={blocked.proceed}>
          {t('leave.go')}
        </Button>
        <Button onClick={blocked.reset} data-autofocus>
          {t('leave.stay')}
        </Button>
      </FormButtons>
    </Modal>
  );
}
