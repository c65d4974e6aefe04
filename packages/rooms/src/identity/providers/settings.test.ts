import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from '@vonggac/kernel';
import { describe, expect, it } from 'vitest';
import { escapeFilterValue } from './ldap-client.ts';
import { readProviders } from './settings.ts';

const keys = mkdtempSync(path.join(os.tmpdir(), 'vg-keys-'));
const read = (...flags: string[]) => readProviders(readConfig(['--keys', keys, ...flags], {}));
const OIDC = [
  '--oidc-issuer',
  'https://xacthuc.example/realms/tinh',
  '--oidc-client',
  'vonggac',
  '--public-url',
  'https://vonggac.example/',
];
const LDAP = ['--ldap-url', 'ldaps://thumuc.example', '--ldap-base', 'OU=People , DC=Tinh'];

describe('sign-in providers', () => {
  it('are none where none is configured', () => {
    expect(read()).toEqual({ oidc: null, ldap: null });
  });

  it('are read with what is usual left out', () => {
    const { oidc, ldap } = read(...OIDC, '--oidc-factor', 'amr=mfa, acr=urn:x:2', ...LDAP);
    expect(oidc).toMatchObject({
      issuer: 'https://xacthuc.example/realms/tinh',
      name: 'xacthuc.example',
      redirectUri: 'https://vonggac.example/sign-in/return',
      secretFile: null,
      factor: { amr: ['mfa'], acr: ['urn:x:2'] },
    });
    expect(ldap).toMatchObject({
      host: 'thumuc.example',
      port: 636,
      tls: 'ldaps',
      issuer: 'ldap:ou=people,dc=tinh',
      filter: '(uid={username})',
      idAttribute: 'entryUUID',
      searcher: null,
    });
    expect(read(...LDAP, '--ldap-url', 'ldap://thumuc.example').ldap).toMatchObject({ tls: 'starttls', port: 389 });
    expect(read(...LDAP, '--ldap-url', 'ldap://[::1]:1389', '--ldap-start-tls', 'off').ldap).toMatchObject({
      host: '::1',
      port: 1389,
      tls: 'none',
    });
  });

  it('take the secret from the keys, or from the file that is named', () => {
    const file = path.join(keys, 'khac');
    writeFileSync(file, 'x');
    writeFileSync(path.join(keys, 'oidc-secret'), 'x');
    expect(read(...OIDC).oidc?.secretFile).toBe(path.join(keys, 'oidc-secret'));
    expect(read(...OIDC, '--oidc-secret-file', file).oidc?.secretFile).toBe(file);
  });

  it.each([
    ['oidcIssuer', [...OIDC, '--oidc-issuer', 'http://xacthuc.example']],
    ['oidcIssuer', [...OIDC, '--oidc-issuer', 'xacthuc']],
    ['oidcIssuer', [...OIDC, '--oidc-issuer', 'https://xacthuc.example/?a=b']],
    ['oidcClient', ['--oidc-issuer', 'https://xacthuc.example', '--public-url', 'https://vonggac.example']],
    ['publicUrl', ['--oidc-issuer', 'https://xacthuc.example', '--oidc-client', 'vonggac']],
    ['oidcSecretFile', [...OIDC, '--oidc-secret-file', '/khong/co']],
    ['oidcFactor', [...OIDC, '--oidc-factor', 'mfa']],
    ['ldapUrl', [...LDAP, '--ldap-url', 'https://thumuc.example']],
    ['ldapUrl', [...LDAP, '--ldap-url', 'ldap://admin:mat-khau@thumuc.example']],
    ['ldapBase', ['--ldap-url', 'ldaps://thumuc.example']],
    ['ldapStartTls', [...LDAP, '--ldap-url', 'ldap://thumuc.example', '--ldap-start-tls', 'off']],
    ['ldapFilter', [...LDAP, '--ldap-filter', '(uid=lan)']],
    ['ldapPasswordFile', [...LDAP, '--ldap-bind-dn', 'cn=tim']],
    ['ldapCa', [...LDAP, '--ldap-ca', '/khong/co']],
  ])('name the entry %s that is wrong', (place, flags) => {
    expect(() => read(...flags)).toThrow(expect.objectContaining({ place }));
  });
});

it('escapes what a filter would read (RFC 4515 §3)', () => {
  expect(escapeFilterValue('a*b(c)d\\e\0')).toBe('a\\2ab\\28c\\29d\\5ce\\00');
  expect(escapeFilterValue('Nguyễn Văn A')).toBe('Nguyễn Văn A');
});
