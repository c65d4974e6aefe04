import { newId } from '@vonggac/kernel';
import { type Ctx, type Database, inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createExercise } from '../exercises/index.ts';
import { answerFindings, listFindings } from '../findings/index.ts';
import { listOf, row, takeIn, withdraw } from '../findings/fixture.ts';
import { freezeOne } from './freeze.ts';
import {
  addRule,
  cancelSending,
  changeRule,
  getNotice,
  listFrozen,
  listNotices,
  listRules,
  listRuns,
  markNoticeSeen,
  previewRule,
  removeRule,
  type RuleInput,
  runNotices,
  sendNow,
} from './index.ts';
import type { Rule } from './model.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let house: Ctx;
const page = { page: 1, size: 50 };

const WEEKLY: RuleInput = {
  name: 'Hằng tuần',
  active: true,
  interval: 'weekly',
  hour: 8,
  minute: 0,
  weekday: 1,
  monthday: 1,
  threshold: 1,
  quietDays: 0,
  relapse: 'as-others',
  relapseDays: 0,
  usages: [],
  families: [],
  units: [],
  whileAnswered: true,
  whilePostponed: true,
  roles: ['technical', 'focal'],
  test: false,
  exercise: null,
};

beforeEach(async () => {
  database = await makeTestDatabase({ pool: 12 });
  province = await makeProvince(database);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
  house = await makeHouseCtx(desk.stores);
});
afterEach(() => database.close());

async function sql<T extends object = Record<string, unknown>>(statement: string, values: unknown[] = []): Promise<T[]> {
  const owner = database.owner();
  await owner.connect();
  const { rows } = await owner.query<T>(statement, values);
  await owner.end();
  return rows;
}

const contact = (organisation: string, role: string, email: string) =>
  sql(
    `insert into contacts (id, organisation, role, name, phones, emails, valid_from) values ($1, $2, $3, 'Đầu mối', '[]', $4, '2024-01-01')`,
    [newId(), organisation, role, JSON.stringify([email])],
  );

const seenAt = (day: number) => `2024-04-${String(day).padStart(2, '0')}T03:00:00.000Z`;
/** So many machines of an agency in a list. */
const machines = (organisation: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => row(organisation, `14.225.${from}.${at + 1}`, seenAt(10)));
const list = (more: object = {}) => listOf(province.sotttt, more);
const take = async (...rows: Parameters<typeof takeIn>[2][number][]) => takeIn(desk, list(), rows);
const at = (ctx: Ctx, local: string): Ctx => {
  const now = Temporal.Instant.from(`${local}+07:00`);
  return { ...ctx, clock: { now: () => now }, scope: { ...ctx.scope, day: local.slice(0, 10) } };
};
const send = (ctx: Ctx, rule: string) => sendNow(ctx, rule, { refresh: async (same) => same, wait: 30_000 });
const ids = async (ctx: Ctx, organisation: string) =>
  (await listFindings(ctx, { organisation, state: 'all', sort: 'work', page: 1, size: 100 })).items.map(({ id }) => id);

