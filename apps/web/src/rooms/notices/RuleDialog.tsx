import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { fieldError } from '../../ui/form/fieldError.ts';
import { Form, FormButtons } from '../../ui/form/Form.tsx';
import { showToast } from '../../ui/toast/toasts.ts';
import { FRESH, inputOf, STALE } from './api.ts';
import type { Rule, RuleInput } from './api.ts';
import styles from './Notices.module.css';
import { Exceptions, type Unit } from './RuleExceptions.tsx';
import { Receivers, Threshold, When } from './RuleFields.tsx';

const PLACES = ['name', 'hour', 'minute', 'monthday', 'threshold', 'quietDays', 'relapseDays', 'roles'];

/** Makes a rule or changes one. A new one begins in test mode: the first notices go to the authority itself. */
export function RuleDialog({
  rule,
  families,
  onClose,
}: {
  rule: Rule | null;
  families: readonly string[];
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation('notices');
  const [input, setInput] = useState<RuleInput>(rule === null ? FRESH : inputOf(rule));
  const [units, setUnits] = useState<readonly Unit[]>(rule?.units ?? []);
  const add = useChange('POST /notice-rules', STALE);
  const change = useChange('PUT /notice-rules/{id}', STALE);
  const error = add.error ?? change.error;
  const set = (next: Partial<RuleInput>): void => setInput((former) => ({ ...former, ...next }));
  const done = (): void => {
    onClose();
    showToast({ message: t(rule === null ? 'rules.added' : 'rules.changed') });
  };
  const submit = (): void => {
    const body = { ...input, name: input.name.trim(), units: units.map(({ id }) => id) };
    if (rule === null) add.mutate({ body }, { onSuccess: done });
    else change.mutate({ params: { id: rule.id }, body: { ...body, version: rule.version } }, { onSuccess: done });
  };
  const title = t(rule === null ? 'rules.new' : 'rules.change');
  const ready = input.name.trim() !== '' && input.roles.length > 0;
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form onSubmit={submit} error={error} places={PLACES} label={title}>
        <TextInput
          label={t('field.name')}
          required
          maxLength={120}
          value={input.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={fieldError(error, 'name')}
          data-autofocus
        />
        <When input={input} set={set} error={error} />
        <Threshold input={input} set={set} error={error} />
        <Exceptions input={input} set={set} families={families} units={units} onUnits={setUnits} error={error} />
        <Receivers input={input} set={set} error={error} />
        <fieldset className={styles['group']}>
          <legend>{t('group.mode')}</legend>
          <Checkbox
            label={t('field.test')}
            description={t('field.testHint')}
            checked={input.test}
            onChange={(event) => set({ test: event.currentTarget.checked })}
          />
          <Checkbox label={t('field.active')} checked={input.active} onChange={(event) => set({ active: event.currentTarget.checked })} />
        </fieldset>
        <FormButtons>
          <Button variant="default" onClick={onClose}>
            {t('ui:cancel')}
          </Button>
          <Button type="submit" loading={add.isPending || change.isPending} disabled={!ready}>
            {t('rules.keep')}
          </Button>
        </FormButtons>
      </Form>
    </Modal>
  );
}
