import { fold } from '@vonggac/kernel';
import { containing, type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, count, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { grants } from '../access/index.ts';
import type { Contact, ContactRole } from './answers.ts';
import { type Confirmation, confirmationBounds, confirmationOf, isMasked, masked } from './contact-model.ts';
import { validOn } from './dated.ts';
import { refsOf, today } from './internal.ts';
import { among, type NamedOrganisation, namesOf } from './names.ts';
import { contacts, organisationNames, organisations } from './tables.ts';

export type ContactQuery = {
  q?: string | undefined;
  role?: ContactRole | undefined;
  organisation?: string | undefined;
  confirmation?: Confirmation | 'none' | undefined;
  sort: 'organisation' | '-organisation' | 'role' | '-role' | 'confirmed' | '-confirmed';
  page: number;
  size: number;
};

/** A contact as the actor may see it. */
export function contactView(ctx: Ctx, row: Contact, names: ReadonlyMap<string, NamedOrganisation>) {
  const { writtenAt: _, ...contact } = row;
  const hidden = isMasked(ctx, row.organisation);
  return {
    ...(hidden ? masked(contact) : contact),
    organisation: { id: row.organisation, name: names.get(row.organisation)?.qualifiedName ?? '' },
    confirmedAt: row.confirmedAt === null ? null : new Date(row.confirmedAt).toISOString(),
    confirmation: confirmationOf(row.confirmedAt, ctx.clock.now()),
    masked: hidden,
    editable:
      (row.validTo === null || row.validTo > today(ctx)) &&
      (ctx.actor.kind === 'system' || grants(ctx.actor.role).includes('contacts:write')),
  };
}

function confirmationIs(wanted: ContactQuery['confirmation'], ctx: Ctx): SQL | undefined {
  const { overdueBefore, dueBefore } = confirmationBounds(ctx.clock.now());
  if (wanted === 'none') return sql`false`;
  if (wanted === 'overdue') return or(isNull(contacts.confirmedAt), lte(contacts.confirmedAt, overdueBefore));
  if (wanted === 'due') return and(gt(contacts.confirmedAt, overdueBefore), lte(contacts.confirmedAt, dueBefore));
  return wanted === 'confirmed' ? gt(contacts.confirmedAt, dueBefore) : undefined;
}

function whereOf(ctx: Ctx, query: ContactQuery): SQL | undefined {
  const reach = [...new Set([...ctx.scope.organisations, ...ctx.scope.supervised])];
  const pattern = query.q ? containing(fold(query.q)) : undefined;
  return and(
    among(sql`${contacts.organisation}`, reach),
    validOn(contacts.validFrom, contacts.validTo, today(ctx)),
    query.role ? eq(contacts.role, query.role) : undefined,
    query.organisation ? eq(contacts.organisation, query.organisation) : undefined,
    confirmationIs(query.confirmation, ctx),
    // A person's name is searched as it is written; folding it would need a column of its own.
    pattern
      ? or(
          sql`exists (select 1 from ${organisationNames} n where n.organisation = ${contacts.organisation} and n.folded like ${pattern})`,
          sql`${contacts.name} ilike ${containing(query.q!)}`,
        )
      : undefined,
  );
}

const ORDERS: Readonly<Record<string, SQL>> = {
  organisation: sql`${organisations.name} collate "vi-x-icu"`,
  role: sql`${contacts.role}`,
  confirmed: sql`${contacts.confirmedAt}`,
};

function orderOf(sort: ContactQuery['sort']): SQL[] {
  const column = ORDERS[sort.replace('-', '')]!;
  return [
    sort.startsWith('-') ? sql`${column} desc nulls last` : sql`${column} asc nulls first`,
    ORDERS['organisation']!,
    sql`${contacts.organisation}`,
    sql`${contacts.role}`,
    sql`${contacts.id}`,
  ];
}

/** Living organisations in reach that have nobody on file. */
async function withoutContact(tx: Tx, ctx: Ctx): Promise<{ id: string; name: string }[]> {
  const day = today(ctx);
  const { rows } = await tx.execute<{ id: string }>(sql`
    select o.id from ${organisations} o
    where ${among(sql`o.id`, new Set([...ctx.scope.organisations, ...ctx.scope.supervised]))} and ${validOn(sql`o.exists_from`, sql`o.exists_to`, day)}
      and not exists (select 1 from ${contacts} c where c.organisation = o.id and ${validOn(sql`c.valid_from`, sql`c.valid_to`, day)})
    order by o.name collate "vi-x-icu" limit 500`);
  return refsOf(
    tx,
    rows.map((row) => row.id),
    day,
  );
}

/** The contact register of all organisations in reach and supervised, on today; masked where the actor sees it so. */
export async function listContacts(ctx: Ctx, query: ContactQuery) {
  return inSnapshot(ctx, async (tx) => {
    const where = whereOf(ctx, query);
    const [counted] = await tx.select({ total: count() }).from(contacts).where(where);
    const rows = await tx
      .select({ contact: contacts })
      .from(contacts)
      .innerJoin(organisations, eq(organisations.id, contacts.organisation))
      .where(where)
      .orderBy(...orderOf(query.sort))
      .limit(query.size)
      .offset((query.page - 1) * query.size);
    const names = await namesOf(
      tx,
      rows.map(({ contact }) => contact.organisation),
      today(ctx),
    );
    return {
      total: counted!.total,
      items: rows.map(({ contact }) => contactView(ctx, contact, names)),
      withoutContact: query.page === 1 && !query.q && !query.organisation ? await withoutContact(tx, ctx) : [],
    };
  });
}
