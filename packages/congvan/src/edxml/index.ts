export { BUSINESS, STATUS_CODES } from './model.ts';
export type {
  EdxmlAttachment,
  EdxmlBusiness,
  EdxmlDocument,
  EdxmlMessage,
  EdxmlOrganisation,
  EdxmlReference,
  EdxmlSignature,
  EdxmlStaff,
  EdxmlStatus,
  EdxmlStatusCode,
  EdxmlWarning,
} from './model.ts';
export { documentIdOf, isOrganId, partsOfDocumentId } from './document-id.ts';
export { type EdxmlPackage, openEdxml, type PackageWarning, readEdxmlPackage } from './read-package.ts';
export { looksLikeEdxml, readEdxml } from './read-edxml.ts';
export { writeEdxmlDocument, writeEdxmlStatus } from './write-edxml.ts';
export { type MetadataDoubt, withMetadata } from './with-metadata.ts';
