import type { AddressInfo } from 'node:net';
import { newId } from '@vonggac/kernel';
import { type Ctx, type Database, openOutbound } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createExercise } from '../exercises/index.ts';
import { deliverOutbox, listReminders, logReminderCall, markReminderSeen, myReminders, remindable, remindOrganisations } from './index.ts';
import { setLabel } from '../tlp/index.ts';
import { mailText } from './mail-text.ts';
import { backoffMinutes } from './model.ts';

type Received = { to: string[]; text: string };

let database: Database;
let province: Province;
let desk: Ctx;
let directive: string;
let person: string;
let server: SMTPServer | null = null;
let received: Received[] = [];
const page = { page: 1, size: 50 };

beforeEach(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  person = newId();
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk', { person });
  await sql(`insert into people (id, organisation, name, folded, username) values ($1, $2, 'Chuyên viên', 'chuyen vien', $3)`, [
    person,
    province.sotttt,
    person,
  ]);
  await sql(
    `insert into memberships (id, person, organisation, role, valid_from) values (gen_random_uuid(), $1, $2, 'desk', '2024-01-01')`,
    [person, province.sotttt],
  );
  directive = await issued([province.soyte, province.giavien]);
  received = [];
});
afterEach(async () => {
  await new Promise<void>((done) => (server === null ? done() : server.close(() => done())));
  server = null;
  await database.close();
});

async function sql(statement: string, values: unknown[] = []): Promise<void> {
  const owner = database.owner();
  await owner.connect();
  await owner.query(statement, values);
  await owner.end();
}

async function issued(organisations: string[]): Promise<string> {
  const [id, requirement] = [newId(), newId()];
  await sql(
    `insert into directives (id, organisation, overseer, status, kind, code, day, subject, folded, signer, text, reading, issued_at, written_by)
     values ($1, $2, $2, 'issued', 'cong-van', '12/STTTT', '2024-04-22', 'V/v địa chỉ 203.0.113.9', 'x', '{}', '', '{"spans":[]}', '2024-04-22T01:00:00Z', 'x')`,
    [id, province.sotttt],
  );
  await sql(
    `insert into requirements (id, directive, position, path, text, due) values ($1, $2, 0, '1.a', 'nội dung mật danh', '2024-04-25T16:59:59.999Z')`,
    [requirement, id],
  );
  for (const organisation of organisations) {
    await sql(
      `insert into receipts (id, directive, organisation, overseer, organisation_name, arrived_at) select gen_random_uuid(), $1, id, $2, name, '2024-04-22T01:00:00Z' from organisations where id = $3`,
      [id, province.sotttt, organisation],
    );
    await sql(
      `insert into tasks (id, requirement, directive, organisation, overseer, due, changed_at) values (gen_random_uuid(), $1, $2, $3, $4, '2024-04-25T16:59:59.999Z', now())`,
      [requirement, id, organisation, province.sotttt],
    );
  }
  return id;
}

const address = (organisation: string, email: string, role = 'focal') =>
  sql(
    `insert into contacts (id, organisation, role, name, phones, emails, valid_from) values (gen_random_uuid(), $1, $2, 'Đầu mối', '["+84912345678"]', $3, '2024-01-01')`,
    [organisation, role, JSON.stringify([email])],
  );

/** A mail server on loopback; `refuse` answers 451 to so many messages first. */
async function mailServer(refuse = 0): Promise<{ house: Ctx; settings: { smtp: string; from: string; publicUrl: string } }> {
  let left = refuse;
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        if (left-- > 0) return done(Object.assign(new Error('try later hoten@so.example'), { responseCode: 451 }));
        received.push({ to: session.envelope.rcptTo.map((one) => one.address), text });
        done();
      });
    },
  });
  await new Promise<void>((up) => server!.listen(0, '127.0.0.1', up));
  const { port } = server.server.address() as AddressInfo;
  const house = await makeHouseCtx({ ...desk.stores, outbound: openOutbound([`127.0.0.1:${port}`]) });
  return { house, settings: { smtp: `smtp://127.0.0.1:${port}`, from: 'Vọng Gác <vonggac@so.example>', publicUrl: 'https://vg.example' } };
}
const later = async (house: Ctx, minutes: number): Promise<Ctx> => {
  const at = house.clock.now().add({ minutes });
  return { ...house, clock: { now: () => at } };
};
const decoded = ({ text }: Received) => {
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  return /base64/i.test(text)
    ? Buffer.from(body, 'base64').toString()
    : body.replace(/=\r\n/g, '').replace(/(=[0-9A-F]{2})+/g, (hex) => Buffer.from(hex.replaceAll('=', ''), 'hex').toString());
};

