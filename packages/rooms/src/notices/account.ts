import type { Tx } from '@vonggac/store';
import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { memberships } from '../access/index.ts';

/** Whether anybody holds a role in an organisation on a day, and so can sign in for it. */
export async function hasAccount(tx: Tx, organisation: string, day: string): Promise<boolean> {
  const holds = and(lte(memberships.validFrom, day), or(isNull(memberships.validTo), gt(memberships.validTo, day)));
  return (await tx.$count(memberships, and(eq(memberships.organisation, organisation), holds))) > 0;
}
