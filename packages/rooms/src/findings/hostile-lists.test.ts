import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { DomainError } from '@vonggac/kernel';
import { endIdleChildren, packZip, readTable } from '@vonggac/outside';
import { type Ctx, type Database, inSnapshot, on } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { eq, sql } from 'drizzle-orm';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seeded, SINKHOLE_HEADER, sinkholeRows } from '../../../../test/support/sinkhole-list.ts';
import { held, range } from '../assets/fixture.ts';
import {
  assignRows,
  discardList,
  getList,
  type ListFinished,
  listRows,
  lists,
  type ListSettings,
  listUnmatched,
  type ListView,
  refusedLines,
  type RowsMatched,
  type RowsTried,
  runList,
  tryList,
  uploadList,
} from '../intelligence/index.ts';
import { exportFindings, finishList, foldRows, tryRows } from './index.ts';
import { findings, sightings } from './tables.ts';

const FILES = Number(process.env['VONGGAC_FUZZ'] ?? 120);
/** So that a long run can be done in parts. */
const FROM = Number(process.env['VONGGAC_FUZZ_FROM'] ?? 0);
const isBig = process.env['VONGGAC_BIG'] === '1';

let database: Database;
let province: Province;
let desk: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
  const health = await makeCtx(desk.stores, province.soyte, 'officer');
  await held(health, desk, range(province.soyte, '14.225.10.0/24'));
  on<RowsMatched>('intelligence.rows-matched', foldRows);
  on<RowsTried>('intelligence.rows-tried', tryRows);
  on<ListFinished>('intelligence.list-finished', finishList);
});
const emptied = async (): Promise<void> => {
  const owner = database.owner();
  await owner.connect();
  await owner.query('truncate lists, list_rows, list_refusals, findings, sightings, finding_lists, list_shares, finding_counts, finding_sums, finding_families, finding_times, sender_mappings'); // prettier-ignore
  await owner.end();
};
beforeEach(emptied);
afterAll(async () => {
  await database.close();
  endIdleChildren();
});

const HANDS = { refresh: async (ctx: Ctx) => ctx, wait: 600_000 };
const NONE = { families: null, coversFrom: null, coversTo: '2024-04-20T00:00:00Z', supersedes: null, directive: null, requirement: null, due: null }; // prettier-ignore
const upload = (content: Uint8Array | Readable, name: string) => uploadList(desk, { name, sender: 'Nguồn', title: null, content });
const settingsOf = (up: Awaited<ReturnType<typeof upload>>): ListSettings => ({
  title: up.title,
  mapping: up.recognition.mapping,
  ...NONE,
});

async function kept(list?: string): Promise<{ lists: number; rows: number; findings: number; sightings: number }> {
  return inSnapshot(desk, async (tx) => ({
    lists: await tx.$count(lists),
    rows: await tx.$count(listRows, list ? eq(listRows.list, list) : undefined),
    findings: await tx.$count(findings),
    sightings: await tx.$count(sightings, list ? eq(sightings.list, list) : undefined),
  }));
}

/** A refusal with a sentence in both languages, and nothing left behind. */
async function refused(act: () => Promise<unknown>): Promise<string> {
  const before = await kept();
  const error = await act().then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof DomainError)) throw error ?? new Error('it was taken');
  expect([error.text.vi, error.text.en].every((one) => one.length > 20)).toBe(true);
  expect(await kept()).toEqual(before);
  return error.code;
}

const rows = [...sinkholeRows({ seed: 3, rows: 20, prefixes: ['14.225.10.0/24'], from: '2024-04-20' })];
const LIST = Buffer.from(`${SINKHOLE_HEADER}\n${rows.join('')}`);
const SHEETS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

function bookParts(sheet: string): Record<string, Uint8Array> {
  const parts = {
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r" Type="${OFFICE}/worksheet" Target="s.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r"/></sheets></workbook>`,
    'xl/s.xml': `<worksheet xmlns="${SHEETS}"><sheetData>${sheet}</sheetData></worksheet>`,
  };
  return Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)]));
}

const packed = (sheet: string): Uint8Array => packZip(Object.entries(bookParts(sheet)).map(([name, content]) => ({ name, content })));
const letters = (at: number): string => (at < 26 ? '' : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + (at % 26));
const sheetOf = (table: readonly (readonly string[])[]): string =>
  table
    .map(
      (cells, at) =>
        `<row r="${at + 1}">${cells.map((cell, i) => (cell.startsWith('<') ? `<c r="${letters(i)}${at + 1}" t="str">${cell}</c>` : `<c r="${letters(i)}${at + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`)).join('')}</row>`,
    ) // prettier-ignore
    .join('');
