export { type AnchorPlaces, anchorAudit } from './anchor.ts';
export { type AuditQuery, listAudit } from './list.ts';
export type { Finding } from './model.ts';
export { type AuditEntry, record } from './record.ts';
export { sealAudit } from './seal.ts';
export { type AuditStanding, auditStanding, newestActs, newestAudit } from './standing.ts';
export { audit } from './tables.ts';
export { type Verification, verifyAudit } from './verify.ts';
