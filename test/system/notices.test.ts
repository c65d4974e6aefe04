import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasExim, type MailServer, openExim } from '../support/exim.ts';
import { type Client, end, firstAdministrator, makeDataPlace, type Started, start } from '../support/product.ts';

type Named = { id: string };
type Notice = { id: string; ticket: string; organisation: Named; total: number; delivery: string; why: { en: string } | null };

const RULE = {
  name: 'Hằng tuần',
  active: true,
  interval: 'weekly',
  hour: 8,
  minute: 0,
  weekday: 1,
  monthday: 1,
  threshold: 1,
  quietDays: 0,
  relapse: 'at-once',
  relapseDays: 0,
  usages: [],
  families: [],
  units: [],
  whileAnswered: true,
  whilePostponed: true,
  roles: ['focal'],
  test: false,
  exercise: null,
};
/** A week and a half ago: lists of the future are refused. */
const seen = Temporal.Now.instant().subtract({ hours: 240 }).toString({ smallestUnit: 'second' }).replace('T', ' ').replace('Z', '');

let product: Started;
let data: string;
let desk: Client;
let mail: MailServer;

if (!hasExim) process.stdout.write('notices: skipped, it needs the package exim4-daemon-light and root\n');

describe.skipIf(!hasExim)('notices through a real mail server', () => {
  beforeAll(async () => {
    mail = await openExim();
    data = makeDataPlace();
    product = await start(data, ['--smtp', `smtp://${mail.address}`, '--mail-from', 'vonggac@tinh.example', '--outbound', mail.address]);
    expect(product.url, product.output()).not.toBeNull();
    desk = await firstAdministrator(product.url!, data);
    await desk.must('POST', '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' });
  }, 120_000);
  afterAll(async () => {
    await end(product.child, 'SIGTERM');
    await mail.close();
    rmSync(path.dirname(data), { recursive: true, force: true });
  }, 60_000);

  async function unit(root: string, name: string, at: { email: string; network: string }): Promise<string> {
    const { id } = await desk.must<Named>('POST', '/organisations', { kind: 'department', name, parentId: root });
    const phones = ['0912345678'];
    await desk.must('POST', `/organisations/${id}/contacts`, { role: 'focal', name: 'Đầu mối', phones, emails: [at.email] });
    const { id: asset } = await desk.must<Named>('POST', '/assets', {
      kind: 'range',
      network: at.network,
      organisation: id,
      from: null,
      to: null,
    });
    await desk.ask('POST', '/assets/approve', { ids: [asset] });
    return id;
  }

  async function takeIn(rows: readonly string[]): Promise<void> {
    const content = new TextEncoder().encode(['timestamp,ip,infection', ...rows.map((ip) => `${seen},${ip},conficker`)].join('\n'));
    const up = await desk.must<{ id: string; recognition: { mapping: unknown } }>(
      'POST',
      `/lists?name=thang.csv&sender=${encodeURIComponent('Cục')}`,
      content,
    );
    const none = { families: null, coversFrom: null, coversTo: null, supersedes: null, directive: null, requirement: null, due: null };
    await desk.must('POST', `/lists/${up.id}/run`, { ...none, title: 'Danh sách tháng', mapping: up.recognition.mapping });
    for (let at = 0; at < 60; at++) {
      if ((await desk.must<{ state: string }>('GET', `/lists/${up.id}`)).state === 'done') return;
      await new Promise((done) => setTimeout(done, 500));
    }
    throw new Error('the list was not taken in');
  }

  const noticeOf = async (organisation: string): Promise<Notice> =>
    (await desk.must<{ items: Notice[] }>('GET', '/notices')).items.find((one) => one.organisation.id === organisation)!;
  const until = (organisation: string, delivery: string) =>
    expect.poll(async () => (await noticeOf(organisation)).delivery, { timeout: 100_000, interval: 1000 }).toBe(delivery);

  it('arrive with counts alone; a 4xx is tried again, a 5xx is shown and sent again by hand', { timeout: 240_000 }, async () => {
    const root = (await desk.must<{ acting: { organisation: Named } }>('GET', '/session')).acting.organisation.id;
    await desk.must('PUT', '/notice-domains', { domains: ['sogd.example'] });
    await desk.must('POST', '/session/acting', { organisationId: root, role: 'desk' });
    const health = await unit(root, 'Sở Y tế', { email: 'daumoi@soyte.example', network: '14.225.7.0/25' });
    const school = await unit(root, 'Sở Giáo dục và Đào tạo', { email: 'khongcon@sogd.example', network: '14.225.7.128/25' });
    await takeIn(['14.225.7.7', '14.225.7.8', '14.225.7.200']);
    const { id } = await desk.must<Named>('POST', '/notice-rules', RULE);
    const { items } = await desk.must<{ items: { organisation: Named; n: number; role: string }[] }>('GET', `/notice-rules/${id}/preview`);
    expect(items.map(({ n, role }) => [n, role])).toEqual([
      [2, 'focal'],
      [1, 'focal'],
    ]);

    mail.busy(true);
    await desk.must('POST', `/notice-rules/${id}/send`, {});
    const runs = async () => (await desk.must<{ items: unknown[] }>('GET', `/notice-rules/${id}/runs`)).items[0];
    await expect.poll(runs).toMatchObject({ state: 'done', notices: 2, findings: 3, held: [] });
    await expect.poll(async () => (await noticeOf(health)).why?.en, { timeout: 30_000 }).toContain('451 busy, try later');
    expect((await noticeOf(health)).delivery).toBe('waiting');
    mail.busy(false);
    await until(health, 'sent');
    await until(school, 'failed');
    await expect.poll(() => mail.log(), { timeout: 10_000 }).toMatch(/=> .*daumoi|Completed/);
    const [arrived, ...others] = mail.empty();
    expect([arrived?.to, others]).toEqual([['daumoi@soyte.example'], []]);
    const { ticket, total } = await noticeOf(health);
    expect([total, arrived!.headers.get('subject')]).toEqual([2, `[TLP:AMBER] [Vọng Gác] ${ticket}: 2 điểm cần xử lý`]);
    const body = arrived!.parts.join('\n');
    expect(body).toContain(`Thông báo ${ticket}`);
    expect([...arrived!.headers.values(), body].join('\n')).not.toMatch(/14\.225|conficker|Sở Y tế/);

    const refused = await noticeOf(school);
    expect(refused.why?.en).toContain('550 no such mailbox here');
    const contacts = await desk.must<{ items: { id: string; organisation: Named }[] }>('GET', '/contacts');
    const old = contacts.items.find(({ organisation }) => organisation.id === school)!;
    await desk.must('POST', `/organisations/${school}/contacts`, {
      role: 'focal',
      name: 'Mới',
      phones: ['0912345679'],
      emails: ['moi@sogd.example'],
    });
    await desk.must('POST', `/contacts/${old.id}/end`, { reason: 'chuyển công tác' });
    await desk.must('POST', `/notices/${refused.id}/retry`, {});
    await until(school, 'sent');
    await expect
      .poll(() => mail.empty().map(({ to, parts }) => [to, parts.join('').includes('14.225.7.200')]), { timeout: 10_000 })
      .toEqual([[['moi@sogd.example'], true]]);
  });
});
