import { Button, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { fieldError, Form, FormButtons } from '../../ui/form/index.ts';
import { showToast } from '../../ui/toast/index.ts';
import type { Remindable, Standing } from './api.ts';
import styles from './Standing.module.css';

interface RemindCallProps {
  standing: Standing;
  items: readonly Remindable[];
  chosen: string | null;
  onClose: () => void;
}

const RESULTS = ['reached', 'not-reached', 'wrong-number'] as const;

/** A call that was made: with whom, how it went, what was said. */
export function RemindCall({ standing, items, chosen, onClose }: RemindCallProps): ReactElement {
  const { t } = useTranslation('standing');
  const [organisation, setOrganisation] = useState(chosen ?? items[0]?.organisation.id ?? '');
  const [result, setResult] = useState<(typeof RESULTS)[number]>('reached');
  const [spokeWith, setSpokeWith] = useState('');
  const [note, setNote] = useState('');
  const log = useChange('POST /directives/{id}/reminder-calls', ['GET /directives/{id}/matrix', 'GET /directives/{id}/reminders']);
  const submit = (): void =>
    log.mutate(
      {
        params: { id: standing.id },
        body: {
          organisation,
          result,
          ...(spokeWith.trim() === '' ? {} : { spokeWith: spokeWith.trim() }),
          ...(note.trim() === '' ? {} : { note: note.trim() }),
        },
      },
      {
        onSuccess: ({ ticket }) => {
          showToast({ message: t('remind.logged', { ticket }) });
          onClose();
        },
      },
    );
  return (
    <Form onSubmit={submit} error={log.error} places={['organisation', 'spokeWith', 'note']}>
      <NativeSelect
        label={t('matrix.organisation')}
        value={organisation}
        onChange={(event) => setOrganisation(event.currentTarget.value)}
        data={items.map((item) => ({ value: item.organisation.id, label: item.organisation.name }))}
        error={fieldError(log.error, 'organisation')}
      />
      <Radio.Group label={t('call.result')} value={result} onChange={(next) => setResult(next as (typeof RESULTS)[number])}>
        <div className={styles['buttons']}>
          {RESULTS.map((value) => (
            <Radio key={value} value={value} label={t(`call.${value}`)} />
          ))}
        </div>
      </Radio.Group>
      <TextInput
        label={t('call.spokeWith')}
        value={spokeWith}
        maxLength={120}
        onChange={(event) => setSpokeWith(event.currentTarget.value)}
        error={fieldError(log.error, 'spokeWith')}
      />
      <Textarea
        label={t('call.note')}
        value={note}
        maxLength={1000}
        autosize
        onChange={(event) => setNote(event.currentTarget.value)}
        error={fieldError(log.error, 'note')}
      />
      <FormButtons>
        <Button variant="default" onClick={onClose}>
          {t('ui:cancel')}
        </Button>
        <Button type="submit" loading={log.isPending}>
          {t('call.save')}
        </Button>
      </FormButtons>
    </Form>
  );
}
