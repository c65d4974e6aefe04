import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { readConfig } from '@vonggac/kernel';
import { migrateDatabase, openFiles } from '@vonggac/store';
import { reachDatabase } from '@vonggac/store/backup';
import type pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { afterAll, describe, expect, it } from 'vitest';
import { backUpBeforeMigration } from '../../apps/server/src/commands/before-migration.ts';
import { MIGRATIONS } from '../../apps/server/src/house.ts';
import { vonggac } from '../support/command.ts';
import { type Filled, fillTasks, fillWaitingMails, type Size } from '../support/many-tasks.ts';
import { ownPostgres, postgresMissing } from '../support/own-postgres.ts';
import { Client, end, firstAdministrator, makeDataPlace, PASSWORD, start, type Started } from '../support/product.ts';

const SECRET = { VONGGAC_BACKUP_PASSPHRASE: 'mat khau sao luu 2026' };
const running: Started[] = [];
const places: string[] = [];

afterAll(async () => {
  for (const { child } of running) await end(child, 'SIGTERM');
  for (const place of places) rmSync(place, { recursive: true, force: true });
});

function newPlace(): string {
  const data = makeDataPlace();
  places.push(path.dirname(data));
  return data;
}

async function started(data: string, env: Record<string, string> = {}): Promise<Started> {
  const product = await start(data, [], { VONGGAC_SKIP_WEB: '1', ...env });
  expect(product.url, product.output()).not.toBeNull();
  running.push(product);
  return product;
}

/** As the owner of an installation, whether it runs or not. */
async function asOwner<T>(data: string, work: (owner: pg.Client) => Promise<T>, postgres?: string): Promise<T> {
  const reached = await reachDatabase(readConfig(['--data', data, ...(postgres ? ['--postgres', postgres] : [])], {}));
  const owner = reached.database.owner();
  try {
    await owner.connect();
    return await work(owner);
  } finally {
    await owner.end();
    await reached.close();
  }
}

async function installation(
  size: Size,
): Promise<{ data: string; product: Started; admin: Client; filled: Filled; mails: number; stored: string }> {
  const data = newPlace();
  const product = await started(data);
  const admin = await firstAdministrator(product.url!, data);
  await admin.must('POST', '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' });
  await admin.signIn('quantri', PASSWORD);
  const root = await rootOf(admin);
  const { filled, mails } = await asOwner(data, async (owner) => {
    const filled = await fillTasks(owner, root, size);
    return { filled, mails: await fillWaitingMails(owner, root, filled) };
  });
  const { sha256 } = await openFiles(path.join(data, 'files')).put(randomBytes(3_000_000), 1e7);
  return { data, product, admin, filled, mails, stored: sha256 };
}

async function rootOf(client: Client): Promise<string> {
  return (await client.must<{ acting: { organisation: { id: string } } }>('GET', '/session')).acting.organisation.id;
}

/** Every row of every table as one hash a table; what differs by design is left out. */
async function contentsOf(owner: pg.Client): Promise<Record<string, string>> {
  const { rows } = await owner.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'identity')
     and tablename not in ('migrations', 'settings', 'audit', 'audit_seals', 'audit_unsealed', 'session', 'verification')`,
  );
  const found: Record<string, string> = {};
  for (const { name } of rows) {
    const sum = await owner.query(
      `select count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as sum from ${name} t`,
    );
    found[name] = sum.rows[0].sum as string;
  }
  return found;
}

async function mailServer(): Promise<{ env: Record<string, string>; received: string[]; close(): void }> {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => (received.push(text), done()));
    },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const at = `127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  const env = { VONGGAC_SMTP: `smtp://${at}`, VONGGAC_MAIL_FROM: 'vonggac@so.example', VONGGAC_OUTBOUND: at };
  return { env, received, close: () => server.close() };
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Writes until it is told to stop; the names that were acknowledged before the backup began must be in it. */
function writer(client: Client, parentId: string): { acknowledged: string[]; times: number[]; stop(): Promise<void> } {
  const acknowledged: string[] = [];
  const times: number[] = [];
  const state = { isOn: true };
  const run = (async () => {
    for (let i = 0; state.isOn; i++) {
      const before = performance.now();
      await client.must('POST', '/organisations', { kind: 'unit', name: `Đơn vị ${i}`, parentId });
      times.push(performance.now() - before);
      acknowledged.push(`Đơn vị ${i}`);
      await sleep(10);
    }
  })();
  return { acknowledged, times, stop: async () => ((state.isOn = false), await run) };
}

async function auditIsWhole(data: string): Promise<number> {
  const { stdout, stderr } = await vonggac(['audit', 'verify', '--offline', '--data', data, '--json']);
  const found = JSON.parse(stdout || stderr) as { rows: number; anchors: number; findings: unknown[] };
  expect(found.findings).toEqual([]);
  return found.anchors;
}

