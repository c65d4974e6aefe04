import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/error.ts';
import { useApiWhen } from '../../api/query.ts';
import { DateField } from '../../ui/form/DateField.tsx';
import { fieldError } from '../../ui/form/fieldError.ts';
import { USAGES } from './api.ts';
import type { Asset, Usage } from './api.ts';
import styles from './Assets.module.css';
import type { Draft } from './draft.ts';

interface FieldsProps {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  error: ApiError | null;
  asset: Asset | null;
  /** What the register says to the value. */
  check: ReactNode;
}

/** The fields of a kind. */
export function KindFields(props: FieldsProps): ReactElement {
  const { t } = useTranslation('assets');
  const { draft, set, error } = props;
  const named = draft.kind === 'system' || draft.kind === 'host';
  const name = (
    <TextInput
      label={t(draft.kind === 'system' ? 'field.system' : draft.kind === 'host' ? 'field.host' : 'field.name')}
      description={named ? undefined : t('hint.name')}
      required={named}
      value={draft.name}
      onChange={(event) => set({ name: event.currentTarget.value })}
      error={fieldError(error, 'name')}
    />
  );
  return (
    <>
      {named && name}
      {draft.kind === 'system' ? <LevelFields {...props} /> : <ValueFields {...props} />}
      {props.check}
      {!named && name}
      {draft.kind !== 'system' && (
        <div className={styles['pair']}>
          <Select
            label={t('field.usage')}
            description={t(`usageHint.${draft.usage}`)}
            data={USAGES.map((one) => ({ value: one, label: t(`usage.${one}`) }))}
            value={draft.usage}
            allowDeselect={false}
            onChange={(usage) => set({ usage: usage as Usage })}
          />
          <SystemField {...props} />
        </div>
      )}
      <Textarea
        label={t('field.note')}
        autosize
        minRows={1}
        value={draft.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </>
  );
}

function ValueFields({ draft, set, error, asset }: FieldsProps): ReactElement {
  const { t } = useTranslation('assets');
  const common = {
    value: draft.value,
    classNames: { input: styles['value']! },
    spellCheck: false,
    'data-autofocus': asset === null,
  };
  if (draft.kind === 'host')
    return (
      <div className={styles['pair']}>
        <TextInput
          {...common}
          label={t('value.host')}
          description={t('hint.address')}
          onChange={(event) => set({ value: event.currentTarget.value })}
          error={fieldError(error, 'address')}
        />
        <TextInput
          label="MAC"
          description={t('hint.mac')}
          value={draft.mac}
          onChange={(event) => set({ mac: event.currentTarget.value })}
          error={fieldError(error, 'mac')}
        />
      </div>
    );
  const fixed = asset !== null && asset.state === 'approved';
  return (
    <>
      <Textarea
        {...common}
        label={t(`value.${draft.kind}`)}
        description={t(fixed ? 'hint.fixed' : asset === null ? `hint.${draft.kind}s` : `hint.${draft.kind}`)}
        required
        autosize
        minRows={1}
        maxRows={10}
        readOnly={fixed}
        onChange={(event) => set({ value: event.currentTarget.value })}
        error={fieldError(error, draft.kind === 'range' ? 'network' : 'domain')}
      />
      {draft.kind === 'domain' && (
        <Checkbox
          label={t('field.subdomains')}
          checked={draft.withSubdomains}
          onChange={(event) => set({ withSubdomains: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

const LEVELS = ['1', '2', '3', '4', '5'];

function LevelFields({ draft, set, error }: FieldsProps): ReactElement {
  const { t } = useTranslation('assets');
  return (
    <>
      <Select
        label={t('field.level')}
        description={t('hint.level')}
        data={LEVELS.map((level) => ({ value: level, label: t('level.n', { level }) }))}
        value={draft.level}
        clearable
        placeholder={t('level.none')}
        onChange={(level) => set({ level })}
      />
      <div className={styles['pair']}>
        <TextInput
          label={t('field.levelDecision')}
          description={t('hint.levelDecision')}
          value={draft.levelDecision}
          onChange={(event) => set({ levelDecision: event.currentTarget.value })}
          error={fieldError(error, 'levelDecision')}
        />
        <DateField
          label={t('field.levelDay')}
          description={t('hint.levelDay')}
          value={draft.levelDay}
          onChange={(levelDay) => set({ levelDay })}
          error={fieldError(error, 'levelDay')}
        />
      </div>
    </>
  );
}

function SystemField({ draft, set }: FieldsProps): ReactElement {
  const { t } = useTranslation('assets');
  const organisation = draft.organisation?.id;
  const found = useApiWhen(organisation !== undefined, 'GET /assets', {
    query: { kind: 'system', state: 'live', organisation: organisation ?? '', size: 200, sort: 'name' },
  });
  const systems = found.data?.items.filter((one) => one.organisation.id === organisation) ?? [];
  return (
    <Select
      label={t('field.ofSystem')}
      description={t('hint.ofSystem')}
      data={systems.map(({ id, name, level }) => ({ value: id, label: level === null ? name : `${name} (${t('level.n', { level })})` }))}
      value={draft.system}
      clearable
      searchable
      placeholder={systems.length === 0 ? t('systems.none') : undefined}
      onChange={(system) => set({ system })}
    />
  );
}
