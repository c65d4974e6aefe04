import type { Ctx, outbox, Tx } from '@vonggac/store';
import type { AuditEntry } from '../audit/index.ts';
import type { TlpLabel } from '../tlp/index.ts';

/** `smtp`: `smtp(s)://user:password@host:port`; `publicUrl`: where people sign in. */
export type MailSettings = { smtp: string; from: string; publicUrl: string };

export type WaitingMail = typeof outbox.$inferSelect;
/** A mail as it goes out. */
export type Letter = { to: string[]; subject: string; text: string; label: TlpLabel };

/** `refused`: the server said that it will never take it. */
export type Outcome = 'sent' | 'held' | 'dropped' | 'refused';

/** A kind of mail of the outbox: who writes it. */
export type LetterKind = {
  /** As the outbox names it. */
  kind: string;
  /** The mail as things are now; a sentence where it must not go any more (`TLP_HELD`: not yet). */
  write(tx: Tx, ctx: Ctx, mail: WaitingMail, settings: MailSettings): Promise<Letter | string>;
  /** What the log says of it. */
  entry(tx: Tx, mail: WaitingMail, outcome: Outcome): Promise<Omit<AuditEntry, 'reason'>>;
};

const registry = new Map<string, LetterKind>();

/** Filled by `wiring.ts`, and by this room with its own. */
export function offerLetters(kind: LetterKind): void {
  registry.set(kind.kind, kind);
}

export function letterKinds(): string[] {
  return [...registry.keys()];
}

export function letterKind(kind: string): LetterKind {
  const found = registry.get(kind);
  if (!found) throw new Error(`nobody writes mails of the kind ${kind}`);
  return found;
}
