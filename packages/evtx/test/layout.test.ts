import { describe, expect, test } from 'vitest';
import type { EvtxObject, EvtxShape } from '../src/index.ts';
import type { ChunkWriter, Node } from './writer.ts';
import { readEvtx } from '../src/index.ts';
import { ChunkWriter as Writer, data, el, file, log, none, optional, string, sub, text, uint, value, xml } from './writer.ts';

/** The objects of a log of one chunk. */
function objects(write: (chunk: ChunkWriter) => void): EvtxObject[] {
  return Array.from(readEvtx(log(write)), (record) => record.toObject());
}

/** The names and values of the slots of the records of a log. */
function slots(write: (chunk: ChunkWriter) => void): Record<string, unknown>[][] {
  return Array.from(readEvtx(log(write)), (record) => record.shape.fields.map(({ name }, slot) => ({ [name]: record.value(slot) })));
}

const event = (write: (chunk: ChunkWriter) => void): unknown => objects(write)[0]?.['Event'];

const SYSTEM = el(
  'Event',
  {
    name: 'System',
    children: [
      { name: 'Provider', attributes: { Name: [text('P')], Guid: [optional(0)] } },
      { name: 'EventID', attributes: { Qualifiers: [optional(1)] }, children: [sub(2)] },
      { name: 'Security', attributes: { UserID: [optional(3)] } },
      el('Correlation'),
    ],
  },
  sub(4),
);
const INNER = el('EventData', data('User', sub(0)), data('Line', sub(1)));
const NAMED: Readonly<Record<string, typeof INNER>> = {
  A: el('EventData', data('A', sub(0))),
  B: el('EventData', data('B', sub(0))),
};
const SID = value(0x13, [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0]);

function systemEvent(chunk: ChunkWriter, id: number, user: boolean): void {
  chunk.event(id, SYSTEM, [
    none,
    user ? uint(0x06, 2, 7) : none,
    uint(0x06, 2, 4624),
    user ? SID : none,
    xml((inner) =>
      inner
        .bytes([0x0f, 1, 1, 0])
        .instance(INNER, [string('quản trị'), string('x')])
        .u8(0),
    ),
  ]);
}

describe('a record of templates', () => {
  test('is an object as evtx_dump prints it', () => {
    const all = objects((chunk) => {
      systemEvent(chunk, 1, false);
      systemEvent(chunk, 2, true);
    });
    const EventData = { User: 'quản trị', Line: 'x' };
    const Provider = { '#attributes': { Name: 'P' } };
    expect(all).toEqual([
      { Event: { System: { Provider, EventID: 4624, Security: null, Correlation: null }, EventData } },
      {
        Event: {
          System: {
            Provider,
            EventID: { '#attributes': { Qualifiers: 7 }, '#text': 4624 },
            Security: { '#attributes': { UserID: 'S-1-5-18' } },
            Correlation: null,
          },
          EventData,
        },
      },
    ]);
  });

  test('has its leaves as slots, in document order', () => {
    const shape = shapes([log((chunk) => systemEvent(chunk, 2, true))])[0] as EvtxShape;
    expect(shape.fields).toEqual([
      { section: 'System', path: ['System', 'Provider', '@Name'], name: 'Provider_Name' },
      { section: 'System', path: ['System', 'EventID', '@Qualifiers'], name: 'EventID_Qualifiers' },
      { section: 'System', path: ['System', 'EventID'], name: 'EventID' },
      { section: 'System', path: ['System', 'Security', '@UserID'], name: 'Security_UserID' },
      { section: 'System', path: ['System', 'Correlation'], name: 'Correlation' },
      { section: 'EventData', path: ['EventData', 'Data'], name: 'User' },
      { section: 'EventData', path: ['EventData', 'Data'], name: 'Line' },
    ]);
  });

  test('has one shape with all of its layout, across chunks and files, and another where an attribute is absent', () => {
    const chunk = (id: number, user: boolean): Uint8Array => {
      const writer = new Writer();
      // Names and templates lie elsewhere in this chunk.
      if (id > 1) writer.event(id * 10, el('Event', el('Provider')), []);
      systemEvent(writer, id * 10 + 1, user);
      return writer.finish();
    };
    const found = [...shapes([file([chunk(1, true), chunk(2, true)])]), ...shapes([file([chunk(3, true)]), file([chunk(4, false)])])];
    const [first, , second, , third, , other] = found;
    expect(found).toHaveLength(7);
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(other).not.toBe(first);
    expect(other?.fields.map(({ name }) => name)).not.toContain('Security_UserID');
  });
});

