import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, ROOT } from './product.ts';

export function postmaster(data: string): number {
  return Number(readFileSync(path.join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** The postmaster of a data directory and everything that it started. */
export function clusterOf(data: string): number[] {
  const pid = postmaster(data);
  const children = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return [pid, ...children.stdout.split('\n').map(Number).filter(Boolean)];
}

export async function rootOf(client: Client): Promise<string> {
  return (await client.must<{ acting: { organisation: { id: string } } }>('GET', '/session')).acting.organisation.id;
}

type Refusal = { status: number; code: string; message: string; took: number };

/** Writes on, and answers for what was acknowledged, through whatever becomes of the stores beneath. */
export class Writers {
  readonly acknowledged: string[] = [];
  readonly refused: Refusal[] = [];
  readonly unexpected: string[] = [];
  #isDone = false;
  readonly #lanes: Promise<void>[];

  /** @param name begins the names that are written; @param language of the refusals */
  constructor(from: Client, { name, parentId, lanes = 3 }: { name: string; parentId: string; lanes?: number }) {
    this.#lanes = Array.from({ length: lanes }, (_, lane) => this.#write(from, parentId, `${name} ${lane}`));
  }

  async #write(from: Client, parentId: string, name: string): Promise<void> {
    const client = new Client(from.url);
    client.cookie = from.cookie;
    for (let i = 0; !this.#isDone; i++) {
      const one = `${name}.${i}`;
      const started = performance.now();
      const { status, body } = await client.ask('POST', '/organisations', { kind: 'unit', name: one, parentId });
      if (status === 200) this.acknowledged.push(one);
      else if (status === 503 || status === 507) {
        const { code, message } = (body as { error: { code: string; message: string } }).error;
        this.refused.push({ status, code, message, took: performance.now() - started });
        await new Promise((done) => setTimeout(done, 50));
      } else this.unexpected.push(`${status} ${JSON.stringify(body).slice(0, 300)}`);
    }
  }

  async end(): Promise<void> {
    this.#isDone = true;
    await Promise.all(this.#lanes);
  }
}

/** The names of all units. */
export async function unitsOf(client: Client): Promise<Set<string>> {
  const found = new Set<string>();
  for (let page = 1; ; page++) {
    const { items, total } = await client.must<{ items: { name: string }[]; total: number }>(
      'GET',
      `/organisations?kind=unit&size=500&page=${page}`,
    );
    for (const item of items) found.add(item.name);
    if (page * 500 >= total) return found;
  }
}

/** Verifies the chain of a stopped installation. */
export function verifyOffline(data: string): { rows: number; findings: unknown[] } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['apps/cli/src/main.ts', 'audit', 'verify', '--offline', '--data', data, '--json'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  if (!stdout.startsWith('{')) throw new Error(`${stdout}${stderr}`);
  return JSON.parse(stdout) as { rows: number; findings: unknown[] };
}

/** Waits until `/readyz` says so. @returns how long it took, in milliseconds */
export async function untilReady(url: string, isReady: boolean, patience = 30_000): Promise<number> {
  const started = performance.now();
  for (;;) {
    const { status } = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(patience) });
    if ((status === 200) === isReady) return performance.now() - started;
    if (performance.now() - started > patience) throw new Error(`/readyz says ${status} after ${patience} ms`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** The acts of the installation that the audit log holds, newest first. */
export async function installationActs(client: Client): Promise<{ action: string; after: Record<string, unknown> }[]> {
  const { items } = await client.must<{ items: { action: string; after: Record<string, unknown> }[] }>(
    'GET',
    '/audit?action=installation.',
  );
  return items;
}
