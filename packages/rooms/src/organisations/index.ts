export { type Contact, type ContactRole, contactsOf, groupMembersOn, type Resolution, resolveNames, resolvePhrase } from './answers.ts';
export { type Holding, type HoldingRow, holdings, type Move, offerHoldings } from './holdings.ts';
export { type NamedOrganisation, namesOf, type OrganisationKind } from './names.ts';
export { contacts, CONTACT_ROLES, groupMembers, groups, ORGANISATION_KINDS, organisationNames, organisationParents, organisations, phrases, successions, supervisions } from './tables.ts';
