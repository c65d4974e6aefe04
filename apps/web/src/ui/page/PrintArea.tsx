import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../i18n/format.ts';

interface PrintAreaProps {
  children: ReactNode;
  title: string;
  /** Where the figures come from, in words. */
  source: string;
  /** Instant of the figures. */
  at: string;
}

/** What is printed of a page: plain black on white, headed by title, source and time of the figures; the shell stays out. */
export function PrintArea({ children, title, source, at }: PrintAreaProps): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <div>
      <div className="only-printed">
        <strong>{title}</strong>
        <p>{t('print.source', { source, at: formatDateTime(at) })}</p>
      </div>
      {children}
    </div>
  );
}
