import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EvtxWarning } from '../src/index.ts';
import type { ElementNode, Value } from './writer.ts';
import { EvtxError, readEvtx } from '../src/index.ts';
import { ChunkWriter, data, el, file, log, optional, string, sub, text, value, xml } from './writer.ts';

const TEMPLATE = el('Event', el('EventData', data('A', sub(0)), data('B', optional(1))));

/** A chunk of the records `from` to `to`. */
function chunk(from: number, to: number): ChunkWriter {
  const writer = new ChunkWriter();
  for (let id = from; id <= to; id += 1) writer.event(id, TEMPLATE, [string(`sự kiện ${id}`), string('x'.repeat(id % 7))]);
  return writer;
}

function read(bytes: Uint8Array | string): { ids: number[]; codes: string[]; warnings: EvtxWarning[] } {
  const warnings: EvtxWarning[] = [];
  const ids: number[] = [];
  for (const record of readEvtx(bytes, { onWarning: (warning) => warnings.push(warning) })) {
    record.toObject();
    ids.push(record.id);
  }
  return { ids, codes: warnings.map(({ code }) => code), warnings };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('what is no event log', () => {
  test.each<[string, Uint8Array | string, string]>([
    ['nothing', new Uint8Array(0), 'not-evtx'],
    ['zeros', new Uint8Array(70_000), 'not-evtx'],
    ['a text', new TextEncoder().encode('ElfFile is a word'), 'not-evtx'],
    ['no file', '/nonexistent/a.evtx', 'unreadable'],
    ['a folder', tmpdir(), 'unreadable'],
  ])('%s', (_, source, code) => {
    expect(() => read(source)).toThrow(expect.objectContaining({ name: 'EvtxError', code }));
    expect(() => read(source)).toThrow(EvtxError);
  });
});

describe('what is whole', () => {
  test('gives no warning, dirty or not, with unused chunks between and after', () => {
    const none = new Uint8Array(65_536);
    for (const flags of [0, 1])
      expect(read(file([chunk(1, 9).finish(), none, chunk(10, 20).finish(), none], flags))).toEqual({
        ids: range(1, 20),
        codes: [],
        warnings: [],
      });
    expect(read(file([]))).toMatchObject({ ids: [], codes: [] });
  });

  test('is read from its oldest chunk on where a full log went on at its start', () => {
    const chunks = [chunk(31, 40), chunk(11, 20), chunk(21, 30)].map((writer) => writer.finish());
    expect(read(file(chunks)).ids).toEqual(range(11, 40));
  });

  test('is the same from a path', () => {
    const folder = mkdtempSync(join(tmpdir(), 'evtx-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'a.evtx');
    writeFileSync(path, file([chunk(1, 300).finish(), chunk(301, 320).finish()]));
    expect(read(path)).toEqual(read(readFileSync(path)));
    truncateSync(path, 4096 + 65_536 + 2000);
    expect(read(path).codes).toContain('file-truncated');
    expect(read(path).ids.length).toBeGreaterThan(300);
  });
});

describe('what is damaged is read as far as it goes', () => {
  const bytes = (): Uint8Array => file([chunk(1, 50).finish(), chunk(51, 100).finish()]);
  const second = 4096 + 65_536;
  /** Where the records of a chunk are. */
  const records = (from: Uint8Array, start: number): number[] => {
    const view = new DataView(from.buffer);
    const found: number[] = [];
    for (let at = start + 512; view.getUint32(at, true) === 0x2a2a; at += view.getUint32(at + 4, true)) found.push(at);
    return found;
  };

  test.each<[string, (bytes: Uint8Array) => void, string[], number[]]>([
    ['the checksum of the file', (all) => void (all[16] = 9), ['file-header'], range(1, 100)],
    ['the start of the file', (all) => void all.fill(0, 0, 128), ['file-header'], range(1, 100)],
    ['the checksum of a chunk header', (all) => void (all[second + 16] = 9), ['chunk-header'], range(1, 100)],
    ['the checksum of records', (all) => void (all[second + 52] = 9), ['chunk-header', 'chunk-checksum'], range(1, 100)],
    ['a chunk header', (all) => void all.fill(0, second, second + 512), ['chunk-magic'], range(1, 100)],
    ['a chunk', (all) => void all.fill(1, second, second + 65_536), ['chunk-magic'], range(1, 50)],
    ['where the records end', (all) => void all.fill(0xff, second + 48, second + 52), ['chunk-header'], range(1, 100)],
    [
      'a string table that goes round',
      (all) => void new DataView(all.buffer).setUint32(second + 128, 128, true),
      ['chunk-header'],
      range(1, 100),
    ],
  ])('%s', (_, damage, codes, ids) => {
    const all = bytes();
    damage(all);
    const result = read(all);
    expect(result.codes).toEqual(codes);
    expect(result.ids).toEqual(ids);
    expect(result.warnings.every((warning) => warning.message.length > 10)).toBe(true);
  });

  test.each<[string, (view: DataView, at: number) => void, string]>([
    ['the start of a record', (view, at) => view.setUint32(at, 0, true), 'record-header'],
    ['a size of zero', (view, at) => view.setUint32(at + 4, 0, true), 'record-header'],
    ['a size past the chunk', (view, at) => view.setUint32(at + 4, 1 << 30, true), 'record-header'],
    ['a token', (view, at) => view.setUint8(at + 28, 0x77), 'record-content'],
    ['where the template is', (view, at) => view.setUint32(at + 34, 65_530, true), 'record-content'],
    ['how many values there are', (view, at) => view.setUint32(at + 38, 40_000, true), 'record-content'],
    ['the type of a value', (view, at) => view.setUint8(at + 44, 0x22), 'record-content'],
  ])('one record: %s', (_, damage, code) => {
    const all = bytes();
    const at = records(all, second)[9] as number;
    damage(new DataView(all.buffer), at);
    const result = read(all);
    expect(result.ids).toEqual(range(1, 100).filter((id) => id !== 60));
    expect(result.warnings.at(-1)).toMatchObject({ code, chunk: 1, offset: at });
  });

  test('one record: a size that ends it too early or too late', () => {
    for (const by of [-8, 24, 500]) {
      const all = bytes();
      const at = records(all, second)[9] as number;
      const view = new DataView(all.buffer);
      view.setUint32(at + 4, view.getUint32(at + 4, true) + by, true);
      const result = read(all);
      expect(result.ids).toEqual(range(1, 100));
      expect(result.codes).toEqual(['chunk-checksum', 'record-header']);
    }
  });

  test('a file that ends inside a record, or between two', () => {
    const all = bytes();
    const starts = records(all, second);
    const end = starts[20] as number;
    for (const size of [end, end + 5, end + 60]) {
      const cut = read(all.slice(0, size));
      expect(cut.ids).toEqual(range(1, 70));
      expect(cut.warnings.find(({ code }) => code === 'file-truncated')).toMatchObject({ chunk: 1, offset: size });
    }
    expect(read(all.slice(0, second + 100))).toMatchObject({ ids: range(1, 50), codes: ['file-truncated'] });
    expect(read(all.slice(0, 4096))).toMatchObject({ ids: [], codes: [] });
    expect(read(all.slice(0, 200))).toMatchObject({ ids: [], codes: ['file-header'] });
  });

  test('records that a chunk header does not know yet, but not the older ones behind these', () => {
    const writer = chunk(51, 60);
    const known = writer.finish().slice(0, 512);
    for (const id of [61, 62, 5, 6]) writer.event(id, TEMPLATE, [string('after')]);
    writer.finish();
    writer.memory.set(known);
    const result = read(file([writer.memory], 1));
    expect(result.ids).toEqual(range(51, 62));
    expect(result.codes).toEqual(['records-beyond-header']);
  });
});

test('past a damaged record, what is left of an older pass over the chunk is not taken for the next one', () => {
  const writer = chunk(51, 51);
  const damaged = writer.at;
  for (const id of [52, 5, 53]) writer.event(id, TEMPLATE, [string(`${id}`)]);
  const all = file([writer.finish()]);
  // The header knows the records 51 to 53.
  all[4096 + damaged] = 0;
  expect(read(all)).toMatchObject({ ids: [51, 53], codes: ['chunk-checksum', 'record-header'] });
});

describe('what is built to do harm', () => {
  /** A record whose content is wrapped again and again. */
  const nested = (depth: number): Uint8Array => {
    const template = el('Event', sub(0));
    const wrap = (left: number): Value => (left === 0 ? string('x') : xml((inner) => inner.instance(template, [wrap(left - 1)])));
    return log((writer) => writer.event(1, template, [wrap(depth)]));
  };

  test('instances in instances', () => {
    expect(read(nested(60)).ids).toEqual([1]);
    expect(read(nested(200))).toMatchObject({ ids: [], codes: ['record-content'] });
  });

  test('elements in elements', () => {
    const deep = (depth: number): ElementNode => (depth === 0 ? el('x', text('y')) : el('x', deep(depth - 1)));
    expect(read(log((writer) => writer.event(1, deep(400), []))).ids).toEqual([1]);
    expect(read(log((writer) => writer.event(1, deep(2000), [])))).toMatchObject({ ids: [], codes: ['record-content'] });
  });

  test('fragments in fragments that each end with something else', () => {
    const template = el('Event', sub(0));
    const wrap = (left: number): Value =>
      left === 0 ? string('x') : xml((inner) => inner.instance(template, [wrap(left - 1)]).node(el('y'), false));
    const started = performance.now();
    expect(read(log((writer) => writer.event(1, template, [wrap(60)]))).ids).toEqual([1]);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('a value used twice on each of many levels', () => {
    const twice = el('E', sub(0), sub(0));
    const wrap = (left: number): Value => (left === 0 ? string('x') : xml((inner) => inner.instance(twice, [wrap(left - 1)])));
    const started = performance.now();
    const result = read(
      log((writer) => {
        for (let id = 1; id < 60; id += 1) writer.event(id, twice, [wrap(40)]); // prettier-ignore
      }),
    );
    expect(new Set(result.codes)).toEqual(new Set(['record-content']));
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('arrays times arrays', () => {
    const template = el('Event', el('P', sub(0), sub(1), sub(2)));
    const list = value(0x84, new Uint8Array(2000));
    expect(read(log((writer) => writer.event(1, template, [list, list, list])))).toMatchObject({ ids: [], codes: ['record-content'] });
  });

  test('a template that goes on in itself, and one that is its own record', () => {
    const own = log((writer) =>
      writer.record(1, () => {
        const start = writer.at;
        writer.bytes([0x0f, 1, 1, 0, 0x0c, 1]).u32(1).u32(start).u32(0).u8(0);
      }),
    );
    expect(read(own)).toMatchObject({ ids: [], codes: ['record-content'] });
  });

  test('a substitution where there is no template', () => {
    const template = el('Event', sub(0));
    const loop = xml((inner) => inner.instance(template, [string('x')]).node(el('y', sub(0)), false));
    expect(read(log((writer) => writer.event(1, template, [loop])))).toMatchObject({ ids: [], codes: ['record-content'] });
  });

  test('one long name on many elements', () => {
    const name = 'n'.repeat(8000);
    const many = el('Event', ...Array.from({ length: 1500 }, () => el(name, text('1'))));
    expect(read(log((writer) => writer.event(1, many, [])))).toMatchObject({ ids: [], codes: ['record-content'] });
  });

  test('layouts without end do not fill the memory', () => {
    const before = process.memoryUsage().heapUsed;
    const shape = (): unknown => Array.from(readEvtx(file([chunk(1, 1).finish()])), (record) => record.shape)[0];
    const first = shape();
    expect(shape()).toBe(first);
    for (let turn = 0; turn < 150; turn += 1) {
      const bytes = log((writer) => {
        for (let id = 0; id < 80; id += 1) writer.event(id, el('Event', ...range(0, 5).map((index) => el(`n${turn}-${id}-${index}`))), []);
      });
      expect(read(bytes).ids).toHaveLength(80);
    }
    expect(shape()).not.toBe(first);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 2 ** 20);
  });
});

/** Numbers that look random and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const FOLDER = fileURLToPath(new URL('../../../../shared/data/evtx/omerbenamram-evtx/samples/', import.meta.url));
const real = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .slice(0, 6)
      .map((name) => readFileSync(join(FOLDER, name)).subarray(0, 4096 + 2 * 65_536))
  : [];

test('10,000 mutated files are read or refused, none hangs', { timeout: 60_000 }, () => {
  const next = numbers(42);
  const sources = [file([chunk(1, 40).finish()]), ...real];
  let [whole, refused] = [0, 0];
  const before = process.memoryUsage().heapUsed;
  for (let turn = 0; turn < 10_000; turn += 1) {
    // Mostly the small file: real ones take longer.
    const source = sources[turn % 20 === 0 ? next(sources.length) : 0] as Uint8Array;
    const bytes = new Uint8Array(source);
    const used = source === sources[0] ? 10_000 : bytes.length;
    for (let flips = 1 + next(12); flips > 0; flips -= 1) bytes[next(4) === 0 ? next(4096 + 512) : 4608 + next(used - 4608)] = next(256);
    if (next(5) === 0) bytes.copyWithin(4608 + next(used - 5000), 4608 + next(used - 5000), 4608 + next(used - 4608));
    const size = next(8) === 0 ? next(bytes.length) : bytes.length;
    const started = performance.now();
    try {
      read(bytes.subarray(0, size));
      whole += 1;
    } catch (error) {
      expect(error).toBeInstanceOf(EvtxError);
      refused += 1;
    }
    expect(performance.now() - started).toBeLessThan(5000);
  }
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 2 ** 20);
  expect(whole + refused).toBe(10_000);
  expect(whole).toBeGreaterThan(9000);
});
