import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ListMatcher, NoSuchColumns, piecesOf, RegisterReader } from './index.ts';

type Row = { row: number; ip: string; time: string | null; organisation: string | null; cidr: string | null; reason: string };

function registerOf(text: string | Buffer): RegisterReader {
  const reader = new RegisterReader();
  reader.push(Buffer.from(text));
  reader.end();
  return reader;
}

/** The rows of a list that comes in pieces of the given size. */
function match(register: string, list: string | Buffer, piece = 65_536): Row[] {
  let out = '';
  const matcher = new ListMatcher({ holdings: registerOf(register).holdings, write: (bytes) => (out += Buffer.from(bytes).toString()) });
  const bytes = Buffer.from(list);
  for (let at = 0; at < bytes.length; at += piece) matcher.push(bytes.subarray(at, at + piece));
  matcher.end();
  const rows = out.trimEnd().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Row); // prettier-ignore
  expect(rows).toHaveLength(matcher.rows);
  for (const reason of new Set(rows.map((row) => row.reason)))
    expect(matcher.counts[reason as 'bad-row']).toBe(rows.filter((row) => row.reason === reason).length);
  return rows;
}

const REGISTER = 'organisation,cidr,valid_from,valid_to\n';
const one = (ip: string, time: string, register: string): Row => match(REGISTER + register, `ip,timestamp\n"${ip}","${time}"\n`)[0]!;

