import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixedClock } from '@vonggac/kernel';
import { readTable } from '@vonggac/outside';
import type { Ctx, Stores } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addContact } from '../organisations/index.ts';
import { END_26, END_30, type Issued, issueForTest } from '../tasks/fixture.ts';
import { getWork, giveParts } from '../tasks/index.ts';
import { PRINTED } from './lists.ts';
import { downloadPrintable, listPrintable, writeEvening, writePrintable } from './index.ts';

let database: Awaited<ReturnType<typeof makeTestDatabase>>;
let province: Province;
let stores: Stores;
let desk: Ctx;
let issued: Issued;
const folder = () => path.join(mkdtempSync(path.join(os.tmpdir(), 'vg-print-')), 'in');
const hasPoppler = spawnSync('pdftotext', ['-v']).status === 0;

function textOf(file: string): string {
  const { stdout } = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  return stdout.normalize('NFC').replaceAll(/\s+/g, ' ');
}
const placeOf = (ctx: Ctx, at: string) => ({ folder: at, keepDays: 14, organisation: ctx.actor.organisation });
const at = (ctx: Ctx, instant: string): Ctx => ({ ...ctx, clock: fixedClock(instant) });

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  const contact = (emails: string[]) => ({ role: 'focal' as const, name: 'Đầu mối Thử', phones: ['0985962548'], emails, hotline: false });
  await addContact(await makeCtx(stores, province.soyte, 'officer'), province.soyte, contact(['dau.moi@soyte.example']));
  await addContact(await makeCtx(stores, province.foreign, 'desk'), province.foreign, contact(['dau.moi@khac.example']));
  issued = await issueForTest(desk, [province.soyte, province.sogd], [END_26, END_30, null]);
});
afterAll(() => database.close());

