import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../api/client.ts';
import { formatBytes, formatDateTime } from '../../i18n/format.ts';
import { Download } from '../../ui/form/Download.tsx';
import { FilePicker } from '../../ui/form/FilePicker.tsx';
import { useErrorText } from '../../ui/form/useErrorText.ts';
import { Panel } from '../../ui/page/Panel.tsx';
import { useKeep } from './api.ts';
import type { FindingDetail } from './api.ts';
import styles from './Findings.module.css';

const LIMIT = 26_214_400;

/** Files that prove an answer, and adding one. */
export function Proof({ finding }: { finding: FindingDetail }): ReactElement | null {
  const { t } = useTranslation('findings');
  const mayAdd = finding.can.answer;
  if (finding.files.length === 0 && !mayAdd) return null;
  return (
    <Panel>
      <h2 className={styles['heading']}>{t('proof')}</h2>
      <ul className={styles['plain']}>
        {finding.files.map(({ id, name, size, at, by }) => (
          <li key={id}>
            <Download path={hrefOf('GET /finding-files/{id}', { params: { id } })}>{name}</Download>
            <div className={styles['soft']}>{[formatBytes(size), by, formatDateTime(at)].join(' · ')}</div>
          </li>
        ))}
      </ul>
      {mayAdd && <Add id={finding.id} />}
    </Panel>
  );
}

function Add({ id }: { id: string }): ReactElement {
  const { t } = useTranslation('findings');
  const [files, setFiles] = useState<readonly File[]>([]);
  const add = useKeep('POST /findings/{id}/files');
  const text = useErrorText();
  const [file] = files;
  const send = (): void => {
    if (file === undefined) return;
    add.mutate({ params: { id }, query: { name: file.name }, body: file }, { onSuccess: () => setFiles([]) });
  };
  return (
    <div className={styles['stack']}>
      <FilePicker
        label={t('chooseFile')}
        files={files}
        onChange={setFiles}
        maxBytes={LIMIT}
        error={add.error === null ? null : text(add.error)}
      />
      {file !== undefined && (
        <Button variant="default" loading={add.isPending} onClick={send}>
          {t('action.addFile')}
        </Button>
      )}
    </div>
  );
}
