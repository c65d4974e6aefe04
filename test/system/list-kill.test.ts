import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Client, end, firstAdministrator, makeDataPlace, type Started, start } from '../support/product.ts';
import { SINKHOLE_HEADER, sinkholeRows } from '../support/sinkhole-list.ts';
import { postmaster, rootOf, untilReady, verifyOffline } from '../support/writers.ts';

const ROWS = Number(process.env['VONGGAC_LIST_ROWS'] ?? 120_000);
const PREFIXES = ['14.225.10.0/26', '14.225.11.0/27', '113.160.4.0/26', '2405:4800::/32'];
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

const started: Started[] = [];
const places: string[] = [];
// Also after a failure: nothing stays behind.
afterAll(async () => {
  for (const one of started) await end(one.child, 'SIGTERM');
  for (const data of places) rmSync(path.dirname(data), { recursive: true, force: true });
});

/** Starts the product, to be ended whatever becomes of the test. */
async function begin(data: string): Promise<Started> {
  const product = await start(data);
  started.push(product);
  expect(product.url, product.output()).not.toBeNull();
  return product;
}

type List = { id: string; state: string; done: number; total: number; counts: Record<string, number> };
type Upload = { id: string; title: string; recognition: { mapping: object; rows: number; looked: number } };
type Finding = { address: string; family: string; sightings: number; firstSeen: string; lastSeen: string; organisation: { name: string } };

/** A province of units that hold the ranges, with a list that is uploaded and ready to be taken in. */
async function province(): Promise<{ data: string; product: Started; desk: Client; list: string; settings: object }> {
  const data = makeDataPlace();
  places.push(data);
  const product = await begin(data);
  const desk = await firstAdministrator(product.url!, data);
  await desk.must('POST', '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' });
  const parentId = await rootOf(desk);
  const units = await Promise.all(
    PREFIXES.map((_, at) => desk.must<{ id: string }>('POST', '/organisations', { kind: 'unit', name: `Đơn vị ${at}`, parentId })),
  );
  await desk.must('POST', '/session/acting', { organisationId: parentId, role: 'desk' });
  for (const [at, network] of PREFIXES.entries())
    await desk.must('POST', '/assets', { kind: 'range', organisation: units[at]!.id, network, from: null, to: null });
  const rows = [...sinkholeRows({ seed: 11, rows: ROWS, prefixes: PREFIXES.slice(0, 3) })].join('');
  const text = Buffer.from(`${SINKHOLE_HEADER}\n${rows}`);
  const upload = await desk.must<Upload>('POST', '/lists?name=list.csv&sender=Shadowserver', text);
  expect(upload.recognition.rows).toBe(ROWS);
  const settings = { title: upload.title, mapping: upload.recognition.mapping };
  return { data, product, desk, list: upload.id, settings };
}

const listOf = (desk: Client, id: string) => desk.must<List>('GET', `/lists/${id}`);

/** Waits for a state, or for so many rows to be in. */
async function until(desk: Client, id: string, holds: (list: List) => boolean): Promise<List> {
  for (let i = 0; i < 3000; i++) {
    const list = await listOf(desk, id);
    if (holds(list)) return list;
    await pause(50);
  }
  throw new Error(`the list stands at ${JSON.stringify(await listOf(desk, id))}`);
}

/** Everything that a run made, as far as it is the same in every run. */
async function madeBy(desk: Client, id: string) {
  const { state, done, total, counts } = await listOf(desk, id);
  const rows = await desk.must<{ total: number }>('GET', `/lists/${id}/rows?size=1`);
  const last = await desk.must<{ items: { row: number }[] }>('GET', `/lists/${id}/rows?size=200&page=${Math.ceil(rows.total / 200)}`);
  const found: string[] = [];
  for (let page = 1; ; page++) {
    const part = await desk.must<{ items: Finding[]; total: number }>('GET', `/findings?state=all&size=200&page=${page}`);
    for (const { address, family, sightings, firstSeen, lastSeen } of part.items)
      found.push([address, family, sightings, firstSeen, lastSeen].join(' '));
    if (page * 200 >= part.total) break;
  }
  const sightings = found.reduce((sum, one) => sum + Number(one.split(' ')[2]), 0);
  return { state, done, total, counts, rows: rows.total, last: last.items.at(-1)!.row, findings: found.toSorted(), sightings };
}

async function back(data: string, { cookie }: Client): Promise<{ product: Started; desk: Client }> {
  const product = await begin(data);
  const desk = new Client(product.url!);
  desk.cookie = cookie;
  return { product, desk };
}

it(`a list of ${ROWS} rows whose run is killed three times is in like one that was left alone`, { timeout: 900_000 }, async () => {
  const calm = await province();
  await calm.desk.must('POST', `/lists/${calm.list}/run`, calm.settings);
  await until(calm.desk, calm.list, ({ state }) => state === 'done');
  const expected = await madeBy(calm.desk, calm.list);
  expect(expected).toMatchObject({ rows: ROWS, last: ROWS, done: ROWS });
  expect(expected.sightings).toBe(expected.counts['matched']);
  expect(expected.counts['matched']! + expected.counts['unmatched']!).toBe(ROWS);
  await end(calm.product.child, 'SIGTERM');

  const { data, list, settings, ...first } = await province();
  let { product, desk } = first;
  await desk.must('POST', `/lists/${list}/run`, settings);
  // Once the server, then the database with it, as when power fails, then the database alone.
  for (const victims of [['server'], ['database', 'server'], ['database']]) {
    const before = await until(desk, list, ({ done, state }) => state !== 'running' || done > 0);
    expect(before.state, 'it was too fast to be killed').toBe('running');
    const begun = before.done;
    await until(desk, list, ({ done }) => done > begun);
    if (victims.includes('database')) process.kill(postmaster(data), 'SIGKILL');
    if (victims.includes('server')) {
      await end(product.child, 'SIGKILL');
      ({ product, desk } = await back(data, desk));
    } else {
      await untilReady(desk.url, false);
      await untilReady(desk.url, true);
    }
    const cut = await until(desk, list, ({ state }) => state === 'stopped');
    expect(cut.done).toBeGreaterThan(begun);
    // All rows may be in and only the end be missing: what is in is compared below.
    expect(cut.done).toBeLessThanOrEqual(ROWS);
    await desk.must('POST', `/lists/${list}/continue`);
  }
  await until(desk, list, ({ state }) => state === 'done');
  expect(await madeBy(desk, list)).toEqual(expected);
  await end(product.child, 'SIGTERM');
  expect(verifyOffline(data).findings).toEqual([]);
});
