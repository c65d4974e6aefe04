import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePdf } from '../../apps/server/src/sample/directive.ts';
import { type Mailbox, openMailbox } from '../support/leak-mailbox.ts';
import { type Client, end, firstAdministrator, makeDataPlace, type Started, start } from '../support/product.ts';

const hasStrace = spawnSync('strace', ['-V']).status === 0;
const MARK = '[DIỄN TẬP]';
const DIRECTIVE = (subject: string) => `UBND TỈNH THỬ NGHIỆM

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: /UBND-KT
V/v ${subject}

Thử Nghiệm, ngày tháng năm 2026

Kính gửi:

- Sở Y tế;
- Sở Giáo dục và Đào tạo.

UBND tỉnh yêu cầu các cơ quan, đơn vị thực hiện các nội dung sau:

1. Phân công cán bộ ứng trực 24/7, báo cáo kết quả về UBND tỉnh.

Nơi nhận:
- Như trên;
- Lưu: VT.

CHỦ TỊCH

Nguyễn Văn A
`;

type Named = { id: string };
type Directive = { id: string; version: number; subject: string; exerciseName: string | null };
type Reminder = { organisation: { id: string }; delivery: string; why: { en: string } | null };

let product: Started;
let data: string;
let desk: Client;
let mailbox: Mailbox;
let bait: Server;
let baited = 0;
const place = mkdtempSync(path.join(os.tmpdir(), 'vg-capture-'));

beforeAll(async () => {
  mailbox = await openMailbox();
  // Allowed by the administrator, but nothing of an exercise names it.
  bait = createServer((socket) => {
    baited++;
    socket.destroy();
  });
  bait.listen(0, '127.0.0.1');
  await once(bait, 'listening');
  data = makeDataPlace();
  const outbound = `${mailbox.address},127.0.0.1:${(bait.address() as AddressInfo).port}`;
  product = await start(data, ['--smtp', `smtp://${mailbox.address}`, '--mail-from', 'vonggac@tinh.example', '--outbound', outbound]);
  expect(product.url, product.output()).not.toBeNull();
  desk = await firstAdministrator(product.url!, data);
  await desk.must('POST', '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' });
}, 120_000);
afterAll(async () => {
  await end(product.child, 'SIGTERM');
  await mailbox.close();
  bait.close();
  rmSync(path.dirname(data), { recursive: true, force: true });
  rmSync(place, { recursive: true, force: true });
}, 60_000);

/** Every system call of the server and of its children that reaches for an address, from now on. */
async function capture(): Promise<{ stop(): Promise<string[]> }> {
  const file = path.join(place, 'capture');
  const tracer: ChildProcess = spawn('strace', ['-f', '-e', 'trace=connect,sendto', '-o', file, '-p', String(product.child.pid)]);
  await new Promise<void>((ready, fail) => {
    tracer.stderr!.on('data', (chunk: Buffer) => chunk.toString().includes('attached') && ready());
    tracer.once('exit', () => fail(new Error('strace could not attach')));
  });
  return {
    stop: async () => {
      tracer.kill('SIGINT');
      await once(tracer, 'exit');
      return [
        ...new Set(
          [...readFileSync(file, 'utf8').matchAll(/sin6?_port=htons\((\d+)\).*?inet_(?:addr|pton)\((?:AF_INET6, )?"([^"]+)"/g)].map(
            ([, port, host]) => `${host}:${port}`,
          ),
        ),
      ];
    },
  };
}

const today = Temporal.Now.zonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate();

async function agencies(): Promise<Record<'named' | 'unnamed', string>> {
  const root = (await desk.must<{ acting: { organisation: Named } }>('GET', '/session')).acting.organisation.id;
  const make = async (name: string, email: string) => {
    const { id } = await desk.must<Named>('POST', '/organisations', { kind: 'department', name, parentId: root });
    await desk.must('POST', `/organisations/${id}/contacts`, { role: 'focal', name: 'Đầu mối', phones: ['0912345678'], emails: [email] });
    await desk.must('POST', `/organisations/${id}/contacts`, { role: 'duty', name: 'Trực', phones: ['0912345678'] });
    return id;
  };
  await desk.must('POST', '/session/acting', { organisationId: root, role: 'desk' });
  return { named: await make('Sở Y tế', 'daumoi@dientap.example'), unnamed: await make('Sở Giáo dục và Đào tạo', 'daumoi@that.example') };
}

