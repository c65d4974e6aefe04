import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrganisationHit } from '../../../api/contract.ts';
import { useChange } from '../../../api/query.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/language.ts';
import { Problem } from '../../../ui/form/Form.tsx';
import { OrganisationPicker } from '../../../ui/form/OrganisationPicker.tsx';
import { Grid } from '../../../ui/table/Grid.tsx';
import type { Trial } from '../api.ts';
import styles from '../Intelligence.module.css';

const SHOWN = 20;

/** What this sender calls units, with a proposal each; confirmed once, it holds for all its lists. */
export function Names({ id, names, onConfirmed }: { id: string; names: Trial['names']; onConfirmed: () => void }): ReactElement {
  const { t } = useTranslation('intelligence');
  const units = names.filter(({ kind }) => kind === 'unit').slice(0, SHOWN);
  const [chosen, setChosen] = useState<Readonly<Record<string, OrganisationHit | null>>>({});
  const confirm = useChange('POST /lists/{id}/aliases');
  const aliases = units.flatMap(({ text, proposed }) => {
    const target = text in chosen ? chosen[text]?.id : proposed?.id;
    return target === undefined ? [] : [{ kind: 'unit' as const, text, target }];
  });
  const send = (): void => confirm.mutate({ params: { id }, body: { aliases } }, { onSuccess: onConfirmed });
  return (
    <section className={styles['stack']}>
      <h2 className={styles['heading']}>{t('names.title')}</h2>
      <p className={styles['soft']}>{t('names.hint')}</p>
      {confirm.error !== null && <Problem error={confirm.error} />}
      <Grid label={t('names.title')} heads={[t('names.inList'), t('field.rows'), t('field.unit'), t('names.because')]} stacks>
        {units.map(({ text, rows, proposed, because }) => (
          <tr key={text}>
            <th scope="row">{text}</th>
            <td className="tabular">{formatNumber(rows)}</td>
            <td className={styles['picker']}>
              <OrganisationPicker
                label={t('names.meant')}
                value={text in chosen ? (chosen[text] ?? null) : proposed && ({ ...proposed, context: null } as unknown as OrganisationHit)}
                onChange={(unit) => setChosen((former) => ({ ...former, [text]: unit }))}
              />
            </td>
            <td className={styles['soft']}>{proposed === null ? t('names.unknown') : (because?.[currentLanguage()] ?? '')}</td>
          </tr>
        ))}
      </Grid>
      <div>
        <Button variant="default" loading={confirm.isPending} disabled={aliases.length === 0} onClick={send}>
          {t('names.confirm', { count: aliases.length })}
        </Button>
      </div>
    </section>
  );
}
