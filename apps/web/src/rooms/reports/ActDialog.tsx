import { Button, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { ConfirmDialog, fieldError, Form, FormButtons } from '../../ui/form/index.ts';
import { showToast } from '../../ui/toast/index.ts';
import { STALE } from './api.ts';
import type { Report } from './api.ts';
import type { ReportDraft } from './useReportDraft.ts';
import styles from './Reports.module.css';

export type DialogAct = 'propose' | 'approve' | 'return' | 'issue' | 'discard';

interface ActDialogProps {
  act: DialogAct;
  report: Report;
  draft: ReportDraft;
  onClose: () => void;
}

/** Asks before a report moves on; what is typed is saved before it is put before the leader. */
export function ActDialog(props: ActDialogProps): ReactElement {
  if (props.act === 'issue') return <IssueDialog {...props} />;
  return <MoveDialog {...props} act={props.act} />;
}

function MoveDialog({ act, report, draft, onClose }: ActDialogProps & { act: Exclude<DialogAct, 'issue'> }): ReactElement {
  const { t } = useTranslation('reports');
  const navigate = useNavigate();
  const move = useChange(`POST /reports/{id}/${act}` as 'POST /reports/{id}/return', act === 'discard' ? STALE.slice(0, 1) : STALE);
  const go = async (reason: string): Promise<void> => {
    if (act === 'propose' && draft.changed && !(await draft.save())) return onClose();
    const body = { version: draft.version(), ...(act === 'return' ? { reason } : {}) };
    move.mutate(
      { params: { id: report.id }, body: body as { version: number; reason: string } },
      {
        onSuccess: () => {
          showToast({ message: t(`done.${act}`) });
          onClose();
          if (act === 'discard') {
            draft.takeTheirs();
            void navigate({ to: `/directives/${report.directive.id}/reports`, ignoreBlocker: true });
          }
        },
      },
    );
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(`do.${act}`)}
      confirm={t(`do.${act}`)}
      onConfirm={(reason) => void go(reason)}
      reason={act === 'return' ? 'required' : 'none'}
      grave={act === 'discard'}
      busy={move.isPending || draft.busy}
      error={move.error}
    >
      <p>{t(`ask.${act}`)}</p>
    </ConfirmDialog>
  );
}

function IssueDialog({ report, draft, onClose }: ActDialogProps): ReactElement {
  const { t } = useTranslation('reports');
  const [number, setNumber] = useState('');
  const [day, setDay] = useState<string | null>(null);
  const issue = useChange('POST /reports/{id}/issue', STALE);
  const submit = (): void => {
    if (day === null || number.trim() === '') return;
    issue.mutate(
      { params: { id: report.id }, body: { version: draft.version(), number: number.trim(), day } },
      {
        onSuccess: () => {
          showToast({ message: t('done.issue') });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={t('do.issue')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={submit} error={issue.error} places={['number', 'day']}>
        <p>{t('ask.issue')}</p>
        <div className={styles['pair']}>
          <TextInput
            label={t('issue.number', { symbol: report.symbol })}
            description={report.directive.exerciseName === null ? undefined : t('issue.exercise')}
            value={number}
            maxLength={20}
            required
            data-autofocus
            onChange={(event) => setNumber(event.currentTarget.value)}
            error={fieldError(issue.error, 'number')}
          />
          <DateField label={t('issue.day')} value={day} onChange={setDay} error={fieldError(issue.error, 'day')} required />
        </div>
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={issue.isPending} disabled={day === null || number.trim() === ''}>
            {t('do.issue')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
