import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disjointPrefixes, SINKHOLE_HEADER, sinkholeRows } from '../../../test/support/sinkhole-list.ts';
import { recogniseList } from './index.ts';
import type { ListMapping } from './index.ts';
import { both, codeOf, meant, read } from './test-lists.ts';

let place = '';
beforeAll(() => {
  place = mkdtempSync(path.join(tmpdir(), 'vonggac-feeds-'));
});
afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

describe('Shadowserver', () => {
  const list = `${SINKHOLE_HEADER}\n${[...sinkholeRows({ seed: 1, rows: 50, prefixes: disjointPrefixes(1, 5) })].join('')}`;

  test('is known by its name, else by its columns; every row is kept whole', async () => {
    const { seen, rows, refused } = await both(list, '2026-04-20-event6_sinkhole-vietnam-geo.csv');
    expect([seen.report?.id, seen.zoneFrom, refused.length]).toEqual(['shadowserver:event6_sinkhole', 'report', 0]);
    expect((await both(list, 'botnet-thang-4.csv')).seen.report?.id).toBe('shadowserver:event4_sinkhole');
    expect(rows[0]).toMatchObject({
      row: 1,
      time: '2026-04-20T00:00:00Z',
      asn: 7552,
      protocol: 'tcp',
      destination: '192.0.2.10',
      severity: 'critical',
    });
    expect(rows[0]!.extra).toMatchObject({ src_geo: 'VN', public_source: 'ExampleSinkhole' });
    expect(new Set(rows.map(({ key }) => key)).size).toBe(50);
    expect((await both(list.replaceAll(', ', ' ').replaceAll('"', ''), 'x')).rows.map(({ key }) => key)).toEqual(
      rows.map(({ key }) => key),
    );
  });

  test('a renamed or added column keeps the file readable', async () => {
    const { seen, rows } = await both(list.replace('device_model', 'device_type_name'), '2026-04-20-event4_sinkhole-x.csv');
    expect([seen.refused, rows.length, meant(seen)['address']]).toEqual([0, 50, 'src_ip']);
  });

  test('scan reports have ip and port; hostnames are no machines of an agency', async () => {
    const { seen, rows } = await both(
      '"timestamp","ip","port","protocol","hostname","tag","asn"\n"2026-04-20 01:02:03","203.0.113.9","3389","tcp","a.example","rdp",7552\n',
      '2026-04-20-scan_rdp-vietnam.csv',
    );
    expect(seen.report).toMatchObject({ id: 'shadowserver:scan_rdp', classification: 'vulnerable-system' });
    expect(rows[0]).toMatchObject({ address: '203.0.113.9', port: 3389, machine: null, tag: 'rdp', extra: { hostname: 'a.example' } });
  });
});

/** Letters with their modifier, tones after them as bytes of their own. */
function windows1258(text: string): Uint8Array {
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1258').decode(new Uint8Array([byte])), byte]));
  const apart = text
    .normalize('NFD')
    .replace(/(.)([\u0302\u0306\u031b]?)([\u0300\u0301\u0303\u0309\u0323])([\u0302\u0306\u031b]?)/gu, '$1$2$4$3');
  const letters = apart.replace(/.[\u0302\u0306\u031b]/gu, (pair) => pair.normalize('NFC'));
  return Uint8Array.from(letters, (letter) => bytes.get(letter)!);
}

