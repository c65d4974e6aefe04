import type { Config } from '@vonggac/kernel';
import type { Ctx, Database } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase } from '@vonggac/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mailState } from './mail.ts';

let database: Database;
let desk: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  const province = await makeProvince(database);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
});
afterAll(() => database.close());

const withConfig = (more: Partial<Config>) => ({ config: more as Config });
const SERVER = { smtp: 'smtp://mail.example.vn', mailFrom: 'vonggac@example.vn' };

it('is ready only with a server and a sender', async () => {
  expect(await mailState(withConfig({}), desk)).toBe('not-configured');
  expect(await mailState(withConfig({ smtp: SERVER.smtp }), desk)).toBe('not-configured');
  expect(await mailState(withConfig(SERVER), desk)).toBe('ready');
});

it('holds mails of the sample, whatever is configured', async () => {
  const owner = database.owner();
  await owner.connect();
  await owner.query(`insert into settings (key, value) values ('sample', '"x"')`);
  await owner.end();
  expect(await mailState(withConfig(SERVER), desk)).toBe('sample');
});
