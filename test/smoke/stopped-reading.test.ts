import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { type Client, end, firstAdministrator, makeDataPlace, start, type Started } from '../support/product.ts';

const TEXT = `UBND TỈNH THỬ NGHIỆM
Số: 12/UBND-VP6
V/v trực bảo đảm an toàn thông tin dịp lễ
Kính gửi: Các Sở, ban, ngành.
${Array.from({ length: 40 }, (_, at) => `${at + 1}. Bố trí cán bộ trực và báo cáo kết quả lần ${at + 1} trước ngày 29/4/2024.`).join('\n')}
`;

let product: Started | null = null;
afterAll(async () => {
  if (product) await end(product.child, 'SIGTERM');
});

async function desk(url: string, data: string): Promise<Client> {
  const client = await firstAdministrator(url, data);
  await client.must('POST', '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' });
  type Session = { memberships: { organisation: { id: string }; role: string }[] };
  const { memberships } = await client.must<Session>('GET', '/session');
  const { organisation } = memberships.find(({ role }) => role === 'desk')!;
  await client.must('POST', '/session/acting', { organisationId: organisation.id, role: 'desk' });
  return client;
}

/** Sends a document and goes away after a while. @returns whether an answer had come by then */
async function sendAndLeave(client: Client, path: string, given: { body: string; after: number }): Promise<boolean> {
  const answer = fetch(`${client.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'x-vonggac': '1',
      cookie: client.cookie,
      'content-type': path.includes('file') ? 'application/octet-stream' : 'application/json',
    },
    body: given.body,
    signal: AbortSignal.timeout(given.after),
  });
  return answer.then(
    () => true,
    () => false,
  );
}

it('leaves no draft of a document whose reading was stopped', async () => {
  const data = makeDataPlace();
  product = await start(data);
  const client = await desk(product.url!, data);
  const total = async () => (await client.must<{ total: number }>('GET', '/directives?size=1')).total;
  // The first reading loads what the others find loaded, and would make them seem longer than they are.
  await client.must('POST', '/directives/read-text', { text: `${TEXT}\nlần đầu` });
  const alone = performance.now();
  await client.must('POST', '/directives/read-text', { text: TEXT });
  const whole = performance.now() - alone;
  for (const part of [0.1, 0.3, 0.6]) {
    const after = Math.ceil(whole * part);
    const before = await total();
    const answered = [
      await sendAndLeave(client, '/directives/read-file?name=a.txt', { body: `${TEXT}\ntệp ${part}`, after }),
      await sendAndLeave(client, '/directives/read-text', { body: JSON.stringify({ text: `${TEXT}\ndán ${part}` }), after }),
    ].filter(Boolean).length;
    await wait(whole * 2);
    expect(await total()).toBe(before + answered);
  }
  expect(await total()).toBeLessThan(8);
}, 60_000);