const BOOK = packed(sheetOf([['ip', 'timestamp', 'infection'], ...Array.from({ length: 12 }, (_, at) => [`14.225.10.${at}`, `2024-04-20 0${at % 10}:00:00`, 'mirai'])])); // prettier-ignore
const PIECES = ['"', '""', ',', ';', '\t', '\n', '\r', '\u0000', '\ufeff', '=', '{', '[.]', '::', '%', '"\n"', 'PK', '%PDF-', '\u001e', '\\', '<!DOCTYPE a [<!ENTITY b "c">]>', '&b;', 'null', '{}']; // prettier-ignore

/** Bytes changed, cut out, doubled, moved, and what is special to a format or to a database put in. */
function mutate(file: Uint8Array, random: () => number): Buffer {
  let bytes = Buffer.from(file);
  for (let times = 1 + (random() % 8); times > 0; times--) {
    const at = random() % (bytes.length + 1);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    const kind = random() % 5;
    if (kind === 0 && at < bytes.length) bytes[at] = random() % 256;
    else if (kind === 1) bytes = Buffer.concat([before, after.subarray(random() % 64)]);
    else if (kind === 2) bytes = Buffer.concat([before, after.subarray(0, random() % 64), after]);
    else if (kind === 3) bytes = Buffer.concat([before, Buffer.from(PIECES[random() % PIECES.length]!), after]);
    else if (random() % 20 === 0) bytes = Buffer.concat([after, before]);
  }
  return bytes;
}

/** Damages one part of a workbook and packs it again, so that the damage is met behind the archive. */
function mutatedBook(random: () => number): Uint8Array {
  const parts: Record<string, Uint8Array> = unzipSync(BOOK);
  const name = Object.keys(parts)[random() % Object.keys(parts).length]!;
  return zipSync({ ...parts, [name]: mutate(parts[name]!, random) });
}

/** Takes a file in as a desk does, whatever it is: a refusal that leaves nothing, or a list whose run does what was foretold. */
async function takeIn(bytes: Uint8Array): Promise<'refused' | 'done'> {
  const error: unknown = await upload(bytes, 'x.csv').then(
    async (up) => {
      const settings = settingsOf(up);
      const trial = await tryList(desk, up.id, settings);
      expect((await kept(up.id)).rows).toBe(0);
      const done = await runList(desk, up.id, settings, HANDS);
      expect([done.state, done.counts]).toEqual(['done', trial.counts]);
      const { rows: n, sightings: seen } = await kept(up.id);
      expect([n, seen]).toEqual([done.counts.rows, done.counts.matched]);
      return null;
    },
    (caught: unknown) => caught,
  );
  if (error === null) return 'done';
  if (!(error instanceof DomainError)) throw error;
  expect(error.text.vi).not.toBe('');
  return 'refused';
}

describe('damaged files', () => {
  it(
    `${FILES} of them are refused with nothing left behind, or taken in as the dry-run said`,
    async () => {
      const outcomes = { done: 0, refused: 0 };
      // Two seeds may make the same bytes, which are one list.
      const seen = new Set<string>();
      for (let seed = FROM; seed < FILES; seed++) {
        // As many lists of one sender as a year has days.
        if (seed % 365 === 0) await emptied();
        const random = seeded(seed);
        const kind = seed % 6;
        const bytes = kind === 0 ? mutate(BOOK, random) : kind === 1 ? mutatedBook(random) : mutate(LIST, random);
        const print = hash('sha256', bytes);
        if (seen.has(print)) continue;
        seen.add(print);
        const before = await kept();
        try {
          const outcome = await takeIn(bytes);
          outcomes[outcome]++;
          if (outcome === 'refused') expect(await kept()).toEqual(before);
        } catch (error) {
          throw new Error(`seed ${seed}`, { cause: error });
        }
      }
      if (FILES > 1000) console.info(`${FILES - FROM} damaged files through the rooms:`, outcomes);
      expect(Math.min(outcomes.done, outcomes.refused)).toBeGreaterThan((FILES - FROM) / 50);
    },
    FILES * 400 + 60_000,
  );
});

