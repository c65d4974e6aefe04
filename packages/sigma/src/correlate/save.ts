import type { Entry } from './entry.ts';

/** The state of a correlator; `key` is the correlation's id and the group's values, as JSON. */
export type SavedState<Reference> = {
  readonly version: 1;
  readonly groups: readonly {
    readonly key: string;
    readonly holding: boolean;
    /** Time, rule, value, reference. */
    readonly entries: readonly (readonly [number, number, string | number | null, Reference])[];
  }[];
};

/** @throws TypeError where it is no saved state */
export function restoredGroups<Reference>(saved: unknown): { key: string; holding: boolean; entries: Entry<Reference>[] }[] {
  const state = saved as Partial<SavedState<Reference>> | null;
  if (typeof state !== 'object' || state === null || state.version !== 1 || !Array.isArray(state.groups))
    throw noState('version 1 with groups');
  return (state.groups as SavedState<Reference>['groups']).map(({ key, holding, entries }) => {
    if (typeof key !== 'string' || !isKey(key) || typeof holding !== 'boolean' || !Array.isArray(entries)) throw noState('a group');
    return { key, holding, entries: entries.map((entry) => entryOf<Reference>(entry)) };
  });
}

function entryOf<Reference>(saved: SavedState<Reference>['groups'][number]['entries'][number]): Entry<Reference> {
  if (!Array.isArray(saved)) throw noState('an entry');
  const [time, rule, value, reference] = saved as readonly [number, number, string | number | null, Reference];
  const isValue = value === null || typeof value === 'string' || typeof value === 'number';
  if (!Number.isFinite(time) || !Number.isInteger(rule) || rule < 0 || !isValue) throw noState('an entry');
  return { time, rule, value, reference };
}

function isKey(text: string): boolean {
  try {
    const parts: unknown = JSON.parse(text);
    return Array.isArray(parts) && parts.length > 0 && parts.every((part) => typeof part === 'string');
  } catch {
    return false;
  }
}

function noState(what: string): TypeError {
  return new TypeError(`not the saved state of a correlator: expected ${what}`);
}
