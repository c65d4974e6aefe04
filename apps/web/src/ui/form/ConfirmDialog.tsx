import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/error.ts';
import { fieldError } from './fieldError.ts';
import { Form, FormButtons } from './Form.tsx';

interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, in figures: how many, whom it reaches, whether it can be undone. */
  children: ReactNode;
  /** The verb on the button: *Thu hồi văn bản*. */
  confirm: string;
  onConfirm: (reason: string) => void;
  /** `required`: the act stays greyed until a reason stands there. */
  reason?: 'required' | 'optional' | 'none';
  grave?: boolean;
  busy?: boolean;
  error?: ApiError | null;
}

/** Asks before an act that reaches others; the reason goes into the audit log. The server's place for it is `reason`. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactElement {
  const { opened, onClose, title, children, confirm, onConfirm, reason = 'none', grave = false, busy = false, error = null } = props;
  const { t } = useTranslation('ui');
  const [text, setText] = useState('');
  const missing = reason === 'required' && text.trim() === '';
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <Form onSubmit={() => missing || onConfirm(text.trim())} error={error} places={['reason']}>
        <div>{children}</div>
        {reason !== 'none' && (
          <Textarea
            label={t('confirm.reason')}
            description={t('confirm.reasonHint')}
            required={reason === 'required'}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={fieldError(error, 'reason')}
            data-autofocus
          />
        )}
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={missing} color={grave ? 'var(--missed)' : 'action'}>
            {confirm}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
