import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Value } from './writer.ts';
import { readEvtx } from '../src/index.ts';
import { data, el, log, none, optional, string, sub, text, uint, value, xml } from './writer.ts';

/** evtx_dump of the Rust crate `evtx`: the same records with the same values, or the differences that CONFORMANCE.md names. */
const DUMP =
  process.env['EVTX_DUMP'] ??
  (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'evtx_dump')).find((path) => existsSync(path)); // prettier-ignore
const INSTALL = DUMP ? '' : '(evtx_dump is not here: cargo install evtx)';

const SHARED = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const present = ['evtx', 'sigma-regression'].filter((folder) => existsSync(join(SHARED, folder)));
const DATA = present.length > 0 ? '' : '(../shared/data/evtx is not here)';

/** The lines evtx_dump prints of a file. Errors about single records do not stop it. */
function dump(path: string): Promise<string[]> {
  return new Promise((resolve) => {
    execFile(DUMP ?? '', ['-t', '1', '-o', 'jsonl', path], { maxBuffer: 1 << 30 }, (_, output) =>
      resolve(output.split('\n').filter((line) => line !== '')),
    );
  });
}

/** An object as the same text has it after JSON: whole numbers past 2^53 lose their last digits. */
function asParsed(object: unknown): unknown {
  return JSON.parse(JSON.stringify(object, (_, item: unknown) => (typeof item === 'bigint' ? Number(item) : item)));
}

describe.skipIf(!DUMP)(`as evtx_dump ${INSTALL}`, () => {
  test('what the writer of these tests writes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'evtx-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'written.evtx');
    await writeFile(path, written());
    const lines = await dump(path);
    const objects = Array.from(readEvtx(path), (record) => asParsed(record.toObject()));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(objects);
    expect(objects.length).toBeGreaterThan(50);
  });

  const files = present.flatMap((folder) =>
    readdirSync(join(SHARED, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.evtx'))
      .map((name) => join(folder, name)),
  );

  test.skipIf(files.length === 0)(`every file of ../shared/data ${DATA}`, { timeout: 120_000 }, async () => {
    let records = 0;
    for (const name of files) {
      const lines = await dump(join(SHARED, name));
      let read = 0;
      for (const record of readEvtx(join(SHARED, name))) {
        const line = lines[read];
        if (line === undefined) break;
        expect(asParsed(record.toObject()), `${name}, record ${record.id}`).toEqual(JSON.parse(line));
        read += 1;
      }
      expect(read, name).toBe(lines.length);
      records += read;
    }
    expect(records).toBeGreaterThan(files.length);
  });
});

/** Every type of value, and every form a record can have. */
function written(): Uint8Array {
  const one = el('Event', el('EventData', data('A', sub(0))));
  const many = el('Event', {
    name: 'System',
    children: [
      { name: 'Provider', attributes: { Name: [optional(0)], Guid: [optional(1)] } },
      { name: 'EventID', attributes: { Qualifiers: [optional(2)] }, children: [sub(3)] },
      { name: 'Left', dependency: 1, children: [sub(1)] },
    ],
  }, el('EventData', el('Data', sub(0)), data('N', text('x'), sub(3)), data('N', sub(1)), el('P', sub(0)), el('P', sub(4)), data('N', sub(2)))); // prettier-ignore
  const outer = el('Event', el('UserData', sub(0)));
  const inner = el('EventXML', el('Param', sub(0)), { name: 'Data', attributes: { Name: [sub(0)] }, children: [sub(0)] });
  return log((chunk) => {
    let id = 0;
    const event = (...args: [template: typeof one, values: Value[]]): void => void chunk.event((id += 1), ...args);
    for (const content of everyValue()) {
      event(one, [content]);
      event(many, [content, none, content, uint(0x08, 4, 7), content]);
    }
    event(outer, [xml((into) => into.instance(inner, [string('Đà Nẵng')]).u8(0))]);
    event(outer, [
      xml((into) =>
        into
          .instance(inner, [none])
          .node(el('RenderingInfo', el('Message', text('m'))), false)
          .u8(0),
      ),
    ]);
    event(outer, [xml((into) => into.node(el('EventXML', data('a', text('b')), el('c', text('😀'))), false).u8(0))]);
    chunk.record((id += 1), () => chunk.node(el('Event', el('EventData', data('a', text('b')), data('a'))), false).u8(0));
  });
}

function everyValue(): Value[] {
  const plain = Array.from({ length: 0x15 }, (_, index) => index + 1).filter((type) => type !== 0x13);
  const sid = [1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 33, 2, 0, 0];
  return [
    none,
    ...plain.map((type) => value(type, type === 0x01 ? [0x1e, 0x1e, 65, 0, 0, 0] : new Uint8Array(SIZES[type] ?? 8).fill(7))),
    value(0x13, sid),
    ...plain.filter((type) => ![0x0e, 0x10].includes(type)).flatMap((type) => [0, 1, 3].map((items) => list(type, items))),
    value(0x93, [...sid, ...sid]),
    ...[0.1, 1e16, 1e-6, 123.5, -0, NaN, Infinity].map((number) => value(0x0c, new Uint8Array(Float64Array.of(number).buffer))),
    ...[0.1, 1e13, 1e-7, 123.5, -0, NaN, -Infinity].map((number) => value(0x0b, new Uint8Array(Float32Array.of(number).buffer))),
  ];
}

const SIZES: Readonly<Record<number, number>> = { 3: 1, 4: 1, 5: 2, 6: 2, 7: 4, 8: 4, 11: 4, 13: 4, 15: 16, 18: 16, 20: 4 };

function list(type: number, items: number): Value {
  if (type === 0x01) return value(0x81, Array.from({ length: items }, (_, index) => [65 + index, 0, 0, 0]).flat());
  if (type === 0x02) return value(0x82, Array.from({ length: items }, (_, index) => [65 + index, 0]).flat());
  return value(type | 0x80, new Uint8Array((SIZES[type] ?? 8) * items).fill(1));
}
