import { z } from 'zod';
import { contactRoutes, contactView } from './contacts.ts';
import { importRoutes } from './organisation-imports.ts';
import { asOf, base, byId, dated, done, organisationKind, reason, ref } from './organisation-shapes.ts';
import { groupRoutes } from './recipient-groups.ts';
import { reorganisationKind, reorganisationRoutes } from './reorganisations.ts';
import { day, id, line, listQuery, page, prose, route } from './route.ts';

/** An organisation in a list: `name` tells it from its namesakes. */
export const organisationItem = z.object({
  id,
  name: z.string(),
  context: z.string().nullable(),
  kind: organisationKind,
  parent: ref.nullable(),
  supervisors: z.array(ref),
  existsTo: day.nullable(),
  /** Null where the actor may not see the contacts. */
  contacts: z.object({ confirmed: z.number().int(), total: z.number().int(), duty: z.boolean() }).nullable(),
});

const listOf = listQuery.extend({
  ...asOf,
  kind: organisationKind.optional(),
  parent: id.optional(),
  state: z.enum(['live', 'ended', 'all']).default('live'),
  sort: z.enum(['name', '-name', 'kind', '-kind', 'parent', '-parent']).default('name'),
});
const nameView = z.object({ id, kind: z.enum(['official', 'alias']), name: z.string(), ...dated });

const readRoutes = {
  'GET /organisations': route({
    ...base,
    summary: { vi: 'Danh sách đơn vị', en: 'List organisations' },
    query: listOf,
    output: page(organisationItem),
  }),
  'GET /organisations/tree': route({
    ...base,
    summary: { vi: 'Cây đơn vị tại một ngày', en: 'The tree as of a date' },
    query: z.object(asOf),
    output: z.object({
      on: day,
      nodes: z.array(
        z.object({ id, parent: id.nullable(), name: z.string(), kind: organisationKind, own: z.boolean(), supervised: z.boolean() }),
      ),
    }),
  }),
  'GET /organisations/export': route({
    ...base,
    fresh: true,
    summary: { vi: 'Xuất danh sách đơn vị (.xlsx)', en: 'Export organisations (.xlsx)' },
    query: listOf,
    download: true,
  }),
  'GET /organisations/{id}': route({
    ...base,
    summary: { vi: 'Một đơn vị', en: 'One organisation' },
    params: byId,
    query: z.object(asOf),
    output: z.object({
      id,
      on: day,
      name: z.string(),
      officialName: z.string(),
      kind: organisationKind,
      shortName: z.string().nullable(),
      code: z.string().nullable(),
      note: z.string().nullable(),
      existsFrom: day.nullable(),
      existsTo: day.nullable(),
      lives: z.boolean(),
      editable: z.boolean(),
      seesContacts: z.boolean(),
      editsContacts: z.boolean(),
      names: z.array(nameView),
      parents: z.array(z.object({ id, parent: ref, ...dated })),
      children: z.array(z.object({ id, name: z.string(), kind: organisationKind })),
      supervisors: z.array(z.object({ id, organisation: ref, field: z.string(), ...dated })),
      supervises: z.array(z.object({ id, organisation: ref, field: z.string(), ...dated })),
      groups: z.array(z.object({ id, name: z.string(), ...dated })),
      successions: z.array(z.object({ id, predecessor: ref, successor: ref, kind: reorganisationKind, on: day })),
      contacts: z.array(contactView),
      formerContacts: z.array(contactView),
    }),
  }),
};

const keepRoutes = {
  'POST /organisations': route({
    ...base,
    summary: { vi: 'Thêm đơn vị', en: 'Add an organisation' },
    output: done,
    body: z.object({
      kind: organisationKind,
      name: line(200),
      shortName: line(80).optional(),
      code: line(40).optional(),
      parentId: id.optional(),
      supervisorId: id.optional(),
      field: line(80).optional(),
      from: day.optional(),
      note: prose(2000).optional(),
    }),
  }),
  'POST /organisations/{id}/correct': route({
    ...base,
    summary: { vi: 'Sửa thông tin đơn vị', en: 'Correct an organisation' },
    params: byId,
    body: z.object({
      kind: organisationKind.optional(),
      shortName: line(80).nullable().optional(),
      code: line(40).nullable().optional(),
      note: prose(2000).nullable().optional(),
    }),
  }),
  'POST /organisations/{id}/rename': route({
    ...base,
    summary: { vi: 'Đổi tên từ một ngày', en: 'Rename from a day' },
    params: byId,
    body: z.object({ name: line(200), from: day, reason: reason.optional() }),
  }),
  'POST /organisations/{id}/aliases': route({
    ...base,
    summary: { vi: 'Thêm tên gọi khác', en: 'Add an alias' },
    params: byId,
    body: z.object({ name: line(200), from: day.optional(), to: day.optional() }),
    output: done,
  }),
  'DELETE /organisations/{id}/aliases/{alias}': route({
    ...base,
    summary: { vi: 'Bỏ tên gọi khác', en: 'Remove an alias' },
    params: z.object({ id, alias: id }),
  }),
  'POST /organisations/{id}/move': route({
    ...base,
    summary: { vi: 'Chuyển sang cơ quan chủ quản khác từ một ngày', en: 'Move to another parent from a day' },
    params: byId,
    body: z.object({ parentId: id, from: day, reason: reason.optional() }),
  }),
  'POST /organisations/{id}/supervisions': route({
    ...base,
    summary: { vi: 'Giao đơn vị theo dõi', en: 'Give a supervisor' },
    params: byId,
    body: z.object({ supervisorId: id, field: line(80), from: day }),
    output: done,
  }),
  'POST /supervisions/{id}/end': route({
    ...base,
    summary: { vi: 'Kết thúc việc theo dõi từ một ngày', en: 'End a supervision from a day' },
    params: byId,
    body: z.object({ on: day, reason: reason.optional() }),
  }),
};

export const organisationRoutes = {
  ...readRoutes,
  ...keepRoutes,
  ...groupRoutes,
  ...contactRoutes,
  ...reorganisationRoutes,
  ...importRoutes,
};
