import { readFileSync } from 'node:fs';
import { isIP, type Socket } from 'node:net';
import { connect as connectPlain } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { Outbound } from '@vonggac/store';
import type { Client, Entry } from 'ldapts';
import { severalEntries } from './errors.ts';
import { type LdapProvider, readSecret } from './settings.ts';

/** For the whole of one attempt. @unit milliseconds */
const PATIENCE = 10_000;

/** Text inside a filter, so that it stays a value (RFC 4515 §3). */
export function escapeFilterValue(text: string): string {
  return text.replaceAll(/[\\*()\0]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/**
 * Asks the directory who this is: searches for exactly one entry and binds as it. One connection, closed afterwards.
 * An empty password never gets here as a bind: a server would take it for an anonymous one (RFC 4513 §5.1.2).
 * @returns the entry's lasting id; null where there is no such entry or the password is wrong
 * @throws DomainError `identity.directory_several`; otherwise whatever kept the directory from answering
 */
export async function askDirectory(
  provider: LdapProvider,
  outbound: Outbound,
  { username, password }: { username: string; password: string },
): Promise<string | null> {
  if (username === '' || password === '') return null;
  const { Client: LdapClient, InvalidCredentialsError } = await import('ldapts');
  const line = await openLine(provider, outbound);
  const client = new LdapClient({
    url: `${provider.tls === 'ldaps' ? 'ldaps' : 'ldap'}://${line.authority}`,
    connectTimeout: PATIENCE,
    timeout: PATIENCE,
    createConnection: line.connect as never,
    createSecureConnection: line.secure as never,
  });
  const timer = setTimeout(() => line.cut(), PATIENCE);
  try {
    if (provider.tls === 'starttls') await client.startTLS(line.tls);
    if (provider.searcher) await client.bind(provider.searcher.dn, mustHave(readSecret(provider.searcher.passwordFile)));
    const entry = await findOne(client, provider, username);
    if (!entry) return null;
    const right = await client.bind(entry.dn, password).then(
      () => true,
      (error: unknown) => {
        if (error instanceof InvalidCredentialsError) return false;
        throw error;
      },
    );
    return right ? idOf(entry, provider) : null;
  } finally {
    clearTimeout(timer);
    await client.unbind().catch(() => {});
    line.cut();
  }
}

/** A searcher without a password would search as nobody, unnoticed. */
function mustHave(password: string): string {
  if (password === '') throw new Error('the password of the searcher is empty');
  return password;
}

type Line = {
  authority: string;
  tls: ConnectionOptions;
  connect(): Socket;
  secure(portOrOptions: number | ConnectionOptions): Socket;
  cut(): void;
};

/** The one connection of an attempt, to the address that the gate resolved: a second, which would be in the clear, is refused. */
async function openLine(provider: LdapProvider, outbound: Outbound): Promise<Line> {
  const gate = await outbound.allow(provider.host, provider.port);
  const { address, port } = gate;
  const tls: ConnectionOptions = {
    host: address,
    port,
    ...(isIP(provider.host) ? {} : { servername: provider.host }),
    ...(provider.ca === null ? {} : { ca: readFileSync(provider.ca) }),
  };
  const sockets: Socket[] = [];
  const once = (open: () => Socket): Socket => {
    if (sockets.length > 0) throw new Error('the directory closed the connection');
    return keep(open());
  };
  const keep = (socket: Socket): Socket => {
    sockets.push(socket);
    // After the end nobody listens any more.
    socket.on('error', () => {});
    return socket;
  };
  return {
    authority: `${isIP(address) === 6 ? `[${address}]` : address}:${port}`,
    tls,
    connect: () => once(() => connectPlain(port, address)),
    secure: (given) => (typeof given === 'object' ? keep(connectTls(given)) : once(() => connectTls(tls))),
    cut: () => sockets.forEach((socket) => socket.destroy()),
  };
}

async function findOne(client: Client, provider: LdapProvider, username: string): Promise<Entry | null> {
  const { searchEntries } = await client
    .search(provider.base, {
      scope: 'sub',
      filter: provider.filter.replaceAll('{username}', () => escapeFilterValue(username)),
      attributes: [provider.idAttribute],
      ...(isGuid(provider) ? { explicitBufferAttributes: [provider.idAttribute] } : {}),
      sizeLimit: 2,
      timeLimit: PATIENCE / 1000,
    })
    .catch(async (error: unknown) => {
      const { SizeLimitExceededError } = await import('ldapts');
      throw error instanceof SizeLimitExceededError ? severalEntries(provider) : error;
    });
  if (searchEntries.length > 1) throw severalEntries(provider);
  return searchEntries[0] ?? null;
}

const isGuid = ({ idAttribute }: LdapProvider): boolean => idAttribute.toLowerCase() === 'objectguid';

/** @throws Error where the entry has no such attribute, or more than one: such a person could not be told from another */
function idOf(entry: Entry, provider: LdapProvider): string {
  const key = Object.keys(entry).find((one) => one.toLowerCase() === provider.idAttribute.toLowerCase());
  const value = key === undefined ? undefined : entry[key];
  const [one, ...more] = Array.isArray(value) ? value : [value];
  if (one === undefined || more.length > 0 || one.length === 0 || one.length > 255)
    throw new Error(`the entry must have exactly one ${provider.idAttribute}`);
  return typeof one === 'string' ? one : guidOf(one);
}

/** The bytes of an `objectGUID` as Active Directory's own tools write them ([MS-DTYP] §2.3.4.3). */
function guidOf(bytes: Buffer): string {
  const hex = (from: number, to: number, isReversed: boolean): string => {
    const part = [...bytes.subarray(from, to)];
    return (isReversed ? part.toReversed() : part).map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  return [hex(0, 4, true), hex(4, 6, true), hex(6, 8, true), hex(8, 10, false), hex(10, 16, false)].join('-');
}
