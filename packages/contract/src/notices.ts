import { z } from 'zod';
import { findingAnswer, findingState } from './findings-shapes.ts';
import { CONTACT_ROLES, FRESHNESS, INTERVALS, RELAPSES, USAGES, WHYS } from './notice-terms.ts';
import { id, instant, line, listQuery, page, route, text } from './route.ts';

const base = { tag: 'notices' };
const byId = z.object({ id });
const flag = z.stringbool().optional();
const organisation = z.object({ id, name: z.string() });
const role = z.enum(CONTACT_ROLES);
const why = z.enum(WHYS);
const count = z.number().int();
const held = z.array(z.object({ why, n: count }));
const domain = z.string().trim().min(3).max(253);

const ruleShape = {
  name: line(120),
  active: z.boolean(),
  interval: z.enum(INTERVALS),
  hour: z.number().int().min(0).max(23),
  minute: z.number().int().min(0).max(59),
  /** Of a weekly rule: 1 is Monday. */
  weekday: z.number().int().min(1).max(7),
  /** Of a monthly rule; a shorter month has its last day. */
  monthday: z.number().int().min(1).max(31),
  /** The least number of findings of the rule that an organisation must have. */
  threshold: z.number().int().min(1).max(100_000),
  /** Days within which a finding is not told again; 0: it is in every notice. */
  quietDays: z.number().int().min(0).max(365),
  relapse: z.enum(RELAPSES),
  /** With `after`: days after it was told. */
  relapseDays: z.number().int().min(0).max(365),
  usages: z.array(z.enum(USAGES)).max(USAGES.length),
  families: z.array(line(200)).max(100),
  units: z.array(id).max(500),
  whileAnswered: z.boolean(),
  whilePostponed: z.boolean(),
  /** Whose contact gets it: the first of these roles that has an address. */
  roles: z.array(role).min(1).max(CONTACT_ROLES.length),
  test: z.boolean(),
  exercise: id.nullable(),
};
const rule = z.object({
  ...ruleShape,
  id,
  organisation,
  units: z.array(organisation),
  exercise: organisation.nullable(),
  /** When it runs next; null while it is off, and for one that waits for a list. */
  next: instant.nullable(),
  last: z.object({ at: instant, notices: count, findings: count }).nullable(),
  writtenBy: z.string(),
  version: z.number().int(),
  can: z.object({ write: z.boolean() }),
});

const notice = z.object({
  id,
  ticket: z.string(),
  organisation,
  overseer: organisation,
  /** The rule's name as it was, for the authority alone. */
  rule: z.string().nullable(),
  frozenAt: instant,
  total: count,
  newest: count,
  again: count,
  fresh: count,
  test: z.boolean(),
  exercise: z.boolean(),
  seen: z.object({ at: instant, by: z.string() }).nullable(),
  /** Of the mail; `none`: no contact of the rule's roles has an address. Null for who only received it. */
  delivery: z.enum(['none', 'waiting', 'held', 'sent', 'failed', 'dropped']).nullable(),
  why: text.nullable(),
});

const outcome = z.object({
  notices: count,
  findings: count,
  held: z.array(z.object({ organisation, why })),
  ticketFrom: z.string().nullable(),
  /** `running`: it goes on, and these are the counts so far. */
  state: z.enum(['running', 'done', 'cancelled']),
});

