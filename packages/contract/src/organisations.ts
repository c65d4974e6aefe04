import { z } from 'zod';
import { day, id, instant, line, listQuery, page, prose, route, text } from './route.ts';

export const organisationKind = z.enum(['ministry', 'province', 'department', 'district', 'commune', 'operator', 'unit', 'party', 'other']);
export const contactRole = z.enum(['leader', 'focal', 'duty', 'technical', 'records']);
const ref = z.object({ id, name: z.string() });
const dated = { validFrom: day.nullable(), validTo: day.nullable() };
const done = z.object({ id });
const byId = z.object({ id });

/** An organisation in a list: `name` tells it from its namesakes. */
export const organisationItem = z.object({
  id, name: z.string(), context: z.string().nullable(), kind: organisationKind, parent: ref.nullable(), supervisors: z.array(ref), existsTo: day.nullable(),
  /** Null where the actor may not see the contacts. */
  contacts: z.object({ confirmed: z.number().int(), total: z.number().int(), duty: z.boolean() }).nullable(),
});

/** Phones and e-mails are masked where `masked` says so. */
export const contactView = z.object({
  id, organisation: ref, role: contactRole, name: z.string().nullable(), position: z.string().nullable(), department: z.string().nullable(), address: z.string().nullable(),
  digitalSignature: z.string().nullable(), phones: z.array(z.string()), emails: z.array(z.string()), hotline: z.boolean(), note: z.string().nullable(),
  validFrom: day, validTo: day.nullable(), confirmedAt: instant.nullable(), confirmedBy: z.string().nullable(),
  confirmation: z.enum(['confirmed', 'due', 'overdue']), masked: z.boolean(), editable: z.boolean(),
});

const contactInput = z.object({
  role: contactRole, name: line(120).optional(), position: line(120).optional(), department: line(200).optional(), address: line(300).optional(),
  digitalSignature: line(200).optional(), phones: z.array(line(40)).max(6).default([]), emails: z.array(line(200)).max(6).default([]), hotline: z.boolean().default(false), note: prose(2000).optional(),
});

const asOf = { on: day.optional() };
const listOf = listQuery.extend({ ...asOf, kind: organisationKind.optional(), parent: id.optional(), state: z.enum(['live', 'ended', 'all']).default('live'), sort: z.enum(['name', '-name', 'kind', '-kind', 'parent', '-parent']).default('name') });
const contactList = listQuery.extend({ role: contactRole.optional(), organisation: id.optional(), confirmation: z.enum(['confirmed', 'due', 'overdue', 'none']).optional(), sort: z.enum(['organisation', '-organisation', 'role', '-role', 'confirmed', '-confirmed']).default('organisation') });

const nameView = z.object({ id, kind: z.enum(['official', 'alias']), name: z.string(), ...dated });
const groupView = z.object({ id, name: z.string(), keeper: ref, ...dated, members: z.number().int(), live: z.boolean(), editable: z.boolean() });

const base = { tag: 'organisations' } as const;

const readRoutes = {
  'GET /organisations': route({ ...base, summary: { vi: 'Danh sách đơn vị', en: 'List organisations' }, query: listOf, output: page(organisationItem) }),
  'GET /organisations/tree': route({
    ...base, summary: { vi: 'Cây đơn vị tại một ngày', en: 'The tree as of a date' }, query: z.object(asOf),
    output: z.object({ on: day, nodes: z.array(z.object({ id, parent: id.nullable(), name: z.string(), kind: organisationKind, own: z.boolean(), supervised: z.boolean() })) }),
  }),
  'GET /organisations/export': route({ ...base, summary: { vi: 'Xuất danh sách đơn vị (.xlsx)', en: 'Export organisations (.xlsx)' }, query: listOf, download: true }),
  'GET /organisations/{id}': route({
    ...base, summary: { vi: 'Một đơn vị', en: 'One organisation' }, params: byId, query: z.object(asOf),
    output: z.object({
      id, on: day, name: z.string(), officialName: z.string(), kind: organisationKind, shortName: z.string().nullable(), code: z.string().nullable(), note: z.string().nullable(),
      existsFrom: day.nullable(), existsTo: day.nullable(), lives: z.boolean(), editable: z.boolean(), seesContacts: z.boolean(), editsContacts: z.boolean(),
      names: z.array(nameView),
      parents: z.array(z.object({ id, parent: ref, ...dated })),
      children: z.array(z.object({ id, name: z.string(), kind: organisationKind })),
      supervisors: z.array(z.object({ id, organisation: ref, field: z.string(), ...dated })),
      supervises: z.array(z.object({ id, organisation: ref, field: z.string(), ...dated })),
      groups: z.array(z.object({ id, name: z.string(), ...dated })),
      successions: z.array(z.object({ id, predecessor: ref, successor: ref, kind: z.enum(['merge', 'split', 'dissolve']), on: day })),
      contacts: z.array(contactView), formerContacts: z.array(contactView),
    }),
  }),
};

