import type { AddressInfo } from 'node:net';
import { HOUSE, newId } from '@vonggac/kernel';
import { type Ctx, type Database, openOutbound } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createExercise } from '../exercises/index.ts';
import { answerFindings, listFindings } from '../findings/index.ts';
import { listOf, row, takeIn } from '../findings/fixture.ts';
import { deliverOutbox, offerLetters } from '../notifications/index.ts';
import { setLabel } from '../tlp/index.ts';
import {
  addRule,
  getNotice,
  listNotices,
  noticeDomains,
  noticeLetters,
  retryNotice,
  type RuleInput,
  sendNow,
  setNoticeDomains,
} from './index.ts';

type Received = { to: string[]; text: string };
type House = { ctx: Ctx; settings: { smtp: string; from: string; publicUrl: string } };

let database: Database;
let province: Province;
let desk: Ctx;
let administrator: Ctx;
let house: House;
let server: SMTPServer;
let received: Received[] = [];
/** What the server answers to the next messages. */
let answers: number[] = [];
const page = { page: 1, size: 50 };

const RULE: RuleInput = {
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

beforeAll(async () => {
  offerLetters(noticeLetters);
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        const code = answers.shift() ?? 250;
        if (code >= 400) return done(Object.assign(new Error('khong nhan daumoi@soyte.example'), { responseCode: code }));
        received.push({ to: session.envelope.rcptTo.map((one) => one.address), text });
        done();
      });
    },
  });
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
});
afterAll(() => new Promise<void>((down) => server.close(() => down())));

beforeEach(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const person = newId();
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk', { person });
  administrator = await makeCtx(desk.stores, province.ubnd, 'administrator');
  await sql(`insert into people (id, organisation, name, folded, username) values ($1, $2, 'Trực ban', 'truc ban', $1::uuid::text)`, [
    person,
    province.sotttt,
  ]);
  await sql(`insert into memberships (id, person, organisation, role, valid_from) values ($1, $2, $3, 'desk', '2024-01-01')`, [
    newId(),
    person,
    province.sotttt,
  ]);
  const { port } = server.server.address() as AddressInfo;
  const ctx = await makeHouseCtx({ ...desk.stores, outbound: openOutbound([`127.0.0.1:${port}`]) });
  house = { ctx, settings: { smtp: `smtp://127.0.0.1:${port}`, from: 'Vọng Gác <vonggac@so.example>', publicUrl: 'https://vg.example' } };
  received = [];
  answers = [];
});
afterEach(() => database.close());

async function sql(statement: string, values: unknown[] = []): Promise<void> {
  const owner = database.owner();
  await owner.connect();
  await owner.query(statement, values);
  await owner.end();
}
const contact = (organisation: string, role: string, email: string) =>
  sql(
    `insert into contacts (id, organisation, role, name, phones, emails, valid_from) values ($1, $2, $3, 'Đầu mối', '[]', $4, '2024-01-01')`,
    [newId(), organisation, role, JSON.stringify([email])],
  );
const take = (more: object = {}) =>
  takeIn(desk, listOf(province.sotttt, more), [
    row(province.soyte, '14.225.0.1', '2024-04-10T03:00:00.000Z'),
    row(province.soyte, '14.225.0.2', '2024-04-11T03:00:00.000Z'),
  ]);
const sent = async (more: Partial<RuleInput> = {}) =>
  sendNow(desk, (await addRule(desk, { ...RULE, ...more })).id, { refresh: async (same) => same, wait: 30_000 });
const deliver = (minutes = 0) => {
  const at = house.ctx.clock.now().add({ minutes });
  return deliverOutbox({ ...house.ctx, clock: { now: () => at } }, house.settings);
};
const only = async () => (await listNotices(desk, page)).items[0]!;
const decoded = ({ text }: Received) => {
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  return /transfer-encoding: base64/i.test(text)
    ? Buffer.from(body, 'base64').toString()
    : body.replace(/=\r\n/g, '').replace(/(=[0-9A-F]{2})+/g, (hex) => Buffer.from(hex.replaceAll('=', ''), 'hex').toString());
};

