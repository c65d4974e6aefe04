/**
 * The DocumentId of a document whose sender gave it none: `OrganId,YYYY/MM/DD,number/symbol`, as senders on the axis write it.
 * `day` is an ISO date, `code` number and symbol as printed.
 */
export function documentIdOf(document: { organisation: string | null; day: string | null; code: string | null }): string {
  return [document.organisation ?? '', document.day?.replaceAll('-', '/') ?? '', document.code ?? ''].join(',');
}

/** What a DocumentId of that form names; null for any other, such as a UUID. */
export function partsOfDocumentId(id: string): { organisation: string; day: string; code: string } | null {
  const [, organisation, year, month, day, code] = /^([^,]{1,40}),(\d{4})\/(\d{2})\/(\d{2}),([^,]{1,120})$/u.exec(id) ?? [];
  return organisation && code ? { organisation, day: `${year}-${month}-${day}`, code } : null;
}

/** OrganId: 13 characters as before (`000.00.00.H42`), or as QĐ 20/2020/QĐ-TTg has it (`H37.02.02`). */
export function isOrganId(text: string): boolean {
  return /^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,4})$/u.test(text);
}
