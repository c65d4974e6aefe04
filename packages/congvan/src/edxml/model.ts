import type { Bilingual } from '@vonggac/outside';

/** An organisation on the national document axis. `id` is its OrganId: 13 characters (`000.00.00.H42`) or as QĐ 20/2020/QĐ-TTg (`H37.02.02`). */
export interface EdxmlOrganisation {
  readonly id: string;
  readonly name: string;
  readonly inCharge?: string | undefined;
  readonly address?: string | undefined;
  readonly email?: string | undefined;
  readonly telephone?: string | undefined;
  readonly fax?: string | undefined;
  readonly website?: string | undefined;
}

/** The document that a message answers. `code` is number and symbol (`342/UBND-VP6`), `day` an ISO date. */
export interface EdxmlReference {
  readonly organisation: string | null;
  readonly code: string | null;
  readonly day: string | null;
  readonly documentId: string | null;
}

/** The person to ask; empty fields are null. */
export interface EdxmlStaff {
  readonly department: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly mobile: string | null;
}

/** BussinessDocType: 0 new, 1 withdrawn, 2 updated, 3 replaces others. */
export type EdxmlBusiness = 'new' | 'withdrawn' | 'updated' | 'replacing';

export interface EdxmlAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly description: string | null;
  readonly bytes: Uint8Array;
}

/** What a signature says of itself. It is not verified here; `legacy` marks SHA-1. */
export interface EdxmlSignature {
  readonly algorithm: string | null;
  readonly subject: string | null;
  readonly legacy: boolean;
}

/** A document with its metadata and files. */
export interface EdxmlDocument {
  readonly from: EdxmlOrganisation;
  readonly to: readonly EdxmlOrganisation[];
  /** A UUID, or `OrganId,YYYY/MM/DD,number/symbol`. */
  readonly documentId: string;
  /** null where the sender left it out. */
  readonly number: string | null;
  readonly symbol: string | null;
  readonly place: string | null;
  /** ISO date. */
  readonly day: string | null;
  /** `code` is the number of the kind in the sender's list; lists disagree, so the name counts. */
  readonly kind: { readonly code: string | null; readonly name: string | null };
  readonly subject: string;
  readonly content: string | null;
  readonly signer: { readonly authority: string | null; readonly title: string | null; readonly name: string | null };
  /** ISO date. */
  readonly due: string | null;
  readonly places: readonly string[];
  /** 0 normal, higher is more urgent; null where it was left out. */
  readonly priority: number | null;
  readonly pages: number | null;
  readonly responseFor: readonly EdxmlReference[];
  /** True where the sender marks it as steering (SteeringType 1). */
  readonly isSteering: boolean;
  readonly business: {
    readonly type: EdxmlBusiness;
    readonly reason: string | null;
    readonly concerns: readonly string[];
    readonly staff: EdxmlStaff | null;
  };
  /** Through whose hands it went: OrganId and local time `YYYY-MM-DDTHH:mm:ss`. */
  readonly trace: readonly { readonly organisation: string; readonly at: string | null }[];
  readonly attachments: readonly EdxmlAttachment[];
  readonly signature: EdxmlSignature | null;
}

/**
 * 01 arrived, 02 refused, 03 received, 04 assigned, 05 in progress, 06 done; 13 the sender asks to take back or update,
 * 15 agreed, 16 refused.
 */
export type EdxmlStatusCode = '01' | '02' | '03' | '04' | '05' | '06' | '13' | '15' | '16';

/** How a receiver stands to a document. `at` is local time `YYYY-MM-DDTHH:mm:ss`. */
export interface EdxmlStatus {
  readonly from: EdxmlOrganisation;
  readonly responseFor: EdxmlReference;
  readonly staff: EdxmlStaff | null;
  readonly code: EdxmlStatusCode;
  readonly description: string | null;
  readonly at: string | null;
}

/** A doubt about a message that was read all the same; `place` is the element. */
export interface EdxmlWarning {
  readonly code:
    | 'repaired'
    | 'signature-unverified'
    | 'signature-legacy'
    | 'date'
    | 'attachment-missing'
    | 'attachment-broken'
    | 'kind'
    | 'business';
  readonly place: string;
  readonly messages: Bilingual;
}

export type EdxmlMessage =
  | { readonly kind: 'document'; readonly document: EdxmlDocument; readonly warnings: readonly EdxmlWarning[] }
  | { readonly kind: 'status'; readonly status: EdxmlStatus; readonly warnings: readonly EdxmlWarning[] };

/** QCVN 102:2016/BTTTT. */
export const NAMESPACE = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';
export const BUSINESS: readonly EdxmlBusiness[] = ['new', 'withdrawn', 'updated', 'replacing'];
export const STATUS_CODES: readonly EdxmlStatusCode[] = ['01', '02', '03', '04', '05', '06', '13', '15', '16'];
