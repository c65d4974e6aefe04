import { Select } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../../api/contract.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { Grid } from '../../../ui/table/Grid.tsx';
import styles from '../Organisations.module.css';

/** Of any kind of list. */
type Upload = Omit<Routes['POST /organisation-imports']['output'], 'kind'>;
type Place = Routes['POST /organisation-imports/{id}/plan']['body'];

interface PlaceProps {
  upload: Upload;
  place: Place;
  onPlace: (place: Place) => void;
}

/** What was recognised in the file: its sheet, heads and first rows. */
export function Recognised({ upload, place, onPlace }: PlaceProps): ReactElement {
  const { t } = useTranslation('organisations');
  const sheet = upload.sheets[place.sheet ?? 0];
  const choose = (at: number): void =>
    onPlace({ sheet: at, head: upload.sheets[at]?.head ?? 0, columns: { ...upload.sheets[at]?.columns } });
  return (
    <div className={styles['stack']}>
      {upload.again && <p className={styles['notice']}>{t('import.again')}</p>}
      {upload.warnings.map((warning) => (
        <p key={warning.vi} className={styles['notice']}>
          {warning[currentLanguage()]}
        </p>
      ))}
      <p>
        {t('import.recognised', {
          name: upload.name,
          format: upload.format,
          encoding: upload.encoding ?? 'UTF-8',
          rows: sheet?.rows ?? 0,
          head: (place.head ?? 0) + 1,
        })}
      </p>
      {upload.sheets.length > 1 && (
        <Select
          label={t('import.sheet')}
          w={320}
          maw="100%"
          data={upload.sheets.map(({ name, rows }, at) => ({ value: String(at), label: t('import.sheetRows', { name, rows }) }))}
          value={String(place.sheet)}
          onChange={(at) => choose(Number(at))}
        />
      )}
      {sheet !== undefined && (
        <Grid label={t('import.sample')} heads={sheet.heads.map((head, at) => head || t('import.column', { at: at + 1 }))}>
          {sheet.sample.map((row, line) => (
            <tr key={line}>
              {sheet.heads.map((_, at) => (
                <td key={at}>{row[at] ?? ''}</td>
              ))}
            </tr>
          ))}
        </Grid>
      )}
    </div>
  );
}
