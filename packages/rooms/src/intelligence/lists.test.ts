import { inSnapshot, inTransaction, type Ctx, type Database, on } from '@vonggac/store';
import { packZip, readTableSafely } from '@vonggac/outside';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { asc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { held, range } from '../assets/fixture.ts';
import { HOLIDAY } from '../directives/fixture.ts';
import { readDraft } from '../directives/index.ts';
import {
  assignRows,
  cancelList,
  confirmAliases,
  continueList,
  decideWithdrawal,
  discardList,
  getList,
  type ListFacts,
  type ListFinished,
  listLists,
  listRows,
  listRowsOf,
  listSenders,
  type ListSuperseded,
  listUnmatched,
  type ListWithdrawn,
  proposeWithdrawal,
  recogniseAgain,
  refusedLines,
  setRowsAside,
  type ListSettings,
  type MatchedRow,
  type RowsMatched,
  runList,
  tryList,
  uploadAnnex,
  uploadList,
} from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let health: Ctx;
let foreign: Ctx;
let other: Ctx;
let auditor: Ctx;
const raised: MatchedRow[] = [];
const finished: string[] = [];
const facts: ListFacts[] = [];
const superseded: string[] = [];
const withdrawn: string[] = [];

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  health = await makeCtx(stores, province.soyte, 'officer');
  other = await makeCtx(stores, province.sotttt, 'leader');
  auditor = await makeCtx(stores, province.sotttt, 'auditor');
  foreign = await makeCtx(stores, province.foreign, 'desk');
  await held(health, desk, range(province.soyte, '14.225.10.0/24', { name: 'Dải ra Internet' }));
  on<RowsMatched>('intelligence.rows-matched', async (_tx, _ctx, { list, rows, counts }) => {
    facts.push(list);
    raised.push(...rows);
    counts.findingsNew += rows.length;
  });
  on<ListFinished>('intelligence.list-finished', async (_tx, _ctx, { list }) => void finished.push(list.id));
  on<ListSuperseded>('intelligence.list-superseded', async (_tx, _ctx, { former, counts }) => {
    superseded.push(former);
    counts.removed += 1;
  });
  on<ListWithdrawn>('intelligence.list-withdrawn', async (_tx, _ctx, { list }) => void withdrawn.push(list.id));
});
afterAll(() => database.close());

const HANDS = { refresh: async (ctx: Ctx) => ctx, wait: 30_000 };
const LIST = `timestamp,ip,port,infection,note
2024-04-20 01:00:00,14.225.10.7,4000,mirai,first
2024-04-20 02:00:00,14.225.10.8,4001,mirai,
2024-04-20 03:00:00,203.0.113.9,4002,necurs,stranger
2024-04-20 04:00:00,300.1.1.1,1,mirai,bad
`;
const bytes = (text: string) => new TextEncoder().encode(text);
const upload = (ctx: Ctx, text: string, sender = 'Shadowserver') =>
  uploadList(ctx, { name: 'list.csv', sender, title: null, content: bytes(text) });
const settingsOf = (up: Awaited<ReturnType<typeof uploadList>>, more: Partial<ListSettings> = {}): ListSettings => ({
  title: up.title,
  mapping: up.recognition.mapping,
  families: null,
  coversFrom: null,
  coversTo: null,
  supersedes: null,
  directive: null,
  requirement: null,
  due: null,
  ...more,
});

