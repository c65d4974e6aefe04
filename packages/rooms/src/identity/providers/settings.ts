import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Config, type DomainError, invalid } from '@vonggac/kernel';

export type ProviderKind = 'oidc' | 'ldap';

export type OidcProvider = {
  kind: 'oidc';
  /** On the button. */
  name: string;
  /** Compared letter by letter (OpenID Connect Discovery 1.0 §4.3). */
  issuer: string;
  client: string;
  /** Null: a public client. */
  secretFile: string | null;
  ca: string | null;
  /** Values of `amr` (RFC 8176) and `acr`, any one of which says that a second factor was asked for. */
  factor: { amr: readonly string[]; acr: readonly string[] };
  redirectUri: string;
};

export type LdapProvider = {
  kind: 'ldap';
  name: string;
  /** `ldap:` and the base: people stay linked when the server moves. */
  issuer: string;
  host: string;
  port: number;
  tls: 'ldaps' | 'starttls' | 'none';
  base: string;
  /** Null: searches as nobody in particular. */
  searcher: { dn: string; passwordFile: string } | null;
  filter: string;
  idAttribute: string;
  ca: string | null;
};

export type Provider = OidcProvider | LdapProvider;
/** Where people may also sign in; none where the administrator has not configured one. */
export type Providers = { oidc: OidcProvider | null; ldap: LdapProvider | null };

export const NO_PROVIDERS: Providers = { oidc: null, ldap: null };

/** The page to which the provider sends people back; it must be registered there exactly so. */
export const RETURN_PATH = '/sign-in/return';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', '::1', 'localhost']);

/**
 * Reads the sign-in providers from the configuration.
 * @throws DomainError `config.oidc`, `config.ldap` with the entry as its place
 */
export function readProviders(config: Config): Providers {
  return { oidc: readOidc(config), ldap: readLdap(config) };
}

function readOidc(config: Config): OidcProvider | null {
  const { oidcIssuer: issuer, oidcClient: client, publicUrl, keys } = config;
  if (!issuer) return null;
  if (!URL.canParse(issuer)) throw wrong('oidcIssuer', 'phải là một địa chỉ https://…', 'must be an address, https://…');
  const url = new URL(issuer);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname)))
    throw wrong('oidcIssuer', 'phải dùng https://', 'must use https://');
  if (url.search !== '' || url.hash !== '') throw wrong('oidcIssuer', 'không được có “?” hoặc “#”', 'must have no “?” or “#”');
  if (!client) throw wrong('oidcClient', 'còn thiếu mã ứng dụng (client id)', 'the client id is missing');
  if (!publicUrl)
    throw wrong(
      'publicUrl',
      'cần địa chỉ người dùng gõ để nhà cung cấp gửi trả về',
      'the address that users type is needed for the way back',
    );
  const own = path.join(keys, 'oidc-secret');
  return {
    kind: 'oidc',
    name: config.oidcName ?? url.hostname,
    issuer,
    client,
    secretFile: config.oidcSecretFile ? mustExist('oidcSecretFile', config.oidcSecretFile) : existsSync(own) ? own : null,
    ca: config.oidcCa ? mustExist('oidcCa', config.oidcCa) : null,
    factor: readFactor(config.oidcFactor),
    redirectUri: new URL(RETURN_PATH, publicUrl).href,
  };
}

function readFactor(text: string): OidcProvider['factor'] {
  const factor = { amr: [] as string[], acr: [] as string[] };
  for (const entry of text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, claim, value] = /^(amr|acr)=(\S+)$/.exec(entry) ?? [];
    if (!claim || !value)
      throw wrong('oidcFactor', `không đúng dạng amr=… hoặc acr=…: “${entry}”`, `not of the form amr=… or acr=…: “${entry}”`);
    factor[claim as 'amr' | 'acr'].push(value);
  }
  return factor;
}

function readLdap(config: Config): LdapProvider | null {
  const { ldapUrl, ldapBase: base, ldapBindDn: dn, ldapFilter: filter } = config;
  if (!ldapUrl) return null;
  const url = URL.canParse(ldapUrl) ? new URL(ldapUrl) : null;
  if (
    !url ||
    !['ldap:', 'ldaps:'].includes(url.protocol) ||
    url.hostname === '' ||
    !['', '/'].includes(url.pathname) ||
    url.username !== ''
  )
    throw wrong('ldapUrl', 'phải có dạng ldaps://máy-chủ hoặc ldap://máy-chủ', 'must be ldaps://host or ldap://host');
  const tls = url.protocol === 'ldaps:' ? 'ldaps' : config.ldapStartTls === 'on' ? 'starttls' : 'none';
  if (tls === 'none' && !LOOPBACK.has(url.hostname))
    throw wrong(
      'ldapStartTls',
      'chỉ được tắt khi máy chủ thư mục ở trên chính máy này',
      'may be off only for a directory on this very machine',
    );
  if (!base)
    throw wrong(
      'ldapBase',
      'còn thiếu nơi tìm người dùng, ví dụ ou=people,dc=tinh,dc=vn',
      'the place to search is missing, such as ou=people,dc=example,dc=org',
    );
  if (!filter.includes('{username}')) throw wrong('ldapFilter', 'phải chứa {username}', 'must contain {username}');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    kind: 'ldap',
    name: config.ldapName ?? host,
    issuer: `ldap:${base.toLowerCase().replaceAll(/\s*([,=])\s*/g, '$1')}`,
    host,
    port: Number(url.port || (tls === 'ldaps' ? 636 : 389)),
    tls,
    base,
    searcher: dn
      ? { dn, passwordFile: mustExist('ldapPasswordFile', config.ldapPasswordFile ?? path.join(config.keys, 'ldap-password')) }
      : null,
    filter,
    idAttribute: config.ldapId,
    ca: config.ldapCa ? mustExist('ldapCa', config.ldapCa) : null,
  };
}

function mustExist(entry: string, file: string): string {
  if (existsSync(file)) return file;
  throw wrong(entry, `không có tệp ${file}`, `there is no file ${file}`);
}

/** A secret from its file, without the line end; read at each use, so that a new one needs no restart. */
export function readSecret(file: string): string {
  return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
}

function wrong(entry: string, vi: string, en: string): DomainError {
  const name = entry.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  return invalid(entry.startsWith('ldap') ? 'config.ldap' : 'config.oidc', entry, {
    vi: `Cấu hình VONGGAC_${name}: ${vi}. Xem docs/operations.md, mục “Signing in through a provider”.`,
    en: `Configuration VONGGAC_${name}: ${en}. See docs/operations.md, “Signing in through a provider”.`,
  });
}
