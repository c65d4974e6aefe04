import { notFound } from '@vonggac/kernel';
import { inTransaction } from '@vonggac/store';
import { and, eq } from 'drizzle-orm';
import { record } from '../audit/index.ts';
import type { Auth } from './auth.ts';
import type { SignedIn } from './session.ts';
import { session } from './tables.ts';

/** Ends one of one's own sessions. */
export async function endSession(auth: Auth, signedIn: SignedIn, id: string): Promise<void> {
  const ended = await auth.db
    .delete(session)
    .where(and(eq(session.id, id), eq(session.userId, signedIn.person.id)))
    .returning({ id: session.id });
  if (ended.length === 0) throw notFound('session');
  await inTransaction(signedIn.ctx, (tx) =>
    record(tx, signedIn.ctx, { action: 'identity.session_ended', subject: { kind: 'session', id } }),
  );
}