const reason = line(500);

const keepRoutes = {
  'POST /organisations': route({
    ...base, summary: { vi: 'Thêm đơn vị', en: 'Add an organisation' }, output: done,
    body: z.object({ kind: organisationKind, name: line(200), shortName: line(80).optional(), code: line(40).optional(), parentId: id.optional(), supervisorId: id.optional(), field: line(80).optional(), from: day.optional(), note: prose(2000).optional() }),
  }),
  'POST /organisations/{id}/correct': route({ ...base, summary: { vi: 'Sửa thông tin đơn vị', en: 'Correct an organisation' }, params: byId, body: z.object({ kind: organisationKind.optional(), shortName: line(80).nullable().optional(), code: line(40).nullable().optional(), note: prose(2000).nullable().optional() }) }),
  'POST /organisations/{id}/rename': route({ ...base, summary: { vi: 'Đổi tên từ một ngày', en: 'Rename from a day' }, params: byId, body: z.object({ name: line(200), from: day, reason: reason.optional() }) }),
  'POST /organisations/{id}/aliases': route({ ...base, summary: { vi: 'Thêm tên gọi khác', en: 'Add an alias' }, params: byId, body: z.object({ name: line(200), from: day.optional(), to: day.optional() }), output: done }),
  'DELETE /organisations/{id}/aliases/{alias}': route({ ...base, summary: { vi: 'Bỏ tên gọi khác', en: 'Remove an alias' }, params: z.object({ id, alias: id }) }),
  'POST /organisations/{id}/move': route({ ...base, summary: { vi: 'Chuyển sang cơ quan chủ quản khác từ một ngày', en: 'Move to another parent from a day' }, params: byId, body: z.object({ parentId: id, from: day, reason: reason.optional() }) }),
  'POST /organisations/{id}/supervisions': route({ ...base, summary: { vi: 'Giao đơn vị theo dõi', en: 'Give a supervisor' }, params: byId, body: z.object({ supervisorId: id, field: line(80), from: day }), output: done }),
  'POST /supervisions/{id}/end': route({ ...base, summary: { vi: 'Kết thúc việc theo dõi từ một ngày', en: 'End a supervision from a day' }, params: byId, body: z.object({ on: day, reason: reason.optional() }) }),
};

