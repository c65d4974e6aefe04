import { dueOf } from '../check/deadline.ts';

export interface Edit {
  text?: string;
  due?: string | null;
  withdrawn?: boolean;
}

/** An amendment while it is put together. */
export interface Plan {
  edits: Readonly<Record<string, Edit>>;
  added: readonly { path: string; text: string; day: string | null }[];
  joining: { id: string; name: string }[];
  leaving: { id: string; name: string }[];
  reason: string;
}

const filled = (one: Plan['added'][number]): boolean => one.path.trim() !== '' && one.text.trim() !== '';

export function isUnchanged(plan: Plan): boolean {
  const edited = Object.values(plan.edits).some((edit) => edit.withdrawn === true || edit.text !== undefined || edit.due !== undefined);
  return !edited && !plan.added.some(filled) && plan.joining.length === 0 && plan.leaving.length === 0;
}

/** @param joiningText under which phrase new receivers are listed */
export function bodyOf(version: number, plan: Plan, joiningText: string) {
  const edits = Object.entries(plan.edits);
  return {
    version,
    reason: plan.reason.trim(),
    changed: edits
      .filter(([, edit]) => !edit.withdrawn && (edit.text !== undefined || edit.due !== undefined))
      .map(([id, { text, due }]) => ({ id, ...(text === undefined ? {} : { text }), ...(due === undefined ? {} : { due }) })),
    withdrawn: edits.filter(([, edit]) => edit.withdrawn === true).map(([id]) => id),
    added: plan.added.filter(filled).map(({ path, text, day }) => ({
      path: path.trim(),
      text: text.trim(),
      audience: [],
      phrase: null,
      due: dueOf(day, null),
      recurrence: null,
      measures: [],
    })),
    addedRecipients: plan.joining.length === 0 ? [] : [{ text: joiningText, organisations: plan.joining.map(({ id }) => id) }],
    withdrawnOrganisations: plan.leaving.map(({ id }) => id),
  };
}
