import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { ApiError } from '../../api/error.ts';
import { ForeignText } from '../../ui/document/ForeignText.tsx';
import { FilePicker, useErrorText } from '../../ui/form/index.ts';
import { STALE } from './api.ts';
import styles from './Exchange.module.css';

const MAX = 2_000_000;
type Result = { name: string; ok: boolean; text: string };

/** Several messages at once; each is read for itself and says what became of it. */
export function ReadFiles(): ReactElement {
  const { t } = useTranslation('exchange');
  const text = useErrorText();
  const client = useQueryClient();
  const [results, setResults] = useState<readonly Result[]>([]);
  const readOne = async (file: File): Promise<Result> => {
    try {
      const { again, file: found } = await api('POST /status-files', { query: { name: file.name }, body: file });
      const said = t(again ? 'read.again' : 'read.done', { code: found.code, name: found.organisationName, document: found.directiveName });
      return { name: file.name, ok: true, text: said };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const place = error.place === undefined || error.place === 'file' ? '' : ` (${error.place})`;
      return { name: file.name, ok: false, text: `${text(error) ?? ''}${place}` };
    }
  };
  const readAll = async (files: readonly File[]): Promise<void> => {
    const done: Result[] = [];
    for (const file of files) {
      done.push(await readOne(file));
      setResults([...done]);
    }
    await Promise.all(STALE.map(async (key) => await client.invalidateQueries({ queryKey: [key] })));
  };
  return (
    <>
      <FilePicker
        label={t('read.choose')}
        files={[]}
        onChange={(files) => void readAll(files)}
        accept=".edxml,.xml"
        maxBytes={MAX}
        multiple
      />
      <ul className={styles['results']} aria-live="polite">
        {results.map((result, at) => (
          <li key={at} className={result.ok ? undefined : styles['problem']}>
            <strong>
              <ForeignText text={result.name} />
            </strong>
            : {result.text}
          </li>
        ))}
      </ul>
    </>
  );
}