describe('the drill: 180,000 tasks', () => {
  it(
    'are backed up while the system is written to, restored elsewhere, and nothing leaves until a person says so',
    { timeout: 900_000 },
    async () => {
      const from = await installation({ organisations: 300, directives: 50, requirements: 12 });
      expect(from.filled.tasks).toBe(180_000);
      await anchored(from.data);
      const file = path.join(path.dirname(from.data), 'drill.tar.zst.age');
      const busy = writer(from.admin, await rootOf(from.admin));
      await sleep(500);
      const before = [...busy.acknowledged];
      const taken = await vonggac(['backup', file, '--data', from.data, '--json'], SECRET);
      await busy.stop();
      expect(taken.code, taken.stderr).toBe(0);
      tell('backup, online', taken, statSync(file).size);
      busy.times.sort((a, b) => a - b);
      process.stdout.write(
        `  writes meanwhile: ${busy.times.length}, p95 ${busy.times[Math.floor(busy.times.length * 0.95)]!.toFixed(0)} ms\n`,
      );

      // Beside the running server neither a restore nor a second server gets in.
      const beside = await vonggac(['restore', file, '--data', from.data], SECRET);
      expect([beside.code, beside.stderr]).toEqual([1, expect.stringContaining('is in use by another process')]);
      const second = await start(from.data);
      expect([second.url, second.output()]).toEqual([null, expect.stringContaining('is in use by another process')]);

      const whole = await vonggac(['backup', file, '--verify', '--json'], SECRET);
      expect(whole.code, whole.stderr).toBe(0);
      tell('verify', whole);

      const to = newPlace();
      await moveKeys(from.data, to);
      const restored = await vonggac(['restore', file, '--data', to, '--json'], SECRET);
      expect(restored.code, restored.stderr).toBe(0);
      tell('restore', restored);

      const mail = await mailServer();
      const product = await started(to, mail.env);
      const admin = new Client(product.url!);
      admin.cookie = from.admin.cookie;
      expect((await admin.ask('GET', '/session')).status, 'a session of before').toBe(401);
      await admin.signIn('quantri', PASSWORD);
      const found = await asOwner(to, async (owner) => {
        const tasks = await owner.query('select count(*)::int as n from tasks');
        const names = await owner.query<{ name: string }>("select name from organisations where kind = 'unit'");
        const gap = await owner.query("select reason from audit where action = 'backup.restored'");
        return { tasks: tasks.rows[0].n as number, names: new Set(names.rows.map(({ name }) => name)), gap: gap.rows };
      });
      expect(found.tasks).toBe(180_000);
      expect(openFiles(path.join(to, 'files')).has(from.stored)).toBe(true);
      expect(before.filter((name) => !found.names.has(name))).toEqual([]);
      expect(found.gap).toEqual([{ reason: expect.stringContaining('không có trong nhật ký này') }]);

      // Two runs of the sender later nothing has gone out, and nothing was dropped either.
      await sleep(22_000);
      const waiting = () =>
        asOwner(
          to,
          async (owner) =>
            (await owner.query('select count(*)::int as n from outbox where sent_at is null and attempts = 0')).rows[0].n as number,
        );
      expect([mail.received.length, await waiting()]).toEqual([0, from.mails]);
      expect(await admin.must('GET', '/held-messages')).toMatchObject({ held: { messages: from.mails } });
      await admin.must('POST', '/held-messages/release', { outcome: 'send' });
      for (let i = 0; i < 40 && mail.received.length === 0; i++) await sleep(500);
      expect(mail.received.length).toBeGreaterThan(0);

      await end(product.child, 'SIGTERM');
      mail.close();
      expect(await auditIsWhole(to)).toBeGreaterThan(0);
      await end(from.product.child, 'SIGTERM');
    },
  );
});

describe.skipIf(postgresMissing !== null)(`embedded to a PostgreSQL of one's own and back ${postgresMissing ?? ''}`, () => {
  it('keeps every row, file and the chain; the owner there is no superuser', { timeout: 300_000 }, async () => {
    const from = await installation({ organisations: 20, directives: 3, requirements: 12 });
    const file = path.join(path.dirname(from.data), 'out.age');
    await anchored(from.data);
    await end(from.product.child, 'SIGTERM');
    const original = await asOwner(from.data, contentsOf);
    expect((await vonggac(['backup', file, '--data', from.data], SECRET)).code).toBe(0);

    const server = await ownPostgres();
    try {
      const between = newPlace();
      await moveKeys(from.data, between);
      const restored = await vonggac(['restore', file, '--data', between], { ...SECRET, ...server.env });
      expect(restored.code, restored.stderr).toBe(0);
      const sameKeys = { ...SECRET, ...server.env, VONGGAC_KEYS: `${between}-keys` };
      const occupied = await vonggac(['restore', file, '--data', newPlace()], sameKeys);
      expect([occupied.code, occupied.stderr]).toEqual([1, expect.stringContaining('is not empty: PostgreSQL')]);
      const product = await started(between, server.env);
      await new Client(product.url!).signIn('quantri', PASSWORD);
      const back = path.join(path.dirname(from.data), 'back.age');
      const taken = await vonggac(['backup', back, '--data', between], { ...SECRET, ...server.env });
      expect(taken.code, taken.stderr).toBe(0);
      await end(product.child, 'SIGTERM');

      const home = newPlace();
      await moveKeys(between, home);
      await killedHalfway(home, back);
      const again = await vonggac(['restore', back, '--data', home], SECRET);
      expect(again.code, again.stderr).toBe(0);
      expect(await asOwner(home, contentsOf)).toEqual(original);
      expect(openFiles(path.join(home, 'files')).has(from.stored)).toBe(true);
      expect(await auditIsWhole(home)).toBeGreaterThan(0);
    } finally {
      await server.stop();
    }
  });
});

