import { Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { Counts, Grid } from '../../../ui/table/Grid.tsx';
import type { Recognition, Refusal, Uploaded } from '../api.ts';
import styles from '../Intelligence.module.css';

/** What was recognised in the file and by what; nothing is assumed silently. */
export function Recognised({ upload, onSheet }: { upload: Uploaded; onSheet: (sheet: string) => void }): ReactElement {
  const { t } = useTranslation('intelligence');
  const { recognition, again } = upload;
  const language = currentLanguage();
  const isSampled = recognition.looked < recognition.rows;
  return (
    <div className={styles['stack']}>
      {again !== null && (
        <p className={styles['notice']}>
          {t('import.again', { at: again.finishedAt === null ? '' : formatDateTime(again.finishedAt) })}{' '}
          <Link to={`/lists/${again.id}` as never}>{again.title}</Link>
        </p>
      )}
      {recognition.warnings.map((warning, at) => (
        <p key={at} className={styles['notice']}>
          {warning.messages[language]}
        </p>
      ))}
      <ul className={styles['plain']}>
        {recognition.why.map((why) => (
          <li key={why.vi}>{why[language]}</li>
        ))}
        {recognition.columns.some(({ meaning }) => meaning === 'time') && <li>{t(`zone.${recognition.zoneFrom}`)}</li>}
        {recognition.defanged > 0 && (
          <li>{t('import.defanged', { count: recognition.defanged, shown: formatNumber(recognition.defanged) })}</li>
        )}
      </ul>
      {recognition.sheets.length > 1 && (
        <Select
          label={t('import.sheet')}
          w={320}
          maw="100%"
          data={recognition.sheets.map(({ name }) => name)}
          value={recognition.mapping.sheet}
          onChange={(sheet) => sheet !== null && onSheet(sheet)}
        />
      )}
      <Counts
        of={[
          { name: t(isSampled ? 'import.about' : 'count.rows'), count: recognition.rows },
          ...(isSampled ? [{ name: t('import.looked'), count: recognition.looked }] : []),
          { name: t(isSampled ? 'import.refusedLooked' : 'count.refused'), count: recognition.refused },
        ]}
      />
      {isSampled && <p className={styles['soft']}>{t('import.sampled')}</p>}
      <FirstRows recognition={recognition} />
      {recognition.odd.length > 0 && <Odd rows={recognition.odd} />}
    </div>
  );
}

function FirstRows({ recognition }: { recognition: Recognition }): ReactElement {
  const { t } = useTranslation('intelligence');
  return (
    <Grid label={t('import.columns')} heads={[t('import.header'), t('import.meaning'), t('import.samples')]} stacks>
      {recognition.columns.map((column) => (
        <tr key={column.at}>
          <th scope="row">{column.header}</th>
          <td>
            {column.meaning === null ? <span className={styles['soft']}>{t('meaning.none')}</span> : t(`meaning.${column.meaning}`)}
            {column.because !== null && <div className={styles['soft']}>{t(`because.${column.because}`)}</div>}
          </td>
          <td className={styles['value']}>{column.samples.slice(0, 2).join(' · ')}</td>
        </tr>
      ))}
    </Grid>
  );
}

/** Rows that will not be taken in, with what would mend them. */
export function Odd({ rows }: { rows: readonly Refusal[] }): ReactElement {
  const { t } = useTranslation('intelligence');
  return (
    <Grid label={t('import.odd')} heads={[t('field.row'), t('import.header'), t('import.reason'), t('import.line')]} stacks>
      {rows.map((row) => (
        <tr key={row.row}>
          <td className="tabular">{row.row}</td>
          <td>{row.column ?? '–'}</td>
          <td className={styles['refused']}>{row.reason[currentLanguage()]}</td>
          <td className={styles['value']}>
            {row.cells
              .filter((cell) => cell !== '')
              .slice(0, 6)
              .join(' · ')}
          </td>
        </tr>
      ))}
    </Grid>
  );
}
