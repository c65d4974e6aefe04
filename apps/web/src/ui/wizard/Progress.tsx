import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';

interface ProgressProps {
  done: number;
  total: number;
  /** What is counted: *dòng*. */
  noun: string;
  /** Rows a second and seconds left, where they are known. */
  rate?: number;
  remaining?: number;
}

/** Progress of long work with rate and remaining time. */
export function Progress({ done, total, noun, rate, remaining }: ProgressProps): ReactElement {
  const { t } = useTranslation('ui');
  const label = t('progress.of', { done: formatNumber(done), total: formatNumber(total), noun });
  return (
    <div>
      <progress value={done} max={Math.max(total, 1)} aria-label={label} style={{ width: '100%', accentColor: 'var(--action)' }} />
      <div className="tabular">
        {label}
        {rate !== undefined && ` · ${t('progress.rate', { rate: formatNumber(rate), noun })}`}
        {remaining !== undefined && ` · ${t('progress.remaining', { minutes: formatNumber(Math.ceil(remaining / 60)) })}`}
      </div>
    </div>
  );
}
