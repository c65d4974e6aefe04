import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, millisecondsOf, readConfig } from '@vonggac/kernel';
import { pino } from 'pino';
import { type RunningServer, startServer } from '../../apps/server/src/start.ts';
import { Client, firstAdministrator, makeDataPlace, PASSWORD } from '../support/product.ts';
import { installationActs, rootOf, unitsOf } from '../support/writers.ts';

const HOUR = 3_600_000;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** How far the machine's clock is off. @unit milliseconds */
let offset = 0;
const RealDate = Date;
class SteppedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(given.length === 0 ? RealDate.now() + offset : given[0]);
  }
  static override now(): number {
    return RealDate.now() + offset;
  }
}
const real: Clock = { now: () => Temporal.Now.instant().add({ milliseconds: offset }) };

beforeEach(() => {
  offset = 0;
  globalThis.Date = SteppedDate as DateConstructor;
  process.env['VONGGAC_SKIP_WEB'] = '1';
});
afterEach(() => {
  globalThis.Date = RealDate;
  delete process.env['VONGGAC_SKIP_WEB'];
});

const open = (data: string): Promise<RunningServer> =>
  startServer(readConfig(['--data', data, '--port', '0', '--totp', 'optional'], {}), pino({ level: 'silent' }), real);

async function write(client: Client, parentId: string, names: readonly string[]): Promise<void> {
  for (const name of names) await client.must('POST', '/organisations', { kind: 'unit', name, parentId });
}

type Entry = { id: string; action: string; after: { name?: string } | null };

/** Names of the units in the order of the log, oldest first. */
async function inOrder(client: Client): Promise<string[]> {
  const { items } = await client.must<{ items: Entry[] }>('GET', '/audit?action=organisations.created&limit=100');
  return items.toReversed().flatMap(({ after }) => (after?.name?.startsWith('Đơn vị') ? [after.name] : []));
}

const names = (when: string) => Array.from({ length: 8 }, (_, i) => `Đơn vị ${when} ${i}`);

describe('the clock of the machine jumps', () => {
  it('is noticed and recorded; the log keeps its order and goes on being sealed, also after a restart', { timeout: 180_000 }, async () => {
    const data = makeDataPlace();
    const server = await open(data);
    const admin = await firstAdministrator(server.url, data);
    await admin.must('POST', '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' });
    await admin.signIn('quantri', PASSWORD);
    const parentId = await rootOf(admin);
    await write(admin, parentId, names('trước'));

    offset = 2 * HOUR;
    await write(admin, parentId, names('tiến'));
    await pause(2500);
    offset = -2 * HOUR;
    await write(admin, parentId, names('lùi'));
    await pause(3500);
    const steps = (await installationActs(admin)).filter(({ action }) => action === 'installation.clock_stepped');
    expect(steps.map(({ after }) => after['by'])).toEqual([-14_400, 7200].map((by) => expect.closeTo(by, -1)));
    type Status = { clock: { lastStep: { by: number } }; audit: { waiting: number }; signs: { code: string }[] };
    const status = await admin.must<Status>('GET', '/status');
    expect(status.clock.lastStep.by).toBeCloseTo(-14_400, -2);
    expect(status.signs.map(({ code }) => code)).toContain('clock.stepped');
    expect(status.audit.waiting).toBe(0);
    await server.stop();

    // The clock still stands two hours before what is on record.
    const again = await open(data);
    const client = await signedIn(again.url);
    await write(client, parentId, names('sau'));
    await pause(2500);
    expect(await inOrder(client)).toEqual(['trước', 'tiến', 'lùi', 'sau'].flatMap(names));
    const { items } = await client.must<{ items: Entry[] }>('GET', '/audit?limit=500');
    const ids = items.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect(millisecondsOf(ids[0]!)).toBeGreaterThan(RealDate.now() + HOUR);
    expect((await installationActs(client))[0]).toMatchObject({ action: 'installation.clock_stepped' });
    expect(await client.must('POST', '/audit/verify', {})).toMatchObject({ findings: [] });
    const found = await unitsOf(client);
    expect(['trước', 'tiến', 'lùi', 'sau'].flatMap(names).filter((name) => !found.has(name))).toEqual([]);
    await again.stop();
    rmSync(path.dirname(data), { recursive: true, force: true });
  });
});

async function signedIn(url: string): Promise<Client> {
  const client = new Client(url);
  await client.signIn('quantri', PASSWORD);
  return client;
}
