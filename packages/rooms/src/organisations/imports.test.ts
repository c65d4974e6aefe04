import { endIdleChildren, readTable } from '@vonggac/outside';
import type { Ctx, Database } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  exportOrganisations,
  importTemplate,
  listContacts,
  listOrganisations,
  planImport,
  refusedRows,
  runImport,
  uploadImport,
} from './index.ts';

let database: Database;
let province: Province;
let root: Ctx;
let desk: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  root = await makeCtx(stores, province.ubnd, 'desk');
  desk = await makeCtx(stores, province.sotttt, 'desk');
});
afterAll(async () => {
  await database.close();
  await endIdleChildren();
});

const csv = (text: string) => new TextEncoder().encode(text);
const placeOf = (upload: Awaited<ReturnType<typeof uploadImport>>) => ({
  sheet: 0,
  head: upload.sheets[0]!.head,
  columns: upload.sheets[0]!.columns,
});
const upload = (ctx: Ctx, kind: 'organisations' | 'contacts', text: string) =>
  uploadImport(ctx, { kind, name: 'danh sách.csv', bytes: csv(text) });

describe('organisations', () => {
  const list = [
    'DANH SÁCH CƠ QUAN',
    'STT,Tên đơn vị,Loại,Cơ quan chủ quản,Tên viết tắt,Mã định danh,Số nhà',
    '1,Sở Xây dựng,"Sở, ban, ngành",,SXD,H42.20,12',
    '2,Trung tâm Quy hoạch,Đơn vị trực thuộc,Sở Xây dựng,,,',
    '3,Sở Y tế,,,SYT,,',
    '4,Trạm Lạ,,Sở Không Có,,,',
    '5,,,,,,',
    '6,Viettel Thử Nghiệm,,,,,',
  ].join('\n');

  it('recognises the columns, says row by row what it would do, and changes nothing yet', async () => {
    const found = await upload(root, 'organisations', list);
    expect(found.sheets[0]).toMatchObject({ head: 1, rows: 6, columns: { name: 1, kind: 2, parent: 3, shortName: 4, code: 5 } });
    const plan = await planImport(root, found.id, placeOf(found));
    expect(plan.rows.map(({ row, state }) => [row, state])).toEqual([
      [3, 'new'],
      [4, 'new'],
      [5, 'changed'],
      [6, 'refused'],
      [7, 'refused'],
      [8, 'same'],
    ]);
    expect(plan.rows[3]!.reason!.vi).toContain('Sở Không Có');
    expect(plan.unknownColumns).toEqual(['Số nhà']);
    expect((await listOrganisations(root, { state: 'live', sort: 'name', page: 1, size: 50, q: 'xay dung' })).total).toBe(0);
  });

  it('runs once, keeps unknown columns as a note, and a second time changes nothing', async () => {
    const first = await upload(root, 'organisations', list);
    expect((await runImport(root, first.id, placeOf(first))).counts).toEqual({ new: 2, changed: 1, same: 1, refused: 2 });
    await expect(runImport(root, first.id, placeOf(first))).rejects.toThrow(/import.done/);
    await expectAudit(root, 'organisations.imported', first.id);
    const fresh = await makeCtx(root.stores, province.ubnd, 'desk', { person: root.actor.kind === 'person' ? root.actor.id : '' });
    const { items } = await listOrganisations(fresh, { state: 'live', sort: 'name', page: 1, size: 50, q: 'quy hoach' });
    expect(items[0]!.parent!.name).toBe('Sở Xây dựng');
    const second = await upload(fresh, 'organisations', list);
    expect(second.again).toBe(true);
    expect((await runImport(fresh, second.id, placeOf(second))).counts).toEqual({ new: 0, changed: 0, same: 4, refused: 2 });
    const refused = readTable((await refusedRows(fresh, second.id)).content, 'x.xlsx');
    expect(refused.sheets[0]!.rows).toHaveLength(4);
  });

  it('what is exported is what is listed, and can be read back in', async () => {
    const { content } = await exportOrganisations(root, { state: 'live', sort: 'name', page: 1, size: 2, kind: 'commune' });
    const rows = readTable(content, 'x.xlsx').sheets[0]!.rows;
    expect(rows.slice(4).map(([name]) => name)).toEqual(['UBND xã Gia Lạc (huyện Gia Viễn)', 'UBND xã Gia Lạc (huyện Nho Quan)']);
    const again = await uploadImport(root, { kind: 'organisations', name: 'xuất.xlsx', bytes: content });
    expect((await planImport(root, again.id, placeOf(again))).rows.map(({ state }) => state)).toEqual(['same', 'same']);
  });
});