describe('the mail of a notice', () => {
  it('says number, counts and link in Vietnamese, then in English, and no address', async () => {
    await contact(province.soyte, 'focal', 'daumoi@soyte.example');
    await contact(province.soyte, 'leader', 'lanhdao@soyte.example');
    await take();
    await sent();
    expect(await deliver()).toEqual({ sent: 1, failed: 0, dropped: 0, held: 0 });
    expect(received.map(({ to }) => to)).toEqual([['daumoi@soyte.example']]);
    const body = decoded(received[0]!);
    const { id } = await only();
    expect(body).toMatch(/^TLP:AMBER\r\n/);
    expect(body).toContain('Thông báo TB-2024-0001, số liệu lúc 08:00 26/4/2024: đơn vị còn 2 điểm cần xử lý.');
    expect(body.indexOf('Thông báo TB-2024-0001')).toBeLessThan(body.indexOf('Notice TB-2024-0001'));
    expect(body).toContain('keyed answer sheet');
    expect(received[0]!.text).toMatch(/^X-TLP: TLP:AMBER\r$/im);
    expect(received[0]!.text).toMatch(/^Auto-Submitted: auto-generated\r$/im);
    expect(received[0]!.text + body).not.toMatch(/14\.225|andromeda|Sở Y tế|lanhdao/);
    expect((await only()).delivery).toBe('sent');
    await expectAudit(house.ctx, 'notices.mail_sent', id);
    expect(await deliver(60)).toEqual({ sent: 0, failed: 0, dropped: 0, held: 0 });
  });

  it('links to the notice for who can sign in', async () => {
    await contact(province.soyte, 'focal', 'daumoi@soyte.example');
    const person = newId();
    await sql(`insert into people (id, organisation, name, folded, username) values ($1, $2, 'A', 'a', $1::uuid::text)`, [
      person,
      province.soyte,
    ]);
    await sql(`insert into memberships (id, person, organisation, role, valid_from) values ($1, $2, $3, 'officer', '2024-01-01')`, [
      newId(),
      person,
      province.soyte,
    ]);
    await take();
    await sent();
    await deliver();
    expect(decoded(received[0]!)).toContain(`https://vg.example/notices/${(await only()).id}`);
    expect(decoded(received[0]!)).not.toContain('keyed answer sheet');
    expect((await getNotice(desk, (await only()).id)).account).toBe(true);
  });

  it('names machines where the administrator allows the domain of every receiver, and only there', async () => {
    await contact(province.soyte, 'focal', 'daumoi@soyte.example');
    await take();
    await expect(setNoticeDomains(desk, ['soyte.example'])).rejects.toThrow('access.role');
    await expect(setNoticeDomains(await makeCtx(desk.stores, province.soyte, 'administrator'), ['soyte.example'])).rejects.toThrow(
      'organisation.not_found',
    );
    await expect(setNoticeDomains(administrator, ['example'])).rejects.toThrow('notices.domain');
    expect(await setNoticeDomains(administrator, ['@SoYTe.example', 'soyte.example'])).toEqual({ domains: ['soyte.example'] });
    await expectAudit(administrator, 'settings.notice_domains', HOUSE);
    expect(await noticeDomains(administrator)).toEqual({ domains: ['soyte.example'], can: { write: true } });
    await sent();
    await deliver();
    expect(decoded(received[0]!)).toContain('- 14.225.0.2 · andromeda · 10:00 11/4/2024');
    await contact(province.soyte, 'focal', 'khac@x.soyte.example');
    await sql('update notices set interval = interval || id');
    await sent({ name: 'nữa' });
    await deliver();
    expect(received[1]!.to).toHaveLength(2);
    expect(decoded(received[1]!)).not.toContain('14.225');
  });

  it('is refused for a while and tried again, or refused for good, shown and sent again by hand', async () => {
    await contact(province.soyte, 'focal', 'daumoi@soyte.example');
    await take();
    answers = [451, 550];
    await sent();
    expect(await deliver()).toMatchObject({ failed: 1 });
    expect(await only()).toMatchObject({ delivery: 'waiting', why: { vi: expect.stringContaining('451 khong nhan') } });
    await expect(retryNotice(desk, (await only()).id)).rejects.toThrow('notices.on_its_way');
    expect(await deliver(1)).toMatchObject({ failed: 1 });
    const refused = await only();
    expect(refused).toMatchObject({ delivery: 'failed', why: { en: expect.stringContaining('550 khong nhan …') } });
    expect(refused.why!.en).not.toContain('@');
    await expectAudit(house.ctx, 'notices.mail_refused', refused.id);
    expect((await listNotices(desk, { ...page, delivery: 'problem' })).total).toBe(1);
    expect(await deliver(60 * 24)).toEqual({ sent: 0, failed: 0, dropped: 0, held: 0 });
    await expect(retryNotice(await makeCtx(desk.stores, province.soyte, 'desk'), refused.id)).rejects.toThrow('notice.not_found');
    await expect(retryNotice(await makeCtx(desk.stores, province.sotttt, 'auditor'), refused.id)).rejects.toThrow('access.role');
    expect((await getNotice(desk, refused.id)).can.retry).toBe(true);
    await retryNotice(desk, refused.id);
    await expectAudit(desk, 'notices.retried', refused.id);
    expect(await deliver()).toMatchObject({ sent: 1 });
    expect(await only()).toMatchObject({ delivery: 'sent', why: null });
    expect((await listNotices(desk, { ...page, delivery: 'problem' })).total).toBe(0);
  });

  it('goes by the first role of the rule that has an address; one without is told, and goes once there is one', async () => {
    await take();
    await sent();
    const none = await only();
    expect([none.delivery, none.why?.en]).toEqual(['none', expect.stringContaining('Add a contact')]);
    await expect(retryNotice(desk, none.id)).rejects.toThrow('notices.no_contact');
    await contact(province.soyte, 'focal', 'daumoi@soyte.example');
    await contact(province.soyte, 'technical', 'kythuat@soyte.example');
    await retryNotice(desk, none.id);
    await deliver();
    expect(received.map(({ to }) => to)).toEqual([['kythuat@soyte.example']]);
  });

  it('does not go when everything was answered for good, its contact left, or the sender lost the right', async () => {
    await contact(province.soyte, 'focal', 'daumoi@soyte.example');
    await take();
    await sent();
    await sql(`update memberships set valid_to = '2024-04-26'`);
    expect(await deliver()).toMatchObject({ dropped: 1 });
    expect((await only()).why?.en).toContain('may no longer');
    await sql(`update memberships set valid_to = null`);
    await retryNotice(desk, (await only()).id);
    await sql(`update contacts set valid_to = '2024-04-26'`);
    expect(await deliver()).toMatchObject({ dropped: 1 });
    await sql(`update contacts set valid_to = null`);
    await retryNotice(desk, (await only()).id);
    await sql(`update findings set state = 'closed', answer = 'informed', answered_at = now()`);
    expect(await deliver()).toMatchObject({ dropped: 1 });
    expect(received).toHaveLength(0);
    await expectAudit(house.ctx, 'notices.mail_dropped', (await only()).id);
  });

  it('of a test goes whole to the authority alone, marked', async () => {
    await contact(province.soyte, 'focal', 'daumoi@soyte.example');
    await contact(province.sotttt, 'focal', 'truc@sotttt.example');
    await take();
    await sent({ test: true });
    await deliver();
    expect(received.map(({ to }) => to)).toEqual([['truc@sotttt.example']]);
    expect(decoded(received[0]!)).toMatch(/\[THỬ\].*Nếu gửi thật, thư này đến: Sở Y tế/);
    expect(decoded(received[0]!)).toContain('THỬ-TB-2024-0001');
  });

  it('of an exercise goes to whom the exercise names, marked; its label keeps others', async () => {
    await contact(province.soyte, 'focal', 'daumoi@dientap.example');
    await contact(province.sogd, 'focal', 'daumoi@sogd.example');
    const { id: exercise } = await createExercise(desk, {
      name: 'Diễn tập',
      from: '2024-04-20',
      to: '2024-05-02',
      destinations: ['dientap.example'],
    });
    const list = listOf(province.sotttt, { exercise });
    await takeIn(desk, list, [
      row(province.soyte, '14.225.0.1', '2024-04-10T03:00:00.000Z'),
      row(province.sogd, '14.225.1.1', '2024-04-10T03:00:00.000Z'),
    ]);
    await sent({ exercise });
    expect(await deliver()).toMatchObject({ sent: 1, dropped: 1 });
    expect(received.map(({ to }) => to)).toEqual([['daumoi@dientap.example']]);
    expect(decoded(received[0]!)).toContain('[DIỄN TẬP]');
    const gone = (await listNotices(desk, { ...page, exercise: true })).items.find(({ organisation }) => organisation.id === province.sogd);
    expect([gone?.delivery, gone?.why?.en]).toEqual(['dropped', expect.stringContaining('nothing was sent')]);
  });

  it('waits where its label admits named persons only', async () => {
    await contact(province.soyte, 'records', 'vanthu@soyte.example');
    await take();
    await setLabel(administrator, { kind: 'notice-mail', label: 'RED' });
    await sent({ roles: ['records'] });
    expect(await deliver()).toMatchObject({ held: 1 });
    expect((await only()).delivery).toBe('held');
  });
});

describe('an answer meanwhile', () => {
  it('does not change the figures that were frozen', async () => {
    await contact(province.soyte, 'focal', 'daumoi@soyte.example');
    await take();
    await sent();
    const officer = await makeCtx(desk.stores, province.soyte, 'officer');
    const { items } = await listFindings(officer, { state: 'open', sort: 'work', page: 1, size: 10 });
    await answerFindings(officer, { ids: [items[0]!.id], answer: 'cleaned' });
    await deliver();
    expect(decoded(received[0]!)).toContain('2 findings');
  });
});
