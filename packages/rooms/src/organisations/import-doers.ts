import type { Permission } from '../access/index.ts';
import { LIST_COLUMNS } from './import-columns.ts';
import { carriedDown, planContacts } from './import-contacts.ts';
import type { Doer, ImportKind, ListKind } from './import-model.ts';
import { planOrganisations } from './import-organisations.ts';
import { undoContacts, undoOrganisations } from './import-undo.ts';

/** Who may take in which kind of list, and the room in whose name it is logged. */
export const DOER_RIGHTS: Readonly<Record<ImportKind, { room: Doer['room']; permission: Permission }>> = {
  organisations: { room: 'organisations', permission: 'organisations:write' },
  contacts: { room: 'organisations', permission: 'contacts:write' },
  people: { room: 'identity', permission: 'people:write' },
  assets: { room: 'assets', permission: 'assets:write' },
};

/** How lists of this room are taken in and back. */
export const LIST_DOERS: Readonly<Record<ListKind, Doer>> = {
  organisations: {
    ...DOER_RIGHTS.organisations,
    columns: LIST_COLUMNS.organisations,
    batch: 100,
    most: 10_000,
    plan: planOrganisations,
    undo: undoOrganisations,
  },
  contacts: {
    ...DOER_RIGHTS.contacts,
    columns: LIST_COLUMNS.contacts,
    batch: 100,
    most: 10_000,
    prepare: carriedDown,
    plan: (tx, ctx, rows) => planContacts(tx, ctx, rows),
    undo: undoContacts,
  },
};
