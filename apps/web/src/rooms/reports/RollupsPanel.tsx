import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, hrefOf } from '../../api/client.ts';
import { ApiError } from '../../api/error.ts';
import { formatDate } from '../../i18n/format.ts';
import { ForeignText } from '../../ui/document/index.ts';
import { Download } from '../../ui/form/Download.tsx';
import { FilePicker, useErrorText } from '../../ui/form/index.ts';
import type { Report } from './api.ts';
import styles from './Reports.module.css';

const MAX = 50_000_000;

/** Reports on results that receivers issued; they count in the next report that is made. */
export function RollupsPanel({ report }: { report: Report }): ReactElement {
  const { t } = useTranslation('reports');
  return (
    <section className={styles['panel']} aria-label={t('rollups.title')}>
      <h2>{t('rollups.title')}</h2>
      <p className={styles['hint']}>{t(report.rollups.length === 0 ? 'rollups.none' : 'rollups.hint')}</p>
      {report.rollups.length > 0 && (
        <ul className={styles['notes']}>
          {report.rollups.map((one) => (
            <Line key={one.id} one={one} />
          ))}
        </ul>
      )}
      {report.canMake && <ReadOne directive={report.directive.id} />}
    </section>
  );
}

function Line({ one }: { one: Report['rollups'][number] }): ReactElement {
  const { t } = useTranslation('reports');
  const { figures } = one;
  return (
    <li>
      <p>
        <strong>
          <ForeignText text={one.organisation.name} />
        </strong>{' '}
        <Download path={hrefOf('GET /rollups/{id}/file', { params: { id: one.id } })}>{`${one.code}, ${formatDate(one.day)}`}</Download>
      </p>
      <p className={styles['hint']}>
        {figures === null
          ? t('rollups.noFigures')
          : t('rollups.figures', {
              of: figures.organisations,
              received: figures.received,
              reported: figures.reported,
              silent: figures.silent,
            })}
      </p>
    </li>
  );
}

function ReadOne({ directive }: { directive: string }): ReactElement {
  const { t } = useTranslation('reports');
  const text = useErrorText();
  const client = useQueryClient();
  const [said, setSaid] = useState<{ ok: boolean; text: string } | null>(null);
  const read = async (file: File): Promise<void> => {
    try {
      const answer = await api('POST /directives/{id}/agency-reports', {
        params: { id: directive },
        query: { name: file.name },
        body: file,
      });
      setSaid({
        ok: true,
        text: t(answer.again ? 'rollups.again' : 'rollups.added', { name: answer.organisation.name, code: answer.code }),
      });
      await client.invalidateQueries({ queryKey: ['GET /reports/{id}'] });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setSaid({ ok: false, text: text(error) ?? '' });
    }
  };
  return (
    <>
      <FilePicker
        label={t('rollups.read')}
        files={[]}
        onChange={([file]) => void (file !== undefined && read(file))}
        accept=".edxml,.xml"
        maxBytes={MAX}
      />
      <p className={said?.ok === false ? styles['problem'] : styles['hint']} aria-live="polite">
        {said?.text}
      </p>
    </>
  );
}
