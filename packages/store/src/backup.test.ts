import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { newId } from '@vonggac/kernel';
import { makeProvince, makeTestDatabase } from '@vonggac/testkit';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBackup } from './backup-read.ts';
import { type BackupDone, takeBackup } from './backup.ts';
import type { Database } from './database.ts';
import { openFiles } from './files.ts';
import { type Restored, restoreBackup } from './restore.ts';
import { settings } from './tables.ts';

const MIGRATIONS = path.join(import.meta.dirname, '../../../apps/server/migrations');
const NOW = Temporal.Instant.from('2024-04-26T01:00:00Z');
const ODD = 'tab\t, xuống\ndòng, \\N, "ngoặc", dấu ’ và \u{1F41E}';

const place = mkdtempSync(path.join(os.tmpdir(), 'vg-backup-'));
const keys = path.join(place, 'keys');
let identity: string;
let recipient: string;
let source: Database;
let data: string;
let known: BackupDone;
let stored: string;
const made: string[] = [];

type Shared = { host: string; passwords: Record<string, string> };
const shared = () => JSON.parse(process.env['VONGGAC_TEST_POSTGRES']!) as Shared;

async function asOwner<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ host: shared().host, database, user: 'vg_owner', password: shared().passwords['vg_owner']! });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function emptyDatabase(): Promise<string> {
  const name = `r_${randomBytes(6).toString('hex')}`;
  await asOwner('postgres', (client) => client.query(`create database ${name} template template0`));
  made.push(name);
  return name;
}

const urlOf = (database: string) => {
  const { host, passwords } = shared();
  return `postgres://vg_owner:${encodeURIComponent(passwords['vg_owner']!)}@/${database}?host=${encodeURIComponent(host)}`;
};

const take = (file: string, more: Partial<Parameters<typeof takeBackup>[0]> = {}) =>
  takeBackup({
    database: source,
    data,
    keys,
    file: path.join(place, file),
    seal: { recipients: [recipient] },
    product: '0.1.0',
    now: NOW,
    leaveOut: ['identity.session', 'identity.verification'],
    ...more,
  });

async function restore(file: string, database: string, more: Partial<Parameters<typeof restoreBackup>[0]> = {}) {
  const into = path.join(place, `data-${database}`);
  const config = { data: into, keys, postgres: urlOf(database) } as Parameters<typeof restoreBackup>[0]['config'];
  const request = { config, file, open: { identities: [identity] }, migrations: MIGRATIONS, now: NOW.add({ hours: 2 }) };
  const settle = async (tx: Parameters<Parameters<typeof restoreBackup>[0]['settle']>[0]) =>
    void (await tx.insert(settings).values({ key: 'settled', value: true }));
  return { into, done: await restoreBackup({ ...request, withoutKeys: false, settle, ...more }) };
}

/** Every table as one hash over its rows, whatever their order. */
async function contentsOf(database: string, tables: readonly { schema: string; name: string }[]) {
  return asOwner(database, async (client) => {
    const found: Record<string, string> = {};
    for (const { schema, name } of tables) {
      const { rows } = await client.query(
        `select count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as sum from "${schema}"."${name}" t`,
      );
      found[`${schema}.${name}`] = rows[0].sum;
    }
    return found;
  });
}

const tablesIn = (database: string) =>
  asOwner(database, async (client) => {
    const { rows } = await client.query("select count(*)::int as n from pg_tables where schemaname in ('public', 'identity')");
    return rows[0].n as number;
  });

beforeAll(async () => {
  mkdirSync(keys, { recursive: true });
  writeFileSync(path.join(keys, 'session-secret'), 'x'.repeat(40), { mode: 0o600 });
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  source = await makeTestDatabase();
  data = path.join(place, 'data');
  const province = await makeProvince(source);
  const owner = source.owner();
  await owner.connect();
  await owner.query("insert into settings (key, value) values ('odd', $1)", [JSON.stringify({ text: ODD, none: null, number: 0.1 })]);
  await owner.query(
    "insert into outbox (id, key, kind, organisation, payload, due_at) select gen_random_uuid(), 'k' || n, 'mail', $1, jsonb_build_object('text', $2::text, 'n', n), now() from generate_series(1, 40000) n",
    [province.ubnd, ODD],
  );
  await owner.query(
    "insert into audit (id, at, actor_kind, actor, actor_name, organisation, action, subject_kind, subject_id, address, request_id) values ($1, now(), 'system', 'x', $2, $3, 'a.b', 'x', 'y', 'z', 'r')",
    [newId(), ODD, province.ubnd],
  );
  await owner.query("insert into identity.\"user\" (id, name, email) values ($1, 'x', 'x@y.invalid')", [province.ubnd]);
  await owner.query("insert into identity.session (id, token, user_id, expires_at) values ($1, 't', $1, now())", [province.ubnd]);
  await owner.end();
  stored = (await openFiles(path.join(data, 'files')).put(randomBytes(300_000), 1e6)).sha256;
  appendFileSync(path.join(data, 'audit-anchors.log'), '{"seq":1}\n{"se');
  known = await take('known.age');
});