describe('files that are made to do harm', () => {
  it('an archive that swells, and one that lies about its size', async () => {
    const bomb = zipSync({ ...bookParts(''), 'xl/s.xml': new Uint8Array(64 * 2 ** 20) }, { level: 9 });
    expect(await refused(() => upload(bomb, 'x.xlsx'))).toBe('feeds.zip_bomb');
    const lying = Buffer.from(zipSync({ ...bookParts(''), 'xl/s.xml': new Uint8Array(2 ** 20) }, { level: 9 }));
    // The size in the central directory: its entry begins with PK 01 02, the name stands 46 bytes behind.
    lying.writeUInt32LE(100, lying.lastIndexOf('xl/s.xml') - 46 + 24);
    expect(await refused(() => upload(lying, 'x.xlsx'))).toMatch(/^feeds\.zip_/u);
  });

  it('thousands of columns', async () => {
    const names = Array.from({ length: 2000 }, (_, at) => (at === 0 ? 'ip' : `c${at}`));
    expect(await refused(() => upload(Buffer.from(`${names.join(',')}\n14.225.10.7${',x'.repeat(1999)}\n`), 'x.csv'))).toBe('feeds.too_many_columns'); // prettier-ignore
    expect(await refused(() => upload(packed(sheetOf([names, names.map(() => '14.225.10.7')])), 'x.xlsx'))).toBe('feeds.table_too_big');
    const wide = await upload(Buffer.from(`ip,x\n14.225.10.7${',x'.repeat(1999)}\n14.225.10.8,x\n`), 'y.csv');
    const done = await runList(desk, wide.id, settingsOf(wide), HANDS);
    expect(done).toMatchObject({ state: 'done', counts: { rows: 1, refused: 1 } });
  });

  it('formulas are never run, and what looks like one never leaves as one', async () => {
    const live = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")'];
    const csv = `ip,timestamp,infection,unit,machine,"=note"\n${live.map((text, at) => `14.225.10.${at},2024-04-20 0${at}:00:00,"${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}",x`).join('\n')}\n=1+1,2024-04-20,=2+2,x,y,=3\n`; // prettier-ignore
    const up = await upload(Buffer.from(csv), '=list.csv');
    await runList(desk, up.id, { ...settingsOf(up), title: '=1+1' }, HANDS);
    const formula = sheetOf([['ip', 'timestamp', 'infection'], ['14.225.10.99', '2024-04-20 08:00:00', '<f>WEBSERVICE("http://x")</f><v>stored</v>']]); // prettier-ignore
    const book = await upload(packed(formula), 'f.xlsx');
    expect(book.recognition.warnings.map(({ messages }) => messages.vi).join()).toContain('công thức');
    await runList(desk, book.id, settingsOf(book), HANDS);
    const [row] = await inSnapshot(desk, (tx) => tx.select().from(listRows).where(eq(listRows.list, book.id)));
    expect(row!.family).toBe('stored');
    for (const { content } of [
      await refusedLines(desk, up.id),
      await exportFindings(desk, { state: 'all', sort: 'work', page: 1, size: 100 }),
    ]) {
      const parts = unzipSync(content);
      const xml = Object.entries(parts).filter(([name]) => name.startsWith('xl/worksheets/'));
      for (const [, bytes] of xml) expect(Buffer.from(bytes).toString()).not.toMatch(/<f[ >]/u);
      const cells = readTable(content, 'x.xlsx').sheets.flatMap((sheet) => sheet.rows.flat());
      expect(cells.filter((cell) => /^[=+@\t\r-]/u.test(cell) && !/^-?\d+(?:\.\d+)?$/u.test(cell))).toEqual([]);
      expect(cells.some((cell) => cell.startsWith("'="))).toBe(true);
    }
  });

  it('text that means something to the database', async () => {
    const odd = ['{}', '{NULL}', 'NULL', '"', '\\', "'; drop table findings; --", '\u001e', '\u0000', '%s', '{"a":1}', '\ud800'];
    const csv = `ip,timestamp,infection,unit,machine,note\n${odd.map((text, at) => `14.225.10.${at},2024-04-20 ${String(at).padStart(2, '0')}:00:00,"${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}","${text.replaceAll('"', '""')}"`).join('\n')}\n`; // prettier-ignore
    // What stands in the beginning tells whether a file is text at all.
    const plain = Array.from(
      { length: 4000 },
      (_, at) => `14.225.10.${at % 250},2024-04-21 08:00:${String(at % 60).padStart(2, '0')},x,y,z${at},n\n`,
    );
    const up = await upload(Buffer.from(csv.replace('\n', `\n${plain.join('')}`)), 'x.csv');
    const done = await runList(desk, up.id, settingsOf(up), HANDS);
    expect(done).toMatchObject({ state: 'done', counts: { rows: 4000 + odd.length, matched: 4000 + odd.length } });
    const { rows: read } = await inSnapshot(desk, (tx) => tx.execute<{ family: string }>(sql`select family from list_rows where list = ${up.id} and row > 4000 order by row`)); // prettier-ignore
    expect(read.slice(0, 6).map(({ family }) => family)).toEqual(odd.slice(0, 6));
  });
});

