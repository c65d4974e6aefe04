import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from '@vonggac/kernel';
import { makeTestDatabase } from '@vonggac/testkit';
import type { Database } from '@vonggac/store';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { furnish } from '../house.ts';
import { makeApp } from './app.ts';

let database: Database;
let app: ReturnType<typeof makeApp>;

beforeAll(async () => {
  database = await makeTestDatabase();
  const data = mkdtempSync(path.join(os.tmpdir(), 'vg-app-'));
  const config = readConfig(['--data', data, '--totp', 'optional'], {});
  app = makeApp(await furnish(config, pino({ level: 'silent' }), { database, release: () => {} }));
});
afterAll(() => database.close());

const ask = async (method: string, at: string, more: { body?: string; language?: string } = {}) => {
  const answer = await app.request(`http://127.0.0.1${at}`, {
    method,
    headers: { host: '127.0.0.1', 'x-vonggac': '1', 'content-type': 'application/json', 'accept-language': more.language ?? 'vi' },
    ...(more.body === undefined ? {} : { body: more.body }),
  });
  const { headers, status } = answer;
  return { status, headers, body: (await answer.json()) as { error: { code: string; message: string; place?: string; details?: object } } };
};

it.each(['/api/v1/khong-co', '/api/v2/directives', '/api/khong-co'])('an unknown address %s is a 404 in JSON, not a page', async (at) => {
  const answer = await ask('GET', at);
  expect([answer.status, answer.body.error.code, answer.body.error.message]).toEqual([404, 'request.no_route', 'Không có địa chỉ này.']);
  expect(answer.headers.get('content-type')).toContain('application/json');
  expect((await ask('GET', at, { language: 'en' })).body.error.message).toBe('There is no such address.');
});

it.each(['{"username": "a"', 'tên=quản trị', ''])('a body that is no JSON (%j) is a 422 that says so', async (body) => {
  const answer = await ask('POST', '/api/v1/sign-in', { body });
  expect(answer.status).toBe(422);
  expect(answer.body.error.place).toBeDefined();
  expect(answer.body.error.message).not.toMatch(/Malformed|Unexpected|JSON at position/);
});

it('a 429 says after how many seconds to come again, in the header as in the answer', async () => {
  const body = JSON.stringify({ username: 'khong.co', password: 'sai mat khau' });
  let answer = await ask('POST', '/api/v1/sign-in', { body });
  expect(answer.headers.get('retry-after')).toBeNull();
  for (let n = 0; n < 8 && answer.status !== 429; n++) answer = await ask('POST', '/api/v1/sign-in', { body });
  expect(answer.status).toBe(429);
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(answer.body.error.details).toEqual({ retryAfter: seconds });
});
