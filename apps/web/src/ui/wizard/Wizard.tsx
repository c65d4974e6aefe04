import { Button } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icons.tsx';
import styles from './Wizard.module.css';

export interface WizardStep {
  id: string;
  label: string;
}

interface WizardProps {
  steps: readonly WizardStep[];
  current: string;
  /** Goes back to a step already done; steps ahead are reached by `next` alone. */
  onStep?: (id: string) => void;
  back?: (() => void) | undefined;
  /** The one primary act. `reason` says why it is greyed. */
  next?: { label: string; onClick: () => void; busy?: boolean; reason?: string | undefined } | undefined;
  /** *Lưu nháp lúc 16:34 · chưa đơn vị nào thấy*. */
  note?: ReactNode;
  children: ReactNode;
}

/** Steps of a longer act, always the same: where one is, what was done, one way on and one back. */
export function Wizard({ steps, current, onStep, back, next, note, children }: WizardProps): ReactElement {
  const { t } = useTranslation('ui');
  const at = steps.findIndex(({ id }) => id === current);
  return (
    <div className={styles['wizard']}>
      <ol className={styles['steps']} aria-label={t('wizard.steps')}>
        {steps.map((step, place) => (
          <li key={step.id} aria-current={place === at ? 'step' : undefined}>
            <StepMark step={step} place={place} at={at} onStep={onStep} />
          </li>
        ))}
      </ol>
      <div>{children}</div>
      <div className={`${styles['foot']} never-printed`}>
        <span className={styles['note']}>{next?.reason ?? note}</span>
        {back !== undefined && (
          <Button variant="default" onClick={back}>
            {t('wizard.back')}
          </Button>
        )}
        {next !== undefined && (
          <Button onClick={next.onClick} loading={next.busy ?? false} disabled={next.reason !== undefined}>
            {next.label}
          </Button>
        )}
      </div>
    </div>
  );
}

interface StepMarkProps {
  step: WizardStep;
  place: number;
  at: number;
  onStep: ((id: string) => void) | undefined;
}

function StepMark({ step, place, at, onStep }: StepMarkProps): ReactElement {
  const { t } = useTranslation('ui');
  const past = place < at;
  const className = `${styles['step']} ${past ? styles['past'] : place === at ? styles['current'] : ''}`;
  const content = (
    <>
      <span className={styles['number']}>{past ? <Icon name="done" size={13} /> : place + 1}</span>
      <span className={styles['label']}>{step.label}</span>
      {past && <span className="only-heard">{t('wizard.done')}</span>}
    </>
  );
  if (!past || onStep === undefined) return <span className={className}>{content}</span>;
  return (
    <button type="button" className={className} onClick={() => onStep(step.id)}>
      {content}
    </button>
  );
}

/** The steps of every import, in the order of `ui.md`: file, recognised, map, dry-run, run, result. */
export function useImportSteps(): readonly WizardStep[] {
  const { t } = useTranslation('ui');
  return ['file', 'recognised', 'map', 'dryRun', 'run', 'result'].map((id) => ({ id, label: t(`wizard.import.${id}`) }));
}
