import { Button, Checkbox, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/error.ts';
import { useSession } from '../../../api/session.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { FilePicker } from '../../../ui/form/FilePicker.tsx';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { useDraft } from '../../../ui/form/useDraft.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { uploadEvidence, useWorkAct } from '../api.ts';
import type { HandedPart, Part, WorkItem } from '../api.ts';
import { lateText } from '../approval/proposing.ts';
import { saveAll } from '../unsaved.ts';
import { UploadProgress } from '../components/UploadProgress.tsx';
import styles from '../Work.module.css';

interface SubmitDialogProps {
  part: Part;
  /** What is still open. */
  items: readonly WorkItem[];
  /** Parts that units below have not answered. */
  waiting: readonly HandedPart[];
  onClose: () => void;
  source?: string | undefined;
  /** It goes to the own leader first. */
  proposing: boolean;
}

const MAX_BYTES = 25_000_000;

interface Fields {
  /** The report's own id, made here: a retry after a lost answer is the same report. */
  id: string;
  signed: boolean;
  code: string;
  day: string | null;
  signer: string;
  note: string;
  difficulties: string;
  proposals: string;
  /** For the own leader. */
  told: string;
}

/** Hands in the answers: one signed report for all or some items, or the answers alone. */
export function SubmitDialog({ part, items, waiting, onClose, source, proposing }: SubmitDialogProps): ReactElement {
  const { t } = useTranslation('work');
  const form = useSubmission({ part, items, waiting, onClose, source, proposing });
  const { fields, change, chosen, error } = form;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(proposing ? 'approval.title' : 'submit.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form onSubmit={() => void form.send()} error={error} places={['report.code', 'report.day', 'report.signer', 'report.file', 'file']}>
        <ItemChoice items={items} chosen={chosen} onChange={form.setChosen} />
        <StillOpen parts={waiting.filter(({ task }) => chosen.includes(task))} />
        <Checkbox
          label={t('submit.signed')}
          description={t('submit.signedHint')}
          checked={fields.signed}
          onChange={(event) => change({ signed: event.currentTarget.checked })}
        />
        {fields.signed && <ReportFields form={form} />}
        {proposing && <ToLeader form={form} items={items} />}
        {form.share !== null && <UploadProgress share={form.share} name={form.files[0]?.name ?? ''} />}
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={form.busy} disabled={!form.complete}>
            {t(proposing ? 'approval.button' : 'submit.confirm', { count: chosen.length })}
          </Button>
        </FormButtons>
        {!form.complete && <p className={styles['hint']}>{t(chosen.length === 0 ? 'submit.chooseItems' : 'submit.missing')}</p>}
      </Form>
    </Modal>
  );
}

/** Handing in does not wait for the units below, but names who has not answered. */
function StillOpen({ parts }: { parts: readonly HandedPart[] }): ReactElement | null {
  const { t } = useTranslation('work');
  if (parts.length === 0) return null;
  return (
    <div className={styles['notice']} role="note">
      {t('give.stillOpen')}
      <ul>
        {parts.map(({ id, path, unit }) => (
          <li key={id}>
            {unit.name} · {path}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ItemChoice({
  items,
  chosen,
  onChange,
}: {
  items: readonly WorkItem[];
  chosen: readonly string[];
  onChange: (next: string[]) => void;
}): ReactElement {
  const { t } = useTranslation('work');
  return (
    <fieldset className={styles['choices']} style={{ border: 0, margin: 0 }}>
      <legend className={styles['hint']}>{t('submit.items')}</legend>
      {items.map(({ task, path, text, answer }) => (
        <Checkbox
          key={task}
          label={`${path} · ${text.slice(0, 110)}${text.length > 110 ? '…' : ''}`}
          description={answer === null || answer === '' ? t('submit.unanswered') : undefined}
          checked={chosen.includes(task)}
          onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, task] : chosen.filter((id) => id !== task))}
        />
      ))}
    </fieldset>
  );
}

function ReportFields({ form }: { form: Submission }): ReactElement {
  const { t } = useTranslation('work');
  const { today } = useSession();
  const { fields, change, error } = form;
  return (
    <>
      <TextInput
        label={t('submit.code')}
        placeholder="45/BC-UBND"
        value={fields.code}
        onChange={(event) => change({ code: event.currentTarget.value })}
        error={fieldError(error, 'report.code')}
        required
        maxLength={60}
      />
      <DateField
        label={t('submit.day')}
        value={fields.day}
        onChange={(day) => change({ day })}
        error={fieldError(error, 'report.day')}
        required
        max={today}
      />
      <TextInput
        label={t('submit.signer')}
        placeholder={t('submit.signerExample')}
        value={fields.signer}
        onChange={(event) => change({ signer: event.currentTarget.value })}
        error={fieldError(error, 'report.signer')}
        required
        maxLength={120}
      />
      <FilePicker
        label={t('submit.file')}
        files={form.files}
        onChange={form.setFiles}
        accept=".pdf,.docx,.jpg,.png"
        maxBytes={MAX_BYTES}
        error={fieldError(error, 'report.file') ?? fieldError(error, 'file')}
      />
      {(['difficulties', 'proposals'] as const).map((field) => (
        <Textarea
          key={field}
          label={t(`submit.${field}`)}
          description={field === 'difficulties' ? t('submit.flows') : undefined}
          value={fields[field] ?? ''}
          onChange={(event) => change({ [field]: event.currentTarget.value })}
          error={fieldError(error, `report.${field}`)}
          autosize
          minRows={1}
          maxLength={5000}
        />
      ))}
      <Textarea
        label={t('submit.note')}
        value={fields.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        autosize
        minRows={2}
        maxLength={5000}
      />
    </>
  );
}

/** What the leader is told, and until when that one must have decided. */
function ToLeader({ form, items }: { form: Submission; items: readonly WorkItem[] }): ReactElement {
  const { t } = useTranslation('work');
  const [first] = items
    .filter(({ task, due, answeredAt }) => form.chosen.includes(task) && due !== null && answeredAt === null)
    .map(({ due, timeState }) => ({ due: due ?? '', timeState }))
    .toSorted((a, b) => a.due.localeCompare(b.due));
  return (
    <>
      <p className={styles['notice']} role="note">
        {t('approval.detail')}
        {first !== undefined && <> {lateText(first, t)}</>}
      </p>
      <TextInput
        label={t('approval.note')}
        value={form.fields.told ?? ''}
        onChange={(event) => form.change({ told: event.currentTarget.value })}
        maxLength={1000}
      />
    </>
  );
}

/** What is filled in of the free texts; a draft that was kept from before may lack some. */
function written<T extends Record<string, string | undefined>>(texts: T): Partial<Record<keyof T, string>> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => (text ?? '').trim() !== '')) as Partial<Record<keyof T, string>>;
}

type Submission = ReturnType<typeof useSubmission>;

function useSubmission({ part, items, onClose, source, proposing }: SubmitDialogProps) {
  const { t } = useTranslation('work');
  const { today } = useSession();
  const [fields, setFields, clear] = useDraft<Fields>(`work/${part.directive}/${part.organisation}/report`, {
    id: crypto.randomUUID(),
    signed: true,
    code: '',
    day: today,
    signer: '',
    note: '',
    difficulties: '',
    proposals: '',
    told: '',
  });
  const [chosen, setChosen] = useState<string[]>(items.map(({ task }) => task));
  const [files, setFiles] = useState<readonly File[]>([]);
  const [share, setShare] = useState<number | null>(null);
  const [failed, setFailed] = useState<ApiError | null>(null);
  const submit = useWorkAct('POST /work/{directive}/{organisation}/submit');
  const filled = fields.code.trim() !== '' && fields.day !== null && fields.signer.trim() !== '' && files.length > 0;
  const send = async (): Promise<void> => {
    setFailed(null);
    const { id, code, day, signer, note, difficulties, proposals, signed, told } = fields;
    try {
      if (!(await saveAll(chosen))) throw new ApiError({ status: 0, code: 'work.unsaved', message: t('submit.unsaved') });
      const [file] = files;
      if (signed && file !== undefined) {
        setShare(0);
        await uploadEvidence({ ...part, file, report: id, source }, setShare);
      }
      const report = signed && day !== null ? { report: { id, code, day, signer, ...written({ note, difficulties, proposals }) } } : {};
      const forLeader = proposing && (told ?? '').trim() !== '' ? { note: told.trim() } : {};
      const periods = Object.fromEntries(
        items.flatMap(({ task, period }) => (period !== null && chosen.includes(task) ? [[task, period.number]] : [])),
      );
      const body = { tasks: chosen, periods, ...report, ...forLeader, ...(source === undefined ? {} : { source }) };
      const sent = await submit.mutateAsync({ params: part, body });
      showToast({ message: t(sent.proposal === null ? 'submit.done' : 'approval.done', { count: chosen.length }) });
      clear();
      onClose();
    } catch (error) {
      if (error instanceof ApiError) setFailed(error);
      else throw error;
    } finally {
      setShare(null);
    }
  };
  return {
    fields,
    chosen,
    setChosen,
    files,
    setFiles,
    share,
    send,
    error: failed,
    busy: share !== null || submit.isPending,
    complete: chosen.length > 0 && (!fields.signed || filled),
    change: (part: Partial<Fields>): void => setFields((former) => ({ ...former, ...part })),
  };
}
