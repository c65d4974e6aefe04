import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Forged = { claims?: Record<string, unknown>; without?: string; by?: 'own' | 'stranger' | 'nobody' | 'secret' };

export type ForgingProvider = { issuer: string; address: string; forge(nonce: string, forged: Forged): void; close(): void };

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A provider that answers every code with the ID token that was ordered, right or wrong, under one published key. */
export async function openForgingProvider(client: { client_id: string; client_secret: string }): Promise<ForgingProvider> {
  const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [own, stranger] = [pair(), pair()];
  let token = '';
  const held = { issuer: '' };
  const documents: Record<string, () => unknown> = {
    '/.well-known/openid-configuration': () => ({
      issuer: held.issuer,
      authorization_endpoint: `${held.issuer}/auth`,
      token_endpoint: `${held.issuer}/token`,
      jwks_uri: `${held.issuer}/jwks`,
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    }),
    '/jwks': () => ({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] }),
    '/token': () => ({ access_token: 'x', token_type: 'Bearer', id_token: token }),
  };
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(documents[request.url ?? '']?.() ?? {}));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  held.issuer = `http://${address}`;
  const signed = { own, stranger };
  const forge = (nonce: string, { claims = {}, without = '', by = 'own' }: Forged): void => {
    const now = Math.floor(Date.now() / 1000);
    const whole = { iss: held.issuer, sub: 'sub-gia', aud: client.client_id, iat: now, exp: now + 60, nonce, ...claims };
    const alg = { own: 'RS256', stranger: 'RS256', nobody: 'none', secret: 'HS256' }[by];
    const text = `${part({ alg, kid: 'k' })}.${part(Object.fromEntries(Object.entries(whole).filter(([name]) => name !== without)))}`;
    const seal = (): string => {
      if (by === 'nobody') return '';
      if (by === 'secret') return createHmac('sha256', client.client_secret).update(text).digest('base64url');
      return sign('sha256', Buffer.from(text), signed[by].privateKey).toString('base64url');
    };
    token = `${text}.${seal()}`;
  };
  return { issuer: held.issuer, address, forge, close: () => (server.close(), server.closeAllConnections()) };
}
