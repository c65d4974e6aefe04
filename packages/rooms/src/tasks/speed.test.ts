import { type Database, inTransaction } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { newId } from '@vonggac/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getWork, myWork, workCounts } from './index.ts';
import { issueForTest } from './test-issue.ts';

let database: Database;
let province: Province;
const orgs: string[] = [];
beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const owner = database.owner();
  await owner.connect();
  for (let i = 0; i < 300; i++) {
    const id = newId();
    orgs.push(id);
    await owner.query("insert into organisations (id, kind, name, folded) values ($1, 'department', $2, $2)", [id, `so ${i}`]);
    await owner.query("insert into organisation_names (id, organisation, kind, name, folded) values ($1, $2, 'official', $3, $3)", [newId(), id, `so ${i}`]);
    await owner.query('insert into organisation_parents (id, organisation, parent) values ($1, $2, $3)', [newId(), id, province.ubnd]);
    await owner.query("insert into supervisions (id, supervisor, organisation, field) values ($1, $2, $3, 'attt')", [newId(), province.sotttt, id]);
  }
  await owner.end();
});
afterAll(() => database.close());

it('speed', async () => {
  const stores = makeStores(database);
  const desk = await makeCtx(stores, province.sotttt, 'desk');
  const times: number[] = [];
  let last = '';
  for (let i = 0; i < 50; i++) {
    const start = performance.now();
    last = (await issueForTest(desk, orgs, Array.from({ length: 12 }, (_, at) => (at % 4 === 0 ? null : `2024-0${4 + (at % 4)}-2${i % 8}T23:59:59.999+07:00`)))).directive;
    times.push(performance.now() - start);
  }
  console.log('issue max', Math.max(...times), 'median', times.toSorted((a, b) => a - b)[25]);
  const owner = database.owner();
  await owner.connect();
  await owner.query('analyze');
  await owner.query("update tasks set state='accepted', answered_at=now() where random() < 0.4");
  await owner.end();
  const agency = await makeCtx(stores, orgs[7]!, 'officer');
  for (const [name, run] of Object.entries({
    todo: () => myWork(agency, { tab: 'todo', mine: false, page: 1, size: 50 }), done: () => myWork(agency, { tab: 'done', mine: false, page: 1, size: 50 }), counts: () => workCounts(agency), get: () => getWork(agency, { directive: last, organisation: orgs[7]! }),
    province: async () => myWork(await makeCtx(stores, province.ubnd, 'desk'), { tab: 'todo', mine: false, page: 1, size: 50 }),
    deskGet: () => getWork(desk, { directive: last, organisation: orgs[7]! }),
  })) {
    const t: number[] = [];
    for (let i = 0; i < 30; i++) { const s = performance.now(); await run(); t.push(performance.now() - s); }
    t.sort((a, b) => a - b);
    console.log(name, 'median', t[15]!.toFixed(1), 'p95', t[28]!.toFixed(1));
  }
  expect(1).toBe(1);
}, 300000);
