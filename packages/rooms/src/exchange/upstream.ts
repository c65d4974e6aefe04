import { documentIdOf, type EdxmlOrganisation } from '@vonggac/congvan/edxml';
import { fold, isoInstant, type Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, isNotNull, ne, or, sql } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { directives } from '../directives/index.ts';
import { organisationNames, organisations } from '../organisations/index.ts';
import type { AxisCode } from '../tasks/index.ts';
import { frozen } from './make.ts';
import { descriptionOf, pathTo, PROGRESS } from './model.ts';
import type { Sender } from './part.ts';
import { arrivals, statusMessages } from './tables.ts';

type Directive = typeof directives.$inferSelect;

/** A document from above that an authority took in: who sent it, and who answers for it here. */
export type Upstream = { directive: Directive; sender: Sender; own: EdxmlOrganisation | null };

/** null where the organisation issued it itself, or does not know who did. */
export async function upstreamOf(tx: Tx, id: string): Promise<Upstream | null> {
  const [directive] = await tx.select().from(directives).where(eq(directives.id, id));
  if (!directive || directive.upstream !== null) return null;
  const [own] = await tx
    .select({ code: organisations.code, name: organisations.name })
    .from(organisations)
    .where(eq(organisations.id, directive.organisation));
  const issuer = directive.issuerOrganId === null ? await namedIssuer(tx, directive) : null;
  const organId = directive.issuerOrganId ?? issuer?.code ?? null;
  if ((directive.issuerOrganId === null && issuer === null) || organId === (own?.code ?? '')) return null;
  const { code, day } = directive;
  const name = directive.edxml?.from.name ?? issuer?.name ?? directive.issuerName ?? '';
  const documentId = directive.documentId ?? documentIdOf({ organisation: organId, day, code });
  return {
    directive,
    sender: { organId, name, code, day, documentId },
    own: own?.code == null ? null : { id: own.code, name: own.name },
  };
}

/** Of a document that was read from a file: the organisation of that name, unless it is the reader's own. */
async function namedIssuer(
  tx: Tx,
  { issuerName, organisation, sourceFile }: Directive,
): Promise<{ code: string | null; name: string } | null> {
  if (issuerName === null || sourceFile === null) return null;
  const named = await tx
    .select({ id: organisations.id, code: organisations.code, name: organisations.name })
    .from(organisationNames)
    .innerJoin(organisations, eq(organisations.id, organisationNames.organisation))
    .where(eq(organisationNames.folded, fold(issuerName)));
  return named.some(({ id }) => id === organisation) ? null : (named[0] ?? null);
}

/** Why no status can go up, or null. */
export function whyNotUp({ directive, sender, own }: Upstream): Text | null {
  if (directive.exercise !== null)
    return {
      vi: 'Văn bản thuộc một cuộc diễn tập nên không lập thông điệp trạng thái gửi đi.',
      en: 'The directive belongs to an exercise, so no status message is made of it.',
    };
  if (own === null)
    return {
      vi: 'Cơ quan chưa có mã định danh (OrganId). Bổ sung ở trang đơn vị; các trạng thái còn thiếu được lập ở bước tiếp theo.',
      en: 'Your organisation has no OrganId. Add it on its page; missing statuses are made with the next step.',
    };
  if (sender.organId === null)
    return {
      vi: 'Nơi gửi chưa có mã định danh (OrganId). Bổ sung ở trang đơn vị của nơi gửi.',
      en: 'The sender has no OrganId. Add it on the page of the sending organisation.',
    };
  if (sender.code === null || sender.day === null)
    return {
      vi: 'Văn bản chưa có số hoặc ngày ban hành nên chưa thể nêu trong thông điệp trạng thái.',
      en: 'The document has no number or day yet, so a status message cannot name it.',
    };
  return null;
}

/** What was told of a document before, also under a draft that was read earlier. Those who lie outside see none of it. */
export async function toldOf(tx: Tx, { directive, sender }: Upstream): Promise<AxisCode[]> {
  const rows = await tx
    .select({ code: statusMessages.code })
    .from(statusMessages)
    .where(
      and(
        eq(statusMessages.organisation, directive.organisation),
        or(
          eq(statusMessages.directive, directive.id),
          sql`${statusMessages.message} -> 'responseFor' ->> 'documentId' = ${sender.documentId}`,
        ),
      ),
    );
  return PROGRESS.filter((code) => rows.some((row) => row.code === code));
}

/**
 * Puts the statuses up to one into the queue, each once, never a step back: what was refused (02) stays refused. An agency, who
 * cannot see the queue of its superior, adds its own step (05) alone. Does nothing where nobody above is to be told.
 * @returns how many were made
 */
export async function tellUp(tx: Tx, ctx: Ctx, id: string, code: AxisCode): Promise<number> {
  const upstream = await upstreamOf(tx, id);
  if (upstream === null || whyNotUp(upstream) !== null) return 0;
  const { directive, sender } = upstream;
  const own = upstream.own!;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`statuses/${id}/${directive.organisation}`}, 0))`);
  const told = await toldOf(tx, upstream);
  if (told.includes('02') || (code === '02' && told.some((one) => one > '02'))) return 0;
  const isInside = reaches(ctx, directive.organisation) || reaches(ctx, directive.overseer);
  const missing = (isInside ? pathTo(code) : [code]).filter((one) => !told.includes(one));
  const [arrival] = await tx.select().from(arrivals).where(eq(arrivals.directive, id));
  const at = isoInstant(ctx.clock.now());
  const part = { directive: id, organisation: directive.organisation, overseer: directive.overseer };
  const facts = { number: arrival?.number ?? null, day: arrival?.day ?? null, refusedReason: arrival?.refusedReason ?? null };
  let made = 0;
  for (const step of missing) {
    const row = frozen(ctx, { part, own, sender }, { code: step, at, description: descriptionOf(step, facts) });
    made += (await tx.insert(statusMessages).values(row).onConflictDoNothing()).rowCount ?? 0;
  }
  if (made > 0) {
    await record(tx, ctx, {
      action: 'exchange.told_up',
      subject: { kind: 'directive', id },
      ...(isInside ? {} : { concerns: directive.organisation }),
      after: { codes: missing, to: sender.organId },
    });
  }
  return made;
}

/** Issued directives of a message that still matter to somebody above. */
export async function isFromAxis(tx: Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({ id: directives.id })
    .from(directives)
    .where(
      and(
        sql`${directives.id} = any(${sql.param([...ids])}::uuid[])`,
        isNotNull(directives.edxml),
        ne(directives.status, 'draft'),
        sql`${directives.exercise} is null`,
      ),
    );
  return rows.map(({ id }) => id);
}
