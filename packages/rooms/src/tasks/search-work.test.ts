import { fold } from '@vonggac/kernel';
import { type Database, folded, inSnapshot } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { END_26, END_30, type Issued, issueForTest, type People, peopleOf } from './fixture.ts';
import { getWork, myWork, searchWork } from './index.ts';

const CARDS = 203;

let database: Database;
let province: Province;
let people: People;
let last: Issued;

async function asOwner(statement: string, values: unknown[]): Promise<void> {
  const owner = database.owner();
  await owner.connect();
  await owner.query(statement, values);
  await owner.end();
}

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  people = await peopleOf(province, (organisation, role) => makeCtx(stores, organisation, role));
  for (let i = 1; i < CARDS; i++) await issueForTest(people.desk, [province.soyte], [END_26]);
  last = await issueForTest(people.desk, [province.soyte, province.sogd], [END_30, null]);
  await asOwner('update requirements set text = $2 where id = $1', [
    last.requirements[1],
    `${'Nội dung dài. '.repeat(40)}Diễn tập ứng cứu sự cố`,
  ]);
});
afterAll(() => database.close());

describe('the search in what has to be done', () => {
  it('finds the card that stands behind two hundred others, by a word of its items', async () => {
    const { items } = await myWork(people.officer, { tab: 'todo', page: 1, size: 200, mine: false });
    expect(items.some(({ directive }) => directive === last.directive)).toBe(false);
    const found = await searchWork(people.officer, 'dien tap ứng cứu', 6);
    expect(found).toEqual([
      {
        directive: last.directive,
        organisation: province.soyte,
        subject: 'V/v tăng cường bảo đảm an toàn thông tin mạng dịp lễ',
        code: `${last.directive.slice(-6)}/STTTT-CNBCVT`,
        due: new Date(END_30).toISOString(),
      },
    ]);
  });

  it('finds by number and by subject, with and without diacritics, never more than asked for', async () => {
    expect(await searchWork(people.officer, `${last.directive.slice(-6)}/sttTT`, 6)).toMatchObject([{ directive: last.directive }]);
    expect(await searchWork(people.officer, 'AN TOAN THÔNG TIN', 6)).toHaveLength(6);
    expect(await searchWork(people.officer, '%', 6)).toEqual([]);
    expect(await searchWork(people.officer, 'an%toan', 6)).toEqual([]);
  });

  it('has what is due first before what is due later, and leaves out what waits for nobody', async () => {
    const [first] = await searchWork(people.officer, 'noi dung 1', 1);
    expect(first!.due).toBe(new Date(END_26).toISOString());
    await asOwner(`update tasks set state = 'submitted' where directive = $1 and organisation = $2`, [last.directive, province.soyte]);
    expect(await searchWork(people.officer, 'diễn tập', 6)).toEqual([]);
  });

  it('has the words together before the words apart, however early those are due', async () => {
    const scattered = await issueForTest(people.desk, [province.nhoquan], [END_26]);
    const together = await issueForTest(people.desk, [province.nhoquan], [END_30]);
    const head = await issueForTest(people.desk, [province.nhoquan], [null]);
    const unit = await makeCtx(people.desk.stores, province.nhoquan, 'officer');
    const say = (id: string, text: string) => asOwner('update requirements set text = $2 where id = $1', [id, text]);
    await say(scattered.requirements[0]!, 'Hà Nội và biển Đông');
    await say(together.requirements[0]!, 'Báo cáo về phường Đông Hà');
    await asOwner('update directives set subject = $2 where id = $1', [head.directive, 'V/v kiểm tra Đông Hà']);
    expect((await searchWork(unit, 'dong ha', 6)).map(({ directive }) => directive)).toEqual([
      head.directive,
      together.directive,
      scattered.directive,
    ]);
  });

  it('finds for another organisation its own part, and nothing for one that has none', async () => {
    expect(await searchWork(people.sogd, 'diễn tập', 6)).toMatchObject([{ organisation: province.sogd }]);
    expect(await searchWork(people.foreign, 'an toàn', 6)).toEqual([]);
    await expect(getWork(people.foreign, { directive: last.directive, organisation: province.sogd })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});

describe('folding in the database', () => {
  it.each([
    'Đường  Nguyễn\u00a0Huệ\n– ĐẮK LẮK, Ðà Nẵng',
    'V/v bảo đảm AN TOÀN thông tin; hoà/hòa',
    'Ủy ban\tnhân dân'.normalize('NFD'),
    '\u200bẩn\ufeff giữa \u200d chữ ',
  ])('is that of the kernel: %j', async (text) => {
    const [row] = await inSnapshot(
      people.officer,
      async (tx) => (await tx.execute<{ f: string }>(sql`select ${folded(sql`${text}::text`)} as f`)).rows,
    );
    expect(row!.f).toBe(fold(text));
  });
});
