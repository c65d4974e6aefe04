import { Select, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../../api/contract.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import styles from '../Organisations.module.css';

/** Of any kind of list. */
type Upload = Omit<Routes['POST /organisation-imports']['output'], 'kind'>;
type Place = Routes['POST /organisation-imports/{id}/plan']['body'];

/** Which column of the file holds what; what stands in no field is kept as a note. */
export function MapColumns({ upload, place, onPlace }: { upload: Upload; place: Place; onPlace: (place: Place) => void }): ReactElement {
  const { t } = useTranslation('organisations');
  const sheet = upload.sheets[place.sheet ?? 0];
  const options = (sheet?.heads ?? []).map((head, at) => ({ value: String(at), label: head || t('import.column', { at: at + 1 }) }));
  const map = (key: string, at: string | null): void => {
    const { [key]: _, ...columns } = place.columns;
    onPlace({ ...place, columns: at === null || at === '' ? columns : { ...columns, [key]: Number(at) } });
  };
  return (
    <div className={styles['stack']}>
      <p className={styles['soft']}>{t('import.mapHint')}</p>
      <div className={styles['pair']}>
        {upload.fields.map((field) => (
          <Select
            key={field.key}
            label={field.name[currentLanguage()]}
            required={field.required}
            data={[{ value: '', label: t('import.noColumn') }, ...options]}
            value={place.columns[field.key] === undefined ? '' : String(place.columns[field.key])}
            onChange={(at) => map(field.key, at)}
          />
        ))}
      </div>
      <TextInput
        label={t('import.head')}
        description={t('import.headHint')}
        inputMode="numeric"
        w={220}
        value={String((place.head ?? 0) + 1)}
        onChange={(event) =>
          onPlace({ ...place, head: Math.max(0, Math.min(199, Number(event.currentTarget.value.replace(/\D/g, '')) - 1)) })
        }
      />
    </div>
  );
}
