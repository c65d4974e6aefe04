import { describe, expect, test } from 'vitest';
import type { EvtxRecord, EvtxValue } from '../src/index.ts';
import type { Value } from './writer.ts';
import { readEvtx } from '../src/index.ts';
import { data, el, log, none, string, sub, uint, value } from './writer.ts';

const TEMPLATE = el('Event', el('EventData', data('A', sub(0))));

/** The one slot of an event whose `Data` is a value: as `value` and as `toObject` have it. */
function read(content: Value): { value: EvtxValue; object: unknown } {
  for (const record of readEvtx(log((chunk) => chunk.event(1, TEMPLATE, [content])))) {
    const event = record.toObject()['Event'] as { EventData: { A: unknown } };
    return { value: record.value(0), object: event.EventData.A };
  }
  throw new Error('there is no record');
}

const single = (content: number): Value => value(0x0b, new Uint8Array(Float32Array.of(content).buffer));
const double = (content: number): Value => value(0x0c, new Uint8Array(Float64Array.of(content).buffer));
/** The FILETIME of a day. */
const ticks = (year: number, month: number, day: number): bigint => BigInt(Date.UTC(year, month - 1, day) - Date.UTC(1601, 0, 1)) * 10_000n;
const words = (...content: number[]): number[] => content.flatMap((word) => [word & 255, word >> 8]);
const SYSTEM = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0];

describe('a value is read as Windows writes it', () => {
  test.each<[string, Value, EvtxValue]>([
    ['null', none, ''],
    ['UTF-16', string('Tiếng Việt'), 'Tiếng Việt'],
    ['UTF-16 beyond the first plane', string('漢字 😀 𠀀'), '漢字 😀 𠀀'],
    ['UTF-16 with lone surrogates', string('a\ud800b\udc00'), 'a\ud800b\udc00'],
    ['UTF-16 up to its NUL', string('ab\0cd'), 'ab'],
    ['UTF-16 of an odd number of bytes', value(0x01, [65, 0, 66]), 'A'],
    ['UTF-16 without text', string('\0\0'), ''],
    ['ANSI', value(0x02, [0x80, 0x41, 0xe9, 0]), '€Aé'],
    ['int8', value(0x03, [0xff]), -1],
    ['uint8', value(0x04, [0xff]), 255],
    ['int16', uint(0x05, 2, -2), -2],
    ['uint16', uint(0x06, 2, 65_535), 65_535],
    ['int32', uint(0x07, 4, -3), -3],
    ['uint32', uint(0x08, 4, 4_294_967_295), 4_294_967_295],
    ['int64', uint(0x09, 8, -4), -4],
    ['int64 past 2^53', uint(0x09, 8, -(2n ** 63n)), -(2n ** 63n)],
    ['uint64 past 2^53', uint(0x0a, 8, 2n ** 64n - 1n), 2n ** 64n - 1n],
    ['uint64 up to 2^53', uint(0x0a, 8, 2n ** 53n - 1n), 2 ** 53 - 1],
    ['float', single(0.1), '0.1'],
    ['float, whole', single(16_777_216), '16777216.0'],
    ['float, large', single(1e13), '1e+13'],
    ['float, small', single(1e-7), '1e-7'],
    ['double', double(123_456_789.125), '123456789.125'],
    ['double, large', double(1e16), '1e+16'],
    ['double, small', double(9.9e-6), '9.9e-6'],
    ['double, smallest plain', double(0.00001), '0.00001'],
    ['double, infinite', double(-Infinity), '-inf'],
    ['double, none', double(NaN), 'NaN'],
    ['double, negative zero', double(-0), '-0.0'],
    ['bool', uint(0x0d, 4, 1), true],
    ['bool, false', uint(0x0d, 4, 0), false],
    ['bool that is a number', uint(0x0d, 4, 16), 16],
    ['binary', value(0x0e, [0xab, 0x01]), 'AB01'],
    ['binary, empty', value(0x0e, []), ''],
    ['GUID', value(0x0f, [...Array(16).keys()]), '{03020100-0504-0706-0809-0a0b0c0d0e0f}'],
    ['size_t of 4 bytes', uint(0x10, 4, 255), '0xff'],
    ['size_t of 8 bytes', uint(0x10, 8, 0x1_0000_0002n), '0x100000002'],
    ['FILETIME', uint(0x11, 8, 132_102_652_044_956_748n), '2019-08-14T14:06:44.4956748Z'],
    ['FILETIME of a leap day', uint(0x11, 8, ticks(2016, 3, 1) - 1n), '2016-02-29T23:59:59.9999999Z'],
    ['FILETIME, first', uint(0x11, 8, 0), '1601-01-01T00:00:00.0000000Z'],
    ['FILETIME, last', uint(0x11, 8, 2n ** 63n - 1n), '0828-09-14T02:48:05.4775807Z'],
    ['FILETIME past the last', uint(0x11, 8, 2n ** 63n), '0000-00-00T00:00:00.0000000Z'],
    ['SYSTEMTIME', value(0x12, words(2020, 2, 6, 29, 23, 59, 58, 7)), '2020-02-29T23:59:58.0070000Z'],
    ['SYSTEMTIME that is none', value(0x12, words(2019, 2, 5, 29, 0, 0, 0, 0)), '1601-01-01T00:00:00.0000000Z'],
    ['SID', value(0x13, SYSTEM), 'S-1-5-18'],
    ['SID, cut off', value(0x13, SYSTEM.slice(0, 4)), 'S-?'],
    ['hex32', uint(0x14, 4, 0x342ba), '0x342ba'],
    ['hex64', uint(0x15, 8, 0x8020_0000_0000_0000n), '0x8020000000000000'],
    ['hex64, zero', uint(0x15, 8, 0), '0x0'],
    ['handle', uint(0x20, 4, 7), '0x7'],
    ['uint32 that is said to have 1 byte', { ...uint(0x08, 4, 70_000), size: 1 }, 70_000],
    ['hex64 that is said to have 9 bytes', { ...uint(0x15, 8, 5), size: 9 }, '0x5'],
    ['uint32 of too many bytes', value(0x08, [1, 0, 0, 0, 9]), 1],
  ])('%s', (_, content, expected) => {
    expect(read(content)).toEqual({ value: expected, object: expected });
  });
});

