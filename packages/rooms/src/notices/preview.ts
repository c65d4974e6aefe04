import { compareVietnamese, fold, isoInstant } from '@vonggac/kernel';
import { type Ctx, inSnapshot } from '@vonggac/store';
import { contactsOf, namesOf } from '../organisations/index.ts';
import { decide, type Why } from './decide.ts';
import { choiceOf, nowOf, summedFacts, toldIn, today } from './facts.ts';
import { nextOf } from './interval.ts';
import { contactsFor, type ContactRole } from './model.ts';
import { mayWrite } from './rules.ts';
import { intervalNow, ruleWithin } from './send.ts';

export type PreviewRow = {
  organisation: { id: string; name: string };
  n: number;
  again: number;
  fresh: number;
  why: Why | null;
  held: { why: Why; n: number }[];
  /** Whose contact would get the mail; null: none has an address. */
  role: ContactRole | null;
};
export type Preview = {
  items: PreviewRow[];
  total: number;
  going: number;
  findings: number;
  withoutContact: number;
  at: string;
  next: string | null;
  can: { send: boolean };
};

/** If a rule ran now: whom it would tell how much, and what is held back by what; those that get something first. */
export async function previewRule(ctx: Ctx, id: string, query: { q?: string | undefined; page: number; size: number }): Promise<Preview> {
  const rule = await ruleWithin(ctx, id);
  const interval = rule.test ? '' : await intervalNow(ctx, rule);
  return inSnapshot(ctx, async (tx) => {
    const told = await toldIn(tx, rule.organisation, interval);
    const decisions = decide(choiceOf(rule), await summedFacts(tx, rule), nowOf(ctx, told, false));
    const ids = decisions.map(({ organisation }) => organisation);
    const names = await namesOf(tx, ids, today(ctx));
    const receivers = rule.test ? [rule.organisation] : ids;
    const contacts = Map.groupBy(
      await contactsOf(tx, receivers, { day: ctx.scope.day, roles: rule.roles }),
      ({ organisation }) => organisation,
    );
    const rows = decisions.map(({ organisation, tell, n, why, held }): PreviewRow => {
      const sum = (which: (fact: (typeof tell)[number]) => boolean) => tell.filter(which).reduce((all, fact) => all + fact.n, 0);
      return {
        organisation: { id: organisation, name: names.get(organisation)?.qualifiedName ?? '' },
        n,
        again: sum(({ isAgain }) => isAgain),
        fresh: sum(({ isAgain, toldOn }) => !isAgain && toldOn === null),
        why,
        held: [...held].map(([reason, many]) => ({ why: reason, n: many })).toSorted((a, b) => b.n - a.n),
        role: contactsFor(rule.roles, contacts.get(rule.test ? rule.organisation : organisation) ?? [])?.role ?? null,
      };
    });
    const going = rows.filter(({ n }) => n > 0);
    const q = fold(query.q ?? '');
    const shown = rows
      .filter(({ organisation }) => q === '' || fold(organisation.name).includes(q))
      .toSorted((a, b) => b.n - a.n || compareVietnamese(a.organisation.name, b.organisation.name));
    const next = rule.active ? nextOf(rule, ctx.clock.now()) : null;
    return {
      items: shown.slice((query.page - 1) * query.size, query.page * query.size),
      total: shown.length,
      going: going.length,
      findings: going.reduce((all, { n }) => all + n, 0),
      withoutContact: going.filter(({ role }) => role === null).length,
      at: isoInstant(ctx.clock.now()),
      next: next === null ? null : isoInstant(next),
      can: { send: mayWrite(ctx) && rule.organisation === ctx.actor.organisation },
    };
  });
}
