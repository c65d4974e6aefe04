import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { end, makeDataPlace, ROOT, type Started, start as startProduct } from '../support/product.ts';

const places: string[] = [];
const children = new Set<ChildProcess>();

afterEach(async () => {
  await Promise.all([...children].map((child) => end(child, 'SIGTERM')));
  children.clear();
  for (const place of places.splice(0)) rmSync(path.dirname(place), { recursive: true, force: true });
});

function makePlace(): string {
  const place = makeDataPlace();
  places.push(place);
  return place;
}

async function start(data: string, more: string[] = []): Promise<Started> {
  const started = await startProduct(data, more);
  children.add(started.child);
  return started;
}

const post = (url: string, at: string, body: unknown, cookie = '') =>
  fetch(`${url}/api/v1${at}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-vonggac': '1', cookie },
    body: JSON.stringify(body),
  });

async function signIn(url: string, username: string, password: string): Promise<string> {
  const answer = await post(url, '/sign-in', { username, password });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .join('; ');
}

describe('starting the product', () => {
  it('gives a first password in a 0600 file and never in its output, forces a new one, and remembers everything after a restart', async () => {
    const data = makePlace();
    const first = await start(data);
    const file = `${data}-keys/first-password`;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const password = readFileSync(file, 'utf8').trim();
    expect(first.output()).not.toContain(password);
    let cookie = await signIn(first.url!, 'quantri', password);
    expect((await fetch(`${first.url}/api/v1/people`, { headers: { cookie } })).status).toBe(403);
    expect((await post(first.url!, '/password', { current: password, next: 'mat khau moi 2024' }, cookie)).status).toBe(200);
    expect(existsSync(file)).toBe(false);
    expect((await post(first.url!, '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' }, cookie)).status).toBe(200);
    await end(first.child, 'SIGTERM');

    const second = await start(data);
    cookie = await signIn(second.url!, 'quantri', 'mat khau moi 2024');
    const session = (await (await fetch(`${second.url}/api/v1/session`, { headers: { cookie } })).json()) as {
      firstRun: boolean;
      acting: { organisation: { name: string } };
    };
    expect(session).toMatchObject({ firstRun: false, acting: { organisation: { name: 'UBND tỉnh Thử Nghiệm' } } });
  });

  it('refuses a second process on the same data, and is free again after kill -9', async () => {
    const data = makePlace();
    const first = await start(data);
    const second = await start(data);
    expect(second.code).toBe(1);
    expect(second.output()).toContain('đang được một tiến trình khác sử dụng');
    await end(first.child, 'SIGKILL');
    const third = await start(data);
    expect(third.url).not.toBeNull();
  });

  it('does not open plain HTTP to the network', async () => {
    const refused = await start(makePlace(), ['--host', '0.0.0.0']);
    expect(refused.code).toBe(1);
    expect(refused.output()).toContain('VONGGAC_PUBLIC_URL');
  });

  it('names the entry of the configuration that is wrong', async () => {
    const refused = await start(makePlace(), ['--log-level', 'loud']);
    expect(refused.code).toBe(1);
    expect(refused.output()).toContain('logLevel');
  });

  it('turns away changes from other pages and other host names', async () => {
    const { url } = await start(makePlace());
    const body = JSON.stringify({ username: 'a', password: 'b' });
    const ask = (headers: Record<string, string>) =>
      fetch(`${url}/api/v1/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
    expect((await ask({})).status).toBe(403);
    expect((await ask({ 'x-vonggac': '1', origin: 'https://ke-xau.example' })).status).toBe(403);
    expect((await ask({ 'x-vonggac': '1', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await ask({ 'x-vonggac': '1', origin: url! })).status).toBe(401);
  });
});

describe('the audit chain from the command line', () => {
  it('is verified offline, and only while the product is stopped', async () => {
    const data = makePlace();
    const running = await start(data);
    const password = readFileSync(`${data}-keys/first-password`, 'utf8').trim();
    await signIn(running.url!, 'quantri', password);
    const verify = () =>
      new Promise<{ code: number | null; said: string }>((done) => {
        const child = spawn(process.execPath, ['apps/cli/src/main.ts', 'audit', 'verify', '--offline', '--data', data, '--json'], {
          cwd: ROOT,
        });
        let said = '';
        child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
        child.once('exit', (code) => done({ code, said }));
      });
    expect((await verify()).code).toBe(2);
    await end(running.child, 'SIGTERM');
    const { code, said } = await verify();
    expect(code).toBe(0);
    const found = JSON.parse(said) as { rows: number; anchors: number };
    expect(found.rows).toBeGreaterThanOrEqual(2);
    expect(found.anchors).toBeGreaterThanOrEqual(1);
  });
});
