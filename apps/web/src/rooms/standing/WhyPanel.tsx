import { lazy, Suspense, useEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingLines } from '../../ui/page/index.ts';
import type { Standing } from './api.ts';
import { FigurePanel } from './FigurePanel.tsx';
import { ItemPanel } from './ItemPanel.tsx';
import type { StandingControl } from './useStandingState.ts';
import styles from './Standing.module.css';

const CellPanel = lazy(async () => ({ default: (await import('./CellPanel.tsx')).CellPanel }));
const OrganisationPanel = lazy(async () => ({ default: (await import('./OrganisationPanel.tsx')).OrganisationPanel }));

interface WhyPanelProps {
  standing: Standing;
  control: StandingControl;
  onRemind: (organisation: string) => void;
}

/** The matrix says who; this says why, for what is chosen: a cell, an organisation, an item or a figure. */
export function WhyPanel({ standing, control, onRemind }: WhyPanelProps): ReactElement {
  const { t } = useTranslation('standing');
  const { org, item, fig } = control.state;
  const panel = useRef<HTMLElement>(null);
  const told = `${fig} ${org} ${item}`.trim();
  const ofMatrix = org !== '' || fig !== '';
  const former = useRef(told);
  useEffect(() => {
    // What was just chosen is explained below, which may be out of sight; beside the document an item needs no scrolling.
    const isHidden = ofMatrix || window.matchMedia('(max-width: 64em)').matches;
    if (told !== '' && told !== former.current && isHidden) panel.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    former.current = told;
  }, [told, ofMatrix]);
  const chosen = standing.requirements.find(({ id }) => id === item);
  return (
    <section
      ref={panel}
      className={`${styles['why']} never-printed`}
      aria-label={t('why.label')}
      data-chosen={ofMatrix || undefined}
      aria-live="polite"
    >
      <Suspense fallback={<LoadingLines lines={5} />}>
        {fig !== '' ? (
          <FigurePanel key={`${fig} ${item}`} standing={standing} control={control} figure={fig} />
        ) : org !== '' && item !== '' ? (
          <CellPanel key={`${org} ${item}`} standing={standing} organisation={org} requirement={item} onRemind={onRemind} />
        ) : org !== '' ? (
          <OrganisationPanel key={org} standing={standing} organisation={org} control={control} onRemind={onRemind} />
        ) : chosen !== undefined ? (
          <ItemPanel standing={standing} item={chosen} control={control} />
        ) : (
          <p className={styles['hint']}>{t('why.hint')}</p>
        )}
      </Suspense>
    </section>
  );
}
