import { Button, Modal, Textarea } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { useDraft } from '../../../ui/form/useDraft.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';
import type { Part } from '../api.ts';

interface AskDialogProps {
  part: Part;
  task?: string | undefined;
  path?: string | undefined;
  /** The agency asks; its overseer replies. */
  own: boolean;
  onClose: () => void;
}

/** A question to the overseer, or its reply; both stand in the history that both sides see. */
export function AskDialog({ part, task, path, own, onClose }: AskDialogProps): ReactElement {
  const { t } = useTranslation('work');
  const [text, setText, clear] = useDraft(`work/${part.directive}/${part.organisation}/ask/${task ?? ''}`, '');
  const ask = useWorkAct('POST /work/{directive}/{organisation}/questions');
  const send = (): void => {
    if (text.trim() === '') return;
    ask.mutate(
      { params: part, body: { text: text.trim(), ...(task === undefined ? {} : { task }) } },
      {
        onSuccess: () => {
          clear();
          showToast({ message: t(own ? 'ask.done' : 'ask.replied') });
          onClose();
        },
      },
    );
  };
  const title = own ? (path === undefined ? t('ask.title') : t('ask.titleOf', { path })) : t('ask.replyTitle');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={send} error={ask.error} places={['text']}>
        <Textarea
          label={t(own ? 'ask.label' : 'ask.replyLabel')}
          description={t('ask.hint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={fieldError(ask.error, 'text')}
          autosize
          minRows={3}
          maxLength={5000}
          required
          data-autofocus
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={ask.isPending} disabled={text.trim() === ''}>
            {t('ask.send')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