function shapes(files: readonly Uint8Array[]): EvtxShape[] {
  return files.flatMap((bytes) => Array.from(readEvtx(bytes), ({ shape }) => shape));
}

describe('what decides the layout', () => {
  const depends: Node = { name: 'Binary', dependency: 0, children: [sub(0)] };

  test('an element is left out where what it depends on is null, not where that is empty', () => {
    const template = el('Event', el('EventData', depends, data('B', sub(1))));
    const [without, empty] = slots((chunk) => {
      chunk.event(1, template, [none, string('b')]);
      chunk.event(2, template, [string(''), string('b')]);
    });
    expect(without).toEqual([{ B: 'b' }]);
    expect(empty).toEqual([{ Binary: null }, { B: 'b' }]);
  });

  test('the template that is embedded', () => {
    const outer = el('Event', sub(0));
    const embed = (name: string): ReturnType<typeof xml> => xml((inner) => inner.instance(NAMED[name] ?? INNER, [string(name)]).u8(0));
    const names = ['A', 'B', 'A'];
    expect(objects((chunk) => names.forEach((name, index) => chunk.event(index + 1, outer, [embed(name)])))).toEqual(
      names.map((name) => ({ Event: { EventData: { [name]: name } } })),
    );
  });

  test('long values are those of each record', () => {
    const template = el('Event', el('EventData', data('A', sub(0))));
    const long = ['á'.repeat(2000), 'b'.repeat(2000)];
    expect(slots((chunk) => long.forEach((content, index) => chunk.event(index + 1, template, [string(content)])))).toEqual(
      long.map((content) => [{ A: content }]),
    );
  });

  test('a substitution without a value is nothing', () => {
    const template = el('Event', el('EventData', data('A', sub(0)), data('B', sub(7))));
    expect(event((chunk) => chunk.event(1, template, [string('a')]))).toEqual({ EventData: { A: 'a', B: '' } });
  });

  test('unnamed data are together; with a name among them they are left out', () => {
    const unnamed = el('Event', el('EventData', el('Data', sub(0)), el('Data', sub(1)), el('Binary')));
    const mixed = el('Event', el('EventData', el('Data', sub(0)), data('N', sub(1))));
    const values = [string('a'), string('b')];
    expect(event((chunk) => chunk.event(1, unnamed, values))).toEqual({ EventData: { Data: { '#text': ['a', 'b'] }, Binary: null } });
    expect(slots((chunk) => chunk.event(1, unnamed, values))[0]).toEqual([{ Data: 'a' }, { Data: 'b' }, { Binary: null }]);
    expect(event((chunk) => chunk.event(1, mixed, values))).toEqual({ EventData: { N: 'b' } });
  });

  test('data of one name in a row are a list, later ones are numbered, other elements are always', () => {
    const named = el('Event', el('EventData', data('A', text('1')), data('A', text('2')), data('B', text('3')), data('A', text('4'))));
    const plain = el('Event', { name: 'UserData', children: [el('X', el('P', text('1')), el('P', text('2')))] });
    expect(event((chunk) => chunk.event(1, named, []))).toEqual({ EventData: { A: ['1', '2'], B: '3', A_1: '4' } });
    expect(event((chunk) => chunk.event(1, plain, []))).toEqual({ UserData: { X: { P: '1', P_1: '2' } } });
  });

  test('names of data that are values are read anew for each record', () => {
    const template = el('Event', el('EventData', { name: 'Data', attributes: { Name: [sub(0)] }, children: [sub(1)] }));
    const write = (chunk: ChunkWriter): void => {
      chunk.event(1, template, [string('A'), string('1')]);
      chunk.event(2, template, [string('B'), string('2')]);
    };
    expect(objects(write)).toEqual([{ Event: { EventData: { A: '1' } } }, { Event: { EventData: { B: '2' } } }]);
    expect(slots(write)).toEqual([[{ A: '1' }], [{ B: '2' }]]);
  });

  test('arrays of different lengths, and two in one element', () => {
    const template = el('Event', el('EventData', { name: 'P', attributes: { at: [sub(1)] }, children: [sub(0)] }));
    const list = (...items: number[]): ReturnType<typeof value> => value(0x84, items);
    const write = (chunk: ChunkWriter): void => {
      chunk.event(1, template, [list(1, 2), none]);
      chunk.event(2, template, [list(1, 2, 3), none]);
      chunk.event(3, template, [list(1, 2), list(8, 9)]);
      chunk.event(4, template, [list(...Array(200).keys()), none]);
    };
    const [two, three, cross, many] = slots(write);
    expect([two, three]).toEqual([[{ P: 1 }, { P: 2 }], [{ P: 1 }, { P: 2 }, { P: 3 }]]); // prettier-ignore
    expect(cross?.flatMap((slot) => Object.values(slot))).toEqual([8, 1, 9, 1, 8, 2, 9, 2]);
    expect(many).toHaveLength(200);
    expect(objects(write)[2]?.['Event']).toMatchObject({ EventData: { P_3: { '#attributes': { at: 9 }, '#text': 2 } } });
  });

  test('a text of several pieces is one string, and keeps its type where only one says something', () => {
    const template = el('Event', el('EventData', data('A', text('n='), sub(0)), data('B', text(''), sub(0))));
    expect(event((chunk) => chunk.event(1, template, [uint(0x08, 4, 5)]))).toEqual({ EventData: { A: 'n=5', B: 5 } });
  });
});

