import { describe, expect, it } from 'vitest';
import type { Role, Session } from '../api/contract.ts';
import { entriesFor, startOf } from './navigation.ts';
import type { NavEntry, Room } from './room.ts';

const entry = (to: string, roles?: readonly Role[]): NavEntry => ({
  to,
  group: 'direct',
  label: { vi: to, en: to },
  icon: 'document',
  ...(roles && { roles }),
});
const room = (to: string, built: boolean, roles?: readonly Role[]): Room => ({
  id: to,
  nav: [entry(to, roles)],
  pages: built ? [{ path: to, load: async () => await Promise.reject(new Error('not opened')) }] : [],
});
const rooms = [room('/directives', true), room('/my-work', true), room('/duty', false), room('/audit', true, ['auditor'])];
const acting = (role: Role): Session => ({ acting: { organisation: { id: '1', name: 'Sở' }, role } }) as Session;

describe('the navigation of a role', () => {
  it('shows no entry of a room that has no page', () => {
    expect(entriesFor('desk', rooms).map(({ to }) => to)).toEqual(['/directives', '/my-work']);
  });
  it('shows what is for one role to that role alone', () => {
    expect(entriesFor('auditor', rooms).map(({ to }) => to)).toContain('/audit');
  });
  it('starts the authority at directives and an agency at its work', () => {
    expect(startOf(acting('desk'), entriesFor('desk', rooms))).toBe('/directives');
    expect(startOf(acting('officer'), entriesFor('officer', rooms))).toBe('/my-work');
    expect(startOf(acting('officer'), [])).toBeNull();
  });
});
