import { NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Routes } from '../../api/contract.ts';
import { useApi, useChange } from '../../api/query.ts';
import { useErrorText } from '../../ui/form/useErrorText.ts';

type Directive = Routes['GET /directives/{id}']['output'];
interface Props {
  view: Directive;
  flush: () => Promise<boolean>;
  /** The newest version that this page knows. */
  newest: () => Directive;
  onSaved: (view: Directive) => void;
}

/** Puts a draft into an exercise or takes it out; whoever carries another document out stays on its side. */
export function ExerciseField({ view, flush, newest, onSaved }: Props): ReactElement | null {
  const { t } = useTranslation('exercises');
  const errorText = useErrorText();
  const client = useQueryClient();
  const [waits, setWaits] = useState(false);
  const list = useApi('GET /exercises', { query: { size: 100 } });
  const set = useChange('POST /directives/{id}/exercise', ['GET /directives']);
  const others = (list.data?.items ?? []).filter(({ state, id }) => state !== 'over' && id !== view.exercise);
  const own = view.exercise === null ? [] : [{ id: view.exercise, name: view.exerciseName ?? '' }];
  const open = [...own, ...others];
  if (view.upstream !== null || open.length === 0) return null;
  const choose = async (exercise: string): Promise<void> => {
    setWaits(true);
    if (await flush()) {
      const answer = await set
        .mutateAsync({ params: { id: view.id }, body: { version: newest().version, exercise: exercise === '' ? null : exercise } })
        .catch(() => null);
      if (answer !== null) onSaved(answer);
      await client.invalidateQueries({ queryKey: ['GET /directives/{id}/preview'] });
    }
    setWaits(false);
  };
  return (
    <NativeSelect
      label={t('field.label')}
      description={t('field.hint')}
      value={view.exercise ?? ''}
      disabled={waits}
      error={set.error === null ? null : errorText(set.error)}
      onChange={(event) => void choose(event.currentTarget.value)}
      data={[{ value: '', label: t('field.none') }, ...open.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  );
}
