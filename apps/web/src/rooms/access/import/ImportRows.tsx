import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n/language.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Counts, Grid } from '../../../ui/table/Grid.tsx';
import styles from '../Access.module.css';
import type { ImportRow } from '../api.ts';
import { csvOf } from '../refusals.ts';

const OUTCOMES = ['refused', 'new', 'exists'] as const;
const PAGE = 100;

/** Row by row what happens, refusals first with their reason and a file of them to mend. */
export function ImportRows({ rows }: { rows: readonly ImportRow[] }): ReactElement {
  const { t } = useTranslation('access');
  const [shown, setShown] = useState(PAGE);
  const sorted = rows.toSorted((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) || a.row - b.row);
  const refused = sorted.filter(({ outcome }) => outcome === 'refused');
  const onlyRefused = refused.length === rows.length;
  return (
    <div className={styles['stack']}>
      <Counts
        of={OUTCOMES.filter((outcome) => !onlyRefused || outcome === 'refused').map((outcome) => ({
          name: t(`row.${outcome}`),
          count: rows.filter((row) => row.outcome === outcome).length,
        }))}
      />
      <Grid
        label={t('row.caption')}
        heads={(['line', 'what', 'name', 'username', 'organisation', 'role', 'why'] as const).map((head) => t(`row.head.${head}`))}
        stacks
      >
        {sorted.slice(0, shown).map((row) => (
          <tr key={row.row}>
            <td className="tabular">{row.row}</td>
            <td className={row.outcome === 'refused' ? styles['refused'] : undefined}>{t(`row.${row.outcome}`)}</td>
            <td>{row.name}</td>
            <td>
              <code>{row.username}</code>
            </td>
            <td>{row.organisation}</td>
            <td>{row.role}</td>
            <td>{row.reason?.[currentLanguage()] ?? ''}</td>
          </tr>
        ))}
      </Grid>
      <div className={styles['buttons']}>
        {sorted.length > shown && (
          <Button variant="default" onClick={() => setShown(shown + PAGE)}>
            {t('row.more', { count: sorted.length - shown })}
          </Button>
        )}
        {refused.length > 0 && (
          <Button
            variant="default"
            leftSection={<Icon name="download" />}
            onClick={() =>
              saveRefused(
                refused,
                OUTCOME_HEADS.map((head) => t(`row.head.${head}`)),
              )
            }
          >
            {t('row.download')}
          </Button>
        )}
      </div>
    </div>
  );
}

const OUTCOME_HEADS = ['line', 'name', 'username', 'organisation', 'role', 'why'] as const;

/** The headings are those that an import recognises, so the mended file can be read in again. */
function saveRefused(rows: readonly ImportRow[], heads: readonly string[]): void {
  const lines = rows.map((row) => [
    String(row.row),
    row.name,
    row.username,
    row.organisation,
    row.role,
    row.reason?.[currentLanguage()] ?? '',
  ]);
  const url = URL.createObjectURL(new Blob([csvOf([heads, ...lines])], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'dong-bi-tu-choi.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
