import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { newId } from '@vonggac/kernel';
import { discardDraft, readDraft } from '@vonggac/rooms/directives';
import { uploadImport } from '@vonggac/rooms/organisations';
import { type Ctx, type Database, namedFileColumns, openFiles, sweepFiles, UNNAMED_DAYS } from '@vonggac/store';
import { makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wire } from './wiring.ts';

const TEXT = 'Kính gửi: Sở Y tế. Đề nghị Sở Y tế báo cáo kết quả trực ngày lễ trước ngày 29/4/2024.';
const HOUR = 3_600_000;

let database: Database;
let province: Province;
let directory: string;
let desk: Ctx;
let house: Ctx;

beforeAll(async () => {
  wire();
  database = await makeTestDatabase();
  province = await makeProvince(database);
  directory = mkdtempSync(path.join(os.tmpdir(), 'vg-sweep-'));
  const stores = { ...makeStores(database), files: openFiles(directory) };
  desk = await makeCtx(stores, province.sotttt, 'desk');
  house = await makeHouseCtx(stores);
});
afterAll(() => database.close());

const put = async (text: string): Promise<string> => (await house.stores.files.put(Buffer.from(text), 1000)).sha256;

function makeOld(sha256: string, days: number): void {
  const at = (Date.now() - days * 24 * HOUR - HOUR) / 1000;
  utimesSync(path.join(directory, sha256.slice(0, 2), sha256), at, at);
}

async function asOwner(statement: string, values: unknown[] = []): Promise<Record<string, string>[]> {
  const owner = database.owner();
  await owner.connect();
  const { rows } = await owner.query<Record<string, string>>(statement, values);
  await owner.end();
  return rows;
}

describe('what names files', () => {
  it('is offered by the room of every column that looks like it', async () => {
    const rows = await asOwner(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema in ('public', 'identity') and data_type = 'text' and column_name ~ '(sha256|sha_256|digest|(^|_)files?$)'`,
    );
    expect(namedFileColumns().toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
  });
});

describe('sweeping', () => {
  it('keeps what any row names, whoever wrote it and however old it is', async () => {
    const draft = await readDraft(desk, { text: TEXT });
    const signed = await put('%PDF-1.7 ký số');
    await asOwner('update directives set signed_file = $1 where id = $2', [signed, draft.id]);
    await uploadImport(desk, { kind: 'contacts', name: 'đầu mối.csv', bytes: Buffer.from('Đơn vị,Điện thoại\nSở Y tế,02291\n') });
    const proof = await put('minh chứng của tỉnh khác');
    await asOwner(
      `insert into evidence (id, directive, organisation, overseer, sha256, name, type, size, added_at, added_by, added_by_name)
       values ($1, $2, $3, $3, $4, 'a.pdf', 'application/pdf', 1, now(), 'x', 'x')`,
      [newId(), draft.id, province.foreign, proof],
    );
    const named = await asOwner(
      'select source_file as sha256 from directives union select signed_file from directives union select sha256 from imports union select sha256 from evidence',
    );
    expect(named).toHaveLength(4);
    for (const { sha256 } of named) makeOld(sha256!, 400);
    expect(await sweepFiles(house)).toBe(0);
    for (const { sha256 } of named) expect(desk.stores.files.has(sha256!)).toBe(true);
  });

  it('removes what nothing names once it is old enough, and not before', async () => {
    const [young, old] = [await put('chưa có dòng nào'), await put('bỏ dở từ lâu')];
    makeOld(young, UNNAMED_DAYS - 1);
    makeOld(old, UNNAMED_DAYS);
    expect(await sweepFiles(house)).toBe(1);
    expect([young, old].map((sha256) => house.stores.files.has(sha256))).toEqual([true, false]);
  });

  it('lets go of the file of a draft that was discarded', async () => {
    const { id } = await readDraft(desk, { text: `${TEXT} Bản bỏ đi.` });
    const [row] = await asOwner('select source_file as sha256 from directives where id = $1', [id]);
    makeOld(row!.sha256!, UNNAMED_DAYS);
    await discardDraft(desk, id);
    expect(await sweepFiles(house)).toBe(1);
    expect(house.stores.files.has(row!.sha256!)).toBe(false);
  });

  it('leaves a file whose row is still to come, though the same content lay there before', async () => {
    const sha256 = await put('gửi lại');
    makeOld(sha256, 30);
    await put('gửi lại');
    expect(await sweepFiles(house)).toBe(0);
    expect(house.stores.files.has(sha256)).toBe(true);
  });

  it('removes what an upload that broke off left', async () => {
    const place = path.join(directory, 'incoming', 'do-dang');
    writeFileSync(place, 'nửa tệp');
    expect(await sweepFiles(house)).toBe(0);
    utimesSync(place, 1, 1);
    expect(await sweepFiles(house)).toBe(1);
    expect(readdirSync(path.join(directory, 'incoming'))).toEqual([]);
  });
});
