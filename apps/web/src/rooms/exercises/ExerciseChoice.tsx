import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../../ui/table/index.ts';
import { ExerciseBanner } from './ExerciseBanner.tsx';

/** Of a list: what belongs to exercises instead of what is real. */
export function useExerciseFilter(): Filter {
  const { t } = useTranslation('exercises');
  return { name: 'exercise', label: t('filter'), options: [{ value: 'true', label: t('only') }] };
}

/** Above a list that shows exercises alone. */
export function OnlyExercises(): ReactElement {
  const { t } = useTranslation('exercises');
  return <ExerciseBanner name={t('only')} />;
}

interface Props {
  count: number;
  pressed: boolean;
  className: string | undefined;
  onToggle: () => void;
}

/** Between real work and that of exercises. */
export function ExercisePill({ count, pressed, className, onToggle }: Props): ReactElement {
  const { t } = useTranslation('exercises');
  return (
    <button type="button" className={className} aria-pressed={pressed} onClick={onToggle}>
      {t('work', { count })}
    </button>
  );
}
