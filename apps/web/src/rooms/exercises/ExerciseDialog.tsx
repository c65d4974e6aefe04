import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import type { Exercise } from './ExercisesPage.tsx';
import styles from './Exercises.module.css';

const STALE = ['GET /exercises'] as const;
const PLACES = ['name', 'from', 'to', 'destinations'];

/** Opens an exercise, or changes its last day and its destinations. */
export function ExerciseDialog({ exercise, onClose }: { exercise: Exercise | null; onClose: () => void }): ReactElement {
  const { t } = useTranslation('exercises');
  const [name, setName] = useState(exercise?.name ?? '');
  const [from, setFrom] = useState<string | null>(exercise?.from ?? null);
  const [to, setTo] = useState<string | null>(exercise?.to ?? null);
  const [lines, setLines] = useState(exercise?.destinations.join('\n') ?? '');
  const create = useChange('POST /exercises', STALE);
  const change = useChange('PATCH /exercises/{id}', STALE);
  const error = create.error ?? change.error;
  const ready = name.trim() !== '' && from !== null && to !== null;
  const done = (): void => {
    onClose();
    showToast({ message: t(exercise === null ? 'dialog.created' : 'dialog.changed') });
  };
  const submit = (): void => {
    if (from === null || to === null) return;
    const destinations = lines.split(/[\s,;]+/).filter(Boolean);
    if (exercise === null) create.mutate({ body: { name: name.trim(), from, to, destinations } }, { onSuccess: done });
    else change.mutate({ params: { id: exercise.id }, body: { version: exercise.version, to, destinations } }, { onSuccess: done });
  };
  const title = t(exercise === null ? 'dialog.newTitle' : 'dialog.changeTitle');
  const wrong = error !== null && error.place?.startsWith('destinations') === true ? t('dialog.wrongDestination') : null;
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={submit} error={error} places={PLACES} label={title}>
        <TextInput
          label={t('dialog.name')}
          description={t('dialog.nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldError(error, 'name')}
          disabled={exercise !== null}
          maxLength={200}
          required
        />
        <div className={styles['pair']}>
          {exercise === null && <DateField label={t('dialog.from')} value={from} onChange={setFrom} />}
          <DateField label={t('dialog.to')} value={to} onChange={setTo} error={fieldError(error, 'to')} />
        </div>
        <Textarea
          label={t('dialog.destinations')}
          description={t('dialog.destinationsHint')}
          value={lines}
          onChange={(event) => setLines(event.currentTarget.value)}
          error={wrong}
          autosize
          minRows={4}
          maxRows={12}
        />
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || change.isPending} disabled={!ready}>
            {t(exercise === null ? 'dialog.create' : 'dialog.save')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
