import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';
import type { Past } from './PastPeriod.tsx';

/** Đề nghị bổ sung for a period that has ended, with the reason that the agency reads. */
export function AskMore({ period, onClose }: { period: Past; onClose: () => void }): ReactElement {
  const { t } = useTranslation('work');
  const [reason, setReason] = useState('');
  const review = useWorkAct('POST /work/periods');
  const send = (): void =>
    review.mutate(
      { body: { periods: [period.id], act: 'ask-more', reason: reason.trim() } },
      {
        onSuccess: () => {
          showToast({ message: t('period.asked', { number: period.number }) });
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={t('period.more')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={send} error={review.error} places={['reason']}>
        <Textarea
          label={t('period.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fieldError(review.error, 'reason')}
          autosize
          minRows={2}
          maxLength={1000}
          required
          data-autofocus
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={review.isPending} disabled={reason.trim() === ''}>
            {t('period.sendMore')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
