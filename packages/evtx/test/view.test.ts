import { describe, expect, test } from 'vitest';
import { readEvtx } from '../src/index.ts';
import { ChunkWriter, data, el, file, log, none, string, sub, text, uint, value } from './writer.ts';

describe('text', () => {
  test.each(['C:\\Windows\\system32\\cmd.exe', 'Nguyễn Văn Ă', '漢字', '😀', 'a\ud800'])(
    'gives the code units of %j at even and odd offsets',
    (content) => {
      const template = el('Event', el('EventData', data('O', sub(0)), data('A', sub(1)), data('B', sub(2))));
      const bytes = log((chunk) => {
        chunk.event(1, template, [value(0x04, [1]), string(content), string(`${content}\0!`)]);
        chunk.event(2, template, [uint(0x06, 2, 1), string(content), string(content)]);
      });
      const views = new Set<Uint16Array>();
      for (const record of readEvtx(bytes)) {
        expect(record.text(0)).toBe(false);
        for (const slot of [1, 2]) {
          expect(record.text(slot)).toBe(true);
          expect(String.fromCharCode(...record.units.subarray(record.from, record.to))).toBe(content);
          expect(record.value(slot)).toBe(content);
          views.add(record.units);
        }
      }
      expect(views.size).toBe(2);
    },
  );

  test('says no where there is none', () => {
    const template = el('Event', el('EventData', data('A', sub(0)), data('B', text('fixed'))));
    for (const record of readEvtx(log((chunk) => chunk.event(1, template, [string('')])))) {
      expect([record.text(0), record.text(1), record.text(2), record.text(-1)]).toEqual([false, false, false, false]);
      expect([record.value(0), record.value(1), record.value(2)]).toEqual(['', 'fixed', null]);
    }
  });
});

test('the view is one object, its numbers are those of the record', () => {
  const template = el('Event', el('EventData', data('A', sub(0))));
  const seen = new Set<unknown>();
  const read: unknown[] = [];
  for (const record of readEvtx(log((chunk) => chunk.event(2 ** 40, template, [none]).event(2 ** 40 + 1, template, [string('a')])))) {
    seen.add(record);
    read.push([record.id, new Date(record.writtenAt).toISOString(), record.value(0)]);
  }
  expect(seen.size).toBe(1);
  expect(read).toEqual([[2 ** 40, '2019-04-17T18:40:00.000Z', ''], [2 ** 40 + 1, '2019-04-17T18:40:00.000Z', 'a']]); // prettier-ignore
});

test('parts of a file give one after another what the whole does, each chunk once', () => {
  const template = el('Event', el('EventData', data('A', sub(0))));
  // A full log goes on writing at its start: the oldest chunk is the third.
  const chunks = [5, 7, 1, 3].map((id) =>
    new ChunkWriter()
      .event(id, template, [none])
      .event(id + 1, template, [none])
      .finish(),
  );
  const bytes = file(chunks);
  const idsOf = (options?: Parameters<typeof readEvtx>[1]): number[] => Array.from(readEvtx(bytes, options), ({ id }) => id);
  expect(idsOf()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  for (const of of [1, 2, 3, 4, 7]) {
    const sizes: number[] = [];
    const parts = Array.from({ length: of }, (_, index) => idsOf({ part: { index, of }, onChunk: (size) => sizes.push(size) }));
    expect(parts.flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(sizes).toEqual(Array.from({ length: 4 }, () => 65_536));
  }
});
