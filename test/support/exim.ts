import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { type Message, readMessage } from './leak-mailbox.ts';

/** Of the package exim4-daemon-light. */
const EXIM = 'exim4';
const idOf = (flag: string): string => spawnSync('id', [flag, 'Debian-exim']).stdout?.toString().trim() ?? '';
const [login, group] = [idOf('-u'), idOf('-g')];

/** Exim as its package installs it, and the right to start it with a configuration of one's own. */
export const hasExim = spawnSync(EXIM, ['-bV']).status === 0 && login !== '' && process.getuid?.() === 0;

export type MailServer = {
  /** `host:port` on loopback. */
  address: string;
  /** While it is busy it answers 451 to every receiver; 550 to `khongcon@…` always. */
  busy(is: boolean): void;
  /** What it has delivered into its box since the last time. */
  empty(): Message[];
  /** What it logged. */
  log(): string;
  close(): Promise<void>;
};

const configuration = (place: string, port: number): string => `primary_hostname = mail.thu.example
spool_directory = ${place}/spool
log_file_path = ${place}/log/%slog
pid_file_path = ${place}/spool/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
keep_environment =
tls_advertise_hosts =
host_lookup =
acl_smtp_rcpt = rcpt
begin acl
rcpt:
  defer condition = \${if exists{${place}/busy}{yes}{no}}
        message = busy, try later
  deny  local_parts = khongcon
        message = no such mailbox here
  accept
begin routers
all:
  driver = accept
  transport = box
begin transports
box:
  driver = appendfile
  directory = ${place}/box
  maildir_format
  create_directory
  user = Debian-exim
  delivery_date_add
  envelope_to_add
begin retry
* * F,1h,10s
`;

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A real mail server (Exim) on loopback that keeps everything for itself; nothing leaves the machine. */
export async function openExim(): Promise<MailServer> {
  const place = mkdtempSync(path.join(os.tmpdir(), 'vg-exim-'));
  chmodSync(place, 0o755);
  for (const part of ['spool', 'log', 'box']) {
    mkdirSync(path.join(place, part));
    chownSync(path.join(place, part), Number(login), Number(group));
  }
  const port = await freePort();
  const file = path.join(place, 'exim.conf');
  writeFileSync(file, configuration(place, port), { mode: 0o644 });
  const child = spawn(EXIM, ['-bdf', '-C', file], { stdio: 'ignore' });
  await answers(port, child);
  const fresh = path.join(place, 'box/new');
  return {
    address: `127.0.0.1:${port}`,
    busy: (is) => (is ? writeFileSync(path.join(place, 'busy'), '') : rmSync(path.join(place, 'busy'), { force: true })),
    empty: () =>
      names(fresh).map((name) => {
        const raw = readFileSync(path.join(fresh, name), 'utf8');
        rmSync(path.join(fresh, name));
        const message = readMessage(raw);
        return { ...message, to: (message.headers.get('envelope-to') ?? '').split(/,\s*/).filter(Boolean) };
      }),
    log: () => readFileSync(path.join(place, 'log/mainlog'), 'utf8'),
    close: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      rmSync(place, { recursive: true, force: true });
    },
  };
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  for (let tried = 0; tried < 100; tried++) {
    if (child.exitCode !== null) throw new Error('exim ended at once');
    const greeted = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => {
        socket.end('QUIT\r\n');
        done(true);
      });
      socket.once('error', () => done(false));
    });
    if (greeted) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('exim does not answer');
}
