import { fold, newId } from '@vonggac/kernel';
import { inSnapshot } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase } from '@vonggac/testkit';
import { expect, it } from 'vitest';
import { listOrganisations, listContacts, namesOf, resolveNames, resolvePhrase, treeOf, contactsConfirmed } from '../index.ts';
it('speed at 400 organisations', async () => {
  const db = await makeTestDatabase();
  const p = await makeProvince(db);
  const o = db.owner(); await o.connect();
  const ids: string[] = [];
  for (let i = 0; i < 400; i++) {
    const id = newId(); ids.push(id); const name = `UBND xã Số ${i % 380}`;
    await o.query('insert into organisations (id, kind, name, folded) values ($1,$2,$3,$4)', [id, 'commune', name, fold(name)]);
    await o.query("insert into organisation_names (id, organisation, kind, name, folded) values ($1,$2,'official',$3,$4)", [newId(), id, name, fold(name)]);
    await o.query('insert into organisation_parents (id, organisation, parent) values ($1,$2,$3)', [newId(), id, p.giavien]);
    await o.query("insert into supervisions (id, supervisor, organisation, field) values ($1,$2,$3,'attt')", [newId(), p.sotttt, id]);
    for (let c = 0; c < 3; c++) await o.query("insert into contacts (id, organisation, role, name, phones, valid_from, confirmed_at) values ($1,$2,'duty','x','[\"+84985962548\"]','2024-01-01', now())", [newId(), id]);
  }
  await o.query('analyze');
  await o.end();
  const ctx = await makeCtx(makeStores(db), p.sotttt, 'desk');
  const time = async (name: string, work: () => Promise<unknown>) => { const t: number[] = []; for (let i = 0; i < 8; i++) { const a = performance.now(); await work(); t.push(performance.now() - a); } t.sort((a, b) => a - b); console.log(name, t.map((x) => x.toFixed(1)).join(' ')); };
  await time('reach', () => makeCtx(ctx.stores, p.sotttt, 'desk'));
  await time('list 50', () => listOrganisations(ctx, { state: 'live', sort: 'name', page: 1, size: 50 }));
  await time('list q', () => listOrganisations(ctx, { state: 'live', sort: 'name', page: 1, size: 50, q: 'xa so 12' }));
  await time('list 400', () => listOrganisations(ctx, { state: 'live', sort: 'name', page: 1, size: 500 }));
  await time('tree', () => treeOf(ctx, undefined));
  await time('names', () => inSnapshot(ctx, (tx) => namesOf(tx, ids, '2024-04-26')));
  await time('contacts', () => listContacts(ctx, { sort: 'organisation', page: 1, size: 50 }));
  await time('phrase', () => inSnapshot(ctx, (tx) => resolvePhrase(tx, ctx, 'UBND xã Số 12', '2024-04-26')));
  await time('300 names', () => inSnapshot(ctx, (tx) => resolveNames(tx, ctx, Array.from({ length: 300 }, (_, i) => `UBND xã Số ${i}`), '2024-04-26')));
  await time('measure', () => inSnapshot(ctx, (tx) => contactsConfirmed.compute(tx, ctx, ids, { from: null, to: null })));
  await db.close();
}, 120000);