describe('a reminder in the app', () => {
  it('reaches the agency once under a ticket number, and its seeing is told', async () => {
    const { ticket, text, reminded } = await remindOrganisations(desk, {
      directive,
      organisations: [province.soyte, province.giavien],
      way: 'app',
    });
    expect([ticket, reminded.length]).toEqual(['ĐĐ-2024-0001', 2]);
    expect(text).toContain('Sở Y tế: 1 nội dung chưa hoàn thành, hạn 25/4/2024 (quá hạn 1 ngày)');
    expect(text).not.toMatch(/203\.0\.113|mật danh|@|\+84/);
    await expectAudit(desk, 'reminders.sent', directive);
    const agency = await makeCtx(desk.stores, province.soyte, 'officer');
    const mine = await myReminders(agency, { ...page, unseen: true });
    expect([mine.total, mine.items[0]?.ticket]).toEqual([1, ticket]);
    const superior = await makeCtx(desk.stores, province.ubnd, 'desk');
    expect((await myReminders(superior, page)).total).toBe(0);
    await expect(markReminderSeen(superior, mine.items[0]!.id)).rejects.toThrow('reminder.not_found');
    await expect(markReminderSeen(await makeCtx(desk.stores, province.soyte, 'auditor'), mine.items[0]!.id)).rejects.toThrow('access.role');
    await markReminderSeen(agency, mine.items[0]!.id);
    await markReminderSeen(agency, mine.items[0]!.id);
    expect((await myReminders(agency, { ...page, unseen: true })).total).toBe(0);
    expect((await listReminders(desk, { ...page, directive, organisation: province.soyte })).items[0]?.seenAt).not.toBeNull();
  });
  it('numbers go on within the year, also when two desks remind at once', async () => {
    const tickets = await Promise.all(
      Array.from({ length: 4 }, () => remindOrganisations(desk, { directive, organisations: [province.soyte], way: 'text' })),
    );
    expect(tickets.map(({ ticket }) => ticket).toSorted()).toEqual(['ĐĐ-2024-0001', 'ĐĐ-2024-0002', 'ĐĐ-2024-0003', 'ĐĐ-2024-0004']);
  });
  it('is refused to reading roles, strangers and for what is done or withdrawn', async () => {
    const asked = { directive, organisations: [province.soyte], way: 'app' } as const;
    await expect(remindOrganisations(await makeCtx(desk.stores, province.sotttt, 'auditor'), asked)).rejects.toThrow('access.role');
    await expect(remindOrganisations(await makeCtx(desk.stores, province.foreign, 'desk'), asked)).rejects.toThrow('directive.not_found');
    await expect(remindOrganisations(await makeCtx(desk.stores, province.soyte, 'desk'), asked)).rejects.toThrow('directive.not_found');
    expect((await listReminders(await makeCtx(desk.stores, province.giavien, 'officer'), { ...page, directive })).total).toBe(0);
    await sql(`update tasks set state = 'accepted' where organisation = $1`, [province.soyte]);
    await expect(remindOrganisations(desk, asked)).rejects.toMatchObject({
      code: 'reminder.nobody',
      details: { skipped: [{ organisation: { id: province.soyte, name: 'Sở Y tế' } }] },
    });
    const others = { ...asked, organisations: [province.soyte, province.giavien, province.foreign] };
    expect((await remindOrganisations(desk, others)).skipped.map(({ organisation }) => organisation.name)).toEqual(['Sở Y tế']);
    await sql(`update directives set status = 'withdrawn' where id = $1`, [directive]);
    await expect(remindOrganisations(desk, asked)).rejects.toThrow('reminder.withdrawn');
  });
});

