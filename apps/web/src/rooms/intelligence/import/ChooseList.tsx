import { Autocomplete, Textarea } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { FilePicker } from '../../../ui/form/FilePicker.tsx';
import styles from '../Intelligence.module.css';

export interface Chosen {
  sender: string;
  files: readonly File[];
  text: string;
}

const LIMIT = 256 * 2 ** 20;

/** Who sent it, and a file or the text of a mail. */
export function ChooseList({ chosen, onChange }: { chosen: Chosen; onChange: (chosen: Chosen) => void }): ReactElement {
  const { t } = useTranslation('intelligence');
  const senders = useApi('GET /list-senders');
  return (
    <div className={styles['stack']}>
      <Autocomplete
        label={t('field.sender')}
        description={t('import.senderHint')}
        required
        maw={480}
        value={chosen.sender}
        data={(senders.data?.items ?? []).map(({ name }) => name)}
        onChange={(sender) => onChange({ ...chosen, sender })}
      />
      <FilePicker
        label={t('import.choose')}
        files={chosen.files}
        onChange={(files) => onChange({ ...chosen, files })}
        accept=".xlsx,.csv,.tsv,.txt,.json,.jsonl,.docx,.pdf,.gz"
        maxBytes={LIMIT}
      />
      {chosen.files.length === 0 && (
        <Textarea
          label={t('import.paste')}
          description={t('import.pasteHint')}
          autosize
          minRows={4}
          maxRows={12}
          value={chosen.text}
          onChange={(event) => onChange({ ...chosen, text: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
