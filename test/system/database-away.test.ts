import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownPostgres, postgresMissing } from '../support/own-postgres.ts';
import { type Client, end, firstAdministrator, makeDataPlace, PASSWORD, start } from '../support/product.ts';
import { clusterOf, installationActs, postmaster, rootOf, unitsOf, untilReady, verifyOffline, Writers } from '../support/writers.ts';

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

async function province(env?: Record<string, string>): Promise<{ data: string; url: string; admin: Client; stop(): Promise<void> }> {
  const data = makeDataPlace();
  const product = await start(data, [], { VONGGAC_SKIP_WEB: '1', ...env });
  const admin = await firstAdministrator(product.url!, data);
  await admin.must('POST', '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' });
  await admin.signIn('quantri', PASSWORD);
  return { data, url: product.url!, admin, stop: () => end(product.child, 'SIGTERM') };
}

describe('the database dies under a running server', () => {
  it('is started again by itself; nothing acknowledged is lost and the chain stays whole', { timeout: 300_000 }, async () => {
    const { data, url, admin, stop } = await province();
    const writers = new Writers(admin, { name: 'Đơn vị', parentId: await rootOf(admin) });
    for (let round = 0; round < 3; round++) {
      await pause(500);
      process.kill(postmaster(data), 'SIGKILL');
      await untilReady(url, false);
      expect(await untilReady(url, true)).toBeLessThan(15_000);
      const before = writers.acknowledged.length;
      await pause(700);
      expect(writers.acknowledged.length, `no write in round ${round} after its return`).toBeGreaterThan(before);
    }
    await writers.end();

    expect(writers.unexpected).toEqual([]);
    expect(writers.refused.length).toBeGreaterThan(0);
    for (const { status, code, message, took } of writers.refused) {
      expect([status, code]).toEqual([503, 'store.away']);
      expect(message).toContain('tự kết nối lại');
      expect(took).toBeLessThan(5000);
    }
    const found = await unitsOf(admin);
    expect(writers.acknowledged.filter((name) => !found.has(name))).toEqual([]);
    const acts = (await installationActs(admin)).map(({ action }) => action);
    for (const action of ['installation.database_ended', 'installation.database_restarted', 'installation.database_back'])
      expect(acts).toContain(action);
    const status = await admin.must<{ database: { restarts: number }; signs: { code: string }[] }>('GET', '/status');
    expect(status.database.restarts).toBe(3);
    expect(status.signs.map(({ code }) => code)).toContain('database.restarted');
    await pause(1500);
    await stop();
    expect(verifyOffline(data).findings).toEqual([]);
    rmSync(path.dirname(data), { recursive: true, force: true });
  });

  it('refuses at once while it stands still, and goes on where it stood', { timeout: 300_000 }, async () => {
    const { data, url, admin, stop } = await province();
    const writers = new Writers(admin, { name: 'Đơn vị', parentId: await rootOf(admin) });
    await pause(500);
    const stopped = clusterOf(data);
    stopped.forEach((pid) => process.kill(pid, 'SIGSTOP'));
    await untilReady(url, false);
    const english = await fetch(`${url}/api/v1/session`, { headers: { cookie: admin.cookie, 'accept-language': 'en' } });
    expect([english.status, english.headers.get('retry-after')]).toEqual([503, '5']);
    expect(((await english.json()) as { error: { message: string } }).error.message).toContain('does not answer');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await pause(6000);
    const started = performance.now();
    expect((await admin.ask('GET', '/session')).status).toBe(503);
    expect(performance.now() - started).toBeLessThan(500);
    stopped.forEach((pid) => process.kill(pid, 'SIGCONT'));
    await untilReady(url, true);
    const before = writers.acknowledged.length;
    await pause(700);
    await writers.end();

    expect(writers.acknowledged.length).toBeGreaterThan(before);
    expect(writers.unexpected).toEqual([]);
    const found = await unitsOf(admin);
    expect(writers.acknowledged.filter((name) => !found.has(name))).toEqual([]);
    await pause(1500);
    await stop();
    expect(verifyOffline(data).findings).toEqual([]);
    rmSync(path.dirname(data), { recursive: true, force: true });
  });

  it.skipIf(postgresMissing)(
    `refuses while an installation's own PostgreSQL is stopped, and goes on when it is started again ${postgresMissing ?? ''}`,
    { timeout: 300_000 },
    async () => {
      const postgres = await ownPostgres();
      const { data, url, admin, stop } = await province(postgres.env);
      const writers = new Writers(admin, { name: 'Đơn vị', parentId: await rootOf(admin) });
      await pause(700);
      await postgres.down();
      await untilReady(url, false);
      await pause(3000);
      await postgres.up();
      expect(await untilReady(url, true)).toBeLessThan(15_000);
      const before = writers.acknowledged.length;
      await pause(1500);
      await writers.end();

      expect(writers.acknowledged.length, 'no write after its return').toBeGreaterThan(before);
      expect(writers.unexpected).toEqual([]);
      expect(new Set(writers.refused.map(({ code }) => code))).toEqual(new Set(['store.away']));
      const found = await unitsOf(admin);
      expect(writers.acknowledged.filter((name) => !found.has(name))).toEqual([]);
      const acts = (await installationActs(admin)).map(({ action }) => action);
      expect(acts).toEqual(expect.arrayContaining(['installation.database_away', 'installation.database_back']));
      expect(acts).not.toContain('installation.database_restarted');
      await pause(1500);
      await stop();
      await postgres.stop();
      rmSync(path.dirname(data), { recursive: true, force: true });
    },
  );
});