describe('printable lists', () => {
  it('write contacts in full and open tasks, readable by the server’s login alone, and say so in the audit', async () => {
    const place = folder();
    const { files } = await writePrintable(desk, placeOf(desk, place), 'Bão, dự kiến mất mạng');
    expect(files.map(({ kind, format, at: when }) => `${when} ${kind}.${format}`)).toEqual([
      '2024-04-26T08:00 dau-moi.pdf',
      '2024-04-26T08:00 dau-moi.xlsx',
      '2024-04-26T08:00 nhiem-vu.pdf',
      '2024-04-26T08:00 nhiem-vu.xlsx',
    ]);
    expect(readdirSync(place).toSorted()).toEqual(files.map(({ name }) => name).toSorted());
    expect(statSync(place).mode & 0o777).toBe(0o700);
    for (const { name } of files) expect(statSync(path.join(place, name)).mode & 0o777).toBe(0o600);
    await expectAudit(desk, 'printable.written', province.sotttt);

    const rowsOf = async (name: string) => {
      const { sheets } = await readTable(new Uint8Array(readFileSync(path.join(place, name))), name);
      return JSON.stringify(sheets);
    };
    const contacts = await rowsOf(files[1]!.name);
    expect(contacts).toContain('0985962548');
    expect(contacts).toContain('dau.moi@soyte.example');
    expect(contacts).not.toContain('khac.example');
    const tasks = await rowsOf(files[3]!.name);
    expect(tasks.match(/Chưa trả lời/g)).toHaveLength(6);
  });

  it.skipIf(!hasPoppler)('are marked and dated on every page (needs: apt-get install poppler-utils)', async () => {
    const place = folder();
    const late = at(desk, '2024-04-28T17:05:00+07:00');
    const { files } = await writePrintable(late, placeOf(desk, place), 'thử');
    const contacts = textOf(path.join(place, files[0]!.name));
    for (const words of ['TÀI LIỆU NỘI BỘ', 'DANH BẠ ĐẦU MỐI', 'Số liệu lúc 17:05 28/4/2024', 'Sở Y tế', '0985962548', '1/1'])
      expect(contacts).toContain(words);
    const tasks = textOf(path.join(place, files[2]!.name));
    for (const words of ['NHIỆM VỤ CHƯA XONG', 'Sở Giáo dục và Đào tạo', '26/4/2024 (quá hạn)', 'không ghi hạn', 'Nội dung 3'])
      expect(tasks).toContain(words);
  });

  it('hold the parts that units have, for the agency above them and not for who only follows the directive', async () => {
    const officer = await makeCtx(stores, province.soyte, 'officer');
    const part = { directive: issued.directive, organisation: province.soyte };
    const [item] = (await getWork(officer, part)).items;
    await giveParts(officer, { ...part, tasks: [item!.task], units: [province.benhvien] });
    const tasksOf = async (ctx: Ctx) => {
      const place = folder();
      const { files } = await writePrintable(ctx, placeOf(ctx, place), 'thử');
      return JSON.stringify((await readTable(new Uint8Array(readFileSync(path.join(place, files[3]!.name))), files[3]!.name)).sheets);
    };
    const above = await tasksOf(await makeCtx(stores, province.soyte, 'desk'));
    expect(above).toContain('Chưa trả lời; phần việc do Sở Y tế giao');
    expect(above).toContain('Bệnh viện Đa khoa tỉnh');
    expect(await tasksOf(desk)).not.toContain('Bệnh viện Đa khoa tỉnh');
  });

  it('are for those who follow, each in its own reach', async () => {
    const place = folder();
    const officer = await makeCtx(stores, province.soyte, 'officer');
    await expect(writePrintable(officer, placeOf(officer, place), 'thử')).rejects.toMatchObject({ code: 'access.role' });
    expect(() => listPrintable(officer, place)).toThrow('access.role');
    const { files } = await writePrintable(desk, placeOf(desk, place), 'thử');
    expect(listPrintable(desk, place).total).toBe(4);
    const other = await makeCtx(stores, province.foreign, 'desk');
    expect(listPrintable(other, place)).toEqual({ items: [], total: 0 });
    await expect(downloadPrintable(other, place, files[0]!.name)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(downloadPrintable(desk, place, '../../../etc/passwd')).rejects.toMatchObject({ kind: 'not-found' });
    expect((await downloadPrintable(desk, place, files[0]!.name)).type).toBe('application/pdf');
    await expectAudit(desk, 'printable.downloaded', province.sotttt);
  });

  it('come by themselves once each evening, and the old ones go', async () => {
    const place = { folder: folder(), keepDays: 14, hour: 17 };
    const house = await makeHouseCtx(stores);
    const owner = database.owner();
    await owner.connect();
    await owner.query(
      "insert into memberships (id, person, organisation, role, valid_from, valid_to) select gen_random_uuid(), gen_random_uuid(), o, r, '2024-01-01', t from (values ($1::uuid, 'desk', null::date), ($2::uuid, 'desk', '2024-04-01'), ($2::uuid, 'officer', null)) as v(o, r, t)",
      [province.sotttt, province.foreign],
    );
    await owner.end();
    expect(await writeEvening(at(house, '2024-04-26T16:59:00+07:00'), place)).toBe(0);
    expect(await writeEvening(at(house, '2024-04-26T19:20:00+07:00'), place)).toBe(1);
    expect(await writeEvening(at(house, '2024-04-26T21:00:00+07:00'), place)).toBe(0);
    expect(listPrintable(desk, place.folder).total).toBe(4);
    const { sheets } = await readTable(
      new Uint8Array(readFileSync(path.join(place.folder, listPrintable(desk, place.folder).items[1]!.name))),
      'a.xlsx',
    );
    expect(JSON.stringify(sheets)).toContain('0985962548');
    expect(JSON.stringify(sheets)).not.toContain('khac.example');
    writeFileSync(path.join(place.folder, 'ghi-chu.txt'), 'của người khác');
    expect(await writeEvening(at(house, '2024-05-09T17:00:30+07:00'), place)).toBe(1);
    expect(readdirSync(place.folder)).toHaveLength(9);
    expect(await writeEvening(at(house, '2024-05-11T17:00:30+07:00'), place)).toBe(1);
    const left = readdirSync(place.folder);
    expect(left.filter((name) => name.startsWith('2024-04-26'))).toEqual([]);
    expect(left).toContain('ghi-chu.txt');
  });

  it.skipIf(!hasPoppler)('count by agency what no paper holds, and leave each task to the sheet', { timeout: 60_000 }, async () => {
    const place = folder();
    const owner = database.owner();
    await owner.connect();
    await owner.query(
      `insert into requirements (id, directive, position, path, text, due)
       select gen_random_uuid(), d.id, 100 + r, '2.' || r, 'Việc ' || r, '2024-04-30T23:59:59+07' from (select id from directives limit 1) d, generate_series(1, $1::int) r`,
      [PRINTED],
    );
    await owner.query(
      `insert into tasks (id, requirement, directive, organisation, overseer, state, due, changed_at)
       select gen_random_uuid(), r.id, r.directive, $1, $2, 'assigned', r.due, now() from requirements r where r.position >= 100`,
      [province.soyte, province.sotttt],
    );
    await owner.end();
    const { files } = await writePrintable(desk, placeOf(desk, place), 'thử');
    const paper = textOf(path.join(place, files[2]!.name));
    expect(paper).toContain(`Nhiều hơn ${PRINTED} dòng`);
    expect(paper).toContain(String(PRINTED + 3));
    expect(paper).not.toContain('Việc 7');
  });
});