describe('a list', () => {
  it('is recognised, tried and taken in; each row says whom it leads to and why', async () => {
    const up = await upload(desk, LIST);
    expect(up.recognition).toMatchObject({ kind: 'csv', rows: 4, refused: 1 });
    const trial = await tryList(desk, up.id, settingsOf(up));
    expect(trial.counts).toMatchObject({ rows: 3, matched: 2, unmatched: 1, refused: 1, same: 0 });
    expect(trial.units).toMatchObject([{ unit: { id: province.soyte }, rows: 2, machines: 2 }]);
    expect(trial).toMatchObject({ from: '2024-04-20T01:00:00Z', to: '2024-04-20T03:00:00Z' });
    const done = await runList(desk, up.id, settingsOf(up), HANDS);
    expect(done).toMatchObject({ state: 'done', counts: { rows: 3, matched: 2, unmatched: 1, refused: 1, findingsNew: 2 } });
    expect(raised.map(({ machineKey, target, port }) => ({ machineKey, target, port }))).toEqual([
      { machineKey: 'ip:14.225.10.7', target: province.soyte, port: 4000 },
      { machineKey: 'ip:14.225.10.8', target: province.soyte, port: 4001 },
    ]);
    expect(finished).toEqual([up.id]);
    const rows = await inSnapshot(desk, (tx) => tx.select().from(listRows).where(eq(listRows.list, up.id)).orderBy(asc(listRows.row)));
    expect(rows.map(({ row, why, target, network }) => ({ row, why, target, network }))).toEqual([
      { row: 1, why: 'longest-prefix', target: province.soyte, network: '14.225.10.0/24' },
      { row: 2, why: 'longest-prefix', target: province.soyte, network: '14.225.10.0/24' },
      { row: 3, why: 'no-range', target: null, network: null },
    ]);
    const shown = await listRowsOf(desk, up.id, { page: 1, size: 9 });
    expect(shown.items[0]).toMatchObject({ extra: { note: 'first' }, seenAt: '2024-04-20T01:00:00.000Z', family: 'mirai' });
    // As rows of an earlier version are.
    await inTransaction(desk, (tx) =>
      tx.execute(sql`update list_rows set extra = '{"note":"former","@asn":7}' where list = ${up.id} and row = 2`),
    );
    expect((await listRowsOf(desk, up.id, { page: 1, size: 9 })).items[1]!.extra).toEqual({ note: 'former', '@asn': 7 });
    await expectAudit(desk, 'intelligence.list_uploaded', up.id);
    await expectAudit(desk, 'intelligence.list_taken_in', up.id);
  });
});

async function takeIn(text: string, more: Partial<ListSettings> = {}, sender?: string) {
  const up = await upload(desk, text, sender);
  return runList(desk, up.id, settingsOf(up, more), HANDS);
}

const rowsOf = (ctx: Ctx, id: string) =>
  inSnapshot(ctx, (tx) => tx.select().from(listRows).where(eq(listRows.list, id)).orderBy(asc(listRows.row)));

