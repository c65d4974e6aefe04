import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../../i18n/format.ts';
import { useErrorText } from '../../../ui/form/useErrorText.ts';
import { Icon } from '../../../ui/icons.tsx';
import { uploadEvidence, useWorkRefresh } from '../api.ts';
import type { UploadPlace } from '../api.ts';
import styles from '../Work.module.css';
import { UploadProgress } from './UploadProgress.tsx';

interface EvidenceAddProps {
  part: UploadPlace;
  task?: string | undefined;
  /** A reporting period of the task that has ended. */
  period?: number | undefined;
  source?: string | undefined;
}

const MAX_BYTES = 25_000_000;

/** Chooses files and sends them one after the other; what failed can be sent again without choosing it anew. */
export function EvidenceAdd({ part, task, period, source }: EvidenceAddProps): ReactElement {
  const { t } = useTranslation('work');
  const input = useRef<HTMLInputElement>(null);
  const upload = useUploads({ part, task, period, source });
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('evidence.add')}
        onChange={(event) => {
          void upload.send([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <Button variant="default" leftSection={<Icon name="upload" />} loading={upload.now !== null} onClick={() => input.current?.click()}>
        {t('evidence.add')}
      </Button>
      {upload.now !== null && <UploadProgress share={upload.now.share} name={upload.now.name} />}
      {upload.failed.map(({ file, why }) => (
        <div key={file.name} role="alert" className={styles['problem']}>
          {file.name}: {why}{' '}
          <Button variant="subtle" size="compact-sm" onClick={() => void upload.send([file])}>
            {t('evidence.again')}
          </Button>
        </div>
      ))}
    </>
  );
}

interface Uploads {
  now: { name: string; share: number } | null;
  failed: { file: File; why: string }[];
  send: (files: File[]) => Promise<void>;
}

function useUploads({ part, task, period, source }: EvidenceAddProps): Uploads {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const refresh = useWorkRefresh();
  const [now, setNow] = useState<Uploads['now']>(null);
  const [failed, setFailed] = useState<Uploads['failed']>([]);
  const sendOne = async (file: File): Promise<void> => {
    if (file.size > MAX_BYTES) throw new RangeError(t('ui:file.tooLarge', { name: file.name, limit: formatBytes(MAX_BYTES) }));
    setNow({ name: file.name, share: 0 });
    await uploadEvidence({ ...part, file, task, period, source }, (share) => setNow({ name: file.name, share }));
  };
  const send = async (files: File[]): Promise<void> => {
    setFailed((former) => former.filter(({ file }) => !files.includes(file)));
    for (const file of files) {
      try {
        await sendOne(file);
      } catch (error) {
        setFailed((former) => [...former, { file, why: error instanceof RangeError ? error.message : errorText(error) }]);
      }
    }
    setNow(null);
    await refresh();
  };
  return { now, failed, send };
}