describe('a notice', () => {
  it('freezes the rows that it counts, under a number, and the agency reads it', async () => {
    await contact(province.soyte, 'focal', 'daumoi@soyte.example');
    await take(...machines(province.soyte, 3), ...machines(province.sogd, 2, 1));
    const { id } = await addRule(desk, WEEKLY);
    await expectAudit(desk, 'notices.rule_added', id);
    const sent = await send(desk, id);
    expect(sent).toMatchObject({ notices: 2, findings: 5, held: [], ticketFrom: 'TB-2024-0001' });
    const all = await listNotices(desk, page);
    expect([all.total, all.side, all.items.map(({ ticket }) => ticket).toSorted()]).toEqual([
      2,
      'overseer',
      ['TB-2024-0001', 'TB-2024-0002'],
    ]);
    const mine = all.items.find(({ organisation }) => organisation.id === province.soyte)!;
    expect(mine).toMatchObject({ total: 3, newest: 3, again: 0, fresh: 3, delivery: 'waiting', seen: null });
    expect(all.items.find(({ organisation }) => organisation.id === province.sogd)).toMatchObject({
      delivery: 'none',
      why: expect.anything(),
    });
    const agency = await makeCtx(desk.stores, province.soyte, 'officer');
    const got = await listNotices(agency, page);
    expect([got.total, got.side, got.items[0]]).toEqual([
      1,
      'own',
      expect.objectContaining({ ticket: mine.ticket, delivery: null, why: null }),
    ]);
    await answerFindings(agency, { ids: [(await ids(agency, province.soyte))[0]!], answer: 'cleaned' });
    const frozen = await listFrozen(agency, mine.id, page);
    expect([frozen.total, frozen.items.filter(({ now }) => now?.state === 'answered').length]).toEqual([3, 1]);
    expect((await listFrozen(agency, mine.id, { ...page, freshness: 'again' })).total).toBe(0);
    expect((await listNotices(agency, { ...page, unseen: true })).total).toBe(1);
    await markNoticeSeen(agency, mine.id);
    expect((await listNotices(agency, { ...page, unseen: true })).total).toBe(0);
    expect((await listNotices(agency, { ...page, finding: frozen.items[0]!.finding })).total).toBe(1);
    expect([(await getNotice(agency, mine.id)).account, (await getNotice(desk, mine.id)).account]).toEqual([null, false]);
    await expectAudit(agency, 'notices.seen', mine.id);
    expect((await getNotice(desk, mine.id)).seen?.by).toBe(agency.actor.name);
    await expectAudit(desk, 'notices.sent', mine.id);
  });

  it('counts exactly its rows while findings change under it', async () => {
    await take(...machines(province.soyte, 120));
    const { id } = await addRule(desk, WEEKLY);
    const officer = await makeCtx(desk.stores, province.soyte, 'officer');
    const all = await ids(officer, province.soyte);
    let isOver = false;
    const changing = (async () => {
      for (const [at, finding] of all.entries()) {
        if (isOver) return;
        await answerFindings(officer, { ids: [finding], answer: 'cleaned' });
        if (at % 10 === 0) await takeIn(desk, list(), machines(province.soyte, 3, 2 + at));
      }
    })();
    const totals: number[] = [];
    for (let week = 0; week < 12; week++) {
      const [rule] = await sql<{ id: string }>('select id from notice_rules');
      expect(rule!.id).toBe(id);
      await sql('update notices set interval = interval || id');
      totals.push((await send(desk, id)).findings);
    }
    isOver = true;
    await changing;
    const rows = await sql<Record<string, number>>(`
      select n.total, n.newest, n.again, n.fresh, count(*)::int as rows, count(*) filter (where r.in_newest)::int as newest_rows,
        count(*) filter (where r.freshness = 'again')::int as again_rows, count(*) filter (where r.freshness = 'first')::int as fresh_rows
      from notices n join notice_findings r on r.notice = n.id group by n.id`);
    expect(rows).toHaveLength(12);
    for (const one of rows)
      expect([one['rows'], one['newest_rows'], one['again_rows'], one['fresh_rows']]).toEqual([
        one['total'],
        one['newest'],
        one['again'],
        one['fresh'],
      ]);
    expect(new Set(totals).size).toBeGreaterThan(1);
  }, 60_000);

  it('is never a second one of the same interval: not from many at once, nor from its hour after it was sent now', async () => {
    await take(...machines(province.soyte, 2), ...machines(province.sogd, 2, 1));
    const { id } = await addRule(desk, { ...WEEKLY, weekday: 5, hour: 9 });
    const both = await Promise.all([send(desk, id), send(desk, id), send(desk, id)]);
    expect(both.reduce((sum, { notices }) => sum + notices, 0)).toBe(2);
    expect(await runNotices(at(house, '2024-04-26T09:00:01'))).toBe(0);
    expect((await listRuns(desk, id, page)).items[0]).toMatchObject({
      by: 'Thông báo theo quy tắc',
      state: 'done',
      notices: 0,
      held: [{ why: 'interval' }, { why: 'interval' }],
    });
    expect(await runNotices(at(house, '2024-05-03T09:00:00'))).toBe(2);
    expect(await runNotices(at(house, '2024-05-03T09:01:00'))).toBe(0);
    expect((await listNotices(desk, page)).total).toBe(4);
  });

  it('that takes long goes on after the answer, shows how far it is and can be stopped; sending again tells the others', async () => {
    await take(...machines(province.soyte, 1), ...machines(province.sogd, 1, 1), ...machines(province.giavien, 1, 2));
    const { id } = await addRule(desk, WEEKLY);
    await expect(cancelSending(desk, id)).rejects.toMatchObject({ code: 'notices.run_over' });
    const last = async () => (await listRuns(desk, id, page)).items[0]!;
    let held: (() => void) | undefined;
    let asked = 0;
    const refresh = async (ctx: Ctx): Promise<Ctx> => {
      if (++asked === 2) await new Promise<void>((go) => (held = go));
      return ctx;
    };
    expect(await sendNow(desk, id, { refresh, wait: 0 })).toMatchObject({ state: 'running' });
    await expect.poll(last).toMatchObject({ state: 'running', looked: 1, organisations: 3 });
    await expect.poll(() => held).toBeDefined();
    const auditor = await makeCtx(desk.stores, province.sotttt, 'auditor');
    await expect(cancelSending(auditor, id)).rejects.toMatchObject({ code: 'access.role' });
    await cancelSending(desk, id);
    await expectAudit(desk, 'notices.cancel_asked', id);
    held!();
    await expect.poll(last).toMatchObject({ state: 'cancelled', looked: 2, organisations: 3, notices: 2 });
    expect((await listNotices(desk, page)).total).toBe(2);
    expect(await send(desk, id)).toMatchObject({ state: 'done', notices: 1 });
    expect(await last()).toMatchObject({ state: 'done', looked: 3 });
  });

  it('is made once by two houses at once, and by one that broke off in the middle', async () => {
    await take(...machines(province.soyte, 1), ...machines(province.sogd, 1, 1), ...machines(province.giavien, 1, 2));
    const { id } = await addRule(desk, { ...WEEKLY, interval: 'daily', hour: 9 });
    const later = at(house, '2024-04-27T09:30:00');
    // As a kill between two organisations leaves it: begun, one notice made, not finished.
    const [rule] = await sql<Rule>('select * from notice_rules');
    const interval = '2024-04-27';
    await sql(
      `insert into notice_runs (id, organisation, rule, "interval", trigger, test, at, by) values ($1, $2, $3, $4, 'schedule', false, '2024-04-27T02:00:00Z', 'x')`,
      [newId(), province.sotttt, id, interval],
    );
    const frozen: Rule = {
      ...rule!,
      id,
      organisation: province.sotttt,
      exercise: null,
      quietDays: 0,
      relapseDays: 0,
      whileAnswered: true,
      whilePostponed: true,
    };
    await inTransaction(at(desk, '2024-04-27T09:00:05'), (tx) =>
      freezeOne(tx, at(desk, '2024-04-27T09:00:05'), { rule: frozen, organisation: province.soyte, interval, onlyAgain: false }),
    );
    const made = await Promise.all([runNotices(later), runNotices(later)]);
    expect(made.reduce((sum, n) => sum + n, 0)).toBe(2);
    expect((await sql('select organisation from notices')).length).toBe(3);
    expect((await listRuns(desk, id, page)).items).toMatchObject([{ state: 'done', notices: 3, findings: 3 }]);
  });
});