describe('contacts', () => {
  const list = [
    'Đơn vị;Vai trò;Họ và tên;Chức vụ;Điện thoại;Email;Zalo',
    'Sở Y tế;Trực 24/7;Trực ban;;985962548;;có',
    ';Lãnh đạo;Phó GĐ;Phó Giám đốc;024.3640.4421;;',
    'Sở GD&ĐT;Đầu mối;Cán bộ;;0985962548;khong phai;',
    'Cục Lạ;Trực;;;0985962548;;',
    'Viettel Thử Nghiệm;Trực;Tổng đài;;0123 456 7890;;',
  ].join('\n');

  it('finds the organisation, carries it down, restores a lost zero, refuses with reasons', async () => {
    const found = await upload(desk, 'contacts', list);
    const plan = await planImport(desk, found.id, placeOf(found));
    expect(plan.rows.map(({ state }) => state)).toEqual(['new', 'new', 'refused', 'refused', 'new']);
    expect(plan.rows[2]!.reason!.vi).toContain('thư điện tử');
    expect((await runImport(desk, found.id, placeOf(found))).counts.new).toBe(3);
    const { items } = await listContacts(desk, { sort: 'organisation', page: 1, size: 10, organisation: province.soyte });
    expect(items.map(({ role, phones, note, confirmation }) => [role, phones[0], note, confirmation])).toEqual([
      ['duty', '+84985962548', 'Zalo: có', 'overdue'],
      ['leader', '+842436404421', null, 'overdue'],
    ]);
  });

  it('again: nothing new; a changed number is a change that keeps the former row', async () => {
    const same = await upload(desk, 'contacts', list);
    expect((await runImport(desk, same.id, placeOf(same))).counts).toMatchObject({ new: 0, changed: 0, same: 3 });
    const changed = await upload(desk, 'contacts', list.replace('985962548;;có', '0389942878;;có'));
    const { counts } = await runImport(desk, changed.id, placeOf(changed));
    expect(counts).toMatchObject({ new: 0, changed: 1, same: 2 });
  });
});

describe('the gate', () => {
  it('a secrecy mark stops it before anything is kept', async () => {
    await expect(upload(desk, 'contacts', 'Đơn vị,Họ tên\nMẬT,\nSở Y tế,A')).rejects.toThrow(/import.secret/);
  });
  it('a broken file is a clear error', async () => {
    await expect(uploadImport(desk, { kind: 'contacts', name: 'x.xlsx', bytes: csv('PK\u0003\u0004 hỏng') })).rejects.toThrow(/import\./);
  });
  it('nobody else goes on with an upload, read-only roles do not begin one, a missing column is named', async () => {
    const found = await upload(desk, 'contacts', 'Đơn vị,Họ tên\nSở Y tế,A');
    const other = await makeCtx(desk.stores, province.sotttt, 'desk');
    await expect(planImport(other, found.id, placeOf(found))).rejects.toThrow(/not_found/);
    await expect(upload(await makeCtx(desk.stores, province.sotttt, 'auditor'), 'contacts', 'Đơn vị\nx')).rejects.toThrow(/access.role/);
    await expect(upload(await makeCtx(desk.stores, province.soyte, 'officer'), 'organisations', 'Đơn vị\nx')).rejects.toThrow(
      /access.role/,
    );
    await expect(planImport(desk, found.id, { sheet: 0, head: 0, columns: { name: 1 } })).rejects.toMatchObject({
      place: 'columns.organisation',
    });
  });
  it('the template is recognised whole', async () => {
    const template = await importTemplate(desk, 'contacts');
    const found = await uploadImport(desk, { kind: 'contacts', name: template.name, bytes: template.content });
    expect(Object.keys(found.sheets[0]!.columns).toSorted()).toEqual(found.fields.map(({ key }) => key).toSorted());
  });
});
