import { createWriteStream, existsSync, mkdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Config, isoInstant } from '@vonggac/kernel';
import { drizzle } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { freeBytes } from './backup.ts';
import { damaged, keysMissing, newerThanProduct, noSpace, otherHistory } from './backup-errors.ts';
import { ANCHORS, type Head, type Manifest, PLAIN_SESSION, tablePart } from './backup-format.ts';
import { readBackup } from './backup-read.ts';
import { fingerprints, type OpenWith } from './backup-secrets.ts';
import { type Database, openDatabase } from './database.ts';
import { type Files, openFiles } from './files.ts';
import { lockData } from './lock.ts';
import { applyMigrations, type Migration, ONE_AT_A_TIME, readMigrations } from './migrate.ts';
import { type Cleared, clearTheWay, emptyTables, forceAgain, loadTable, putBack, setSequences } from './restore-load.ts';
import type { Tx } from './transaction.ts';
import { clearUnfinished, markUnfinished, mustBeEmptyDatabase, mustBeEmptyDirectory, removeRestored, unmark } from './restore-place.ts';

export type RestoreRequest = {
  config: Pick<Config, 'data' | 'keys' | 'postgres' | 'postgresApp' | 'postgresIdentity'>;
  file: string;
  open: OpenWith;
  /** The folder of migrations of the running product. */
  migrations: string;
  now: Temporal.Instant;
  /** Go on although keys are missing or others. */
  withoutKeys: boolean;
  /** What the product does to restored rows before they are committed, on the newest schema. */
  settle(tx: Tx, facts: { pool: pg.Pool; restored: Restored }): Promise<void>;
  /** Free bytes at a place; for tests. */
  free?: (directory: string) => Promise<number>;
};

export type Restored = {
  head: Head;
  manifest: Manifest;
  restoredAt: string;
  lostKeys: string[];
  /** Files that stayed in place and are not there. */ missingFiles: string[];
};

/**
 * Restores a backup into an empty place: embedded PostgreSQL or, with a URL, one's own. The rows come in one transaction that
 * commits only after every hash of the manifest was right; what fails leaves the place as empty as it was.
 * @throws DomainError `store.in_use`, `backup.not_empty`, `backup.keys_missing`, `backup.damaged`, `backup.newer` and the like
 */
export async function restoreBackup(request: RestoreRequest): Promise<Restored> {
  const { data } = request.config;
  const lock = lockData(data);
  try {
    const run = new Restoring(request);
    try {
      const read = await readBackup(request.file, request.open, run);
      return await run.finish(read.manifest);
    } catch (error) {
      await run.giveUp();
      throw error;
    }
  } finally {
    lock.release();
  }
}

class Restoring {
  readonly #request: RestoreRequest;
  readonly #known: Migration[];
  #head!: Head;
  #lostKeys: string[] = [];
  #isMarked = false;
  #database: Database | undefined;
  #client!: pg.Client;
  #cleared!: Cleared;
  #files!: Files;

  constructor(request: RestoreRequest) {
    this.#request = request;
    this.#known = readMigrations(request.migrations);
  }

