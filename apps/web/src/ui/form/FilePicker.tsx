import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { DragEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../i18n/format.ts';
import { Icon } from '../icons.tsx';
import styles from './Form.module.css';
import { takeFiles } from './take-files.ts';

interface FilePickerProps {
  label: string;
  files: readonly File[];
  onChange: (files: readonly File[]) => void;
  /** As in `<input accept>`: `.docx,.pdf,.txt`. The server judges by content. */
  accept?: string;
  /** Bytes a file; larger ones are refused here already. */
  maxBytes: number;
  multiple?: boolean;
  error?: string | null;
  /** Also a warning before the choice: no state secrets. On by default. */
  warnOfSecrecy?: boolean;
}

/** Files by choice or by drop, with the warning against state secrets before anything leaves the machine. */
export function FilePicker(props: FilePickerProps): ReactElement {
  const { label, files, onChange, accept, maxBytes, multiple = false, error, warnOfSecrecy = true } = props;
  const { t } = useTranslation('ui');
  const input = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  useNoDropBeside();
  const take = (chosen: FileList | null): void => {
    const taken = takeFiles([...(chosen ?? [])], { held: files, multiple, maxBytes });
    const said = [
      ...taken.large.slice(0, 1).map(({ name }) => t('file.tooLarge', { name, limit: formatBytes(maxBytes) })),
      ...(taken.left.length > 0
        ? [t('file.onlyOne', { name: taken.files[0]?.name ?? '', others: taken.left.map(({ name }) => name).join(', ') })]
        : []),
    ];
    setRefused(said.length === 0 ? null : said.join(' '));
    if (taken.files !== files) onChange(taken.files);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const problem = error ?? refused;
  return (
    <div
      className={`${styles['drop']} ${over ? styles['over'] : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {warnOfSecrecy && <SecrecyWarning />}
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <Button variant="default" leftSection={<Icon name="upload" />} aria-describedby={hintId} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <span id={hintId} className={styles['hint']}>
        {t('file.hint', { types: accept?.replaceAll(',', ', ') ?? t('file.any'), limit: formatBytes(maxBytes) })}
      </span>
      {problem !== null && (
        <span role="alert" style={{ color: 'var(--missed)' }}>
          {problem}
        </span>
      )}
      {files.length > 0 && <ChosenFiles files={files} onRemove={(gone) => onChange(files.filter((file) => file !== gone))} />}
    </div>
  );
}

/** A file that is dropped beside the place would otherwise be opened by the browser, and the page with what was typed be gone. */
function useNoDropBeside(): void {
  useEffect(() => {
    const refuse = (event: globalThis.DragEvent): void => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    };
    addEventListener('dragover', refuse);
    addEventListener('drop', refuse);
    return () => {
      removeEventListener('dragover', refuse);
      removeEventListener('drop', refuse);
    };
  }, []);
}

/** The warning that stands before every upload (product rule: no state secrets). */
export function SecrecyWarning(): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <div className={styles['secrecy']}>
      <Icon name="warning" />
      {t('file.secrecy')}
    </div>
  );
}

function ChosenFiles({ files, onRemove }: { files: readonly File[]; onRemove: (file: File) => void }): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <ul className={styles['files']}>
      {files.map((file, at) => (
        <li key={`${at}-${file.name}`}>
          <Icon name="document" />
          <span className={styles['name']}>{file.name}</span>
          <span className={styles['hint']}>{formatBytes(file.size)}</span>
          <Button variant="subtle" size="compact-sm" onClick={() => onRemove(file)} aria-label={t('file.remove', { name: file.name })}>
            {t('remove')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
