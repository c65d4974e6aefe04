import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '../..');

/** A data directory of its own, reachable by the login under which the embedded PostgreSQL runs. */
export function makeDataPlace(): string {
  const place = mkdtempSync(path.join(os.tmpdir(), 'vg-start-'));
  chmodSync(place, 0o711);
  return path.join(place, 'data');
}

export type Started = { child: ChildProcess; output: () => string; url: string | null; code: number | null };

/** Starts the product as a user would. @param env `VONGGAC_SKIP_WEB` leaves the pages unbuilt */
export function start(data: string, more: string[] = [], env: Record<string, string> = { VONGGAC_SKIP_WEB: '1' }): Promise<Started> {
  const child = spawn(process.execPath, ['apps/server/src/main.ts', '--port', '0', '--data', data, '--totp', 'optional', ...more], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  });
  let output = '';
  return new Promise((done) => {
    const look = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /Vọng Gác: (http:\S+)/.exec(output)?.[1];
      if (url && output.endsWith('\n')) setTimeout(() => done({ child, output: () => output, url, code: null }), 100);
    };
    child.stdout!.on('data', look);
    child.stderr!.on('data', look);
    child.once('exit', (code) => done({ child, output: () => output, url: null, code }));
  });
}

export function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once('exit', () => done());
    child.kill(signal);
  });
}

/** The API as a signed-in person. */
export class Client {
  readonly url: string;
  cookie = '';

  constructor(url: string) {
    this.url = url;
  }

  async ask(method: string, at: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`${this.url}/api/v1${at}`, {
      method,
      headers: {
        'x-vonggac': '1',
        cookie: this.cookie,
        ...(body instanceof Uint8Array ? { 'content-type': 'application/octet-stream' } : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    });
    const cookies = answer.headers.getSetCookie();
    if (cookies.length > 0) this.cookie = cookies.map((one) => one.split(';')[0]!).join('; ');
    const isJson = answer.headers.get('content-type')?.includes('json');
    return { status: answer.status, body: isJson ? await answer.json() : new Uint8Array(await answer.arrayBuffer()) };
  }

  /** @throws when the answer is not 200 */
  async must<T = unknown>(method: string, at: string, body?: unknown): Promise<T> {
    const answer = await this.ask(method, at, body);
    if (answer.status !== 200) throw new Error(`${method} ${at}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 500)}`);
    return answer.body as T;
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.must('POST', '/sign-in', { username, password });
  }
}

export const PASSWORD = 'mat khau thu 2024';

/** The administrator of a fresh installation, first password changed. */
export async function firstAdministrator(url: string, data: string): Promise<Client> {
  const client = new Client(url);
  const first = readFileSync(`${data}-keys/first-password`, 'utf8').trim();
  await client.signIn('quantri', first);
  await client.must('POST', '/password', { current: first, next: PASSWORD });
  return client;
}