describe('a migration', () => {
  it(
    'that fails leaves a backup and the old version able to start; the backup goes back into the same place',
    { timeout: 300_000 },
    async () => {
      const { data, product, filled, stored } = await installation({ organisations: 5, directives: 2, requirements: 3 });
      await end(product.child, 'SIGTERM');
      const original = await asOwner(data, contentsOf);
      for (let i = 0; i < 6; i++) await failToMigrate(data);
      const kept = readdirSync(path.join(data, 'backups')).toSorted();
      expect(kept).toHaveLength(5);

      const old = await started(data);
      await new Client(old.url!).signIn('quantri', PASSWORD);
      await end(old.child, 'SIGTERM');
      expect(await asOwner(data, contentsOf)).toEqual(original);
      expect(filled.tasks).toBe(30);

      // Files and keys stayed where they are; only the database is set aside. Its own key opens it.
      rmSync(path.join(data, 'postgres'), { recursive: true });
      const restored = await vonggac(['restore', path.join(data, 'backups', kept[0]!), '--data', data]);
      expect(restored.code, restored.stderr).toBe(0);
      expect(await asOwner(data, contentsOf)).toEqual(original);
      await auditIsWhole(data);
      expect(openFiles(path.join(data, 'files')).has(stored)).toBe(true);
    },
  );
});

/** As a newer version would at its start, with a migration that cannot be made. */
async function failToMigrate(data: string): Promise<void> {
  const folder = path.join(path.dirname(data), 'migrations');
  cpSync(MIGRATIONS, folder, { recursive: true });
  const file = path.join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { when: number; tag: string }[] };
  const when = journal.entries.at(-1)!.when;
  journal.entries.push(
    { ...journal.entries.at(-1)!, when: when + 1, tag: '9001_half' },
    { ...journal.entries.at(-1)!, when: when + 2, tag: '9002_bad' },
  );
  writeFileSync(file, JSON.stringify(journal));
  writeFileSync(path.join(folder, '9001_half.sql'), 'alter table tasks drop column answer');
  writeFileSync(path.join(folder, '9002_bad.sql'), 'select nonsense');
  const config = readConfig(['--data', data], {});
  const { database, close } = await reachDatabase(config);
  const migrating = migrateDatabase(database, folder, (next) => backUpBeforeMigration(config, database, next));
  await expect(migrating).rejects.toThrow(/backup.migration_failed.*9002_bad.*backup from before: .*9001_half/s);
  await close();
  rmSync(folder, { recursive: true });
}

/** A restore that dies leaves a mark on which nothing starts; the next one begins anew. */
async function killedHalfway(data: string, file: string): Promise<void> {
  const killed = await vonggac(['restore', file, '--data', data], SECRET, () => existsSync(path.join(data, 'postgres', 'postmaster.pid')));
  expect([killed.code, existsSync(path.join(data, 'restore-unfinished'))]).toEqual([null, true]);
  const refused = await start(data);
  expect([refused.url, refused.output()]).toEqual([null, expect.stringContaining('was interrupted')]);
}

async function anchored(data: string): Promise<void> {
  const file = path.join(data, 'audit-anchors.log');
  for (let i = 0; i < 80 && !existsSync(file); i++) await sleep(500);
  expect(readFileSync(file, 'utf8')).toContain('signature');
}

async function moveKeys(from: string, to: string): Promise<void> {
  const file = path.join(path.dirname(to), 'keys.age');
  const out = await vonggac(['keys', 'export', file, '--data', from], SECRET);
  expect(out.code, out.stderr).toBe(0);
  const into = await vonggac(['keys', 'import', file, '--data', to], SECRET);
  expect(into.code, into.stderr).toBe(0);
}

function tell(what: string, ran: { seconds: number; cpu: number; peak: number }, bytes?: number): void {
  const size = bytes === undefined ? '' : `, ${(bytes / 2 ** 20).toFixed(1)} MiB`;
  process.stdout.write(`${what}: ${ran.seconds.toFixed(1)} s, CPU ${ran.cpu.toFixed(1)} s, peak ${ran.peak.toFixed(0)} MiB${size}\n`);
}