/** A list of its own for each test: another minute, hence another file and other keys. */
let minute = 0;
const fresh = (...rows: string[]) => {
  minute++;
  const at = `2024-04-21 ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return `timestamp,ip,port,infection\n${rows.map((row, second) => `${at}:${String(second).padStart(2, '0')},${row}`).join('\n')}\n`;
};

describe('again and corrected', () => {
  it('the same file again is refused with when it came, and changes nothing', async () => {
    const text = fresh('14.225.10.20,1,mirai', '14.225.10.21,1,mirai');
    const first = await takeIn(text, {}, 'Nguồn A');
    const again = await upload(desk, text, 'nguồn a');
    expect(again.again).toMatchObject({ id: first.id, finishedAt: first.finishedAt });
    await expect(runList(desk, again.id, settingsOf(again), HANDS)).rejects.toMatchObject({ code: 'intelligence.same_file' });
    await discardList(desk, again.id);
    expect((await listLists(desk, { q: 'nguon a', page: 1, size: 10 })).total).toBe(1);
  });

  it('a sighting that an earlier list of the sender has is the same one; two senders are two witnesses', async () => {
    const [a, b, c] = ['14.225.10.30,1,mirai', '14.225.10.31,1,mirai', '14.225.10.32,1,mirai'];
    const text = fresh(a!, b!, c!);
    await takeIn(text.split('\n').slice(0, 3).join('\n'), {}, 'Nguồn B');
    const second = await takeIn(text, {}, 'Nguồn B');
    expect(second.counts).toMatchObject({ rows: 3, same: 2, matched: 3 });
    expect((await rowsOf(desk, second.id)).map(({ isSame }) => isSame)).toEqual([true, true, false]);
    expect((await takeIn(text, {}, 'Nguồn C')).counts).toMatchObject({ rows: 3, same: 0 });
  });

  it('a row that stands twice in a file is one sighting', async () => {
    const text = fresh('14.225.10.33,1,mirai');
    const twice = `${text}${text.split('\n')[1]}\n`;
    expect((await takeIn(twice, {}, 'Nguồn B')).counts).toMatchObject({ rows: 2, same: 1 });
  });

  it('a corrected list takes the place of the old one and says what changed', async () => {
    const text = fresh('14.225.10.40,1,mirai', '14.225.10.41,1,mirai', '14.225.10.42,1,mirai');
    const lines = text.split('\n');
    const former = await takeIn(lines.slice(0, 3).join('\n'), {}, 'Nguồn D');
    const list = await takeIn([lines[0], lines[2], lines[3]].join('\n'), { supersedes: former.id }, 'Nguồn D');
    expect(list.correction).toEqual({ added: 1, same: 1, removed: 1, findingsRemoved: 1, findingsKept: 0 });
    expect(superseded).toContain(former.id);
    expect(await getList(desk, former.id)).toMatchObject({ state: 'superseded', supersededBy: { id: list.id } });
    // What was a repetition is now the sighting itself.
    expect((await rowsOf(desk, list.id)).map(({ isSame }) => isSame)).toEqual([false, false]);
    await expectAudit(desk, 'intelligence.list_superseded', former.id);
  });
});

describe('cancel and resume', () => {
  it('stops after the batch in hand and goes on behind it, with the same result', async () => {
    const rows = Array.from({ length: 12_000 }, (_, at) => `14.225.10.${at % 250},${1 + at},mirai`);
    const up = await upload(
      desk,
      `timestamp,ip,port,infection\n${rows.map((row) => `2024-04-22 01:00:00,${row}`).join('\n')}\n`,
      'Nguồn E',
    );
    const run = runList(desk, up.id, settingsOf(up), HANDS);
    const cancelling = (async () => {
      for (;;) {
        const { state, done } = await getList(desk, up.id);
        if (state === 'running' && done < 12_000) return cancelList(desk, up.id);
        await new Promise((go) => setTimeout(go, 2));
      }
    })();
    const [stopped] = await Promise.all([run, cancelling]);
    expect(stopped.state).toBe('cancelled');
    expect(stopped.done).toBeLessThan(12_000);
    const done = await continueList(desk, up.id, HANDS);
    expect(done).toMatchObject({ state: 'done', done: 12_000, counts: { rows: 12_000, same: 0, matched: 12_000 } });
    expect((await listRowsOf(desk, up.id, { page: 1, size: 1 })).total).toBe(12_000);
  });

  it('a run whose process died is shown as stopped and can be gone on with; its former process writes nothing more', async () => {
    const up = await upload(desk, fresh('14.225.10.50,1,mirai', '14.225.10.51,1,mirai'), 'Nguồn E');
    const settings = settingsOf(up);
    const owner = database.owner();
    await owner.connect();
    await owner.query(
      "update lists set state = 'running', runner = gen_random_uuid(), beat_at = clock_timestamp() - interval '1 minute', mapping = $2 where id = $1",
      [up.id, JSON.stringify(settings.mapping)],
    );
    await owner.end();
    expect(await getList(desk, up.id)).toMatchObject({ state: 'stopped', fault: { en: expect.stringContaining('interrupted') } });
    expect(await continueList(desk, up.id, HANDS)).toMatchObject({ state: 'done', counts: { rows: 2 } });
  });
});

describe('the bucket of what leads nowhere', () => {
  it('rows are assigned by address, their findings made at once; others are set aside with a reason', async () => {
    const list = await takeIn(fresh('203.0.113.50,1,mirai', '203.0.113.50,2,mirai', '203.0.113.51,1,mirai'), {}, 'Nguồn F');
    const bucket = await listUnmatched(desk, list.id, { page: 1, size: 10 });
    expect(bucket).toMatchObject({
      total: 2,
      rows: 3,
      items: [{ by: 'address', value: '203.0.113.50', rows: 2, why: 'no-range' }, { rows: 1 }],
    });
    const groups = [{ by: 'address', value: '203.0.113.50' }] as const;
    const before = raised.length;
    const done = await assignRows(desk, list.id, { groups, organisation: province.viettel, asset: null, alias: false });
    expect(done).toEqual({ rows: 2, findingsNew: 2, findingsAgain: 0 });
    expect(raised.slice(before)).toMatchObject([{ target: province.viettel, matchedBy: 'hand' }, { target: province.viettel }]);
    await expect(assignRows(desk, list.id, { groups, organisation: province.viettel, asset: null, alias: false })).rejects.toMatchObject({
      code: 'intelligence.no_rows',
    });
    await setRowsAside(desk, list.id, { groups: [{ by: 'address', value: '203.0.113.51' }], reason: 'Ngoài địa bàn' });
    expect(await getList(desk, list.id)).toMatchObject({ counts: { matched: 2, unmatched: 0, aside: 1 } });
    expect(await listRowsOf(desk, list.id, { state: 'aside', page: 1, size: 10 })).toMatchObject({
      total: 1,
      items: [{ asideReason: 'Ngoài địa bàn', asideByName: desk.actor.name }],
    });
    await expectAudit(desk, 'intelligence.rows_assigned', list.id);
    await expectAudit(desk, 'intelligence.rows_set_aside', list.id);
  });

  it('what a sender calls a unit is proposed, confirmed once, and holds for its later lists', async () => {
    const text = (day: string) => `Thời gian,Đơn vị,Tên máy\n2024-04-${day} 01:00:00,Sở Y tế,PC-01\n`;
    const up = await upload(desk, text('10'), 'Nguồn G');
    const trial = await tryList(desk, up.id, settingsOf(up));
    expect(trial.names.find(({ kind }) => kind === 'unit')).toMatchObject({ text: 'Sở Y tế', rows: 1, proposed: { id: province.soyte } });
    expect(trial.counts).toMatchObject({ matched: 0, unmatched: 1 });
    const alias = { kind: 'unit', text: 'Sở Y tế', target: province.soyte, asset: null, from: null, to: null } as const;
    await confirmAliases(desk, up.id, [alias]);
    expect((await tryList(desk, up.id, settingsOf(up))).counts).toMatchObject({ matched: 1, unmatched: 0 });
    const later = await takeIn(text('11'), {}, 'Nguồn G');
    expect(await listRowsOf(desk, later.id, { page: 1, size: 10 })).toMatchObject({
      items: [{ target: province.soyte, matchedBy: 'name', why: 'unit-alias' }],
    });
    expect((await takeIn(text('12'), {}, 'Nguồn H')).counts).toMatchObject({ matched: 0 });
    await expect(confirmAliases(desk, up.id, [{ ...alias, target: province.foreign }])).rejects.toThrow(/not_found/);
  });
});

describe('withdrawal', () => {
  it('is proposed by one and approved by another; what a later list repeated becomes the sighting', async () => {
    const text = fresh('14.225.10.60,1,mirai');
    const first = await takeIn(text, {}, 'Nguồn I');
    const second = await takeIn(`${text}\n`, {}, 'Nguồn I');
    expect(second.counts.same).toBe(1);
    await expect(decideWithdrawal(other, first.id, { approve: true })).rejects.toMatchObject({ code: 'intelligence.not_proposed' });
    await proposeWithdrawal(desk, first.id, 'Nguồn gửi nhầm');
    await expect(decideWithdrawal(desk, first.id, { approve: true })).rejects.toMatchObject({ code: 'intelligence.four_eyes' });
    await decideWithdrawal(other, first.id, { approve: true });
    expect(withdrawn).toContain(first.id);
    expect(await getList(desk, first.id)).toMatchObject({ state: 'withdrawn', withdrawn: { by: other.actor.name } });
    expect((await rowsOf(desk, second.id)).map(({ isSame }) => isSame)).toEqual([false]);
    await expectAudit(desk, 'intelligence.list_withdrawn', first.id);
    expect((await takeIn(text, {}, 'Nguồn I')).state).toBe('done');
  });
});

describe('what is refused', () => {
  it('refused rows come as a table with column and cure', async () => {
    const list = await takeIn(fresh('1.2.3,1,mirai', '14.225.10.70,x,mirai'), {}, 'Nguồn J');
    expect(list.counts).toMatchObject({ rows: 0, refused: 2 });
    const file = await refusedLines(desk, list.id);
    const { sheets } = await readTableSafely(file.content, file.name);
    const text = sheets[0]!.rows.map((row) => row.join('|')).join('\n');
    expect(text).toMatch(/1\|ip\|Không phải một địa chỉ IP/u);
    expect(text).toMatch(/2\|port\|Cổng phải là số/u);
  });

  it('a list without times needs the time of sighting', async () => {
    const up = await upload(desk, '14.225.10.80\n14.225.10.81\n', 'Nguồn K');
    expect(up.recognition.kind).toBe('plain');
    const settings = settingsOf(up, {
      mapping: { ...up.recognition.mapping, columns: up.recognition.mapping.columns.filter(({ meaning }) => meaning !== 'time') },
    });
    await expect(tryList(desk, up.id, settings)).rejects.toMatchObject({ code: 'intelligence.no_time' });
    const done = await runList(desk, up.id, { ...settings, coversTo: '2024-04-20T00:00:00Z' }, HANDS);
    expect(done.counts).toMatchObject({ rows: 2, matched: 2 });
    expect((await rowsOf(desk, up.id))[0]).toMatchObject({ isTimed: false, seenAt: '2024-04-20T00:00:00.000Z' });
  });

  it('a broken workbook leaves no list', async () => {
    const before = (await listLists(desk, { state: 'draft', page: 1, size: 1 })).total;
    const broken = new Uint8Array([0x50, 0x4b, 3, 4, ...Array.from({ length: 300 }, (_, at) => (at * 7) % 256)]);
    await expect(uploadList(desk, { name: 'x.xlsx', sender: 'Nguồn L', title: null, content: broken })).rejects.toThrow(
      /feeds\.|outside\./,
    );
    expect((await listLists(desk, { state: 'draft', page: 1, size: 1 })).total).toBe(before);
  });
});

describe('whose lists', () => {
  it('agencies named in a list and other authorities see nothing of it', async () => {
    const list = await takeIn(fresh('14.225.10.90,1,mirai'), {}, 'Nguồn M');
    for (const ctx of [health, foreign]) {
      expect((await listLists(ctx, { state: 'all', page: 1, size: 10 })).total).toBe(0);
      expect((await listSenders(ctx)).total).toBe(0);
      expect(await rowsOf(ctx, list.id)).toEqual([]);
      for (const ask of [
        () => getList(ctx, list.id),
        () => listRowsOf(ctx, list.id, { page: 1, size: 10 }),
        () => listUnmatched(ctx, list.id, { page: 1, size: 10 }),
        () => refusedLines(ctx, list.id),
      ])
        await expect(ask()).rejects.toThrow(/list.not_found/);
    }
    await expect(recogniseAgain(foreign, list.id)).rejects.toThrow(/list.not_found/);
    await expect(proposeWithdrawal(foreign, list.id, 'x')).rejects.toThrow(/list.not_found/);
  });

  it('who only reads may not take anything in', async () => {
    const list = await takeIn(fresh('14.225.10.91,1,mirai'), {}, 'Nguồn M');
    const input = { groups: [{ by: 'address', value: '1.1.1.1' }] as const, organisation: province.soyte, asset: null, alias: false };
    for (const act of [
      () => upload(auditor, LIST),
      () => assignRows(auditor, list.id, input),
      () => setRowsAside(auditor, list.id, { ...input, reason: 'x' }),
      () => proposeWithdrawal(auditor, list.id, 'x'),
      () => continueList(auditor, list.id),
      () => discardList(auditor, list.id),
    ])
      await expect(act()).rejects.toThrow(/access.role/);
    expect((await getList(auditor, list.id)).id).toBe(list.id);
  });
});

/** A document with a table of addresses at its end. */
function withTable(text: string): Uint8Array {
  const paragraph = (line: string) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`;
  const row = (...cells: string[]) => `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`;
  const table = [
    ['Địa chỉ IP', 'Thời gian', 'Mã độc'],
    ['14.225.10.95', '20/04/2024 08:00', 'mirai'],
    ['14.225.10.96', '21/04/2024 08:00', 'mirai'],
  ].map((cells) => row(...cells));
  const body = `${text.split('\n').map(paragraph).join('')}<w:tbl>${table.join('')}</w:tbl>`;
  const parts = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  };
  return packZip(Object.entries(parts).map(([name, content]) => ({ name, content: Buffer.from(content) })));
}

describe('an annex of a directive', () => {
  it('is offered as a list; its rows carry the directive, its item and the day', async () => {
    const { id: directive } = await readDraft(desk, { name: 'cv.docx', bytes: withTable(HOLIDAY) });
    const up = await uploadAnnex(desk, directive, { position: null });
    expect(up.annex).toMatchObject({
      directive,
      requirements: expect.arrayContaining([expect.objectContaining({ id: expect.any(String) })]),
    });
    const item = up.annex!.requirements[0]!;
    const more = { directive, requirement: item.id, due: '2024-04-29' };
    const done = await runList(desk, up.id, settingsOf(up, more), HANDS);
    expect(done).toMatchObject({ counts: { matched: 2 }, directive: { id: directive }, requirement: item.id, due: '2024-04-29' });
    expect(facts.at(-1)).toMatchObject({ id: up.id, directive, requirement: item.id, due: '2024-04-29' });
    const unknown = { ...more, requirement: directive };
    const again = await uploadAnnex(desk, directive, { position: null });
    await expect(tryList(desk, again.id, settingsOf(again, unknown))).rejects.toMatchObject({ code: 'intelligence.directive' });
    await expect(uploadAnnex(foreign, directive, { position: null })).rejects.toThrow(/not_found/);
  });
});