describe('a reminder by mail', () => {
  it('says ticket number, count and link only, and none goes twice within the interval', async () => {
    const { house, settings } = await mailServer();
    await address(province.soyte, 'daumoi@soyte.example');
    await address(province.soyte, 'vanthu@soyte.example', 'records');
    await address(province.soyte, 'lanhdao@soyte.example', 'leader');
    const first = await remindOrganisations(desk, { directive, organisations: [province.soyte, province.giavien], way: 'mail' });
    expect(first.reminded.map(({ id }) => id)).toEqual([province.soyte]);
    expect(first.skipped[0]?.why.en).toContain('No e-mail');
    expect(await deliverOutbox(house, settings)).toEqual({ sent: 1, failed: 0, dropped: 0, held: 0 });
    expect(await deliverOutbox(house, settings)).toEqual({ sent: 0, failed: 0, dropped: 0, held: 0 });
    expect(received.map(({ to }) => to.toSorted())).toEqual([['daumoi@soyte.example', 'vanthu@soyte.example']]);
    const body = decoded(received[0]!);
    expect(body).toContain(`Phiếu đôn đốc ${first.ticket}: đơn vị còn 1 nội dung`);
    expect(body).toContain(`https://vg.example/work/${directive}/${province.soyte}`);
    expect(received[0]!.text + body).not.toMatch(/203\.0\.113|mật danh|12\/STTTT|Sở Y tế|0912345678|84912345678/);
    expect((await listReminders(desk, { ...page, directive })).items[0]?.delivery).toBe('sent');
    await expect(remindOrganisations(desk, { directive, organisations: [province.soyte], way: 'mail' })).rejects.toThrow('reminder.nobody');
    await sql(`insert into settings (key, value) values ('reminders.mail-hours', '0')`);
    expect((await remindOrganisations(desk, { directive, organisations: [province.soyte], way: 'mail' })).ticket).toBe('ĐĐ-2024-0002');
  });
  it('is tried again with patience, under the same Message-ID, and the log of errors has no address', async () => {
    const { house, settings } = await mailServer(1);
    await address(province.soyte, 'daumoi@soyte.example');
    await remindOrganisations(desk, { directive, organisations: [province.soyte], way: 'mail' });
    expect(await deliverOutbox(house, settings)).toEqual({ sent: 0, failed: 1, dropped: 0, held: 0 });
    expect(await deliverOutbox(house, settings)).toEqual({ sent: 0, failed: 0, dropped: 0, held: 0 });
    expect((await listReminders(desk, { ...page, directive })).items[0]?.delivery).toBe('waiting');
    const owner = database.owner();
    await owner.connect();
    const { rows } = await owner.query<{ id: string; last_error: string }>('select id, last_error from outbox');
    await owner.end();
    expect(rows[0]!.last_error).not.toContain('@');
    expect(await deliverOutbox(await later(house, 1), settings)).toEqual({ sent: 1, failed: 0, dropped: 0, held: 0 });
    expect(received[0]!.text).toContain(`Message-ID: <${rows[0]!.id}@so.example>`);
  });
  it('of an exercise goes to whom the exercise names, marked; to nobody else, and says why', async () => {
    const { house, settings } = await mailServer();
    await address(province.soyte, 'daumoi@dientap.example');
    await address(province.soyte, 'vanthu@soyte.example', 'records');
    await address(province.giavien, 'daumoi@giavien.example');
    const days = { from: '2024-04-20', to: '2024-05-02' };
    const { id } = await createExercise(desk, { name: 'Diễn tập', ...days, destinations: ['dientap.example'] });
    await sql(`update directives set status = 'draft' where id = $1`, [directive]);
    await sql(
      `update directives set exercise = $1, exercise_name = 'Diễn tập', status = 'issued', subject = '[DIỄN TẬP] Trực lễ' where id = $2`,
      [id, directive],
    );
    const asked = { directive, organisations: [province.soyte, province.giavien], way: 'mail' } as const;
    expect((await remindOrganisations(desk, asked)).text).toMatch(/^\[DIỄN TẬP\] \[TLP:AMBER\] \[DT-ĐĐ-2024-0001\]/);
    expect(await deliverOutbox(house, settings)).toEqual({ sent: 1, failed: 0, dropped: 1, held: 0 });
    expect(received.flatMap(({ to }) => to)).toEqual(['daumoi@dientap.example']);
    expect(mailText({ ticket: 'x', open: 1, link: '', exercise: true, label: 'GREEN' }).subject).toMatch(
      /^\[DIỄN TẬP\] \[TLP:GREEN\] \[Vọng Gác\]/,
    );
    expect(decoded(received[0]!)).toContain('Đây là thư diễn tập');
    const { items } = await listReminders(desk, { ...page, directive });
    const { id: gone, delivery, why } = items.find(({ organisation }) => organisation.id === province.giavien)!;
    expect([delivery, why?.en]).toEqual(['dropped', expect.stringContaining('nothing was sent')]);
    await expectAudit(house, 'reminders.mail_dropped', gone);
  });
  it('of an exercise takes no number from the real series', async () => {
    const asked = { organisations: [province.soyte], way: 'app' } as const;
    const days = { from: '2024-04-20', to: '2024-05-02' };
    const { id } = await createExercise(desk, { name: 'Diễn tập', ...days, destinations: [] });
    const drill = await issued([province.soyte]);
    await sql(`update directives set status = 'draft' where id = $1`, [drill]);
    await sql(
      `update directives set exercise = $1, exercise_name = 'Diễn tập', status = 'issued', subject = '[DIỄN TẬP] Trực lễ' where id = $2`,
      [id, drill],
    );
    const tickets: string[] = [];
    for (const one of [directive, drill, drill, directive]) {
      tickets.push((await remindOrganisations(desk, { ...asked, directive: one })).ticket);
    }
    const call = { directive: drill, organisation: province.soyte, result: 'reached' } as const;
    tickets.push((await logReminderCall(desk, call)).ticket);
    expect(tickets).toEqual(['ĐĐ-2024-0001', 'DT-ĐĐ-2024-0001', 'DT-ĐĐ-2024-0002', 'ĐĐ-2024-0002', 'DT-ĐĐ-2024-0003']);
  });
  it('bears its label in subject, body and header; one that admits named persons only skips the shared mailbox, or waits', async () => {
    const { house, settings } = await mailServer();
    const administrator = await makeCtx(desk.stores, province.ubnd, 'administrator');
    await address(province.soyte, 'vanthu@soyte.example', 'records');
    await remindOrganisations(desk, { directive, organisations: [province.soyte], way: 'mail' });
    await setLabel(administrator, { kind: 'reminder-mail', label: 'RED' });
    expect(await deliverOutbox(house, settings)).toEqual({ sent: 0, failed: 0, dropped: 0, held: 1 });
    expect(await deliverOutbox(house, settings)).toEqual({ sent: 0, failed: 0, dropped: 0, held: 0 });
    const [held] = (await listReminders(desk, { ...page, directive })).items;
    expect([held!.delivery, held!.why?.en]).toEqual(['held', expect.stringContaining('shared mailbox')]);
    await expectAudit(house, 'reminders.mail_held', held!.id);
    await address(province.soyte, 'daumoi@soyte.example');
    expect(await deliverOutbox(await later(house, 60), settings)).toMatchObject({ sent: 1, held: 0 });
    expect(received.map(({ to }) => to)).toEqual([['daumoi@soyte.example']]);
    expect(received[0]!.text).toMatch(/^X-TLP: TLP:RED\r$/im);
    expect(decoded(received[0]!)).toMatch(/^TLP:RED\r\n/);
    await setLabel(administrator, { kind: 'reminder-text', label: 'AMBER+STRICT' });
    const pasted = { directive, organisations: [province.soyte], way: 'text' } as const;
    await expect(remindOrganisations(desk, pasted)).rejects.toThrow('reminder.tlp');
  });
  it('two workers send it once', async () => {
    const { house, settings } = await mailServer();
    await address(province.soyte, 'daumoi@soyte.example');
    await remindOrganisations(desk, { directive, organisations: [province.soyte], way: 'mail' });
    await Promise.all([deliverOutbox(house, settings), deliverOutbox(house, settings), deliverOutbox(house, settings)]);
    expect(received).toHaveLength(1);
  });
  it('does not go out when nothing is open any more, nobody is on file, or the sender lost the right', async () => {
    const { house, settings } = await mailServer();
    for (const end of [
      `update tasks set state = 'accepted'`,
      `update contacts set valid_to = '2024-04-26'`,
      `update people set disabled_at = '2024-04-26T00:00:00Z' where id = '${person}'`,
      `update people set disabled_at = null; update memberships set valid_to = '2024-04-26' where person = '${person}'`,
    ]) {
      const sent = await issued([province.giavien]);
      await address(province.giavien, 'daumoi@gv.example');
      await remindOrganisations(desk, { directive: sent, organisations: [province.giavien], way: 'mail' });
      await sql(end);
      expect(await deliverOutbox(house, settings)).toEqual({ sent: 0, failed: 0, dropped: 1, held: 0 });
      expect((await listReminders(desk, { ...page, directive: sent })).items[0]?.delivery).toBe('dropped');
    }
    expect(received).toHaveLength(0);
  });
  it('goes nowhere that the gate does not list', async () => {
    const { house, settings } = await mailServer();
    await address(province.soyte, 'daumoi@soyte.example');
    await remindOrganisations(desk, { directive, organisations: [province.soyte], way: 'mail' });
    expect(await deliverOutbox({ ...house, stores: desk.stores }, settings)).toEqual({ sent: 0, failed: 1, dropped: 0, held: 0 });
    expect(received).toHaveLength(0);
  });
  it('waits longer each time', () => {
    expect([1, 2, 3, 10, 50].map(backoffMinutes)).toEqual([1, 2, 4, 360, 360]);
  });
});

