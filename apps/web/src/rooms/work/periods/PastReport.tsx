import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../ui/form/useDraft.ts';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';
import { EvidenceAdd } from '../components/EvidenceAdd.tsx';
import styles from '../Work.module.css';
import type { Past } from './PastPeriod.tsx';

/** Báo cáo bù: the result of a period that has ended, below its row. */
export function PastReport({ period, source, onClose }: { period: Past; source: string | undefined; onClose: () => void }): ReactElement {
  const { t } = useTranslation('work');
  const part = { directive: period.directive.id, organisation: period.organisation.id };
  const [text, setText, clear] = useDraft<string>(`work/period/${period.id}`, period.answer ?? '');
  const [sent, setSent] = useState(false);
  const report = useWorkAct('POST /work/{directive}/{organisation}/periods/{period}');
  const send = async (): Promise<void> => {
    try {
      await report.mutateAsync({
        params: { ...part, period: period.id },
        body: { answer: text.trim(), ...(source === undefined ? {} : { source }) },
      });
      setSent(true);
      clear();
      showToast({ message: t('period.done', { number: period.number }) });
      onClose();
    } catch {
      // Said in the form.
    }
  };
  return (
    <div className={styles['pastForm']}>
      <Form onSubmit={() => void send()} error={report.error} places={['answer']}>
        <Textarea
          label={t('period.answer', { number: period.number })}
          placeholder={t('answer.placeholder')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={fieldError(report.error, 'answer')}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={20_000}
          data-autofocus
        />
        <div className={styles['row']}>
          <EvidenceAdd part={part} task={period.task} period={period.number} source={source} />
        </div>
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={report.isPending} disabled={sent}>
            {t('period.send')}
          </Button>
        </FormButtons>
      </Form>
    </div>
  );
}
