import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/error.ts';
import { useChange } from '../../../api/query.ts';
import type { RouteKey, Routes } from '../../../api/contract.ts';
import { useSession } from '../../../api/session.ts';
import { ForeignText } from '../../../ui/document/ForeignText.tsx';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { FilePicker } from '../../../ui/form/FilePicker.tsx';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { TimeField } from '../../../ui/form/TimeField.tsx';
import { useDraft } from '../../../ui/form/useDraft.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { uploadEvidence } from '../api.ts';
import type { Part, Work, WorkItem } from '../api.ts';
import styles from '../Work.module.css';

type Body = Routes['POST /work/{directive}/{organisation}/entered']['body'];
type Via = Body['via'];
type Done = Body['items'][number]['done'];
interface Fields {
  via: Via;
  who: string;
  day: string | null;
  time: string | null;
  note: string;
  number: string;
  arrived: string | null;
  items: Record<string, { answer: string; done: Done | null }>;
}

const VIAS: readonly Via[] = ['phone', 'paper', 'mail', 'chat'];
const DONES: readonly Done[] = ['done', 'doing', 'nothing'];
const MAX_BYTES = 25_000_000;
const STALE: readonly RouteKey[] = [
  'GET /work/{directive}/{organisation}',
  'GET /work/{directive}/{organisation}/declarations',
  'GET /directives/{id}/matrix',
  'GET /directives/{id}/standing',
  'GET /directives/{id}/cells/{organisation}/{requirement}',
];

interface EnterForProps {
  part: Part;
  work: Work;
  onClose: () => void;
}

/** Nhập thay: who at the agency said what by which way and when, with the proof; shown as such until the agency confirms it. */
export function EnterForDialog({ part, work, onClose }: EnterForProps): ReactElement {
  const { t } = useTranslation('work');
  const form = useEntry({ part, work, onClose });
  const { fields, change, chosen } = form;
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('entry.title', { agency: work.receipt.organisationName })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form onSubmit={() => void form.send()} error={form.error} places={['number', 'at', 'file']}>
        <Source form={form} work={work} />
        {form.items.map((item) => (
          <ItemEntry
            key={item.task}
            item={item}
            entry={fields.items[item.task] ?? { answer: item.answer ?? '', done: null }}
            onChange={(entry) => change({ items: { ...fields.items, [item.task]: entry } })}
          />
        ))}
        {!form.complete && <p className={styles['hint']}>{t('entry.incomplete')}</p>}
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={form.busy} disabled={!form.complete}>
            {t('entry.send', { count: chosen.length })}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}

function Source({ form, work }: { form: Entry; work: Work }): ReactElement {
  const { t } = useTranslation('work');
  const { today } = useSession();
  const { fields, change, error } = form;
  return (
    <>
      <div className={styles['row']} style={{ alignItems: 'flex-start' }}>
        <Select
          label={t('entry.via')}
          data={VIAS.map((value) => ({ value, label: t(`declared.via.${value}`) }))}
          value={fields.via}
          allowDeselect={false}
          onChange={(via) => change({ via: via as Via })}
        />
        <DateField
          label={t('entry.day')}
          value={fields.day}
          max={today}
          required
          onChange={(day) => change({ day })}
          error={fieldError(error, 'at')}
        />
        <TimeField label={t('entry.at')} value={fields.time} required onChange={(time) => change({ time })} />
      </div>
      <TextInput
        label={t('entry.who')}
        description={t('entry.whoHint')}
        value={fields.who}
        maxLength={120}
        required
        onChange={(event) => change({ who: event.currentTarget.value })}
      />
      <TextInput
        label={t('entry.note')}
        description={t('entry.noteHint')}
        value={fields.note}
        maxLength={300}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      {work.receipt.state === '01' && (
        <div className={styles['row']} style={{ alignItems: 'flex-start' }}>
          <TextInput
            label={t('entry.number')}
            value={fields.number}
            maxLength={30}
            required
            onChange={(event) => change({ number: event.currentTarget.value })}
            error={fieldError(error, 'number')}
          />
          <DateField label={t('entry.arrived')} value={fields.arrived} max={today} required onChange={(arrived) => change({ arrived })} />
        </div>
      )}
      <FilePicker
        label={t('entry.proof')}
        files={form.files}
        onChange={form.setFiles}
        maxBytes={MAX_BYTES}
        error={fieldError(error, 'file')}
      />
    </>
  );
}