describe('lists of offices', () => {
  const OFFICE =
    'DANH SÁCH ĐỊA CHỈ IP NHIỄM MÃ ĐỘC\n(kèm theo công văn)\n\nSTT;Đơn vị;Địa chỉ IP;Thời gian (GMT+7);Loại mã độc;Tên máy;IP nội bộ;Địa chỉ MAC;Ghi chú\n' +
    '1;Sở Y tế;203.0.113[.]7;20/04/2026 18:22;Andromeda;PC-01;10.0.0.5;AA-BB-CC-DD-EE-FF;gấp\n' +
    '2;UBND xã A;hxxp://203.0.113[.]8/x;05/04/2026 07:00;Mirai;;;;\n' +
    '3;UBND xã B;203.0.113.300;05/04/2026 07:00;Mirai;;;;\n' +
    '4;UBND xã C;203.0.113.9;;Mirai;;;;\n' +
    'Tổng cộng;;;;;;;;\n';

  test('titles, Vietnamese headers, defanged addresses, local times, refusals with the cure', async () => {
    const { seen, rows, refused } = await both(OFFICE);
    expect(meant(seen)).toEqual({
      unit: 'Đơn vị',
      address: 'Địa chỉ IP',
      time: 'Thời gian (GMT+7)',
      family: 'Loại mã độc',
      machine: 'Tên máy',
      'private-address': 'IP nội bộ',
      mac: 'Địa chỉ MAC', // prettier-ignore
    });
    expect([seen.defanged, seen.zoneFrom, seen.mapping.offset, seen.delimiter]).toEqual([2, 'header', 420, ';']);
    expect(rows[0]).toMatchObject({
      row: 1,
      address: '203.0.113.7',
      time: '2026-04-20T11:22:00Z',
      family: 'Andromeda',
      unit: 'Sở Y tế',
      machine: 'PC-01',
      privateAddress: '10.0.0.5',
      mac: 'aa:bb:cc:dd:ee:ff',
      extra: { STT: '1', 'Ghi chú': 'gấp' }, // prettier-ignore
    });
    expect(rows[1]).toMatchObject({ address: '203.0.113.8', time: '2026-04-05T00:00:00Z' });
    expect(refused.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, 'Địa chỉ IP', 'bad-address'],
      [4, 'Thời gian (GMT+7)', 'no-time'],
      [5, 'Thời gian (GMT+7)', 'no-time'],
    ]);
    expect(refused[0]!.reason.vi).toContain('203.0.113.7');
    expect(seen.odd.map(({ cells }) => cells[0])).toEqual(['3', '4', 'Tổng cộng']);
  });

  test('old encodings and UTF-16 give the same rows', async () => {
    const { rows } = await both(OFFICE);
    const keys = rows.map(({ key }) => key);
    const wide = await both(Buffer.from(`\ufeff${OFFICE}`, 'utf16le'));
    expect([wide.seen.encoding, wide.rows.map(({ key }) => key)]).toEqual(['utf-16le', keys]);
    const old = await both(windows1258(OFFICE));
    expect([old.seen.encoding, old.rows.map(({ key }) => key)]).toEqual(['windows-1258', keys]);
    expect(old.seen.warnings.map(({ code }) => code)).toContain('legacy-encoding');
  });

  test('day or month first is decided from the whole column, and a doubt is said', async () => {
    const dates = (...cells: string[]) => both(`ip,time\n${cells.map((cell) => `203.0.113.7,${cell}`).join('\n')}\n`);
    const american = await dates('04/03/2026 1:00 PM', '04/20/2026 1:00 PM');
    expect(american.seen.dates).toMatchObject({ order: 'mdy', certainty: 'clear', monthFirst: 1, either: 1 });
    expect(american.rows.map(({ time }) => time)).toEqual(['2026-04-03T13:00:00Z', '2026-04-20T13:00:00Z']);
    const open = await dates('04/03/2026', '05/03/2026');
    expect(open.seen.dates).toMatchObject({ order: 'dmy', certainty: 'open', either: 2 });
    expect(open.seen.why.at(-1)!.vi).toContain('cả hai cách');
    const mixed = await dates('20/04/2026', '04/20/2026', '21/04/2026');
    expect([mixed.seen.dates?.certainty, mixed.refused.map(({ code }) => code)]).toEqual(['mixed', ['bad-time']]);
    const zoned = await dates('2026-04-20T07:00:00+07:00', '2026-04-20 07:00:00+07:00');
    expect([zoned.seen.zoneFrom, zoned.rows.map(({ time }) => time)]).toEqual(['cells', ['2026-04-20T00:00:00Z', '2026-04-20T00:00:00Z']]);
  });

  test('columns without a known header are told by their values', async () => {
    const { seen, rows } = await both('Cột A,Cột B,Cột C\nmáy 1,2026-04-20 10:00,203.0.113.7\nmáy 2,2026-04-20 11:00,203.0.113.8\n');
    expect(seen.columns.map(({ meaning, because }) => [meaning, because])).toEqual([[null, null], ['time', 'values'], ['address', 'values']]); // prettier-ignore
    expect(rows[0]!.extra).toEqual({ 'Cột A': 'máy 1' });
    const bare = await both('203.0.113.7,2026-04-20 10:00,x\n203.0.113.8,2026-04-20 11:00,y\n');
    expect([bare.seen.mapping.hasHeader, bare.rows.map(({ row, address }) => [row, address])]).toEqual([false, [[1, '203.0.113.7'], [2, '203.0.113.8']]]); // prettier-ignore
  });
});

describe('pasted text', () => {
  test.each([
    ['203.0.113.7\n203.0.113.8\n\n2001:db8::1\n', ['203.0.113.7', '203.0.113.8', '2001:db8::1']],
    ['203.0.113.7, 203.0.113.8; 203[.]0[.]113[.]9', ['203.0.113.7', '203.0.113.8', '203.0.113.9']],
    ['Máy 203.0.113.7 (phòng B) lúc 20/04/2026 18:22.\nKhông có gì\n', ['203.0.113.7']],
    ['ip\n203.0.113.7\n203.0.113.8', ['203.0.113.7', '203.0.113.8']],
  ])('%j', async (text, addresses) => {
    const { rows } = await both(text, 'paste.txt');
    expect(rows.map(({ address }) => address)).toEqual(addresses);
  });

  test('keeps the time and the text beside an address', async () => {
    const { seen, rows } = await both(
      'Máy 203.0.113.7 phòng B lúc 20/04/2026 18:22\nMáy 203.0.113.8 phòng C lúc 21/04/2026 18:22\n',
      'paste',
    );
    expect(seen.kind).toBe('plain');
    expect(rows[0]).toMatchObject({ time: '2026-04-20T18:22:00Z', extra: { 'Nội dung': 'Máy phòng B lúc' } });
  });
});

