import { DomainError } from '@vonggac/kernel';
import { endIdleChildren, packZip } from '@vonggac/outside';
import { afterAll, expect, test } from 'vitest';
import { disjointPrefixes, seeded, SINKHOLE_HEADER, sinkholeRows } from '../../../test/support/sinkhole-list.ts';
import { readList, recogniseList } from './index.ts';
import { ListMatcher, NoSuchColumns, RegisterReader } from './match/index.ts';

afterAll(endIdleChildren);

const FILES = Number(process.env['VONGGAC_FUZZ'] ?? 500);
const LIST = `${SINKHOLE_HEADER}\n${[...sinkholeRows({ seed: 3, rows: 20, prefixes: disjointPrefixes(3, 4) })].join('')}`;
const SHEET =
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' +
  '<row r="1"><c r="A1" t="inlineStr"><is><t>ip</t></is></c><c r="B1" t="inlineStr"><is><t>timestamp</t></is></c></row>' +
  '<row r="2"><c r="A2" t="inlineStr"><is><t>203.0.113.7</t></is></c><c r="B2"><f>NOW()</f><v>46132.5</v></c></row></sheetData></worksheet>';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const BOOK = packZip(
  Object.entries({
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r" Type="${OFFICE}/worksheet" Target="s.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="x" xmlns:r="${OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r"/></sheets></workbook>`,
    'xl/s.xml': SHEET,
  }).map(([name, text]) => ({ name, content: Buffer.from(text) })),
);

const PIECES = ['"', '""', ',', ';', '\t', '\n', '\r', '\u0000', '\ufeff', '=', '{', '[.]', '::', '%', '"\n"', 'PK', '%PDF-', '\ud800'];

/** Bytes changed, cut out, doubled, moved, and what is special to the format put in. */
function mutate(file: Uint8Array, random: () => number): Uint8Array {
  let bytes = Buffer.from(file);
  for (let times = 1 + (random() % 8); times > 0; times--) {
    const at = random() % (bytes.length + 1);
    const length = random() % 64;
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    const kind = random() % 5;
    if (kind === 0 && at < bytes.length) bytes[at] = random() % 256;
    else if (kind === 1) bytes = Buffer.concat([before, after.subarray(length)]);
    else if (kind === 2) bytes = Buffer.concat([before, after.subarray(0, length), after]);
    else if (kind === 3) bytes = Buffer.concat([before, Buffer.from(PIECES[random() % PIECES.length]!), after]);
    else if (random() % 20 === 0) bytes = Buffer.concat([after, before]);
    else bytes = Buffer.concat([before, Buffer.from([random() % 256, random() % 256]), after]);
  }
  return bytes;
}

async function readAll(bytes: Uint8Array): Promise<'read' | 'refused'> {
  try {
    const { mapping, rows } = await recogniseList(bytes, 'x.csv');
    const lines = await Array.fromAsync(readList(bytes, 'x.csv', { mapping }));
    expect(lines).toHaveLength(rows);
    for (const line of lines) {
      expect(line.kind === 'refusal' ? line.reason.vi : line.key).not.toBe('');
      if (line.kind === 'row' && line.time !== null) expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/u);
    }
    return 'read';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error.text.vi).not.toBe('');
    return 'refused';
  }
}

/** A damaged register and a damaged list: each row of the one that can be read gives a line of JSON. */
function matchAll(register: Uint8Array, list: Uint8Array): 'read' | 'refused' {
  const reader = new RegisterReader();
  let out = '';
  try {
    reader.push(Buffer.from(register));
    reader.end();
    const matcher = new ListMatcher({ holdings: reader.holdings, write: (bytes) => (out += Buffer.from(bytes).toString()) });
    for (let at = 0; at < list.length; at += 1000) matcher.push(Buffer.from(list.subarray(at, at + 1000)));
    matcher.end();
    const rows = out.split('\n').slice(0, -1).map((line) => JSON.parse(line) as { row: number }); // prettier-ignore
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: matcher.rows }, (_, at) => at + 1));
    return 'read';
  } catch (error) {
    if (!(error instanceof NoSuchColumns)) throw error;
    return 'refused';
  }
}

const REGISTER = `organisation,cidr,valid_from,valid_to\n${disjointPrefixes(3, 4)
  .map((cidr, at) => `"Đơn vị ""${at}""",${cidr},2026-04-01,\n`)
  .join('')}`;

test(`${FILES} damaged registers and lists are matched row by row, or have no columns`, () => {
  const outcomes = { read: 0, refused: 0 };
  for (let seed = 0; seed < FILES; seed++) {
    const random = seeded(seed);
    try {
      outcomes[matchAll(mutate(Buffer.from(REGISTER), random), mutate(Buffer.from(LIST), random))]++;
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(FILES / 50);
});

test(
  `${FILES} damaged files end in rows or in a refusal that says why`,
  async () => {
    const outcomes = { read: 0, refused: 0 };
    for (let seed = 0; seed < FILES; seed++) {
      const random = seeded(seed);
      const isBook = seed % 5 === 0;
      const bytes = mutate(isBook ? BOOK : Buffer.from(LIST), random);
      try {
        outcomes[await readAll(bytes)]++;
      } catch (error) {
        throw new Error(`seed ${seed}`, { cause: error });
      }
    }
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(FILES / 50);
  },
  FILES * 200 + 30_000,
);
