import { SegmentedControl } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { Redirect } from '../../shell/Redirect.tsx';
import { ErrorState, LoadingLines, PrintArea } from '../../ui/page/index.ts';
import { ExerciseBanner } from '../exercises/ExerciseBanner.tsx';
import { ArrivalBar } from '../exchange/ArrivalBar.tsx';
import { ReportsBar } from '../reports/ReportsBar.tsx';
import type { Standing } from './api.ts';
import { StandingDocument } from './StandingDocument.tsx';
import { StandingHead } from './StandingHead.tsx';
import { StandingMatrix } from './StandingMatrix.tsx';
import { WhyPanel } from './WhyPanel.tsx';
import { useStandingState } from './useStandingState.ts';
import styles from './Standing.module.css';

const RemindDialog = lazy(async () => ({ default: (await import('./RemindDialog.tsx')).RemindDialog }));

/** The directive itself with the state of everybody it went to: the document, the matrix of who, and below it why. */
export function StandingPage(): ReactElement {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const standing = useApi('GET /directives/{id}/standing', { params: { id } });
  if (standing.data?.id === id) return <StandingContent key={id} standing={standing.data} />;
  if (standing.error === null) return <LoadingLines lines={12} />;
  if (standing.error.code === 'directive.draft') return <Redirect to={`/directives/${id}/check`} />;
  return <ErrorState page error={standing.error} onRetry={() => void standing.refetch()} />;
}

type Side = 'document' | 'matrix';

function StandingContent({ standing }: { standing: Standing }): ReactElement {
  const { t } = useTranslation('standing');
  const control = useStandingState();
  const [side, setSide] = useState<Side>('matrix');
  const [folded, setFolded] = useState(false);
  const [reminding, setReminding] = useState<readonly string[] | null>(null);
  const { state, change } = control;
  return (
    <PrintArea
      title={standing.code ?? t('head.unnumbered')}
      source={t('print.source', { code: standing.code ?? '–' })}
      at={standing.at}
      landscape
    >
      <ExerciseBanner name={standing.exerciseName} />
      <StandingHead standing={standing} control={control} onRemind={() => setReminding([])} />
      <ArrivalBar directive={standing.id} />
      <ReportsBar directive={standing.id} code={standing.code} />
      <div className={`${styles['sides']} never-printed`}>
        <SegmentedControl
          fullWidth
          value={side}
          onChange={(next) => setSide(next as Side)}
          data={[
            { value: 'matrix', label: t('side.matrix') },
            { value: 'document', label: t('side.document') },
          ]}
        />
      </div>
      <div className={styles['page']} data-side={side} data-folded={folded || undefined}>
        <div className={`${styles['document']} never-printed`}>
          <StandingDocument standing={standing} item={state.item} onItem={(item) => change({ item, org: '', fig: '' })} />
        </div>
        <div className={styles['matrix']}>
          <StandingMatrix standing={standing} control={control} folded={folded} onFold={() => setFolded(!folded)} />
          <WhyPanel standing={standing} control={control} onRemind={(organisation) => setReminding([organisation])} />
        </div>
      </div>
      <Suspense fallback={null}>
        {reminding !== null && <RemindDialog standing={standing} chosen={reminding} onClose={() => setReminding(null)} />}
      </Suspense>
    </PrintArea>
  );
}