describe('a call', () => {
  it('is logged as a reminder with whom and how', async () => {
    const { ticket } = await logReminderCall(desk, {
      directive,
      organisation: province.soyte,
      result: 'reached',
      spokeWith: 'văn thư',
      note: 'hẹn chiều nay',
    });
    expect((await listReminders(desk, { ...page, directive })).items[0]).toMatchObject({
      ticket,
      way: 'call',
      note: 'Đã gặp · văn thư · hẹn chiều nay',
      delivery: 'none',
    });
    await expectAudit(desk, 'reminders.called', directive);
    await expect(logReminderCall(desk, { directive, organisation: province.viettel, result: 'reached' })).rejects.toThrow(
      'organisation.not_found',
    );
    await expect(
      logReminderCall(await makeCtx(desk.stores, province.sotttt, 'officer'), {
        directive,
        organisation: province.soyte,
        result: 'reached',
      }),
    ).rejects.toThrow('access.role');
  });
});

describe('whom one may remind', () => {
  it('lists open work and ways, to the overseer only', async () => {
    await address(province.soyte, 'daumoi@soyte.example');
    const { items, total } = await remindable(desk, { directive });
    expect([total, items.find(({ organisation }) => organisation.id === province.soyte)]).toEqual([
      2,
      {
        organisation: { id: province.soyte, name: 'Sở Y tế' },
        open: 1,
        overdue: 1,
        next: '2024-04-25T16:59:59.999Z',
        followUp: null,
        emails: 1,
        mailedAt: null,
        phone: true,
      },
    ]);
    await expect(remindable(await makeCtx(desk.stores, province.soyte, 'desk'), { directive })).rejects.toThrow('directive.not_found');
  });
});