afterAll(async () => {
  await source.close();
  for (const name of made) await asOwner('postgres', (client) => client.query(`drop database ${name} with (force)`));
  rmSync(place, { recursive: true, force: true });
});

describe('a backup', () => {
  it('is encrypted, written under its own name alone, and readable by its owner only', () => {
    const bytes = readFileSync(known.file);
    expect(bytes.toString('latin1', 0, 21)).toBe('age-encryption.org/v1');
    expect(bytes.includes('organisations')).toBe(false);
    expect(readdirSync(place).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('carries every table, the stored files and whole lines of anchors, and no key and no session', async () => {
    const { manifest, head } = await verifyBackup(known.file, { identities: [identity] });
    expect(manifest).toEqual(known.manifest);
    const names = manifest.parts.map(({ name }) => name);
    expect(names).toContain(`files/${stored}`);
    expect(names).not.toContain('tables/identity.session');
    expect(manifest.parts.find(({ name }) => name === 'audit-anchors.log')!.bytes).toBe('{"seq":1}\n'.length);
    expect(manifest.parts.find(({ name }) => name === 'tables/public.outbox')!.rows).toBe(40_000);
    expect(Object.keys(head.keys)).toEqual(['session-secret']);
    expect(JSON.stringify(head)).not.toContain('xxxxxxxx');
  });

  it('is never written over another', async () => {
    await expect(take('known.age')).rejects.toThrow(/backup.file_exists/);
  });

  it('is refused where there is no room, before anything is written', async () => {
    await expect(take('tight.age', { free: async () => 1000 })).rejects.toThrow(/backup.no_space/);
    expect(existsSync(path.join(place, 'tight.age'))).toBe(false);
  });

  it('says which stored file was damaged already', async () => {
    const bad = (await openFiles(path.join(data, 'files')).put(Buffer.from('nguyên vẹn'), 1e6)).sha256;
    writeFileSync(path.join(data, 'files', bad.slice(0, 2), bad), 'hỏng');
    const { manifest } = await take('with-damaged.age');
    expect(manifest.damagedFiles).toEqual([`files/${bad}`]);
    rmSync(path.join(data, 'files', bad.slice(0, 2), bad));
  });

  it('opens with the passphrase it was sealed with, and with no other', async () => {
    const { file } = await take('passphrase.age', { seal: { passphrase: 'mot mat khau du dai' } });
    await expect(verifyBackup(file, { passphrase: 'mot mat khau khac' })).rejects.toThrow(/backup.wrong_key/);
    expect((await verifyBackup(file, { passphrase: 'mot mat khau du dai' })).head.takenAt).toBe('2024-04-26T01:00:00.000Z');
  });
});

describe('a restore', () => {
  it('brings back every row, file and whole anchor as it was, on the constraints and policies of the schema', async () => {
    const database = await emptyDatabase();
    const { into, done } = await restore(known.file, database);
    const tables = known.head.tables.filter(({ name }) => name !== 'settings');
    const [name] = (await source.app.query('select current_database() as name')).rows as { name: string }[];
    expect(await contentsOf(database, tables)).toEqual(await contentsOf(name!.name, tables));
    expect(readFileSync(path.join(into, 'audit-anchors.log'), 'utf8')).toBe('{"seq":1}\n');
    expect(openFiles(path.join(into, 'files')).has(stored)).toBe(true);
    expect(done).toMatchObject({ lostKeys: [], missingFiles: [] } satisfies Partial<Restored>);
    const shape = (at: string) =>
      asOwner(at, async (client) => {
        const count = async (text: string) => Number((await client.query(`select count(*) as n from ${text}`)).rows[0].n);
        return {
          foreignKeys: await count("pg_constraint where contype = 'f' and convalidated"),
          forced: await count('pg_class where relforcerowsecurity'),
          triggers: await count("pg_trigger where not tgisinternal and tgenabled = 'O'"),
          policies: await count('pg_policies'),
          indexes: await count("pg_indexes where schemaname in ('public', 'identity')"),
        };
      });
    expect(await shape(database)).toEqual(await shape(name!.name));
    const settled = await asOwner(database, (client) => client.query("select key from settings where key in ('odd', 'settled')"));
    expect(settled.rowCount).toBe(2);
    await asOwner(database, async (client) => {
      expect((await client.query('select 1 from identity.session')).rowCount).toBe(0);
      await expect(
        client.query("insert into contacts (id, organisation, role, valid_from) values (gen_random_uuid(), gen_random_uuid(), 'x', now())"),
      ).rejects.toThrow(/foreign key/);
    });
  });

  it('takes a backup only as far as its own version knows', async () => {
    const owner = source.owner();
    await owner.connect();
    await owner.query("insert into migrations (hash, created_at) values ('x', 9999999999999)");
    const newer = await take('newer.age', { product: '9.9.0' });
    await owner.query("delete from migrations where hash = 'x'");
    await owner.end();
    await expect(restore(newer.file, await emptyDatabase())).rejects.toThrow(/backup.newer.*9\.9\.0/);
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5000)],
    ['cut at a block', (bytes: Buffer) => bytes.subarray(0, bytes.length - (bytes.length % 65_552))],
    ['changed in one byte near its end', (bytes: Buffer) => flip(bytes, bytes.length - 300)],
    ['changed in one byte in the middle', (bytes: Buffer) => flip(bytes, Math.floor(bytes.length / 2))],
    ['changed in one byte of its header', (bytes: Buffer) => flip(bytes, bytes.indexOf('\n---') + 8)],
  ])('refuses a file that was %s, and leaves nothing by halves', async (_name, harm) => {
    const file = path.join(place, `harmed-${randomBytes(4).toString('hex')}.age`);
    writeFileSync(file, harm(readFileSync(known.file)));
    await expect(verifyBackup(file, { identities: [identity] })).rejects.toThrow(/backup.damaged/);
    const database = await emptyDatabase();
    await expect(restore(file, database)).rejects.toThrow(/backup.damaged/);
    expect(await tablesIn(database)).toBe(0);
    expect(readdirSync(path.join(place, `data-${database}`)).filter((name) => name !== 'lock')).toEqual([]);
    // The same place takes the whole backup afterwards.
    await restore(known.file, database);
    expect(await tablesIn(database)).toBeGreaterThan(20);
  });

  it('refuses what is no backup, and a key that does not fit', async () => {
    const file = path.join(place, 'note.txt');
    writeFileSync(file, 'không phải bản sao lưu');
    await expect(restore(file, await emptyDatabase())).rejects.toThrow(/backup.not_a_backup/);
    const other = await generateX25519Identity();
    await expect(restore(known.file, await emptyDatabase(), { open: { identities: [other] } })).rejects.toThrow(/backup.wrong_key/);
  });

  it('refuses a database or a directory that is not empty', async () => {
    const database = await emptyDatabase();
    await restore(known.file, database);
    await expect(restore(known.file, database)).rejects.toThrow(/backup.not_empty.*(audit-anchors|files)/);
    rmSync(path.join(place, `data-${database}`), { recursive: true });
    await expect(restore(known.file, database)).rejects.toThrow(/backup.not_empty.*PostgreSQL/);
    expect(await tablesIn(database)).toBeGreaterThan(20);
  });

  it('refuses without the keys, says what is lost, and goes on when that is accepted', async () => {
    const elsewhere = path.join(place, 'other-keys');
    const database = await emptyDatabase();
    const config = { data: path.join(place, `data-${database}`), keys: elsewhere, postgres: urlOf(database) } as Parameters<
      typeof restoreBackup
    >[0]['config'];
    await expect(restore(known.file, database, { config })).rejects.toThrow(/backup.keys_missing.*session-secret/s);
    const { done } = await restore(known.file, database, { config, withoutKeys: true });
    expect(done.lostKeys).toEqual(['session-secret']);
  });

  it('refuses where there is no room', async () => {
    const database = await emptyDatabase();
    await expect(restore(known.file, database, { free: async () => 1e6 })).rejects.toThrow(/backup.no_space/);
    expect(await tablesIn(database)).toBe(0);
  });
});

function flip(bytes: Buffer, at: number): Buffer {
  const harmed = Buffer.from(bytes);
  harmed[at]! ^= 1;
  return harmed;
}
