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
  /** Wide tables: A4 on its side. */
  landscape?: boolean;
}

/** What is printed of a page: plain black on white, headed by title, source and time of the figures; the shell stays out. */
export function PrintArea({ children, title, source, at, landscape = false }: PrintAreaProps): ReactElement {
  const { t } = useTranslation('ui');
  return (
    <div>
      {/* For the whole document: a named page would begin only after what stands above. */}
      {landscape && <style>{'@page { size: A4 landscape; margin: 12mm }'}</style>}
      <div className="only-printed">
        <strong>{title}</strong>
        <p>{t('print.source', { source, at: formatDateTime(at) })}</p>
      </div>
      {children}
    </div>
  );
}