test('a FILETIME is right on every day of four centuries', () => {
  const days = Array.from({ length: 2000 }, (_, index) => index * 73 + (index % 7));
  const bytes = log((chunk) => {
    for (const [index, day] of days.entries())
      if (chunk.at < 60_000) chunk.event(index, TEMPLATE, [uint(0x11, 8, BigInt(day) * 864_000_000_000n)]);
  });
  let read = 0;
  for (const record of readEvtx(bytes)) {
    const expected = new Date(Date.UTC(1601, 0, 1) + (days[record.id] as number) * 86_400_000).toISOString().replace('.000Z', '.0000000Z');
    expect(record.value(0)).toBe(expected);
    read += 1;
  }
  expect(read).toBeGreaterThan(500);
});

describe('an array repeats its element', () => {
  test.each<[string, Value, EvtxValue]>([
    ['UTF-16', value(0x81, [...words(65, 0, 0), ...words(66)]), ['A', '', 'B']],
    ['ANSI', value(0x82, [65, 0, 66, 0]), ['A', 'B']],
    ['int8', value(0x83, [255, 1]), [-1, 1]],
    ['uint16', value(0x86, words(1, 2, 3)), [1, 2, 3]],
    ['int32', value(0x87, words(1, 0, 2, 0)), [1, 2]],
    ['uint64', value(0x8a, words(1, 0, 0, 0, 2, 0, 0, 0)), [1, 2]],
    ['double', value(0x8c, new Uint8Array(Float64Array.of(1, 2.5).buffer)), ['1.0', '2.5']],
    ['bool', value(0x8d, words(1, 0, 0, 0)), [true, false]],
    ['bool with a number', value(0x8d, words(1, 0, 2, 0)), [1, 2]],
    ['GUID', value(0x8f, new Uint8Array(32)), Array<string>(2).fill('{00000000-0000-0000-0000-000000000000}')],
    ['FILETIME', value(0x91, new Uint8Array(16)), Array<string>(2).fill('1601-01-01T00:00:00.0000000Z')],
    ['SYSTEMTIME', value(0x92, new Uint8Array(32)), Array<string>(2).fill('1601-01-01T00:00:00.0000000Z')],
    ['SID', value(0x93, [...SYSTEM, ...SYSTEM]), ['S-1-5-18', 'S-1-5-18']],
    ['hex32', value(0x94, words(1, 0, 2, 0)), ['0x1', '0x2']],
    ['hex64', value(0x95, words(1, 0, 0, 0, 2, 0, 0, 0)), ['0x1', '0x2']],
  ])('%s', (_, content, expected) => {
    const [record] = [...views(log((chunk) => chunk.event(1, TEMPLATE, [content])))];
    expect(record).toEqual({ names: ['A', 'A', 'A'].slice(0, (expected as []).length), values: expected, object: expected });
  });

  test('but one of a single item is that item as text', () => {
    expect(read(value(0x87, words(7, 0))).object).toBe('7');
    expect(read(value(0x87, [])).object).toBe('');
  });
});

function* views(bytes: Uint8Array): Generator<{ names: string[]; values: EvtxValue[]; object: unknown }> {
  for (const record of readEvtx(bytes)) {
    const event = record.toObject()['Event'] as { EventData: { A: unknown } };
    yield { names: record.shape.fields.map(({ name }) => name), values: slots(record), object: event.EventData.A };
  }
}

function slots(record: EvtxRecord): EvtxValue[] {
  return record.shape.fields.map((_, slot) => record.value(slot));
}
