import { forbidden } from '@vonggac/kernel';
import { endIdleChildren } from '@vonggac/outside';
import { type Ctx, type Database, inSnapshot } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reachOf } from '../access/index.ts';
import {
  addContact,
  cancelImport,
  contacts,
  continueImport,
  getImportRun,
  type Hands,
  type ImportRun,
  LIST_DOERS,
  listContacts,
  listImportRuns,
  listOrganisations,
  organisations,
  refusedRows,
  runImport,
  stopImports,
  undoImport,
  uploadImport,
} from './index.ts';

let database: Database;
let province: Province;
let root: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  root = await makeCtx(makeStores(database), province.ubnd, 'desk');
});
afterAll(async () => {
  await database.close();
  await endIdleChildren();
});

const BY_TWO: Hands['doers'] = { organisations: { ...LIST_DOERS.organisations, batch: 2 }, contacts: { ...LIST_DOERS.contacts, batch: 2 } };
const whole = { doers: BY_TWO, wait: 60_000 };

const place = (found: Awaited<ReturnType<typeof uploadImport>>) => ({
  sheet: 0,
  head: found.sheets[0]!.head,
  columns: found.sheets[0]!.columns,
});
async function upload(ctx: Ctx, kind: 'organisations' | 'contacts', lines: readonly string[]) {
  const found = await uploadImport(ctx, { kind, name: 'danh sách.csv', bytes: new TextEncoder().encode(lines.join('\n')) });
  return { id: found.id, place: place(found) };
}

async function owner(statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = database.owner();
  await client.connect();
  const { rows } = await client.query(statement, values);
  await client.end();
  return rows as Record<string, unknown>[];
}