describe('a rule', () => {
  it('does not begin with what was due before it was made, and runs by itself from then on', async () => {
    await take(...machines(province.soyte, 1));
    const { id } = await addRule(desk, { ...WEEKLY, interval: 'daily', hour: 7 });
    expect(await runNotices(house)).toBe(0);
    const next = (await listRules(desk)).items[0]?.next;
    expect(next).toBe('2024-04-27T00:00:00.000Z');
    expect(await runNotices(at(house, '2024-04-27T07:00:00'))).toBe(1);
    const { items } = await listRules(desk);
    await changeRule(desk, id, { ...WEEKLY, interval: 'daily', hour: 7, active: false, version: items[0]!.version });
    expect(await runNotices(at(house, '2024-04-28T07:00:00'))).toBe(0);
    await expect(changeRule(desk, id, { ...WEEKLY, version: 1 })).rejects.toThrow('notices.rule_changed');
    await removeRule(desk, id);
    await expectAudit(desk, 'notices.rule_removed', id);
    expect([(await listRules(desk)).total, (await listNotices(desk, page)).total]).toEqual([0, 1]);
  });

  it('holds back below its threshold, within its quiet days, and what it leaves out; the preview says so before', async () => {
    await contact(province.soyte, 'focal', 'daumoi@soyte.example');
    await take(
      ...machines(province.soyte, 3),
      ...machines(province.sogd, 1, 1),
      row(province.giavien, '14.225.9.1', seenAt(10), { usage: 'exit' }),
      ...machines(province.nhoquan, 2, 3),
    );
    const { id } = await addRule(desk, { ...WEEKLY, threshold: 2, quietDays: 7, usages: ['exit'], units: [province.nhoquan] });
    const preview = await previewRule(desk, id, page);
    expect(preview).toMatchObject({ total: 4, going: 1, findings: 3, withoutContact: 0 });
    const why = Object.fromEntries(preview.items.map(({ organisation, n, why: reason, role }) => [organisation.id, [n, reason, role]]));
    expect(why).toEqual({
      [province.soyte]: [3, null, 'focal'],
      [province.sogd]: [0, 'threshold', null],
      [province.giavien]: [0, 'usage', null],
      [province.nhoquan]: [0, 'unit', null],
    });
    const sent = await send(desk, id);
    expect([sent.notices, sent.held.map((one) => one.why).toSorted()]).toEqual([1, ['threshold', 'unit', 'usage']]);
    const next = at(desk, '2024-05-02T08:00:00');
    expect((await previewRule(next, id, page)).items.find(({ organisation }) => organisation.id === province.soyte)?.why).toBe('told');
    expect(await send(next, id)).toMatchObject({ notices: 0 });
    expect(await send(at(desk, '2024-05-06T08:00:00'), id)).toMatchObject({ notices: 1, findings: 3 });
  });

  it('tells what is seen again at once after its list, alone and though told before; and forgets nothing of a withdrawn list', async () => {
    const officer = await makeCtx(desk.stores, province.soyte, 'officer', { now: '2024-04-26T09:00:00+07:00' });
    await take(row(province.soyte, '14.225.0.1', seenAt(10)), row(province.soyte, '14.225.0.2', seenAt(10)));
    const { id } = await addRule(desk, { ...WEEKLY, weekday: 7, quietDays: 30, relapse: 'at-once', threshold: 5 });
    await send(desk, id);
    expect((await listNotices(desk, page)).total).toBe(0);
    await changeRule(desk, id, { ...WEEKLY, weekday: 7, quietDays: 30, relapse: 'at-once', threshold: 1, version: 1 });
    expect(await send(desk, id)).toMatchObject({ notices: 1, findings: 2 });
    const [first] = await ids(officer, province.soyte);
    await answerFindings(officer, { ids: [first!], answer: 'cleaned' });
    const again = list({ coversFrom: '2024-04-20T00:00:00.000Z', coversTo: '2024-04-28T00:00:00.000Z' });
    const [{ address }] = (await sql<{ address: string }>('select host(address) as address from findings where id = $1', [first])) as [
      { address: string },
    ];
    await takeIn(at(desk, '2024-04-28T10:00:00'), again, [row(province.soyte, address, '2024-04-27T10:00:00.000Z')]);
    expect(await runNotices(at(house, '2024-04-28T07:59:00'))).toBe(1);
    expect(await runNotices(at(house, '2024-04-28T07:59:30'))).toBe(0);
    const [newest] = (await listNotices(desk, page)).items;
    expect(newest).toMatchObject({ total: 1, again: 1, fresh: 0 });
    expect((await listFrozen(desk, newest!.id, { ...page, freshness: 'again' })).items.map(({ finding }) => finding)).toEqual([first]);
    await withdraw(desk, again);
    expect((await getNotice(desk, newest!.id)).total).toBe(1);
  });

  it('that waits for a list runs once for each', async () => {
    const { id } = await addRule(desk, { ...WEEKLY, interval: 'list' });
    await takeIn(at(desk, '2024-04-26T08:30:00'), list(), machines(province.soyte, 2));
    const soon = at(house, '2024-04-26T08:31:00');
    expect([await runNotices(soon), await runNotices(soon)]).toEqual([1, 0]);
    await takeIn(at(desk, '2024-04-26T08:40:00'), list({ sender: newId() }), machines(province.soyte, 1, 4));
    expect(await runNotices(at(house, '2024-04-26T08:41:00'))).toBe(1);
    expect((await listRuns(desk, id, page)).total).toBe(2);
  });

  it('in test mode is seen by the authority alone, takes no number and tells nobody anything', async () => {
    await take(...machines(province.soyte, 2));
    const { id } = await addRule(desk, { ...WEEKLY, test: true, quietDays: 30 });
    expect([(await send(desk, id)).ticketFrom, (await send(desk, id)).ticketFrom]).toEqual(['THỬ-TB-2024-0001', 'THỬ-TB-2024-0002']);
    const agency = await makeCtx(desk.stores, province.soyte, 'officer');
    const [test] = (await listNotices(desk, page)).items;
    expect((await listNotices(agency, page)).total).toBe(0);
    await expect(getNotice(agency, test!.id)).rejects.toThrow('notice.not_found');
    await expect(listFrozen(agency, test!.id, page)).rejects.toThrow('notice.not_found');
    expect(await sql('select 1 from notices_told')).toHaveLength(0);
    await changeRule(desk, id, { ...WEEKLY, quietDays: 30, version: 1 });
    expect(await send(desk, id)).toMatchObject({ notices: 1, ticketFrom: 'TB-2024-0001' });
  });

  it('of an exercise tells of its findings alone, with numbers of their own', async () => {
    const { id: exercise } = await createExercise(desk, { name: 'Diễn tập', from: '2024-04-20', to: '2024-05-02', destinations: [] });
    await take(...machines(province.soyte, 2));
    await takeIn(desk, list({ exercise, sender: newId() }), machines(province.soyte, 3, 5));
    const { id } = await addRule(desk, { ...WEEKLY, exercise });
    expect(await send(desk, id)).toMatchObject({ notices: 1, findings: 3, ticketFrom: 'DT-TB-2024-0001' });
    const { id: real } = await addRule(desk, WEEKLY);
    expect(await send(desk, real)).toMatchObject({ notices: 1, findings: 2, ticketFrom: 'TB-2024-0001' });
    expect((await listNotices(desk, page)).total).toBe(1);
    expect((await listNotices(desk, { ...page, exercise: true })).total).toBe(1);
    await removeRule(desk, real);
    await changeRule(desk, id, { ...WEEKLY, exercise, interval: 'daily', hour: 9, version: 1 });
    expect(await runNotices(at(house, '2024-05-04T09:00:00'))).toBe(0);
  });
});

