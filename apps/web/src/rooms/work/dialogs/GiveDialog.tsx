import { Button, Checkbox, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { useSession } from '../../../api/session.ts';
import { DateField } from '../../../ui/form/DateField.tsx';
import { fieldError } from '../../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../../ui/form/Form.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkAct } from '../api.ts';
import type { Part, WorkItem } from '../api.ts';
import { formatDue } from '../deadline.ts';
import styles from '../Work.module.css';

interface GiveDialogProps {
  part: Part;
  /** The item it was opened at, chosen to begin with. */
  item: WorkItem;
  items: readonly WorkItem[];
  onClose: () => void;
}

const MANY = 8;

/** Giao đơn vị trực thuộc: which items, to which units, until when. */
export function GiveDialog({ part, item, items, onClose }: GiveDialogProps): ReactElement {
  const { t } = useTranslation('work');
  const { today } = useSession();
  const [tasks, setTasks] = useState<readonly string[]>([item.task]);
  const [units, setUnits] = useState<readonly string[]>([]);
  const [day, setDay] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const give = useWorkAct('POST /work/{directive}/{organisation}/parts');
  const first = items
    .filter(({ task, due }) => tasks.includes(task) && due !== null)
    .map(({ due }) => due ?? '')
    .toSorted()[0];
  const send = (): void =>
    give.mutate(
      {
        params: part,
        body: {
          tasks: [...tasks],
          units: [...units],
          ...(day === null ? {} : { day }),
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        },
      },
      {
        onSuccess: ({ given }) => {
          showToast({ message: t('give.done', { count: given }) });
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={t('give.title')} size="lg" closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={send} error={give.error} places={['units', 'tasks', 'day', 'note']}>
        <fieldset className={styles['choices']} style={{ border: 0, margin: 0 }}>
          <legend className={styles['hint']}>{t('give.items')}</legend>
          {items.map(({ task, path, text }) => (
            <Checkbox
              key={task}
              label={`${path} · ${text.slice(0, 110)}${text.length > 110 ? '…' : ''}`}
              checked={tasks.includes(task)}
              onChange={(event) => setTasks(event.currentTarget.checked ? [...tasks, task] : tasks.filter((id) => id !== task))}
            />
          ))}
        </fieldset>
        <Units chosen={units} onChange={setUnits} error={fieldError(give.error, 'units')} />
        <DateField
          label={t('give.day')}
          description={first === undefined ? t('give.dayFree') : t('give.dayHint', { due: formatDue(first) })}
          value={day}
          onChange={setDay}
          error={fieldError(give.error, 'day')}
          min={today}
        />
        <Textarea
          label={t('give.note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={fieldError(give.error, 'note')}
          autosize
          minRows={2}
          maxLength={1000}
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={give.isPending} disabled={tasks.length === 0 || units.length === 0}>
            {t('give.confirm', { count: units.length })}
          </Button>
        </FormButtons>
        {units.length === 0 && <p className={styles['hint']}>{t('give.chooseUnits')}</p>}
      </Form>
    </Modal>
  );
}

interface UnitsProps {
  chosen: readonly string[];
  onChange: (next: readonly string[]) => void;
  error: string | null;
}

function Units({ chosen, onChange, error }: UnitsProps): ReactElement {
  const { t } = useTranslation('work');
  const [q, setQ] = useState('');
  const units = useApi('GET /work/units').data?.items ?? [];
  const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
  const shown = units.filter(({ name }) => plain(name).includes(plain(q.trim())));
  return (
    <fieldset className={styles['choices']} style={{ border: 0, margin: 0 }}>
      <legend className={styles['hint']}>{t('give.units', { count: chosen.length })}</legend>
      {units.length > MANY && (
        <TextInput
          aria-label={t('give.find')}
          placeholder={t('give.find')}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
        />
      )}
      {units.length > 1 && (
        <div>
          <Button variant="subtle" size="compact-md" onClick={() => onChange([...new Set([...chosen, ...shown.map(({ id }) => id)])])}>
            {t('give.all', { count: shown.length })}
          </Button>
        </div>
      )}
      {shown.map(({ id, name, context }) => (
        <Checkbox
          key={id}
          label={context === null || name.includes(context) ? name : `${name} · ${context}`}
          checked={chosen.includes(id)}
          onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
        />
      ))}
      {error !== null && <p className={styles['problem']}>{error}</p>}
    </fieldset>
  );
}
