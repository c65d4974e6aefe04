import { createHash } from 'node:crypto';
import { newId } from '@vonggac/kernel';
import { and, count, eq, isNull } from 'drizzle-orm';
import type { Auth, IdentityDb } from './auth.ts';
import { makeFirstPassword } from './password.ts';
import { recoveryCode } from './tables.ts';

const COUNT = 10;

/** About 79 random bits a code, so a plain hash is not to be guessed. */
function hashOf(person: string, code: string): string {
  const plain = code.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return createHash('sha256').update(`${person}:${plain}`).digest('hex');
}

/** Ten new codes in place of the former ones. @returns them, this once */
export async function replaceRecoveryCodes(db: IdentityDb, person: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, makeFirstPassword);
  await db.delete(recoveryCode).where(eq(recoveryCode.userId, person));
  await db.insert(recoveryCode).values(codes.map((code) => ({ id: newId(), userId: person, hash: hashOf(person, code) })));
  return codes;
}

/** Uses a code up; of two who give the same one, one succeeds. */
export async function useRecoveryCode(auth: Auth, person: string, code: string): Promise<boolean> {
  const used = await auth.db
    .update(recoveryCode)
    .set({ usedAt: auth.now() })
    .where(and(eq(recoveryCode.userId, person), eq(recoveryCode.hash, hashOf(person, code)), isNull(recoveryCode.usedAt)))
    .returning({ id: recoveryCode.id });
  return used.length === 1;
}

export async function recoveryCodesLeft(auth: Auth, person: string): Promise<number> {
  const [row] = await auth.db
    .select({ left: count() })
    .from(recoveryCode)
    .where(and(eq(recoveryCode.userId, person), isNull(recoveryCode.usedAt)));
  return row!.left;
}