/** @unit MiB of memory of its own that this process has */
const anonymous = (): number => Number(/^RssAnon:\s+(\d+)/mu.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024;

async function memoryOf<T>(work: () => Promise<T>): Promise<{ result: T; grew: number }> {
  const before = anonymous();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, anonymous())), 50);
  try {
    return { result: await work(), grew: peak - before };
  } finally {
    clearInterval(timer);
  }
}

function* linesOf(bytes: number, padding: number): Generator<Buffer> {
  yield Buffer.from('ip,timestamp,infection,note\n');
  const pad = ' '.repeat(padding);
  for (let at = 0, made = 0; made < bytes;) {
    let piece = '';
    for (let i = 0; i < 500; i++, at++)
      piece += `14.225.10.${at % 250},2024-04-20 ${String(at % 24).padStart(2, '0')}:${String((at >> 4) % 60).padStart(2, '0')}:00,mirai,${pad}\n`;
    made += piece.length;
    yield Buffer.from(piece);
  }
}

describe.skipIf(!isBig)('a gigabyte of text (with VONGGAC_BIG=1)', () => {
  const GB = 2 ** 30;

  it('as it is: refused while it comes in', { timeout: 600_000 }, async () => {
    const { result, grew } = await memoryOf(() => refused(() => upload(Readable.from(linesOf(GB, 100)), 'x.csv')));
    console.info('1 GB of text as it is:', result, `RssAnon +${Math.round(grew)} MiB`);
    expect([result, grew < 200]).toEqual(['file.too_large', true]);
  });

  it('packed, and more of it: refused when it is looked at', { timeout: 600_000 }, async () => {
    const content = (): Readable => Readable.from(linesOf(GB * 1.05, 5000)).pipe(createGzip({ level: 1 }));
    const { result, grew } = await memoryOf(() => refused(() => upload(content(), 'x.csv.gz')));
    console.info('1.05 GB of text packed:', result, `RssAnon +${Math.round(grew)} MiB`);
    expect([result, grew < 200]).toEqual(['feeds.list_too_big', true]);
  });

  it('packed: taken in', { timeout: 900_000 }, async () => {
    const content = Readable.from(linesOf(GB * 0.98, 5000)).pipe(createGzip({ level: 1 }));
    const { result, grew } = await memoryOf(async (): Promise<ListView> => {
      const up = await upload(content, 'x.csv.gz');
      return runList(desk, up.id, settingsOf(up), HANDS);
    });
    console.info('0.98 GB of text packed:', result.state, result.counts, `RssAnon +${Math.round(grew)} MiB`);
    expect([result.state, grew < 400]).toEqual(['done', true]);
    expect((await kept(result.id)).rows).toBe(result.counts.rows);
  });
});

describe('what was refused can be gone on from', () => {
  it('a draft that is thrown away leaves nothing; a list without an address is worked by hand', async () => {
    const up = await upload(LIST, 'list.csv');
    await discardList(desk, up.id);
    expect(await kept()).toMatchObject({ lists: 0, rows: 0 });
    const named = await upload(Buffer.from('unit,timestamp,infection\n=Sở Y tế,2024-04-20 01:00:00,mirai\n'), 'n.csv');
    await runList(desk, named.id, settingsOf(named), HANDS);
    const { items } = await listUnmatched(desk, named.id, { page: 1, size: 10 });
    const groups = items.map(({ by, value }) => ({ by, value }));
    await assignRows(desk, named.id, { groups, organisation: province.soyte, asset: null, alias: true });
    expect((await getList(desk, named.id)).counts).toMatchObject({ matched: 1, unmatched: 0, findingsNew: 1 });
  });
});