describe('XML that stands in a record itself', () => {
  const element: Node = {
    name: 'EventData',
    attributes: { xmlns: [text('u')] },
    children: [
      data('A', text('Đông')),
      { name: 'N', children: [{ raw: (chunk) => chunk.bytes([0x05, 0x08, 9, 0, 0, 0]) }] },
      { name: 'E' },
    ],
  };
  const expected = { '#attributes': { xmlns: 'u' }, A: 'Đông', N: 9, E: null };

  test('as all of a record', () => {
    expect(event((chunk) => chunk.record(1, () => chunk.bytes([0x0f, 1, 1, 0]).node(el('Event', element), false).u8(0)))).toEqual({
      EventData: expected,
    });
  });

  test('as a value, beside an instance', () => {
    const template = el('Event', sub(0));
    const write = (chunk: ChunkWriter): void => {
      chunk.event(1, template, [
        xml((inner) =>
          inner
            .instance(INNER, [string('u'), string('v')])
            .node(element, false)
            .u8(0),
        ),
      ]);
      chunk.event(2, template, [
        xml((inner) =>
          inner
            .instance(INNER, [string('w'), string('v')])
            .node(element, false)
            .u8(0),
        ),
      ]);
    };
    expect(objects(write)).toEqual([
      { Event: { EventData: { User: 'u', Line: 'v' }, EventData_1: expected } },
      { Event: { EventData: { User: 'w', Line: 'v' }, EventData_1: expected } },
    ]);
    const [first, second] = shapes([log(write)]);
    expect(second).toBe(first);
  });

  test('entities, characters, CDATA and instructions', () => {
    const raw = (write: (chunk: ChunkWriter) => void): Node => ({ raw: write });
    const pieces = [
      text('a'),
      raw((chunk) => chunk.u8(0x09).name('lt')),
      raw((chunk) => chunk.u8(0x09).name('other')),
      raw((chunk) => chunk.u8(0x08).u16(0x1eaf)),
      raw((chunk) => chunk.u8(0x07).u16(2).utf16(']]')),
      raw((chunk) => chunk.u8(0x0a).name('target').u8(0x0b).u16(3).utf16('pi?')),
    ];
    const root = el('Event', el('EventData', data('A', ...pieces)));
    const expectedText = { EventData: { A: 'a<&other;ắ]]' } };
    expect(event((chunk) => chunk.event(1, root, []))).toEqual(expectedText);
    expect(event((chunk) => chunk.record(1, () => chunk.node(root, false).u8(0)))).toEqual(expectedText);
  });

  test('nothing is an empty event', () => {
    expect(event((chunk) => chunk.record(1, () => chunk.bytes([0x0f, 1, 1, 0, 0])))).toBeNull();
  });
});

test('a name that every object has is a name like any other', () => {
  const [object] = objects((chunk) =>
    chunk.event(1, el('Event', el('__proto__', el('x', text('1'))), el('EventData', data('__proto__', text('2')))), []),
  );
  expect(JSON.stringify(object)).toBe('{"Event":{"__proto__":{"x":"1"},"EventData":{"__proto__":"2"}}}');
});
