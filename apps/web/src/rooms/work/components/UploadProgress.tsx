import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../i18n/format.ts';
import styles from '../Work.module.css';

/** How much of a file has gone up, 0 to 1; at 1 the server is still checking it. */
export function UploadProgress({ share, name }: { share: number; name: string }): ReactElement {
  const { t } = useTranslation('work');
  const said =
    share >= 1 ? t('evidence.checking', { name }) : t('evidence.sending', { name, percent: formatNumber(Math.floor(share * 100)) });
  return (
    <div role="status">
      <progress value={share} max={1} aria-label={said} style={{ width: '100%', accentColor: 'var(--action)' }} />
      <div className={`${styles['hint']} tabular`}>{said}</div>
    </div>
  );
}
