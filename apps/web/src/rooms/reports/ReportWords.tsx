import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber, formatTime, formatDate } from '../../i18n/format.ts';
import type { Figure, ReportHead } from './api.ts';
import { shareOf } from './text.ts';
import styles from './Reports.module.css';

/** `số liệu đến 07 giờ 00 ngày 4/5/2026`. */
export function AsOf({ at }: { at: string }): ReactElement {
  const { t } = useTranslation('reports');
  const [hour = '', minute = ''] = formatTime(at).split(':');
  return <span className="tabular">{t('asOf', { hour, minute, day: formatDate(at) })}</span>;
}

export function Status({ status }: Pick<ReportHead, 'status'>): ReactElement {
  const { t } = useTranslation('reports');
  return <span className={`${styles['status']} ${styles[status]}`}>{t(`status.${status}`)}</span>;
}

/** `45/BC-STTTT`, or the symbol with the number left open. */
export function codeOf({ number, symbol }: Pick<ReportHead, 'number' | 'symbol'>): string {
  return `${number ?? '…'}/${symbol}`;
}

/** `44/45 (97,8%)`; that nothing measures it is said in words. */
export function useFraction(): (figure: Pick<Figure, 'value' | 'of'>) => string {
  const { t } = useTranslation('reports');
  return (figure) => {
    if (figure.value === null) return t('figure.unmeasured');
    if (figure.of === null) return formatNumber(figure.value, 1);
    const share = shareOf(figure);
    return `${formatNumber(figure.value)}/${formatNumber(figure.of)}${share === null ? '' : ` (${formatNumber(share, 1)}%)`}`;
  };
}