const groupRoutes = {
  'GET /groups': route({ ...base, summary: { vi: 'Nhóm nơi nhận', en: 'Recipient groups' }, query: listQuery.extend(asOf), output: page(groupView) }),
  'GET /groups/{id}': route({
    ...base, summary: { vi: 'Một nhóm nơi nhận', en: 'One recipient group' }, params: byId, query: z.object(asOf),
    output: groupView.extend({ on: day, list: z.array(z.object({ organisation: ref, ...dated, live: z.boolean() })) }),
  }),
  'POST /groups': route({ ...base, summary: { vi: 'Lập nhóm nơi nhận', en: 'Make a group' }, body: z.object({ name: line(200), keeperId: id.optional(), from: day.optional(), to: day.optional(), members: z.array(id).max(2000).default([]) }), output: done }),
  'POST /groups/{id}': route({ ...base, summary: { vi: 'Sửa tên, thời hạn của nhóm', en: "Change a group's name and validity" }, params: byId, body: z.object({ name: line(200).optional(), from: day.nullable().optional(), to: day.nullable().optional() }) }),
  'POST /groups/{id}/members': route({ ...base, summary: { vi: 'Thêm, bớt đơn vị trong nhóm từ một ngày', en: 'Add or remove members from a day' }, params: byId, body: z.object({ add: z.array(id).max(2000).default([]), remove: z.array(id).max(2000).default([]), from: day.optional() }), output: z.object({ members: z.number().int() }) }),
  'GET /phrases': route({ ...base, summary: { vi: 'Cụm từ đã đối chiếu', en: 'Mapped phrases' }, query: listQuery, output: page(z.object({ id, phrase: z.string(), group: ref.nullable(), target: ref.nullable(), keeper: ref })) }),
  'POST /phrases': route({ ...base, summary: { vi: 'Đối chiếu một cụm từ, dùng cho mọi văn bản sau', en: 'Map a phrase once and for all' }, body: z.object({ phrase: line(300), groupId: id.optional(), organisationId: id.optional() }), output: done }),
  'DELETE /phrases/{id}': route({ ...base, summary: { vi: 'Bỏ đối chiếu', en: 'Forget a mapping' }, params: byId }),
  'POST /phrases/resolve': route({
    ...base, summary: { vi: 'Cụm từ này chỉ những đơn vị nào vào ngày đó', en: 'Whom a phrase means on a day' }, body: z.object({ text: line(500), on: day.optional() }),
    output: z.object({ kind: z.enum(['group', 'organisation', 'none']), organisations: z.array(ref), group: ref.nullable(), why: text }),
  }),
};

const contactRoutes = {
  'GET /contacts': route({ ...base, summary: { vi: 'Danh bạ đầu mối', en: 'The contact register' }, query: contactList, output: page(contactView).extend({ withoutContact: z.array(ref) }) }),
  'GET /contacts/export': route({ ...base, summary: { vi: 'Xuất danh bạ đầu mối (.xlsx)', en: 'Export the contact register (.xlsx)' }, query: contactList, download: true }),
  'POST /organisations/{id}/contacts': route({ ...base, summary: { vi: 'Thêm đầu mối', en: 'Add a contact' }, params: byId, body: contactInput, output: done }),
  'POST /organisations/{id}/contacts/confirm': route({ ...base, summary: { vi: 'Xác nhận mọi đầu mối của đơn vị vẫn đúng', en: "Confirm all contacts of an organisation" }, params: byId, body: z.object({}), output: z.object({ confirmed: z.number().int() }) }),
  'PUT /contacts/{id}': route({ ...base, summary: { vi: 'Thay đổi đầu mối, giữ bản cũ', en: 'Change a contact; the former is kept' }, params: byId, body: contactInput, output: done }),
  'POST /contacts/{id}/confirm': route({ ...base, summary: { vi: 'Xác nhận đầu mối vẫn đúng', en: 'Confirm that a contact is still right' }, params: byId, body: z.object({}) }),
  'POST /contacts/{id}/end': route({ ...base, summary: { vi: 'Thôi dùng đầu mối từ một ngày', en: 'End a contact from a day' }, params: byId, body: z.object({ on: day.optional(), reason }) }),
  'POST /contacts/{id}/unmask': route({ ...base, summary: { vi: 'Xem đầy đủ số điện thoại, thư điện tử (ghi nhật ký)', en: 'See phones and e-mails in full (logged)' }, params: byId, body: z.object({ reason }), output: z.object({ phones: z.array(z.string()), emails: z.array(z.string()) }) }),
};