async function issued(number: string, exercise: string | null): Promise<Directive> {
  const { id } = await desk.must<Named>('POST', '/directives/read-text', {
    text: DIRECTIVE(exercise === null ? 'ứng trực dịp nghỉ lễ' : 'ứng trực trong diễn tập'),
  });
  let view = await desk.must<Directive>('GET', `/directives/${id}`);
  if (exercise !== null) view = await desk.must<Directive>('POST', `/directives/${id}/exercise`, { version: view.version, exercise });
  await desk.must('GET', `/directives/${id}/draft.docx`);
  await desk.must('POST', `/directives/${id}/issue?version=${view.version}&number=${number}&day=${today}&name=ky.pdf`, samplePdf());
  return view;
}

async function settled(directive: string, of: number): Promise<Reminder[]> {
  for (let at = 0; at < 120; at++) {
    const { items } = await desk.must<{ items: Reminder[] }>('GET', `/directives/${directive}/reminders?size=20`);
    const mails = items.filter(({ delivery }) => delivery === 'sent' || delivery === 'dropped');
    if (mails.length === of) return mails;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error('the mails were not decided within a minute');
}

const textOf = (bytes: Uint8Array) =>
  Object.values(unzipSync(bytes))
    .map((part) => new TextDecoder().decode(part))
    .join('\n');

describe.skipIf(!hasStrace)('an exercise', () => {
  it('reaches the destination that it names and no other, marked, and counts nowhere', { timeout: 240_000 }, async () => {
    const { named, unnamed } = await agencies();
    const traced = await capture();
    const days = { from: today.toString(), to: today.add({ days: 3 }).toString() };
    const { id: exercise } = await desk.must<Named>('POST', '/exercises', {
      name: 'Diễn tập thử',
      ...days,
      destinations: ['dientap.example'],
    });
    const view = await issued('1', exercise);
    expect([view.subject.startsWith(MARK), view.exerciseName]).toEqual([true, 'Diễn tập thử']);
    const organisations = [named, unnamed];
    const { text } = await desk.must<{ text: string }>('POST', `/directives/${view.id}/reminders`, { organisations, way: 'mail' });
    expect(text.startsWith(MARK)).toBe(true);
    const call = { organisation: named, phone: '0912345678', result: 'picked-up', directive: view.id };
    await desk.must('POST', '/duty/calls', call);
    const { id: report } = await desk.must<Named>('POST', `/directives/${view.id}/reports`, { kind: 'quick' });
    for (const file of [
      await desk.must<Uint8Array>('GET', `/reports/${report}/file?format=docx`),
      await desk.must<Uint8Array>('GET', `/directives/${view.id}/matrix/export`),
    ])
      expect(textOf(file)).toContain(MARK);
    const deliveries = await settled(view.id, 2);
    const reached = await traced.stop();

    expect(reached).toContain(mailbox.address);
    expect(reached.filter((address) => !/^(?:127\.0\.0\.1|::1):/.test(address))).toEqual([]);
    expect([baited, reached.includes(`127.0.0.1:${(bait.address() as AddressInfo).port}`)]).toEqual([0, false]);
    const mails = mailbox.empty();
    expect(mails.map(({ to }) => to)).toEqual([['daumoi@dientap.example']]);
    expect(mails[0]!.headers.get('subject')).toContain(MARK);
    const dropped = deliveries.find(({ organisation }) => organisation.id === unnamed);
    expect([dropped?.delivery, dropped?.why?.en]).toEqual(['dropped', expect.stringContaining('nothing was sent')]);

    for (const list of ['/directives', '/duty/calls']) {
      expect(await desk.must(`GET`, list)).toMatchObject({ total: 0 });
      expect(await desk.must(`GET`, `${list}?exercise=true`)).toMatchObject({ total: 1 });
    }
    // The same number stays free for a real document, and its reminder does reach whom the exercise did not name.
    const real = await issued('1', null);
    await desk.must('POST', `/directives/${real.id}/reminders`, { organisations: [unnamed], way: 'mail' });
    await settled(real.id, 1);
    const [mail] = mailbox.empty();
    expect([mail?.to, mail?.headers.get('subject')?.includes(MARK)]).toEqual([['daumoi@that.example'], false]);
  });
});