interface ItemEntryProps {
  item: WorkItem;
  entry: { answer: string; done: Done | null };
  onChange: (entry: { answer: string; done: Done | null }) => void;
}

function ItemEntry({ item, entry, onChange }: ItemEntryProps): ReactElement {
  const { t } = useTranslation('work');
  return (
    <fieldset className={styles['item']} style={{ border: 0, margin: 0 }}>
      <legend>
        <span className={styles['path']}>{item.path}</span> <ForeignText text={item.text.slice(0, 200)} />
      </legend>
      <Select
        label={t('entry.state')}
        placeholder={t('entry.skip')}
        data={DONES.map((value) => ({ value, label: t(`declared.done.${value}`) }))}
        value={entry.done}
        clearable
        onChange={(done) => onChange({ ...entry, done: done as Done | null })}
      />
      {entry.done !== null && entry.done !== 'nothing' && (
        <Textarea
          label={t('entry.answer')}
          value={entry.answer}
          autosize
          minRows={2}
          maxLength={20_000}
          required={entry.done === 'done'}
          onChange={(event) => onChange({ ...entry, answer: event.currentTarget.value })}
        />
      )}
    </fieldset>
  );
}

interface Entry {
  fields: Fields;
  change: (part: Partial<Fields>) => void;
  items: readonly WorkItem[];
  chosen: readonly WorkItem[];
  complete: boolean;
  busy: boolean;
  error: ApiError | null;
  files: readonly File[];
  setFiles: (files: readonly File[]) => void;
  send: () => Promise<void>;
}

function useEntry({ part, work, onClose }: EnterForProps): Entry {
  const { t } = useTranslation('work');
  const { today } = useSession();
  const first: Fields = { via: 'phone', who: '', day: today, time: null, note: '', number: '', arrived: today, items: {} };
  const [fields, setFields, clear] = useDraft<Fields>(`work/${part.directive}/${part.organisation}/entry`, first);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const enter = useChange('POST /work/{directive}/{organisation}/entered', STALE);
  const items = work.items.filter(({ state }) => state === 'assigned' || state === 'in-progress' || state === 'more-asked');
  const entryOf = ({ task, answer }: WorkItem) => fields.items[task] ?? { answer: answer ?? '', done: null };
  const chosen = items.filter((item) => entryOf(item).done !== null);
  const isReceived = work.receipt.state !== '01' || (fields.number.trim() !== '' && fields.arrived !== null);
  const complete =
    fields.who.trim() !== '' &&
    fields.day !== null &&
    fields.time !== null &&
    isReceived &&
    chosen.length > 0 &&
    chosen.every((item) => entryOf(item).done !== 'done' || entryOf(item).answer.trim() !== '');
  const bodyOf = (proof: string | undefined): Body => ({
    via: fields.via,
    who: fields.who.trim(),
    at: `${fields.day}T${fields.time}:00+07:00`,
    ...(fields.note.trim() === '' ? {} : { note: fields.note.trim() }),
    ...(proof === undefined ? {} : { proof }),
    ...(work.receipt.state === '01' ? { number: fields.number.trim(), day: fields.arrived ?? today } : {}),
    items: chosen.map((item) => {
      const { answer, done } = entryOf(item);
      return { task: item.task, answer: done === 'nothing' ? '' : answer.trim(), done: done!, seen: item.answer ?? '' };
    }),
  });
  const send = async (): Promise<void> => {
    if (!complete) return;
    setBusy(true);
    setError(null);
    try {
      const [file] = files;
      const source = `${t(`declared.via.${fields.via}`)}: ${fields.who.trim()}`.slice(0, 300);
      const proof = file === undefined ? undefined : (await uploadEvidence({ ...part, file, source }, () => {})).id;
      const { tasks, skipped } = await enter.mutateAsync({ params: { ...part }, body: bodyOf(proof) });
      const left = items.filter(({ task }) => skipped.includes(task)).map(({ path }) => path);
      showToast({
        message: t('entry.sent', { count: tasks.length }) + (left.length > 0 ? ` ${t('entry.skipped', { paths: left.join(', ') })}` : ''),
      });
      clear();
      onClose();
    } catch (problem) {
      setError(problem instanceof ApiError ? problem : new ApiError({ status: 0, code: 'network', message: '' }));
    }
    setBusy(false);
  };
  return { fields, change: (more) => setFields({ ...fields, ...more }), items, chosen, complete, busy, error, files, setFiles, send };
}