  /** Everything that can be refused is refused before the first byte is written. */
  async head(head: Head): Promise<void> {
    const { config, file, withoutKeys } = this.#request;
    this.#head = head;
    const then = knownOf(file, head, this.#known);
    await clearUnfinished(config, head.files === 'in-place');
    await mustBeEmptyDirectory(config.data, head.files);
    const there = fingerprints(config.keys);
    this.#lostKeys = Object.keys(head.keys).filter((name) => there[name] !== head.keys[name]);
    if (this.#lostKeys.length > 0 && !withoutKeys) throw keysMissing(config.keys, this.#lostKeys);
    await this.#mustFit();
    markUnfinished(config.data);
    this.#isMarked = true;
    this.#database = await openDatabase(config);
    this.#client = this.#database.owner();
    this.#client.on('error', () => {});
    await this.#client.connect();
    await this.#client.query(PLAIN_SESSION);
    await this.#client.query('select pg_advisory_lock($1)', [ONE_AT_A_TIME]);
    await mustBeEmptyDatabase(this.#client);
    await this.#client.query('begin');
    await applyMigrations(this.#client, then);
    this.#cleared = await clearTheWay(this.#client);
    await emptyTables(this.#client, head.tables);
    this.#files = openFiles(path.join(config.data, 'files'));
  }

  async part(name: string, chunks: AsyncIterable<Buffer>): Promise<number | undefined> {
    if (name === ANCHORS) {
      await pipeline(chunks, createWriteStream(this.#anchors('.restored'), { mode: 0o600, flush: true }));
      return undefined;
    }
    if (name.startsWith('files/')) {
      await this.#files.put(Readable.from(chunks), Number.MAX_SAFE_INTEGER);
      return undefined;
    }
    const table = this.#head.tables.find((one) => tablePart(one) === name);
    if (!table) throw damaged(this.#request.file, name);
    return loadTable(this.#client, table, chunks);
  }

  async finish(manifest: Manifest): Promise<Restored> {
    const { config, now, settle } = this.#request;
    const missingFiles = manifest.parts
      .filter(({ name }) => name.startsWith('files/') && !this.#files.has(name.slice('files/'.length)))
      .map(({ name }) => name)
      .filter((name) => !manifest.damagedFiles.includes(name));
    const done = { head: this.#head, manifest, restoredAt: isoInstant(now), lostKeys: this.#lostKeys, missingFiles };
    const last = this.#head.migrations.at(-1)?.createdAt ?? -Infinity;
    await setSequences(this.#client, this.#head.sequences);
    await putBack(this.#client, this.#cleared);
    await applyMigrations(
      this.#client,
      this.#known.filter(({ createdAt }) => createdAt > last),
    );
    await settle(drizzle(this.#client, { casing: 'snake_case' }), { pool: this.#database!.app, restored: done });
    await forceAgain(this.#client, this.#cleared);
    await this.#client.query('commit');
    await this.#placeAnchors();
    unmark(config.data);
    await this.#client.query('analyze');
    await this.#close();
    return done;
  }

  /** Nothing was committed; in the directory we made everything that is there, so it goes again. */
  async giveUp(): Promise<void> {
    await this.#client?.query('rollback').catch(() => {});
    await this.#close().catch(() => {});
    if (!this.#isMarked) return;
    removeRestored(this.#request.config.data, this.#head.files === 'in-place');
    unmark(this.#request.config.data);
  }

  async #close(): Promise<void> {
    await this.#client?.end();
    await this.#database?.close();
    this.#database = undefined;
  }

  /** Anchors signed with a key that is lost prove nothing here: they are kept beside, not taken for the chain's. */
  async #placeAnchors(): Promise<void> {
    const old = this.#head.takenAt.replaceAll(/[^0-9TZ]/g, '');
    if (existsSync(this.#anchors(''))) await rename(this.#anchors(''), this.#anchors(`.before-${this.#request.now.epochMilliseconds}`));
    if (!existsSync(this.#anchors('.restored'))) return;
    const isLost = this.#lostKeys.includes('audit-anchor');
    await rename(this.#anchors('.restored'), this.#anchors(isLost ? `.unverifiable-${old}` : ''));
  }

  #anchors(suffix: string): string {
    return path.join(this.#request.config.data, `${ANCHORS}${suffix}`);
  }

  /** Rows, indexes and the journal of one long transaction; files as they are. */
  async #mustFit(): Promise<void> {
    const { config, free } = this.#request;
    const needed = (config.postgres ? 0 : this.#head.databaseBytes * 2) + this.#head.filesBytes + 64 * 2 ** 20;
    mkdirSync(config.data, { recursive: true, mode: 0o711 });
    const there = await (free ?? freeBytes)(config.data);
    if (there < needed) throw noSpace(config.data, needed, there);
  }
}

/** The migrations that the backed-up database had seen; each must be one of ours. */
function knownOf(file: string, head: Head, all: readonly Migration[]): Migration[] {
  return head.migrations.map((seen) => {
    const ours = all.find(({ createdAt }) => createdAt === seen.createdAt);
    if (ours?.hash === seen.hash) return ours;
    if (!ours && seen.createdAt > (all.at(-1)?.createdAt ?? 0)) throw newerThanProduct(file, head.product);
    throw otherHistory(file, ours?.tag ?? String(seen.createdAt));
  });
}
