import { z } from 'zod';
import { day, id, line } from './route.ts';

/** What the routes of organisations, contacts, groups and imports share. */
export const organisationKind = z.enum(['ministry', 'province', 'department', 'district', 'commune', 'operator', 'unit', 'party', 'other']);
export const ref = z.object({ id, name: z.string() });
export const dated = { validFrom: day.nullable(), validTo: day.nullable() };
export const done = z.object({ id });
export const byId = z.object({ id });
export const asOf = { on: day.optional() };
export const reason = line(500);
export const base = { tag: 'organisations' } as const;
