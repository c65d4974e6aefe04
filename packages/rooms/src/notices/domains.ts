import { domainToASCII } from 'node:url';
import { HOUSE, invalid, isoInstant } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, settings, type Tx } from '@vonggac/store';
import { eq, sql } from 'drizzle-orm';
import { may, mayInstallation, reaches, rootOf } from '../access/index.ts';
import { record } from '../audit/index.ts';

const KEY = 'notices.address-domains';
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** The mail domains whose receivers may be told addresses of machines; each stands for itself alone, not for its subdomains. */
export async function readDomains(tx: Tx): Promise<string[]> {
  const [row] = await tx.select({ value: settings.value }).from(settings).where(eq(settings.key, KEY));
  return Array.isArray(row?.value) ? (row.value as string[]) : [];
}

/** @throws DomainError `access.role` */
export async function noticeDomains(ctx: Ctx): Promise<{ domains: string[]; can: { write: boolean } }> {
  may(ctx, 'settings:write');
  return inSnapshot(ctx, async (tx) => {
    const write = ctx.actor.organisation === HOUSE || reaches(ctx, (await rootOf(tx)) ?? HOUSE);
    return { domains: await readDomains(tx), can: { write } };
  });
}

/**
 * Sets them for the whole installation; small letters, each once.
 * @throws DomainError `access.role`, `organisation.not_found` for an administrator of a part, `notices.domain`
 */
export async function setNoticeDomains(ctx: Ctx, asked: readonly string[]): Promise<{ domains: string[] }> {
  await mayInstallation(ctx, 'settings:write');
  const domains = [...new Set(asked.map(tidy))].toSorted();
  await inTransaction(ctx, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`settings/${KEY}`}, 0))`);
    const before = await readDomains(tx);
    const writtenAt = isoInstant(ctx.clock.now());
    await tx
      .insert(settings)
      .values({ key: KEY, value: domains, writtenAt })
      .onConflictDoUpdate({ target: settings.key, set: { value: domains, writtenAt } });
    await record(tx, ctx, {
      action: 'settings.notice_domains',
      subject: { kind: 'installation', id: HOUSE },
      before: { domains: before },
      after: { domains },
    });
  });
  return { domains };
}

function tidy(asked: string, at: number): string {
  const domain = domainToASCII(asked.trim().toLowerCase().replace(/^@/, '')).replace(/\.$/, '');
  if (DOMAIN.test(domain)) return domain;
  throw invalid('notices.domain', `domains[${at}]`, {
    vi: `“${asked}” không phải tên miền thư. Ghi phần sau dấu @, ví dụ: tinh.gov.vn.`,
    en: `“${asked}” is not a mail domain. Write what stands behind the @, such as province.gov.vn.`,
  });
}
