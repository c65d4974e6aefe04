import { type Ctx, type Database, inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { getList, giveLists, listLists, listRowsOf, listSenders, runList, uploadList } from './index.ts';

let database: Database;
let province: Province;
let root: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  root = await makeCtx(makeStores(database), province.ubnd, 'desk');
});
afterAll(() => database.close());

const LIST = 'timestamp,ip,infection,unit\n2024-04-20 01:00:00,14.225.10.7,mirai,So Y te\n2024-04-20 02:00:00,300.1.1.1,mirai,\n';

async function takeIn(ctx: Ctx): Promise<string> {
  const up = await uploadList(ctx, { name: 'list.csv', sender: 'Shadowserver', title: null, content: new TextEncoder().encode(LIST) });
  const none = {
    families: null,
    coversFrom: null,
    coversTo: null,
    supersedes: null,
    directive: null,
    requirement: null,
    due: null,
    exercise: null,
  };
  const { id } = await runList(
    ctx,
    up.id,
    { title: up.title, mapping: up.recognition.mapping, ...none },
    { refresh: async (same) => same, wait: 30_000 },
  );
  return id;
}

it('gives lists, rows, senders and what was learned of them; a sender that both know stays two', async () => {
  const [desk, next] = [await makeCtx(root.stores, province.sotttt, 'desk'), await makeCtx(root.stores, province.sogd, 'desk')];
  const id = await takeIn(desk);
  await takeIn(next);
  await inTransaction(root, (tx) => giveLists(tx, root, { from: province.sotttt, to: province.sogd }));
  expect((await listLists(desk, { page: 1, size: 10, state: 'all' })).total).toBe(0);
  await expect(getList(desk, id)).rejects.toThrow(/not_found/);
  expect(await getList(next, id)).toMatchObject({ state: 'done', counts: { rows: 1, unmatched: 1, refused: 1 } });
  expect((await listRowsOf(next, id, { page: 1, size: 10 })).total).toBe(1);
  expect((await listSenders(next)).items.map(({ name }) => name).toSorted()).toEqual([
    'Shadowserver',
    'Shadowserver (Sở Thông tin và Truyền thông)',
  ]);
  await expectAudit(root, 'intelligence.lists_given', province.sotttt);
});
