import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showToast } from '../../../ui/toast/index.ts';
import { requirementInput } from './changes.ts';
import type { RequirementInput } from './changes.ts';
import type { PartProps } from './HeadPanel.tsx';
import { joined, lastPath, shifted, split, takenBack } from './items.ts';
import type { Step } from './items.ts';

export interface Items {
  change: (id: string, part: Partial<RequirementInput>, now?: boolean) => void;
  add: () => void;
  remove: (id: string) => void;
  cut: (id: string, at: number) => void;
  join: (id: string) => void;
  move: (id: string, by: -1 | 1) => void;
  /** Takes the last of these back; null while there is nothing to take back. */
  undo: (() => void) | null;
}

/** What can be done to the list of items; each step can be taken back, in turn, as long as the page is open. */
export function useItems({ view, link, save }: PartProps): Items {
  const { t } = useTranslation('directives');
  const items = view.requirements;
  const now = useRef(items);
  useEffect(() => {
    now.current = items;
  }, [items]);
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const choose = useChoosing(items, link.onSelect);
  const back = (step: Step): void => {
    setSteps((former) => former.filter((other) => other !== step));
    save({ requirements: takenBack(now.current, step) }, true);
  };
  const put = (next: RequirementInput[], message: string, touched: readonly string[] = []): void => {
    const paths = new Set(items.map(({ path }) => path));
    const made = next.flatMap(({ path }) => (paths.has(path) ? [] : [path]));
    const step: Step = { before: items.map(requirementInput), touched, made };
    setSteps((former) => [...former.slice(-19), step]);
    save({ requirements: next }, true);
    if (made[0] !== undefined) choose(made[0]);
    showToast({ message, undo: () => back(step) });
  };
  const pathOf = (id: string): string => items.find((item) => item.id === id)?.path ?? '';
  return {
    change: (id, part, soon = false) =>
      save({ requirements: items.map((item) => ({ ...requirementInput(item), ...(item.id === id ? part : {}) })) }, soon),
    add: () => {
      const path = lastPath(items);
      const blank = {
        path,
        text: t('check.newItem'),
        heading: false,
        audience: [],
        phrase: null,
        due: null,
        recurrence: null,
        measures: [],
      };
      put([...items.map(requirementInput), blank], t('items.added', { path }));
    },
    remove: (id) => {
      const at = items.findIndex((item) => item.id === id);
      const near = items[at + 1] ?? items[at - 1];
      put(items.filter((item) => item.id !== id).map(requirementInput), t('items.removed', { path: pathOf(id) }), [id]);
      link.onSelect(near === undefined ? '' : `requirement:${near.id}`);
    },
    cut: (id, at) => put(split(items, id, at, view.text), t('items.cut', { path: pathOf(id) }), [id]),
    join: (id) => {
      const before = items[items.findIndex((item) => item.id === id) - 1];
      if (before === undefined) return;
      put(joined(items, id), t('items.joined', { path: pathOf(id), before: before.path }), [before.id, id]);
      link.onSelect(`requirement:${before.id}`);
    },
    move: (id, by) => put(shifted(items, id, by), t('items.moved', { path: pathOf(id) })),
    undo: steps.length === 0 ? null : () => back(steps.at(-1)!),
  };
}

/** Opens an item by its number once it is saved: until then it has no lasting id. */
function useChoosing(items: PartProps['view']['requirements'], onSelect: (id: string) => void): (path: string) => void {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    const item = items.find(({ id, path }) => path === wanted.current && !id.startsWith('new-'));
    if (item === undefined) return;
    wanted.current = null;
    onSelect(`requirement:${item.id}`);
  }, [items, onSelect]);
  return (path) => {
    wanted.current = path;
  };
}
