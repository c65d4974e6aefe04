import { Button, Modal } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/error.ts';
import { FormButtons } from '../../ui/form/Form.tsx';
import { CodeForm } from './CodeForm.tsx';

/** Asks for a code before an act that reaches far; says the way for who has no second factor yet. */
export function FreshCodeDialog({ refusal, onClose }: { refusal: ApiError; onClose: (accepted: boolean) => void }): ReactElement {
  const { t } = useTranslation('identity');
  const navigate = useNavigate();
  const missing = refusal.code === 'identity.factor_needed';
  const setUp = (): void => {
    onClose(false);
    void navigate({ to: '/second-factor' });
  };
  return (
    <Modal
      opened
      onClose={() => onClose(false)}
      title={t(missing ? 'fresh.missingTitle' : 'fresh.title')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      zIndex={400}
    >
      {missing ? (
        <>
          <p>{t('fresh.missing')}</p>
          <FormButtons>
            <Button variant="default" onClick={() => onClose(false)}>
              {t('ui:cancel')}
            </Button>
            <Button onClick={setUp}>{t('factor.setUp')}</Button>
          </FormButtons>
        </>
      ) : (
        <CodeForm
          lead={t('fresh.lead', { count: Number(refusal.details['minutes'] ?? 10) })}
          button={t('fresh.button')}
          onDone={() => onClose(true)}
          onCancel={() => onClose(false)}
        />
      )}
    </Modal>
  );
}
