import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type DomainError, invalid } from './errors.ts';
import type { Text } from './text.ts';

const isRoot = process.getuid?.() === 0;

const schema = z.strictObject({
  port: z.coerce.number().int().min(0).max(65535).default(7400),
  host: z.string().default('127.0.0.1'),
  data: z.string().default(isRoot ? '/var/lib/vonggac' : './data'),
  /** Keys lie outside the data; by default beside it. */
  keys: z.string().optional(),
  /** A PostgreSQL of one's own instead of the embedded one: owner's, application's and identity's logins. */
  postgres: z.string().optional(),
  postgresApp: z.string().optional(),
  postgresIdentity: z.string().optional(),
  /** The address users type, where a proxy stands in front. */
  publicUrl: z.url().optional(),
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  proxies: z.string().default(''),
  smtp: z.string().optional(),
  mailFrom: z.string().optional(),
  /** Where the outbound gate may deliver besides public addresses: host:port, separated by commas. */
  outbound: z.string().default(''),
  /** Directory for a second copy of the anchors, for example another host's mount. */
  anchorCopy: z.string().optional(),
  /**
   * The second factor of administrators, desks, leaders and analysts. Left out: required, save in the sample province.
   * `optional` is for trials on this machine and refused where a public address is set.
   */
  totp: z.enum(['required', 'optional']).optional(),
  /** Free space of the data directory below which the status page warns, and below which uploads and imports are refused. @unit MB */
  diskWarn: z.coerce.number().min(0).default(2048),
  diskStop: z.coerce.number().min(0).default(512),
  /** A jump of the machine's clock that is recorded. @unit seconds */
  clockStep: z.coerce.number().min(1).default(5),
  /** Printable lists for when the network is down: the hour in Vietnam (`off`: none by themselves), where, for how long. */
  printableHour: z.union([z.literal('off'), z.coerce.number().int().min(0).max(23)]).default(17),
  printableFolder: z.string().optional(),
  /** @unit days */
  printableKeep: z.coerce.number().int().min(1).max(3650).default(14),
  /** Signing in through an OpenID provider: its exact issuer, our client id there, the name on the button. Empty: none. */
  oidcIssuer: z.string().optional(),
  oidcClient: z.string().optional(),
  oidcName: z.string().optional(),
  /** A file with the client's secret, by default `<keys>/oidc-secret`; without one the client is public. */
  oidcSecretFile: z.string().optional(),
  /** Certificates to trust instead of the public ones (PEM). */
  oidcCa: z.string().optional(),
  /** `amr=mfa,acr=…`: an ID token with one of them has the second factor; empty: our own is asked for. */
  oidcFactor: z.string().default(''),
  /** Signing in through a directory: `ldaps://host` or `ldap://host` (StartTLS), where people are searched. Empty: none. */
  ldapUrl: z.string().optional(),
  ldapName: z.string().optional(),
  ldapBase: z.string().optional(),
  /** Who searches; the password is in a file, by default `<keys>/ldap-password`. Empty: nobody in particular. */
  ldapBindDn: z.string().optional(),
  ldapPasswordFile: z.string().optional(),
  /** `{username}` stands for what was typed, escaped (RFC 4515 §3). */
  ldapFilter: z.string().default('(uid={username})'),
  /** The attribute that stays with a person for ever. */
  ldapId: z.string().default('entryUUID'),
  ldapCa: z.string().optional(),
  /** `off`: plain LDAP, to this machine alone. */
  ldapStartTls: z.enum(['on', 'off']).default('on'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** The whole configuration; every entry can come from `config.json`, `VONGGAC_*` and a flag, the later one wins. */
export type Config = z.infer<typeof schema> & { keys: string };

const SECRET = ['postgres', 'postgresApp', 'postgresIdentity', 'smtp'] as const;

function environmentName(key: string): string {
  return `VONGGAC_${key.replace(/[A-Z]/g, (c) => `_${c}`).toUpperCase()}`;
}

function fromFile(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch (cause) {
    throw invalid(
      'config.unreadable',
      file,
      {
        vi: `Tệp cấu hình ${file} không đúng dạng JSON. Sửa lại tệp hoặc xóa đi để dùng giá trị mặc định.`,
        en: `The configuration file ${file} is not valid JSON. Mend it, or remove it to use the defaults.`,
      },
      String(cause),
    );
  }
}

function fromFlags(argv: readonly string[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (let i = 0; i < argv.length; i++) {
    const match = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(argv[i]!);
    if (!match) continue;
    const key = match[1]!.replace(/-([a-z])/g, (_, c: string) => c.toUpperCase());
    found[key] = match[2] ?? argv[++i];
  }
  return found;
}

/**
 * Reads the configuration from `config.json` (or `VONGGAC_CONFIG`), the environment and the flags.
 * @throws DomainError `config.invalid` that names the entry.
 */
export function readConfig(argv: readonly string[], env: NodeJS.ProcessEnv): Config {
  const fromEnvironment = Object.fromEntries(
    Object.keys(schema.shape).flatMap((key) => {
      const value = env[environmentName(key)];
      return value === undefined ? [] : [[key, value]];
    }),
  );
  const parsed = schema.safeParse({ ...fromFile(env['VONGGAC_CONFIG'] ?? 'config.json'), ...fromEnvironment, ...fromFlags(argv) });
  if (!parsed.success) {
    throw wrongEntry(parsed.error.issues[0]!);
  }
  if (parsed.data.totp === 'optional' && parsed.data.publicUrl)
    throw invalid('config.totp_optional', 'totp', {
      vi: 'VONGGAC_TOTP=optional chỉ dùng để thử trên máy này. Bỏ mục này, hoặc bỏ VONGGAC_PUBLIC_URL.',
      en: 'VONGGAC_TOTP=optional is for trials on this machine. Remove it, or remove VONGGAC_PUBLIC_URL.',
    });
  const data = path.resolve(parsed.data.data);
  return { ...parsed.data, data, keys: path.resolve(parsed.data.keys ?? `${data}-keys`) };
}

/** Names the entry by all the names that it can be set with, says what it takes, and how to mend it. */
function wrongEntry(issue: z.core.$ZodIssue): DomainError {
  if (issue.code === 'unrecognized_keys') {
    const place = issue.keys.join(', ');
    return invalid('config.invalid', place, {
      vi: `Không có mục cấu hình “${place}”. Kiểm tra chính tả trong config.json và dòng lệnh, hoặc bỏ mục này.`,
      en: `There is no configuration entry “${place}”. Check its spelling in config.json and on the command line, or remove it.`,
    });
  }
  const place = String(issue.path[0] ?? 'config');
  const flag = `--${place.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
  const takes = takesOf(issue);
  return invalid('config.invalid', place, {
    vi: `Mục cấu hình “${place}” (${environmentName(place)}, ${flag}) có giá trị không hợp lệ: cần ${takes.vi}. Sửa lại, hoặc bỏ mục này để dùng mặc định.`,
    en: `The configuration entry “${place}” (${environmentName(place)}, ${flag}) has a value that is not valid: it takes ${takes.en}. Mend it, or leave it out for the default.`,
  });
}

/** What an entry takes, by the fault that was found. */
function takesOf(issue: z.core.$ZodIssue): Text {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'int') return { vi: 'một số nguyên', en: 'a whole number' };
      return issue.expected === 'number' ? { vi: 'một số', en: 'a number' } : { vi: 'một dòng chữ', en: 'a text' };
    case 'too_small':
      return { vi: `giá trị từ ${issue.minimum} trở lên`, en: `${issue.minimum} or more` };
    case 'too_big':
      return { vi: `giá trị không quá ${issue.maximum}`, en: `${issue.maximum} or less` };
    case 'invalid_format':
      return { vi: 'một địa chỉ đầy đủ, ví dụ https://vonggac.example', en: 'a whole address, such as https://vonggac.example' };
    case 'invalid_value':
      return { vi: `một trong: ${issue.values.join(', ')}`, en: `one of: ${issue.values.join(', ')}` };
    default:
      return { vi: 'giá trị như hướng dẫn trong docs/operations.md', en: 'what docs/operations.md says' };
  }
}

/** The configuration as it may be printed: secrets replaced. */
export function printableConfig(config: Config): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, value !== undefined && (SECRET as readonly string[]).includes(key) ? '***' : value]),
  );
}