export const noticeRoutes = {
  'GET /notice-rules': route({
    ...base,
    summary: { vi: 'Quy tắc thông báo', en: 'Rules of notices' },
    output: page(rule).extend({ can: z.object({ write: z.boolean() }), families: z.array(z.string()) }),
  }),
  'POST /notice-rules': route({
    ...base,
    summary: { vi: 'Thêm quy tắc thông báo', en: 'Add a rule of notices' },
    body: z.object(ruleShape),
    output: byId,
  }),
  'PUT /notice-rules/{id}': route({
    ...base,
    summary: { vi: 'Sửa quy tắc thông báo', en: 'Change a rule of notices' },
    params: byId,
    body: z.object({ ...ruleShape, version: z.number().int() }),
    output: byId,
  }),
  'DELETE /notice-rules/{id}': route({
    ...base,
    summary: { vi: 'Bỏ quy tắc thông báo', en: 'Remove a rule of notices' },
    params: byId,
    output: byId,
  }),
  'GET /notice-rules/{id}/preview': route({
    ...base,
    summary: {
      vi: 'Nếu gửi hôm nay: tới đơn vị nào, đơn vị nào không và vì sao',
      en: 'If it went today: to whom, and what is held back, and why',
    },
    params: byId,
    query: listQuery.pick({ page: true, size: true, q: true }),
    output: page(
      z.object({
        organisation,
        /** How many it would be told; 0 where nothing goes. */
        n: count,
        again: count,
        fresh: count,
        why: why.nullable(),
        held,
        /** The role whose contact would get the mail; null: none has an address. */
        role: role.nullable(),
      }),
    ).extend({
      going: count,
      findings: count,
      withoutContact: count,
      at: instant,
      next: instant.nullable(),
      mail: z.enum(['ready', 'not-configured', 'sample']),
      can: z.object({ send: z.boolean() }),
    }),
  }),
  'POST /notice-rules/{id}/send': route({
    ...base,
    bulk: true,
    summary: { vi: 'Gửi ngay theo quy tắc', en: 'Send now by a rule' },
    params: byId,
    body: z.object({}),
    output: outcome,
  }),
  'POST /notice-rules/{id}/cancel': route({
    ...base,
    summary: { vi: 'Dừng lần gửi đang chạy của một quy tắc', en: 'Stop what a rule is sending' },
    params: byId,
    body: z.object({}),
    output: z.null(),
  }),
  'GET /notice-rules/{id}/runs': route({
    ...base,
    summary: { vi: 'Các lần chạy của một quy tắc', en: 'The runs of a rule' },
    params: byId,
    query: listQuery.pick({ page: true, size: true }),
    output: page(
      z.object({
        id,
        at: instant,
        by: z.string(),
        test: z.boolean(),
        /** `stopped`: it broke off; sending again tells the others. */
        state: z.enum(['running', 'done', 'cancelled', 'stopped']),
        /** It was asked to stop. */
        cancelling: z.boolean(),
        organisations: count,
        looked: count,
        notices: count,
        findings: count,
        held: z.array(z.object({ organisation, why })),
      }),
    ),
  }),
  'GET /notices': route({
    ...base,
    summary: { vi: 'Thông báo đã gửi, đã nhận', en: 'Notices sent and received' },
    query: listQuery.pick({ page: true, size: true, q: true }).extend({
      side: z.enum(['overseer', 'own']).optional(),
      organisation: id.optional(),
      delivery: z.enum(['problem', 'waiting', 'sent', 'none']).optional(),
      finding: id.optional(),
      unseen: flag,
      exercise: flag,
    }),
    output: page(notice).extend({ side: z.enum(['overseer', 'own']), both: z.boolean(), can: z.object({ rules: z.boolean() }) }),
  }),
  'GET /notices/{id}': route({
    ...base,
    summary: { vi: 'Một thông báo', en: 'One notice' },
    params: byId,
    output: notice.extend({
      side: z.enum(['overseer', 'own']),
      /** For the authority alone. */
      by: z.string().nullable(),
      families: z.array(z.object({ family: z.string(), n: count })),
      /** Roles in the order in which a contact was looked for. */
      roles: z.array(role),
      /** Of the mail, for the authority alone. */
      mail: z.object({ attempts: count, sentAt: instant.nullable(), dueAt: instant.nullable() }).nullable(),
      /** Whether anybody of the organisation can sign in; for the authority alone. */
      account: z.boolean().nullable(),
      can: z.object({ retry: z.boolean(), see: z.boolean() }),
    }),
  }),
  'GET /notices/{id}/findings': route({
    ...base,
    summary: { vi: 'Các điểm cần xử lý trong thông báo, như lúc gửi', en: 'The findings of a notice as they were' },
    params: byId,
    query: listQuery.pick({ page: true, size: true }).extend({
      freshness: z.enum(FRESHNESS).optional(),
      newest: flag,
      family: z.string().max(200).optional(),
    }),
    output: page(
      z.object({
        finding: id,
        name: z.string(),
        privateAddress: z.string().nullable(),
        family: z.string(),
        lastSeen: instant,
        relapses: count,
        inNewest: z.boolean(),
        freshness: z.enum(FRESHNESS),
        /** As it stands now; null where it is no more, or belongs to another organisation by now. */
        now: z.object({ state: findingState, answer: findingAnswer.nullable() }).nullable(),
      }),
    ),
  }),
  'POST /notices/{id}/retry': route({
    ...base,
    summary: { vi: 'Gửi lại thư của thông báo', en: 'Send the mail of a notice again' },
    params: byId,
    body: z.object({}),
    output: byId,
  }),
  'POST /notices/{id}/seen': route({
    ...base,
    summary: { vi: 'Đã xem thông báo', en: 'A notice was seen' },
    params: byId,
    body: z.object({}),
  }),
  'GET /notice-domains': route({
    ...base,
    summary: { vi: 'Tên miền thư được phép nhận địa chỉ máy', en: 'Mail domains that may be told addresses of machines' },
    output: z.object({ domains: z.array(z.string()), can: z.object({ write: z.boolean() }) }),
  }),
  'PUT /notice-domains': route({
    ...base,
    session: true,
    summary: { vi: 'Đặt tên miền thư được phép nhận địa chỉ máy', en: 'Set the mail domains that may be told addresses of machines' },
    body: z.object({ domains: z.array(domain).max(100) }),
    output: z.object({ domains: z.array(z.string()) }),
  }),
};
