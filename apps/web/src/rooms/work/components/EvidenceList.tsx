import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatBytes, formatDateTime } from '../../../i18n/format.ts';
import { ForeignText } from '../../../ui/document/ForeignText.tsx';
import { Icon } from '../../../ui/icons.tsx';
import type { Evidence } from '../api.ts';
import styles from '../Work.module.css';

/** Pieces of evidence with size, who brought them and whether they were scanned; each is downloaded as an attachment, which is logged. */
export function EvidenceList({ evidence, label }: { evidence: readonly Evidence[]; label?: string }): ReactElement | null {
  const { t } = useTranslation('work');
  if (evidence.length === 0) return null;
  return (
    <ul className={styles['files']} aria-label={label ?? t('evidence.title')}>
      {evidence.map((file) => (
        <li key={file.id}>
          <Icon name="document" size={16} />
          <a href={`/api/v1/evidence/${file.id}`} download={file.name} title={`SHA-256 ${file.sha256}`}>
            <ForeignText text={file.name} />
          </a>
          <span className={styles['hint']}>
            {formatBytes(file.size)} · {t('evidence.added', { who: file.addedByName, at: formatDateTime(file.addedAt) })}
          </span>
          <span className={styles['chip']} data-state={file.scan === 'infected' ? 'urgent' : undefined}>
            {t(`scan.${file.scan}`)}
          </span>
        </li>
      ))}
    </ul>
  );
}
