import { Checkbox, TagsInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { OrganisationPicker } from '../../ui/form/OrganisationPicker.tsx';
import { Icon } from '../../ui/icons.tsx';
import { USAGES } from './api.ts';
import styles from './Notices.module.css';
import type { Part } from './RuleFields.tsx';

export interface Unit {
  id: string;
  name: string;
}

interface Props extends Part {
  families: readonly string[];
  units: readonly Unit[];
  onUnits: (units: readonly Unit[]) => void;
}

/** What a rule leaves out: by the address's usage, by family, by organisation, and while somebody works on it. */
export function Exceptions({ input, set, error, families, units, onUnits }: Props): ReactElement {
  const { t } = useTranslation('notices');
  const { t: finding } = useTranslation('findings');
  const toggle = (usage: (typeof USAGES)[number]): void =>
    set({ usages: input.usages.includes(usage) ? input.usages.filter((one) => one !== usage) : [...input.usages, usage] });
  return (
    <fieldset className={styles['group']}>
      <legend>{t('group.without')}</legend>
      <Checkbox
        label={t('field.whileAnswered')}
        checked={input.whileAnswered}
        onChange={(event) => set({ whileAnswered: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('field.whilePostponed')}
        checked={input.whilePostponed}
        onChange={(event) => set({ whilePostponed: event.currentTarget.checked })}
      />
      <div role="group" aria-label={t('field.usages')} className={styles['choices']}>
        <span>{t('field.usages')}</span>
        {USAGES.map((usage) => (
          <Checkbox key={usage} label={finding(`usage.${usage}`)} checked={input.usages.includes(usage)} onChange={() => toggle(usage)} />
        ))}
      </div>
      <TagsInput
        label={t('field.families')}
        description={t('field.familiesHint')}
        data={[...families]}
        value={[...input.families]}
        onChange={(next) => set({ families: next })}
        maxTags={100}
      />
      <OrganisationPicker
        label={t('field.units')}
        value={null}
        // Only an organisation can be out of reach here.
        error={error?.status === 404 && units.length > 0 ? t('field.unitsOutside') : null}
        onChange={(unit) =>
          unit !== null && !units.some(({ id }) => id === unit.id) && onUnits([...units, { id: unit.id, name: unit.name }])
        }
      />
      {units.length > 0 && (
        <ul className={styles['chosen']}>
          {units.map(({ id, name }) => (
            <li key={id}>
              {name}
              <button
                type="button"
                className={styles['remove']}
                aria-label={t('field.dropUnit', { name })}
                onClick={() => onUnits(units.filter((one) => one.id !== id))}
              >
                <Icon name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