const reorganisation = z.object({
  kind: z.enum(['merge', 'split', 'dissolve']), on: day, reason,
  predecessors: z.array(id).min(1).max(200), successors: z.array(id).max(200).default([]),
  /** A successor that comes into being by this act. */
  founds: z.object({ kind: organisationKind, name: line(200), parentId: id.optional(), supervisorId: id.optional() }).optional(),
});
const count = z.object({ kind: z.string(), name: text, count: z.number().int() });

const reorganisationRoutes = {
  'POST /reorganisations/plan': route({
    ...base, summary: { vi: 'Xem trước sáp nhập, chia tách, giải thể', en: 'Dry-run of a merge, split or dissolution' }, body: reorganisation.omit({ reason: true }),
    output: z.object({
      predecessors: z.array(z.object({
        organisation: ref, holdings: z.array(count),
        /** Rows that must be assigned one by one where there are several successors. */
        rows: z.array(z.object({ kind: z.string(), id: z.string(), text })),
      })),
      successors: z.array(ref), assigns: z.boolean(), problems: z.array(z.object({ code: z.string(), text })),
    }),
  }),
  'POST /reorganisations': route({
    ...base, summary: { vi: 'Thực hiện sáp nhập, chia tách, giải thể', en: 'Carry out a merge, split or dissolution' },
    body: reorganisation.extend({ assignments: z.array(z.object({ kind: z.string().max(40), row: z.string().max(80), to: id.nullable() })).max(20_000).default([]) }),
    output: z.object({ act: id, founded: id.nullable() }),
  }),
};

const importKind = z.enum(['organisations', 'contacts']);
const importRow = z.object({ row: z.number().int(), state: z.enum(['new', 'changed', 'same', 'refused']), name: z.string(), changes: z.array(z.string()), reason: text.nullable() });
const importCounts = z.object({ new: z.number().int(), changed: z.number().int(), same: z.number().int(), refused: z.number().int() });
const importPlace = z.object({ sheet: z.number().int().min(0).max(500).default(0), head: z.number().int().min(0).max(200).default(0), columns: z.record(z.string().max(40), z.number().int().min(0).max(1023)) });

const importRoutes = {
  'POST /organisation-imports': route({
    ...base, summary: { vi: 'Nạp tệp danh sách đơn vị hoặc đầu mối (.xlsx, .csv)', en: 'Upload a list of organisations or contacts (.xlsx, .csv)' },
    query: z.object({ kind: importKind, name: z.string().max(200).default('') }), upload: { limit: 20 * 2 ** 20 },
    output: z.object({
      id, kind: importKind, name: z.string(), format: z.string(), encoding: z.string().nullable(), again: z.boolean(), warnings: z.array(text),
      sheets: z.array(z.object({ name: z.string(), rows: z.number().int(), hidden: z.boolean(), head: z.number().int(), heads: z.array(z.string()), sample: z.array(z.array(z.string())), columns: z.record(z.string(), z.number().int()) })),
      fields: z.array(z.object({ key: z.string(), name: text, required: z.boolean() })),
    }),
  }),
  'POST /organisation-imports/{id}/plan': route({ ...base, summary: { vi: 'Xem trước kết quả nạp', en: 'Dry-run of an import' }, params: byId, body: importPlace, output: z.object({ counts: importCounts, rows: z.array(importRow), unknownColumns: z.array(z.string()) }) }),
  'POST /organisation-imports/{id}/run': route({ ...base, summary: { vi: 'Nạp', en: 'Run an import' }, params: byId, body: importPlace, output: z.object({ counts: importCounts, refused: z.array(importRow) }) }),
  'GET /organisation-imports/{id}/refused': route({ ...base, summary: { vi: 'Tải các dòng không nạp được (.xlsx)', en: 'Download the refused rows (.xlsx)' }, params: byId, download: true }),
  'GET /organisation-imports/template': route({ ...base, summary: { vi: 'Tải tệp mẫu (.xlsx)', en: 'Download a template (.xlsx)' }, query: z.object({ kind: importKind }), download: true }),
};

export const organisationRoutes = { ...readRoutes, ...keepRoutes, ...groupRoutes, ...contactRoutes, ...reorganisationRoutes, ...importRoutes };
