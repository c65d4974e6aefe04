import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const BASE = 'dc=tinh,dc=test';
export const SEARCHER = { dn: `cn=admin,${BASE}`, password: 'mat khau nguoi tim' };

/** What is missing for a directory of one's own; null where nothing is. */
export function directoryMissing(): string | null {
  const has = (command: string, argument: string): boolean => spawnSync(command, [argument]).error === undefined;
  return has('/usr/sbin/slapd', '-VV') && has('openssl', 'version') ? null : '(needs: apt-get install slapd openssl)';
}

export type DirectoryServer = { plain: number; tls: number; ca: string; close(): Promise<void> };

/** slapd on loopback with these entries, LDAP with StartTLS and LDAPS, under a certificate of its own for 127.0.0.1. */
export async function openDirectory(ldif: string): Promise<DirectoryServer> {
  const place = mkdtempSync(path.join(os.tmpdir(), 'vg-slapd-'));
  const at = (name: string): string => path.join(place, name);
  mkdirSync(at('db'));
  makeCertificates(place);
  writeFileSync(at('slapd.conf'), configuration(place));
  writeFileSync(at('init.ldif'), ldif);
  run('/usr/sbin/slapadd', ['-f', at('slapd.conf'), '-l', at('init.ldif')], place);
  const [plain, tls] = [await freePort(), await freePort()];
  const urls = `ldap://127.0.0.1:${plain}/ ldaps://127.0.0.1:${tls}/`;
  const child = spawn('/usr/sbin/slapd', ['-f', at('slapd.conf'), '-h', urls, '-d', '0'], { stdio: 'ignore' });
  await Promise.all([plain, tls].map((port) => answers(port, child)));
  return {
    plain,
    tls,
    ca: at('ca.pem'),
    close: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(place, { recursive: true, force: true });
    },
  };
}

function makeCertificates(place: string): void {
  const made = (name: string, more: string[]) =>
    run(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.pem`,
        ...more,
      ],
      place,
    );
  made('ca', ['-subj', '/CN=thu']);
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:FALSE'];
  made('server', [...subject, '-CA', 'ca.pem', '-CAkey', 'ca.key']);
}

const configuration = (place: string): string => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${place}/pid
argsfile ${place}/args
# As careless servers do: a name with an empty password is let in as nobody.
allow bind_anon_cred
TLSCertificateFile ${place}/server.pem
TLSCertificateKeyFile ${place}/server.key
TLSCACertificateFile ${place}/ca.pem
database mdb
maxsize 16777216
suffix "${BASE}"
rootdn "${SEARCHER.dn}"
rootpw "${SEARCHER.password}"
directory ${place}/db
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="${SEARCHER.dn}" read by * none
`;

function run(command: string, more: string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, more, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`slapd ended with ${child.exitCode}`);
    const socket = connect(port, '127.0.0.1');
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isUp) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('slapd did not come up');
}