describe('the model', () => {
  type Held = { base: bigint; bits: number; length: number; from: number; to: number; organisation: string };
  const size = { 4: 32, 6: 128 } as const;
  const origin = { 4: 0xcb00_7100n, 6: 0x2001_0db8n << 96n } as const;
  const day = (at: number): string => new Date(Date.UTC(2026, 3, 20 + at)).toISOString().slice(0, 10);
  const held = fc
    .record({
      family: fc.constantFrom(4 as const, 6 as const),
      offset: fc.integer({ min: 0, max: 255 }),
      host: fc.integer({ min: 0, max: 10 }),
      from: fc.option(fc.integer({ min: 0, max: 6 })),
      days: fc.option(fc.integer({ min: 1, max: 4 })),
      organisation: fc.constantFrom('Sở A', 'UBND "B"', 'C, D', 'Trường\nE'),
    })
    .map(({ family, offset, host, from, days, organisation }): Held => {
      const shift = BigInt(host);
      return {
        base: ((origin[family] + BigInt(offset)) >> shift) << shift,
        bits: size[family],
        length: size[family] - host,
        from: from ?? -1000,
        to: days === null ? 1000 : (from ?? 0) + days,
        organisation,
      };
    });
  const hit = fc.record({
    family: fc.constantFrom(4 as const, 6 as const),
    offset: fc.integer({ min: -2, max: 300 }),
    second: fc.integer({ min: -90_000, max: 8 * 86_400 }),
    form: fc.integer({ min: 0, max: 11 }),
  });

  const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
  const hex = (value: bigint): string =>
    Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - at * 16)) & 0xffffn).toString(16)).join(':');
  const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const textOf = (family: 4 | 6, value: bigint, form: number): string => {
    if (family === 6) return form % 2 === 0 ? hex(value) : hex(value).toUpperCase();
    const plain = dotted(Number(value));
    return [plain, plain, plain.replace('.', '[.]'), `::ffff:${plain}`, ` ${plain} `, `hxxp://${plain}:80/a`][form % 6]!;
  };
  const timeOf = (second: number, form: number): string => {
    const at = (offset: number): string => new Date((Date.UTC(2026, 3, 20) / 1000 + second + offset) * 1000).toISOString().slice(0, 19);
    const [y, m, d] = at(0).slice(0, 10).split('-');
    return [
      at(0),
      at(0).replace('T', ' '),
      `${at(0)}Z`,
      `${at(0)}.25`,
      `${at(25_200)}+07:00`,
      `${at(-9000).replace('T', ' ')} -0230`,
      `${d}/${m}/${y} ${at(0).slice(11)}`,
    ][form % 7]!;
  };

  function naive(register: readonly Held[], family: 4 | 6, value: bigint, second: number): { holder: Held | null; known: boolean } {
    const today = Math.floor((second + 25_200) / 86_400);
    const around = register.filter(
      (one) => one.bits === size[family] && value >> BigInt(one.bits - one.length) === one.base >> BigInt(one.bits - one.length),
    );
    const then = around.filter((one) => one.from <= today && today < one.to);
    const best = then.reduce<Held | null>(
      (a, b) => (a === null || b.length > a.length || (b.length === a.length && b.from >= a.from) ? b : a),
      null,
    );
    return { holder: best, known: around.length > 0 };
  }

  test('is agreed with, row by row, whatever the form and however the pieces fall', () => {
    fc.assert(
      fc.property(
        fc.array(held, { maxLength: 40 }),
        fc.array(hit, { maxLength: 30 }),
        fc.integer({ min: 1, max: 400 }),
        (register, hits, piece) => {
          const lines = register.map((one) => {
            const base = one.bits === 32 ? dotted(Number(one.base)) : hex(one.base);
            return [
              quote(one.organisation),
              `${base}/${one.length}`,
              one.from === -1000 ? '' : day(one.from),
              one.to === 1000 ? '' : day(one.to),
            ].join(',');
          });
          const list = hits.map(({ family, offset, second, form }, at) => {
            const ip = textOf(family, origin[family] + BigInt(offset), form);
            return form % 3 === 0 ? `${at},${timeOf(second, form)},${ip}` : `"x, ""\n${at}","${timeOf(second, form)}",${quote(ip)}`;
          });
          const rows = match(REGISTER + lines.join('\n'), ['n,timestamp,src_ip', ...list].join(piece % 2 === 0 ? '\r\n' : '\n'), piece);
          expect(rows).toHaveLength(hits.length);
          for (const [at, { family, offset, second, form }] of hits.entries()) {
            const { holder, known } = naive(register, family, origin[family] + BigInt(offset), second);
            expect(rows[at]).toMatchObject({
              row: at + 1,
              organisation: holder?.organisation ?? null,
              reason: holder ? 'longest-prefix' : known ? 'not-valid-at-time' : 'no-range',
            });
            expect(Date.parse(rows[at]!.time!)).toBe(Date.UTC(2026, 3, 20) + second * 1000 + (form % 7 === 3 ? 250 : 0));
            if (family === 4) expect(rows[at]!.ip).toBe(dotted(Number(origin[4]) + offset));
            if (holder) expect(rows[at]!.cidr!.endsWith(`/${holder.length}`)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('days', () => {
  test('are those of Vietnam, from inclusive, to exclusive', () => {
    const register = 'A,192.0.2.0/24,2026-04-20,2026-04-21\n';
    const times = ['2026-04-19 16:59:59', '2026-04-19 17:00:00', '2026-04-20 16:59:59', '2026-04-20 17:00:00'];
    expect(times.map((time) => one('192.0.2.1', time, register).organisation)).toEqual([null, 'A', 'A', null]);
  });

  test('a longer prefix that ended gives way to the shorter one around it', () => {
    const register = 'A,192.0.2.0/24,,\nB,192.0.2.0/25,2026-01-01,2026-02-01\n';
    expect(one('192.0.2.1', '2026-01-10 00:00:00', register)).toMatchObject({ organisation: 'B', cidr: '192.0.2.0/25' });
    expect(one('192.0.2.1', '2026-02-10 00:00:00', register)).toMatchObject({ organisation: 'A', cidr: '192.0.2.0/24' });
  });
});

describe('the list', () => {
  const HELD = `${REGISTER}A,0.0.0.0/0,,\nB,::/0,,\n`;

  test.each([
    ['source.ip;TIME\n192.0.2.1;2026-04-20', 'semicolons'],
    ['\ufeff"Timestamp (UTC)"\t"IP"\r\n2026-04-20\t192.0.2.1\r\n', 'mark, tabs, quotes'],
    ['sep=;\ntimestamp;ip\n2026-04-20;192.0.2.1', 'a line for spreadsheets'],
    ['# made today\n#\nip,timestamp\n192.0.2.1,2026-04-20\n\n\n', 'remarks and empty lines'],
    ['ip,timestamp\r192.0.2.1,2026-04-20\r', 'CR'],
    ['Địa chỉ IP|Thời gian\n192.0.2.1|20/04/2026 00:00', 'Vietnamese'],
  ])('%j: %s', (list) => {
    expect(match(HELD, list)).toEqual([
      { row: 1, ip: '192.0.2.1', time: '2026-04-20T00:00:00Z', organisation: 'A', cidr: '0.0.0.0/0', reason: 'longest-prefix' },
    ]);
  });

  test('a header that names a zone is believed, a cell that names one is believed more', () => {
    const rows = match(HELD, 'ip,timestamp (GMT+7)\n192.0.2.1,2026-04-20 07:00:00\n192.0.2.1,2026-04-20 07:00:00Z\n');
    expect(rows.map(({ time }) => time)).toEqual(['2026-04-20T00:00:00Z', '2026-04-20T07:00:00Z']);
  });

  test('says what is wrong with a row and goes on', () => {
    const rows = match(
      HELD,
      `ip,timestamp\n010.1.1.1,2026-04-20\nfe80::1%eth0,2026-04-20\n,2026-04-20\n192.0.2.1\n192.0.2.1,soon\n192.0.2.1,2026-02-30\n"192.0.2.1,2026-04-20\n2001:DB8::,2026-04-20`,
    );
    expect(rows.map(({ reason }) => reason)).toEqual(['bad-address', 'bad-address', 'no-address', 'no-time', 'bad-time', 'bad-time', 'bad-row', 'longest-prefix']); // prettier-ignore
    expect(rows.map(({ organisation }) => organisation)).toEqual([null, null, null, null, null, null, null, 'B']);
    expect(rows.at(-1)).toMatchObject({ row: 8, ip: '2001:db8::' });
  });

  test('a row of two megabytes costs that row', () => {
    const rows = match(HELD, `ip,timestamp,x\n192.0.2.1,2026-04-20,${'y'.repeat(2 ** 21)}\n192.0.2.2,2026-04-20,z\n`, 10_000);
    expect(rows.map(({ row, reason }) => [row, reason])).toEqual([[1, 'bad-row'], [2, 'longest-prefix']]); // prettier-ignore
  });

  test('without the columns is refused as a whole', () => {
    expect(() => match(HELD, '192.0.2.1,2026-04-20\n')).toThrow(NoSuchColumns);
    expect(() => match(HELD, '')).toThrow(NoSuchColumns);
  });

  test('may be packed and UTF-16', async () => {
    const list = '\ufeffip,timestamp\n192.0.2.1,2026-04-20\n';
    for (const bytes of [
      gzipSync(list),
      Buffer.from(list, 'utf16le'),
      gzipSync(Buffer.from(list, 'utf16le')),
      Buffer.from(list, 'utf16le').swap16(),
    ]) {
      const whole = await Array.fromAsync(piecesOf(bytes));
      expect(match(HELD, Buffer.concat(whole))).toHaveLength(1);
    }
  });
});

describe('the register', () => {
  test('refuses lines one by one, with their number', () => {
    const { holdings, remarks } = registerOf(
      `${REGISTER}A,192.0.2.0/24,,\n,192.0.2.0/24,,\n"B\nB",192.0.2.0/33,,\nC,1.2.3,,\nD,01.2.3.4,,\nE,192.0.2.9-192.0.2.1,,\nF,192.0.2.1,2026-02-29,\nG,192.0.2.1,2026-01-01,2026-01-01\nH,10.0.0.0/255.0.255.0,,\nI,,,\nJ,fe80::%1/64,,\nK,192.0.2.0/24,1/5/2026,`,
    );
    expect(holdings.map(({ organisation }) => organisation)).toEqual(['A', 'K']);
    expect(remarks.map(({ line, isRefused }) => (isRefused ? line : -line))).toEqual([3, 4, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  test('takes masks, single addresses, ranges and host bits', () => {
    const { holdings, remarks } = registerOf(
      `cidr;organisation\n10.1.2.3/255.255.0.0;A\n192.0.2.7;B\n192.0.2.1 - 192.0.2.6;C\n2001:db8::5/64;D\n::ffff:198.51.100.0/120;E\n2001:db8::-2001:db8::3;F\n`,
    );
    expect(holdings.map(({ cidr }) => cidr)).toEqual([
      '10.1.0.0/16',
      '192.0.2.7/32',
      '192.0.2.1/32',
      '192.0.2.2/31',
      '192.0.2.4/31',
      '192.0.2.6/32',
      '2001:db8::/64',
      '198.51.100.0/24',
      '2001:db8::/126', // prettier-ignore
    ]);
    expect(remarks.map(({ line, isRefused }) => [line, isRefused])).toEqual([[2, false], [5, false]]); // prettier-ignore
  });

  test('says where two hold the same range from the same day; the later line is used', () => {
    const register = 'A,192.0.2.0/24,,\nB,192.0.2.0/24,,\n';
    expect(registerOf(REGISTER + register).remarks).toMatchObject([{ line: 3, isRefused: false }]);
    expect(one('192.0.2.1', '2026-04-20', register).organisation).toBe('B');
  });
});
