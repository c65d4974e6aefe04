import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Client, end, firstAdministrator, makeDataPlace, PASSWORD, ROOT, start } from '../support/product.ts';

const ROUNDS = 20;

function postmaster(data: string): number {
  return Number(readFileSync(path.join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Writes until the product dies; answers the names whose write was acknowledged. */
async function writeUntilDead(
  url: string,
  { cookie, parentId, round }: { cookie: string; parentId: string; round: number },
): Promise<string[]> {
  const acknowledged: string[] = [];
  const writer = async (lane: number) => {
    const client = new Client(url);
    client.cookie = cookie;
    for (let i = 0; ; i++) {
      const name = `Đơn vị ${round}.${lane}.${i}`;
      try {
        const answer = await client.ask('POST', '/organisations', { kind: 'unit', name, parentId });
        if (answer.status !== 200) throw new Error(`unexpected ${answer.status} ${JSON.stringify(answer.body)}`);
      } catch (error) {
        if (String(error).includes('unexpected 4')) throw error;
        return;
      }
      acknowledged.push(name);
    }
  };
  await Promise.all([writer(0), writer(1), writer(2)]);
  return acknowledged;
}

async function rootOf(client: Client): Promise<string> {
  return (await client.must<{ acting: { organisation: { id: string } } }>('GET', '/session')).acting.organisation.id;
}

describe('kill -9 in the middle of writes', () => {
  it(`loses nothing acknowledged in ${ROUNDS} rounds, and the audit chain stays whole`, { timeout: 600_000 }, async () => {
    const data = makeDataPlace();
    const acknowledged: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const product = await start(data);
      expect(product.url, product.output()).not.toBeNull();
      if (round === 0) {
        const admin = await firstAdministrator(product.url!, data);
        await admin.must('POST', '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' });
      }
      const client = new Client(product.url!);
      await client.signIn('quantri', PASSWORD);
      // Every second round the database dies with the server, as it would when power fails.
      const victims = round % 2 === 0 ? [product.child.pid!] : [postmaster(data), product.child.pid!];
      const timer = setTimeout(() => victims.forEach((pid) => process.kill(pid, 'SIGKILL')), 400 + ((round * 137) % 600));
      acknowledged.push(...(await writeUntilDead(product.url!, { cookie: client.cookie, parentId: await rootOf(client), round })));
      clearTimeout(timer);
      await end(product.child, 'SIGKILL');
    }
    expect(acknowledged.length).toBeGreaterThan(ROUNDS * 3);

    const last = await start(data);
    const client = new Client(last.url!);
    await client.signIn('quantri', PASSWORD);
    const found = new Set<string>();
    for (let page = 1; ; page++) {
      const { items, total } = await client.must<{ items: { name: string }[]; total: number }>(
        'GET',
        `/organisations?kind=unit&size=500&page=${page}`,
      );
      for (const item of items) found.add(item.name);
      if (page * 500 >= total) break;
    }
    expect(acknowledged.filter((name) => !found.has(name))).toEqual([]);
    await end(last.child, 'SIGTERM');

    const verify = spawnSync(process.execPath, ['apps/cli/src/main.ts', 'audit', 'verify', '--offline', '--data', data, '--json'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const verification = JSON.parse(verify.stdout) as { rows: number; findings: unknown[] };
    expect(verification.findings).toEqual([]);
    expect(verification.rows).toBeGreaterThanOrEqual(acknowledged.length);
    rmSync(path.dirname(data), { recursive: true, force: true });
  });
});

const hasStrace = spawnSync('strace', ['-V']).status === 0;

describe('an acknowledged write', () => {
  it.skipIf(!hasStrace && !process.env['CI'])(
    'is synced before the answer (needs: apt-get install strace)',
    { timeout: 120_000 },
    async () => {
      const data = makeDataPlace();
      const product = await start(data);
      const admin = await firstAdministrator(product.url!, data);
      await admin.must('POST', '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' });
      await admin.signIn('quantri', PASSWORD);
      const parentId = await rootOf(admin);
      const trace = spawn('strace', [
        '-f',
        '-ttt',
        '-e',
        'trace=fdatasync,fsync',
        '-p',
        String(postmaster(data)),
        ...backendsOf(postmaster(data)).flatMap((pid) => ['-p', String(pid)]),
      ]);
      let said = '';
      trace.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await new Promise((done) => setTimeout(done, 1500));
      for (let i = 0; i < 5; i++) {
        const before = Date.now() / 1000;
        await admin.must('POST', '/organisations', { kind: 'unit', name: `Đơn vị ${i}`, parentId });
        const after = Date.now() / 1000;
        await new Promise((done) => setTimeout(done, 1200));
        const syncs = [...said.matchAll(/^(?:\[pid +\d+\] )?(\d+\.\d+) f(?:data)?sync/gm)].map((match) => Number(match[1]));
        expect(
          syncs.some((at) => at >= before && at <= after),
          `no sync between ${before} and ${after}:\n${said.slice(-1500)}`,
        ).toBe(true);
      }
      trace.kill('SIGINT');
      await end(product.child, 'SIGTERM');
      rmSync(path.dirname(data), { recursive: true, force: true });
    },
  );
});

function backendsOf(pid: number): number[] {
  return spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .stdout.split('\n')
    .map(Number)
    .filter(Boolean);
}
