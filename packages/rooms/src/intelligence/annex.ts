import { dayOf, notFound } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { directiveHead, requirementsOf } from '../directives/index.ts';

/** A directive whose annex a list is. `due`: the last day of an item. */
export type Annex = { directive: string; subject: string; requirements: { id: string; text: string; due: string | null }[] };

/** What findings of an annex may answer; null for no directive. @throws DomainError as if the directive did not exist */
export async function annexOf(tx: Tx, directive: string | null): Promise<Annex | null> {
  if (directive === null) return null;
  const head = (await directiveHead(tx, [directive])).get(directive);
  if (!head) throw notFound('directive');
  const items = (await requirementsOf(tx, directive)).filter(({ heading, withdrawnAt }) => !heading && withdrawnAt === null);
  const day = (due: string | null): string | null => (due === null ? null : dayOf(Temporal.Instant.from(due)).toString());
  return { directive, subject: head.subject, requirements: items.map(({ id, text, due }) => ({ id, text, due: day(due) })) };
}
