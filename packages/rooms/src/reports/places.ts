import { fold } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { asc, eq } from 'drizzle-orm';
import { bases, type DirectiveHead, directives } from '../directives/index.ts';
import { namesOf } from '../organisations/index.ts';

/**
 * Whom a report may be addressed or copied to: the issuer of the directive and of what it rests on, who follows it, and those to whom
 * it was copied; each once.
 */
export async function placesOf(tx: Tx, head: DirectiveHead): Promise<string[]> {
  const chain = await tx
    .select({
      id: directives.id,
      issuer: directives.issuerName,
      upstream: directives.upstream,
      reading: directives.reading,
      edxml: directives.edxml,
    })
    .from(directives)
    .where(eq(directives.id, head.id));
  const [own] = chain;
  const [above] =
    own?.upstream == null
      ? []
      : await tx.select({ issuer: directives.issuerName, edxml: directives.edxml }).from(directives).where(eq(directives.id, own.upstream));
  const rested = await tx.select({ issuer: bases.issuer }).from(bases).where(eq(bases.directive, head.id)).orderBy(asc(bases.position));
  const names = await namesOf(tx, [...new Set([head.organisation, head.overseer])], head.day ?? '9999-12-31');
  const copies = (own?.reading.copies ?? []).map(({ text }) => text.replace(/\s*\([^)]*\)\s*$/u, ''));
  const all = [
    above?.edxml?.from.name ?? above?.issuer,
    own?.edxml?.from.name ?? names.get(head.organisation)?.name ?? own?.issuer,
    ...rested.map(({ issuer }) => issuer),
    ...copies.filter((one) => !/^(?:như trên|lưu\b)/iu.test(one)),
  ];
  const byKey = new Map<string, string>();
  for (const one of all) if (one && !byKey.has(fold(one))) byKey.set(fold(one), one);
  const reporter = names.get(head.overseer)?.name;
  if (reporter !== undefined) byKey.delete(fold(reporter));
  return [...byKey.values()].slice(0, 20);
}
