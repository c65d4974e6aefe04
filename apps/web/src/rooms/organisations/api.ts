import type { UseMutationResult } from '@tanstack/react-query';
import type { InputArgs, Output } from '../../api/client.ts';
import type { RouteKey, Routes } from '../../api/contract.ts';
import type { ApiError } from '../../api/error.ts';
import { useChange } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';

export type Organisation = Routes['GET /organisations/{id}']['output'];
export type OrganisationItem = Routes['GET /organisations']['output']['items'][number];
export type Contact = Routes['GET /contacts']['output']['items'][number];
export type Group = Routes['GET /groups']['output']['items'][number];
export type TreeNode = Routes['GET /organisations/tree']['output']['nodes'][number];
export type Leftovers = Routes['GET /leftovers']['output'];
export type Leftover = Leftovers['items'][number];
export type Kind = OrganisationItem['kind'];
export type ContactRole = Contact['role'];

export const KINDS: readonly Kind[] = ['province', 'department', 'district', 'commune', 'operator', 'unit', 'party', 'ministry', 'other'];
export const CONTACT_ROLES: readonly ContactRole[] = ['duty', 'focal', 'technical', 'leader', 'records'];

/** What shows organisations, contacts or groups and is read again after any change to them. */
export const STALE: readonly RouteKey[] = [
  'GET /organisations',
  'GET /organisations/tree',
  'GET /organisations/{id}',
  'GET /contacts',
  'GET /groups',
  'GET /groups/{id}',
  'GET /phrases',
  'GET /leftovers',
];

/** One change to organisations; every list of them is read again afterwards. */
export function useKeep<Key extends RouteKey>(key: Key): UseMutationResult<Output<Key>, ApiError, NonNullable<InputArgs<Key>[0]>> {
  return useChange(key, STALE) as UseMutationResult<Output<Key>, ApiError, NonNullable<InputArgs<Key>[0]>>;
}

/** Whether the acting role may do it; the server decides again. */
export function useMay(permission: string): boolean {
  return useSession().permissions.includes(permission);
}

/** `+84985962548` → `0985 962 548`, `+842436404421` → `024 3640 4421`; what is masked or short stays as it is. */
export function shownPhone(phone: string): string {
  const mobile = /^\+84(\d{3})(\d{3})(\d{3})$/.exec(phone);
  if (mobile !== null) return `0${mobile[1]} ${mobile[2]} ${mobile[3]}`;
  const fixed = /^\+84(2[48])(\d{4})(\d{4})$/.exec(phone) ?? /^\+84(2\d{2})(\d{3})(\d{4})$/.exec(phone);
  return fixed === null ? phone : `0${fixed[1]} ${fixed[2]} ${fixed[3]}`;
}
