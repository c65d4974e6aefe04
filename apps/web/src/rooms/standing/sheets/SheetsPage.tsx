import { Link, useParams } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { ErrorState, LoadingLines, PageHeader } from '../../../ui/page/index.ts';
import { SheetsBack } from './SheetsBack.tsx';
import { SheetsOut } from './SheetsOut.tsx';
import { SheetsPast } from './SheetsPast.tsx';
import { useSheetFiles } from './useSheetFiles.ts';
import styles from './Sheets.module.css';

/** Answer sheets of a directive: out to the agencies, and back from them. */
export function SheetsPage(): ReactElement {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const standing = useApi('GET /directives/{id}/standing', { params: { id } });
  if (standing.error !== null) return <ErrorState page error={standing.error} onRetry={() => void standing.refetch()} />;
  if (standing.data?.id !== id) return <LoadingLines lines={8} />;
  const { code, subject, status, can } = standing.data;
  return (
    <Content
      key={id}
      directive={id}
      name={[code, subject].filter(Boolean).join(' · ')}
      code={code}
      isOpen={status === 'issued'}
      may={can.review}
    />
  );
}

interface ContentProps {
  directive: string;
  name: string;
  code: string | null;
  isOpen: boolean;
  may: boolean;
}

function Content({ directive, name, code, isOpen, may }: ContentProps): ReactElement {
  const { t } = useTranslation('standing');
  const control = useSheetFiles(directive);
  return (
    <>
      <PageHeader
        title={t('sheets.title', { code: code ?? '' })}
        trail={<Link to={`/directives/${directive}`}>{name}</Link>}
        lead={t('sheets.lead')}
      />
      {may ? (
        <div className={styles['page']}>
          <SheetsBack control={control} disabled={!isOpen} />
          <SheetsOut directive={directive} code={code} disabled={!isOpen} />
        </div>
      ) : (
        <p>{t('sheets.mayNot')}</p>
      )}
      {may && <SheetsPast directive={directive} onOpen={control.open} />}
    </>
  );
}
