import type { CONTACT_ROLES } from '@vonggac/contract/notice-terms';
import type { Fact } from './decide.ts';
import type { noticeRules, notices } from './tables.ts';

export type Rule = typeof noticeRules.$inferSelect;
export type Notice = typeof notices.$inferSelect;
export type ContactRole = (typeof CONTACT_ROLES)[number];

/** The payload of a notice in the outbox: ids only; addresses are looked up when it goes out. */
export type NoticeMail = { notice: string; organisation: string; ticket: string; person: string | null };

export const MAIL_KIND = 'notice';
export const keyOf = (notice: string): string => `notice:${notice}`;

/** One finding as a rule sees it, with what a notice keeps of it. */
export type FindingFact = Fact & {
  finding: string;
  name: string;
  privateAddress: string | null;
  lastSeen: string;
  relapses: number;
  inNewest: boolean;
};

/** The first of these roles of which a contact has an address, with those contacts; null where there is none. */
export function contactsFor<C extends { role: ContactRole; emails: readonly string[] }>(
  roles: readonly ContactRole[],
  contacts: readonly C[],
): { role: ContactRole; contacts: C[] } | null {
  for (const role of roles) {
    const found = contacts.filter((one) => one.role === role && one.emails.length > 0);
    if (found.length > 0) return { role, contacts: found };
  }
  return null;
}
