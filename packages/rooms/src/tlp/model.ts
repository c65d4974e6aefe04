import type { TLP_KINDS, TLP_LABELS } from '@vonggac/contract/notifications';

/** The five labels of FIRST's Traffic Light Protocol 2.0 and what here carries one. */
export type TlpLabel = (typeof TLP_LABELS)[number];
export type TlpKind = (typeof TLP_KINDS)[number];

/** Counts and names of agencies, none of them for the public: limited to the recipients and who needs to know. */
export const DEFAULTS: Record<TlpKind, TlpLabel> = {
  'reminder-mail': 'AMBER',
  'reminder-text': 'AMBER',
  'notice-mail': 'AMBER',
  sheet: 'AMBER',
  list: 'AMBER+STRICT',
  'quick-report': 'AMBER',
};

/** The label as the standard writes it: capital letters, no spaces. `TLP:AMBER+STRICT` */
export function labelText(label: TlpLabel): string {
  return `TLP:${label}`;
}

/** The label in the subject of a mail, `[TLP:AMBER]`. */
export function subjectMark(label: TlpLabel): string {
  return `[${labelText(label)}]`;
}

/** Where something goes: to a named person, to a mailbox that several read, into a group of several organisations, to everybody. */
export type Destination = 'person' | 'mailbox' | 'group' | 'public';

/**
 * TLP 2.0: RED is for individual recipients only; AMBER+STRICT stays within the recipient's organisation; AMBER may reach those who
 * need to know, clients included; GREEN the community; CLEAR everybody.
 */
const ALLOWED: Record<TlpLabel, readonly Destination[]> = {
  RED: ['person'],
  'AMBER+STRICT': ['person', 'mailbox'],
  AMBER: ['person', 'mailbox', 'group'],
  GREEN: ['person', 'mailbox', 'group'],
  CLEAR: ['person', 'mailbox', 'group', 'public'],
};

export function allows(label: TlpLabel, destination: Destination): boolean {
  return ALLOWED[label].includes(destination);
}

/** A contact as far as a label is concerned. */
export type Mailable = { role: string; name: string | null; emails: readonly string[] };

/** The records office's box and a contact without a name are read by several people. */
const destinationOf = ({ role, name }: Mailable): Destination => (role === 'records' || name === null ? 'mailbox' : 'person');

/** The addresses that a label lets through, each once; an address that is a mailbox anywhere is one. */
export function addressesFor(label: TlpLabel, contacts: readonly Mailable[]): string[] {
  const shared = new Set(contacts.filter((one) => destinationOf(one) === 'mailbox').flatMap(({ emails }) => emails));
  const all = [...new Set(contacts.flatMap(({ emails }) => emails))];
  return all.filter((address) => allows(label, shared.has(address) ? 'mailbox' : 'person'));
}