async function until(ctx: Ctx, id: string, isSo: (run: ImportRun) => boolean): Promise<ImportRun> {
  for (let tries = 0; tries < 400; tries++) {
    const run = await getImportRun(ctx, id);
    if (isSo(run)) return run;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error('it did not come to that');
}

/** Lets batches through one at a time. */
function gate() {
  const waiting: (() => void)[] = [];
  let left = 0;
  return {
    refresh: async (ctx: Ctx): Promise<Ctx> => {
      if (left > 0) left--;
      else await new Promise<void>((go) => waiting.push(go));
      return { ...ctx, scope: await reachOf(ctx.stores.pool, ctx.actor.organisation, '2024-04-26') };
    },
    open: (times: number): void => {
      for (let n = 0; n < times; n++) {
        const go = waiting.shift();
        if (go) go();
        else left++;
      }
    },
  };
}

const tree = (mark: string): string[] => [
  'Tên đơn vị,Loại,Cơ quan chủ quản,Tên viết tắt',
  `Sở ${mark},"Sở, ban, ngành",,S${mark}`,
  `Trung tâm ${mark} Một,Đơn vị trực thuộc,Sở ${mark},`,
  `Trung tâm ${mark} Hai,Đơn vị trực thuộc,Trung tâm ${mark} Một,`,
  `Trạm ${mark},Đơn vị trực thuộc,Sở Không Có,`,
  `Trung tâm ${mark} Ba,Đơn vị trực thuộc,Trung tâm ${mark} Hai,`,
  `Sở ${mark},,,S${mark}`,
];
/** What is on file under a mark, as names under names. */
async function shape(mark: string): Promise<unknown> {
  const rows = await owner(
    `select replace(o.name, $1, '#') as name, replace(p.name, $1, '#') as parent from organisations o left join organisation_parents l on l.organisation = o.id
     left join organisations p on p.id = l.parent where o.name like '%' || $1 || '%' order by 1`,
    [mark],
  );
  return rows;
}

describe('a run', () => {
  it('goes batch by batch with its progress to be read, parents before children, and leaves its acts in the log', async () => {
    const { id, place: at } = await upload(root, 'organisations', tree('Alpha'));
    const door = gate();
    const first = await runImport(root, id, at, { doers: BY_TWO, refresh: door.refresh, wait: 0 });
    expect(first).toMatchObject({ state: 'running', total: 6, done: 0 });
    door.open(1);
    expect(await until(root, id, ({ done }) => done > 0)).toMatchObject({ state: 'running', done: 2, counts: { new: 2 } });
    await expect(runImport(root, id, at, whole)).rejects.toThrow(/import.running/);
    const second = await upload(root, 'organisations', tree('Khác'));
    await expect(runImport(root, second.id, second.place, whole)).rejects.toThrow(/import.busy/);
    door.open(2);
    const done = await until(root, id, ({ state }) => state === 'done');
    expect(done).toMatchObject({ done: 6, counts: { new: 4, changed: 0, same: 1, refused: 1 } });
    expect(done.refused[0]).toMatchObject({ row: 5, reason: { vi: expect.stringContaining('Sở Không Có') } });
    for (const action of ['organisations.import_started', 'organisations.imported']) await expectAudit(root, action, id);
    expect((await refusedRows(root, id)).content.length).toBeGreaterThan(1000);
    expect((await listImportRuns(root, { kind: 'organisations', page: 1, size: 10 })).items[0]).toMatchObject({ id, state: 'done' });
  });

  it('that is cancelled keeps what it took in; the same list again ends as if taken in once', async () => {
    const { id, place: at } = await upload(root, 'organisations', tree('Beta'));
    const door = gate();
    await runImport(root, id, at, { doers: BY_TWO, refresh: door.refresh, wait: 0 });
    await cancelImport(root, id);
    door.open(1);
    const ended = await until(root, id, ({ state }) => state !== 'running');
    expect(ended).toMatchObject({ state: 'cancelled', done: 2, counts: { new: 2 } });
    await expectAudit(root, 'organisations.import_cancelled', id);
    await expect(cancelImport(root, id)).rejects.toThrow(/import.not_running/);
    const again = await upload(root, 'organisations', tree('Beta'));
    expect(await runImport(root, again.id, again.place, whole)).toMatchObject({ state: 'done', counts: { new: 2, same: 3, refused: 1 } });
    expect(await shape('Beta')).toEqual(await shape('Alpha'));
  });

  it('that died says so, makes room, and goes on from where it was; its former runner writes nothing more', async () => {
    const { id, place: at } = await upload(root, 'organisations', tree('Gamma'));
    const door = gate();
    await runImport(root, id, at, { doers: BY_TWO, refresh: door.refresh, wait: 0 });
    door.open(1);
    await until(root, id, ({ done }) => done === 2);
    await owner(`update imports set beat_at = now() - interval '1 minute' where id = $1`, [id]);
    const dead = await getImportRun(root, id);
    expect(dead.state).toBe('stopped');
    expect(dead.fault!.vi).toContain('giữa chừng');
    const done = await continueImport(root, id, whole);
    expect(done).toMatchObject({ state: 'done', done: 6, counts: { new: 4, same: 1, refused: 1 } });
    door.open(5);
    await stopImports(root.stores.pool);
    expect(await getImportRun(root, id)).toMatchObject({ state: 'done', counts: { new: 4 } });
    expect(await shape('Gamma')).toEqual(await shape('Alpha'));
    await expect(continueImport(root, id, whole)).rejects.toThrow(/import.done/);
  });

  it('ends at a batch when the server stops, and goes on afterwards', async () => {
    const { id, place: at } = await upload(root, 'organisations', tree('Delta'));
    const door = gate();
    await runImport(root, id, at, { doers: BY_TWO, refresh: door.refresh, wait: 0 });
    const stopping = stopImports(root.stores.pool);
    door.open(1);
    await stopping;
    expect(await getImportRun(root, id)).toMatchObject({
      state: 'stopped',
      done: 2,
      fault: { vi: expect.stringContaining('Máy chủ dừng') },
    });
    expect(await continueImport(root, id, whole)).toMatchObject({ state: 'done', counts: { new: 4 } });
  });

  it('stops with the reason when its actor may no longer act', async () => {
    const { id, place: at } = await upload(root, 'organisations', tree('Epsilon'));
    let asked = 0;
    const refresh = async (ctx: Ctx): Promise<Ctx> => {
      if (++asked > 1) throw forbidden('x', { vi: 'Không còn giữ vai trò này.', en: 'No longer.' });
      return ctx;
    };
    const run = await runImport(root, id, at, { doers: BY_TWO, refresh, wait: 60_000 });
    expect(run).toMatchObject({ state: 'stopped', done: 2, counts: { new: 2 }, fault: { vi: 'Không còn giữ vai trò này.' } });
    await expectAudit(root, 'organisations.import_stopped', id);
  });

  it('takes no row into what the actor reaches no more', async () => {
    const { id, place: at } = await upload(root, 'organisations', [
      'Tên đơn vị,Loại,Cơ quan chủ quản',
      'Phòng Iota,Đơn vị trực thuộc,Sở Y tế',
    ]);
    const refresh = async (ctx: Ctx): Promise<Ctx> => ({ ...ctx, scope: { ...ctx.scope, organisations: [province.ubnd] } });
    expect(await runImport(root, id, at, { doers: BY_TWO, refresh, wait: 60_000 })).toMatchObject({
      state: 'done',
      counts: { new: 0, refused: 1 },
    });
  });

  it('is nobody else’s to see, cancel, go on with or undo', async () => {
    const { id, place: at } = await upload(root, 'organisations', tree('Zeta'));
    await runImport(root, id, at, whole);
    for (const other of [await makeCtx(root.stores, province.foreign, 'desk'), await makeCtx(root.stores, province.ubnd, 'desk')]) {
      await expect(getImportRun(other, id)).rejects.toThrow(/not_found/);
      await expect(cancelImport(other, id)).rejects.toThrow(/not_found/);
      await expect(continueImport(other, id)).rejects.toThrow(/not_found/);
      await expect(undoImport(other, id)).rejects.toThrow(/not_found/);
      await expect(refusedRows(other, id)).rejects.toThrow(/not_found/);
      expect((await listImportRuns(other, { page: 1, size: 10 })).total).toBe(0);
    }
    const reader: Ctx = { ...root, actor: { ...root.actor, role: 'auditor' } as Ctx['actor'] };
    await expect(undoImport(reader, id)).rejects.toThrow(/access.role/);
    const foreign = await makeCtx(root.stores, province.foreign, 'desk');
    const rows = await inSnapshot(foreign, (tx) => tx.execute('select * from import_rows'));
    expect(rows.rows).toEqual([]);
  });
});

describe('undo', () => {
  it('removes what a run made and restores what it changed; what something hangs on stays with the reason', async () => {
    const before = await inSnapshot(root, (tx) => tx.select().from(organisations).where(eq(organisations.id, province.soyte)));
    const { id, place: at } = await upload(root, 'organisations', [...tree('Hydra'), 'Sở Y tế,,,SYT-X']);
    const done = await runImport(root, id, at, whole);
    expect(done).toMatchObject({ state: 'done', counts: { new: 4, changed: 1 } });
    expect(done.undoUntil).toBe('2024-05-03T01:00:00Z');
    const fresh: Ctx = { ...root, scope: await reachOf(root.stores.pool, province.ubnd, '2024-04-26') };
    const { items } = await listOrganisations(fresh, { state: 'live', sort: 'name', page: 1, size: 50, q: 'hydra mot' });
    await addContact(fresh, items[0]!.id, { role: 'focal', name: 'A', phones: ['0985962548'], emails: ['a@mau.example'], hotline: false });
    const undone = await undoImport(root, id, whole);
    expect(undone).toMatchObject({ state: 'undone', undoUntil: null, undo: { total: 5, undone: 3, keptTotal: 2 } });
    expect(undone.undo.kept.map(({ row, why }) => [row, why.vi])).toEqual([
      [2, expect.stringContaining('trực thuộc')],
      [3, expect.stringContaining('đầu mối')],
    ]);
    expect(await inSnapshot(root, (tx) => tx.select().from(organisations).where(eq(organisations.id, province.soyte)))).toEqual(before);
    expect((await owner(`select name from organisations where name like '%Hydra%' order by 1`)).map((row) => row['name'])).toEqual([
      'Sở Hydra',
      'Trung tâm Hydra Một',
    ]);
    expect(await owner(`select name from organisation_names where name in ('SYT-X', 'Trung tâm Hydra Ba')`)).toEqual([]);
    await expectAudit(root, 'organisations.import_undone', id);
    await expect(undoImport(root, id, whole)).rejects.toThrow(/import.not_undoable/);
    const again = await upload(root, 'organisations', tree('Hydra'));
    expect(await runImport(root, again.id, again.place, whole)).toMatchObject({ counts: { new: 2, same: 3 } });
  });

  it('is over after its term', async () => {
    const { id, place: at } = await upload(root, 'organisations', tree('Theta'));
    await runImport(root, id, at, whole);
    const later: Ctx = { ...root, clock: { now: () => Temporal.Instant.from('2024-05-03T08:00:01+07:00') } };
    expect((await getImportRun(later, id)).undoUntil).toBeNull();
    await expect(undoImport(later, id, whole)).rejects.toThrow(/import.not_undoable/);
  });

  it('takes contacts back: new ones go, the former hold again, confirmed ones stay', async () => {
    const list = ['Đơn vị;Vai trò;Họ và tên;Điện thoại;Email', 'Sở Y tế;Trực 24/7;Trực ban;0985962548'];
    const first = await upload(root, 'contacts', list);
    await runImport(root, first.id, first.place, whole);
    const second = await upload(root, 'contacts', [
      list[0]!,
      list[1]!.replace('548', '549'),
      'Sở Giáo dục và Đào tạo;Đầu mối;B;0985962500;b@mau.example',
      ...['C', 'D'].map((name) => `Sở Y tế;Văn thư;${name};0985962501`),
    ]);
    expect(await runImport(root, second.id, second.place, whole)).toMatchObject({ counts: { new: 3, changed: 1 } });
    await owner(`update contacts set confirmed_at = now() where name = 'C'`);
    const undone = await undoImport(root, second.id, whole);
    expect(undone.undo).toMatchObject({ undone: 3, keptTotal: 1, kept: [{ row: 4, why: { vi: expect.stringContaining('xác nhận') } }] });
    const { items } = await listContacts(root, { sort: 'organisation', page: 1, size: 20, organisation: province.soyte });
    expect(items.map(({ name, phones }) => [name, phones[0]]).toSorted()).toEqual(
      [
        ['Trực ban', '+84985962548'],
        ['C', '+84985962501'],
      ].toSorted(),
    );
    expect(await inSnapshot(root, (tx) => tx.select().from(contacts).where(eq(contacts.organisation, province.sogd)))).toEqual([]);
  });
});
