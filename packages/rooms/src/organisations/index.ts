export { type Contact, type ContactRole, contactsOf, groupMembersOn, type Resolution, resolveNames, resolvePhrase } from './answers.ts';
export { type ContactInput, ROLE_NAMES } from './contact-model.ts';
export { addContact, changeContact, confirmContact, confirmContacts, endContact, unmaskContact } from './contacts.ts';
export { createOrganisation, DEFAULT_FIELD, type NewOrganisation } from './create.ts';
export type { LeftoversHandedOn, OrganisationReorganised } from './events.ts';
export { exportContacts, exportOrganisations } from './export.ts';
export { getOrganisation } from './get.ts';
export { changeGroup, changeMembers, createGroup, forgetPhrase, mapPhrase } from './groups.ts';
export { handOn } from './hand-on.ts';
export { type Holding, type HoldingRow, holdings, type Leaving, type Move, offerHoldings } from './holdings.ts';
export { type ImportColumn, importColumn } from './import-columns.ts';
export { DOER_RIGHTS, LIST_DOERS } from './import-doers.ts';
export { hangingOn } from './hanging.ts';
export type { Doer, DoneRow, ImportKind, ImportPlace, ImportRow, Made, PlannedRow, SourceRow } from './import-model.ts';
export { cancelImport, continueImport, type Hands, runImport, stopImports, undoImport } from './import-runs.ts';
export { fetchImport, readList } from './import-source.ts';
export { getImportRun, type ImportRun, listImportRuns, refusedRows, UNDO_DAYS } from './import-view.ts';
export { importTemplate, keepUpload, planImport, uploadImport } from './imports.ts';
export { type LeftoverQuery, listLeftovers } from './leftovers.ts';
export { listOrganisations, type OrganisationQuery } from './list.ts';
export { type ContactQuery, listContacts } from './list-contacts.ts';
export { getGroup, listGroups, listPhrases, tryPhrase } from './list-groups.ts';
export { contactsConfirmed, contactsDuty } from './measures.ts';
export { moveOrganisation } from './move.ts';
export { nameOnDays, type OnDay } from './name-on-days.ts';
export { importFiles } from './named-files.ts';
export { type NamedOrganisation, namesOf, type OrganisationKind, unitNamesOf } from './names.ts';
export { planReorganisation, type Reorganisation } from './plan-reorganisation.ts';
export { addAlias, correctOrganisation, removeAlias, renameOrganisation } from './rename.ts';
export { reorganise } from './reorganise.ts';
export { endSupervision, superviseOrganisation } from './supervise.ts';
export {
  contacts,
  CONTACT_ROLES,
  groupMembers,
  groups,
  importRows,
  leftovers,
  ORGANISATION_KINDS,
  organisationNames,
  organisationParents,
  organisations,
  phrases,
  successions,
  supervisions,
} from './tables.ts';
export { treeOf } from './tree.ts';