describe('JSON lines', () => {
  test('IntelMQ events, flat or nested; a broken line costs itself', async () => {
    const lines = [
      {
        'source.ip': '203.0.113.7',
        'time.source': '2026-04-20T11:22:33+00:00',
        'malware.name': 'andromeda',
        'feed.name': 'x',
        raw: 'eA==',
      },
      { source: { ip: '2001:DB8::1', port: 80 }, time: { source: '2026-04-20T11:22:33Z' }, __proto__: null, constructor: 'c' },
    ].map((one) => JSON.stringify(one));
    const { seen, rows, refused } = await both(`${lines.join('\n')}\n{"source.ip": \n[1]\n`, 'events.json');
    expect([seen.kind, seen.report?.id]).toEqual(['jsonl', 'intelmq:event']);
    expect(rows[0]).toMatchObject({
      address: '203.0.113.7',
      time: '2026-04-20T11:22:33Z',
      family: 'andromeda',
      extra: { 'feed.name': 'x', raw: 'eA==' },
    });
    expect(rows[1]).toMatchObject({ address: '2001:db8::1', port: 80, extra: { constructor: 'c' } });
    expect(refused.map(({ code }) => code)).toEqual(['bad-json', 'bad-json']);
  });
});

describe('a kept mapping', () => {
  const LIST = 'a,b,ghi chú\n203.0.113.7,2026-04-20 07:00:00,x\n203.0.113.8,2026-04-20 07:00:00,y\n';

  test('finds its columns by name, keeps its zone, and says when they are gone', async () => {
    const first = (await recogniseList(Buffer.from(LIST), 'x')).mapping;
    const kept = {
      ...first,
      offset: 420,
      columns: first.columns.map((one) => (one.header === 'ghi chú' ? { ...one, meaning: 'machine' as const } : one)),
    };
    const moved = 'ghi chú,mới,b,a\nx,1,2026-04-20 07:00:00,203.0.113.7\n';
    const { seen, rows } = await both(moved, 'x', JSON.parse(JSON.stringify(kept)) as ListMapping);
    expect([seen.zoneFrom, meant(seen)]).toEqual(['kept', { machine: 'ghi chú', time: 'b', address: 'a' }]);
    expect(rows).toMatchObject([{ address: '203.0.113.7', time: '2026-04-20T00:00:00Z', machine: 'x', extra: { mới: '1' } }]);
    expect(await read(Buffer.from(moved), kept)).toMatchObject({ rows: [{ key: rows[0]!.key }] });
    expect(await codeOf(read(Buffer.from('a,ip,c\n203.0.113.7,203.0.113.7,x\n'), kept))).toBe('feeds.columns_changed');
  });
});

describe('limits', () => {
  const mapping: ListMapping = {
    version: 1,
    kind: 'csv',
    sheet: null,
    hasHeader: true,
    columns: [{ header: 'ip', at: 0, meaning: 'address' }],
    order: 'dmy',
    offset: 0,
    report: null,
  };

  test('text, rows, columns and what unpacks to more than it may', async () => {
    const many = `ip,x\n${'203.0.113.7,y\n'.repeat(1000)}`;
    expect(await codeOf(read(Buffer.from(many), mapping, { textBytes: 5000 }))).toBe('feeds.list_too_big');
    expect(await codeOf(read(gzipSync(many), mapping, { textBytes: 5000 }))).toBe('feeds.list_too_big');
    expect(await codeOf(read(Buffer.from(many), mapping, { rows: 999 }))).toBe('feeds.list_too_big');
    expect((await read(Buffer.from(many), mapping, { rows: 1000 })).rows).toHaveLength(1000);
    expect(await codeOf(read(Buffer.from(`ip${',x'.repeat(5000)}\n203.0.113.7\n`), mapping))).toBe('feeds.too_many_columns');
    const wide = await read(Buffer.from(`ip,x\n203.0.113.7${',x'.repeat(5000)}\n203.0.113.8,x\n`), mapping);
    expect([wide.refused.map(({ code }) => code), wide.rows.length]).toEqual([['too-many-columns'], 1]);
    const file = path.join(place, 'big.csv');
    writeFileSync(file, many);
    expect(await codeOf(recogniseList(file, 'big.csv', { limits: { textBytes: 5000 } }))).toBe('feeds.list_too_big');
    expect((await recogniseList(file, 'big.csv')).rows).toBe(1000);
  });

  test('a formula is text, never more', async () => {
    const { rows, refused } = await both('ip,timestamp,note\n=1+1,2026-04-20,x\n203.0.113.7,2026-04-20,"=cmd|\' /C calc\'!A0"\n');
    expect([rows[0]!.extra['note'], refused.map(({ code }) => code)]).toEqual(["=cmd|' /C calc'!A0", ['bad-address']]);
  });
});
