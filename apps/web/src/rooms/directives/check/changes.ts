import type { Correction, Directive, Recipient, Requirement } from '../api.ts';

export type Change = Omit<Correction, 'version'>;
export type RequirementInput = NonNullable<Correction['requirements']>[number];
export type RecipientInput = NonNullable<Correction['recipients']>[number];

/** One change on top of another that has not been saved yet. */
export function merged(first: Change, then: Change): Change {
  const head = first.head || then.head ? { head: { ...first.head, ...then.head } } : {};
  return { ...first, ...then, ...head };
}

export function isEmpty(change: Change): boolean {
  return Object.values(change).every((part) => part === undefined);
}

/** The draft as it will be once a change is saved; what only the server knows (resolved organisations) stays as it was. */
export function applied(view: Directive, change: Change): Directive {
  const { overseer: _, ...head } = change.head ?? {};
  const known = <T extends { id: string }>(rows: readonly T[], id: string | undefined): T | undefined => rows.find((row) => row.id === id);
  return {
    ...view,
    ...(head as Partial<Directive>),
    copies: change.copies ?? view.copies,
    contacts: change.contacts ?? view.contacts,
    attachments: change.attachments ?? view.attachments,
    requirements:
      change.requirements?.map((item, position) => ({
        ...(known(view.requirements, item.id) ?? BLANK),
        ...item,
        span: item.span ?? known(view.requirements, item.id)?.span ?? null,
        id: item.id ?? `new-${position}`,
        position,
      })) ?? view.requirements,
    recipients:
      change.recipients?.map((item, position) => ({
        ...(known(view.recipients, item.id) ?? NOBODY),
        text: item.text,
        ...(item.organisations ? { organisations: item.organisations } : {}),
        id: item.id ?? `new-${position}`,
        position,
      })) ?? view.recipients,
    bases:
      change.bases?.map((item, position) => ({
        span: known(view.bases, item.id)?.span ?? null,
        ...item,
        id: item.id ?? `new-${position}`,
        position,
      })) ?? view.bases,
  };
}

const BLANK: Requirement = {
  id: '',
  position: 0,
  path: '',
  text: '',
  heading: false,
  audience: [],
  audienceText: [],
  phrase: null,
  due: null,
  recurrence: null,
  measures: [],
  proposed: [],
  span: null,
  withdrawnAt: null,
};
const NOBODY: Recipient = {
  id: '',
  position: 0,
  text: '',
  resolution: 'none',
  organisations: [],
  unresolved: [],
  why: null,
  narrows: false,
  span: null,
};

/** What a correction says of an item that is there. */
export function requirementInput(item: Requirement): RequirementInput {
  const { id, path, text, heading, audience, phrase, due, recurrence, measures, span } = item;
  return { ...(id.startsWith('new-') ? {} : { id }), path, text, heading, audience, phrase, due, recurrence, measures, span };
}

export function recipientInput(item: Recipient): RecipientInput {
  return { ...(item.id.startsWith('new-') ? {} : { id: item.id }), text: item.text };
}

/** `1.a` → `1.a2`, or the first number after it that is free. */
export function nextPath(items: readonly { path: string }[], path: string): string {
  const stem = path.replace(/\d+$/, (digits) => (path === digits || path.endsWith(`.${digits}`) ? `${digits}.` : ''));
  for (let number = 2; ; number += 1) if (!items.some((item) => item.path === `${stem}${number}`)) return `${stem}${number}`;
}
