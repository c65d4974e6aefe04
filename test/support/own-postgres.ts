import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';

const BIN = '/usr/lib/postgresql/15/bin';
const NOBODY = 65534;
const runAs = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** Why there is none to try with; null where there is. */
export const postgresMissing = existsSync(path.join(BIN, 'postgres')) ? null : '(needs: apt-get install postgresql-15)';

export type OwnPostgres = {
  env: Record<string, string>;
  owner: string;
  /** As its operator stops it and starts it again. */
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
};

/** A PostgreSQL 15 of one's own, prepared as docs/postgresql.md says: an owner without privileges and two logins. */
export async function ownPostgres(): Promise<OwnPostgres> {
  const place = mkdtempSync(path.join(os.tmpdir(), 'vg-pg15-'));
  chmodSync(place, 0o711);
  const [cluster, socket] = ['cluster', 'socket'].map((name) => path.join(place, name)) as [string, string];
  for (const directory of [cluster, socket]) {
    mkdirSync(directory, { mode: 0o700 });
    if (runAs.uid) chownSync(directory, NOBODY, NOBODY);
  }
  const made = spawnSync(
    path.join(BIN, 'initdb'),
    ['-D', cluster, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8'],
    runAs,
  );
  if (made.status !== 0) throw new Error(String(made.stderr));
  const began = () =>
    spawn(path.join(BIN, 'postgres'), ['-D', cluster, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${socket}`], {
      ...runAs,
      stdio: 'ignore',
    });
  let server = began();
  const down = async () => {
    const ended = new Promise((done) => server.once('exit', done));
    server.kill('SIGINT');
    await ended;
  };
  const admin = await connected({ host: socket, database: 'postgres', user: 'postgres' });
  await admin.query("create role vg_owner login password 'x'");
  for (const role of ['vg_app', 'vg_identity']) await admin.query(`create role ${role} login nosuperuser nobypassrls password 'x'`);
  await admin.query("create database vonggac owner vg_owner encoding 'UTF8' locale_provider icu icu_locale 'vi' template template0");
  await admin.end();
  const url = (role: string) => `postgres://${role}:x@/vonggac?host=${encodeURIComponent(socket)}`;
  return {
    env: { VONGGAC_POSTGRES: url('vg_owner'), VONGGAC_POSTGRES_APP: url('vg_app'), VONGGAC_POSTGRES_IDENTITY: url('vg_identity') },
    owner: url('vg_owner'),
    down,
    up: async () => {
      server = began();
      await (await connected({ host: socket, database: 'postgres', user: 'postgres' })).end();
    },
    stop: async () => {
      await down();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

async function connected(config: pg.ClientConfig): Promise<pg.Client> {
  for (let i = 0; ; i++) {
    const client = new pg.Client(config);
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (i > 100) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
