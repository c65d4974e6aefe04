import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { disjointPrefixes, SINKHOLE_HEADER, sinkholeRows } from '../../../test/support/sinkhole-list.ts';
import { recogniseList } from './index.ts';
import { read } from './test-lists.ts';

const place = mkdtempSync(path.join(os.tmpdir(), 'vg-sampled-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const ROWS = 60_000;
const lines = [...sinkholeRows({ seed: 5, rows: ROWS, prefixes: disjointPrefixes(3, 20) })];
const LONG = `${SINKHOLE_HEADER}\n${lines.join('')}`;

async function seenIn(bytes: string | Uint8Array, name = 'list.csv') {
  const file = path.join(place, name);
  writeFileSync(file, bytes);
  return recogniseList(file, name);
}

describe('a long list is looked at in places', () => {
  test.each([
    ['text', LONG, 'a.csv'],
    ['gzip', gzipSync(LONG), 'b.csv.gz'],
    ['UTF-16', Buffer.from(`\ufeff${LONG}`, 'utf16le'), 'c.csv'],
    ['CR LF', LONG.replaceAll('\n', '\r\n'), 'd.csv'],
    ['line breaks and commas in cells', LONG.replaceAll('"ExampleSinkhole"', '"Một máy\nhai, ""dòng"""'), 'e.csv'],
    ['blank lines', LONG.replaceAll(/\n/gu, '\n\n'), 'f.csv'],
  ])('%s: counted as it is read', async (_, bytes, name) => {
    const seen = await seenIn(bytes, name);
    expect([seen.rows, seen.refused, seen.report?.id]).toEqual([ROWS, 0, 'shadowserver:event4_sinkhole']);
    expect(seen.looked).toBeLessThan(ROWS / 3);
    expect(seen.looked).toBeGreaterThan(ROWS / 20);
  });

  test('what is odd in the tail is seen under its number; what is odd elsewhere is refused by the reading', async () => {
    const odd = [...lines];
    odd[ROWS - 3] = odd[ROWS - 3]!.replace(/"\d+\.\d+\.\d+\.\d+"/u, '"300.1.1.1"');
    odd[20_000] = odd[20_000]!.replace(/"\d+\.\d+\.\d+\.\d+"/u, '"300.1.1.2"');
    const bytes = Buffer.from(`${SINKHOLE_HEADER}\n${odd.join('')}`);
    const seen = await seenIn(bytes);
    expect(seen.odd.map(({ row }) => row)).toContain(ROWS - 2);
    const { refused, rows } = await read(bytes, seen.mapping);
    expect([refused.map(({ row }) => row), rows.length]).toEqual([[20_001, ROWS - 2], ROWS - 2]);
  });

  test('dates that only the middle of the list decides', async () => {
    const line = (at: number): string =>
      `203.0.113.${at % 250},0${1 + (at % 9)}/${at > 150_000 && at < 250_000 ? 25 : '0' + (1 + (at % 9))}/2026 18:22\n`;
    const seen = await seenIn(`ip,time\n${Array.from({ length: 400_000 }, (_, at) => line(at)).join('')}`);
    expect([seen.mapping.order, seen.dates?.certainty]).toEqual(['mdy', 'clear']);
    expect(seen.looked).toBeLessThan(200_000);
  });

  test('addresses one a line and JSON lines', async () => {
    const plain = await seenIn(Array.from({ length: 500_000 }, (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}\n`).join(''));
    expect([plain.kind, plain.rows, plain.looked < 300_000]).toEqual(['plain', 500_000, true]);
    const event = (at: number): string =>
      `${JSON.stringify({ 'source.ip': `203.0.113.${at % 250}`, 'time.source': '2026-04-20T11:22:33Z', raw: 'x'.repeat(40) })}\n`;
    const json = await seenIn(Array.from({ length: 60_000 }, (_, at) => event(at)).join(''));
    expect([json.kind, json.rows, json.looked < 45_000]).toEqual(['jsonl', 60_000, true]);
  });

  test('quotation marks that never close cost no more than a guess', async () => {
    const broken = [...lines];
    for (let at = 12_000; at < ROWS; at += 9000) broken[at] = `"never closed, ${broken[at]!.replaceAll('"', '')}`;
    const seen = await seenIn(`${SINKHOLE_HEADER}\n${broken.join('')}`);
    expect(Math.abs(seen.rows - ROWS)).toBeLessThan(ROWS * 0.3);
    expect(seen.mapping.columns.find(({ meaning }) => meaning === 'address')?.header).toBe('src_ip');
  });
});