describe('others', () => {
  it('see and do nothing with it', async () => {
    await take(...machines(province.soyte, 2), ...machines(province.sogd, 1, 1));
    const { id } = await addRule(desk, WEEKLY);
    await send(desk, id);
    const notice = (await listNotices(desk, page)).items.find(({ organisation }) => organisation.id === province.soyte)!;
    const stranger = await makeCtx(desk.stores, province.foreign, 'desk');
    const sibling = await makeCtx(desk.stores, province.sogd, 'desk');
    const agency = await makeCtx(desk.stores, province.soyte, 'desk');
    expect((await listNotices(sibling, page)).items.map(({ organisation }) => organisation.id)).toEqual([province.sogd]);
    expect((await listNotices(stranger, { ...page, q: 'TB-2024' })).total).toBe(0);
    for (const other of [stranger, sibling]) {
      await expect(getNotice(other, notice.id)).rejects.toThrow('notice.not_found');
      await expect(listFrozen(other, notice.id, page)).rejects.toThrow('notice.not_found');
      await expect(markNoticeSeen(other, notice.id)).rejects.toThrow('notice.not_found');
    }
    for (const other of [stranger, sibling, agency]) {
      expect((await listRules(other)).total).toBe(0);
      for (const act of [
        () => previewRule(other, id, page),
        () => send(other, id),
        () => listRuns(other, id, page),
        () => removeRule(other, id),
      ])
        await expect(act()).rejects.toThrow('notice_rule.not_found');
      await expect(changeRule(other, id, { ...WEEKLY, version: 1 })).rejects.toThrow('notice_rule.not_found');
    }
    await expect(addRule(desk, { ...WEEKLY, units: [province.foreign] })).rejects.toThrow('organisation.not_found');
    const auditor = await makeCtx(desk.stores, province.sotttt, 'auditor');
    for (const act of [
      () => addRule(auditor, WEEKLY),
      () => send(auditor, id),
      () => removeRule(auditor, id),
      () => markNoticeSeen(auditor, notice.id),
    ])
      await expect(act()).rejects.toThrow('access.role');
    expect((await previewRule(auditor, id, page)).can.send).toBe(false);
  });
});
