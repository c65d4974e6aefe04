import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAddress, parseAddress } from '../address.ts';
import { isoOf, parseInstant } from '../instant.ts';
import { NOT_PLAIN, plainAddress4, PlainAddress6, PlainTimes } from './bytes.ts';

// The fast readers may leave a text to the careful ones, but never read it differently.

test('addresses are those of the careful reader', () => {
  const six = new PlainAddress6();
  const out = Buffer.alloc(64);
  const group = fc.constantFrom('', '0', '00', '1', 'a', 'FF', 'ffff', '0abc', '12345', ':', 'g');
  const text = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.array(group, { minLength: 1, maxLength: 10 }).map((groups) => groups.join(':')),
    fc
      .array(fc.constantFrom('0', '1', '00', '01', '255', '256', '', '10'), { minLength: 3, maxLength: 5 })
      .map((octets) => octets.join('.')),
  );
  let plain = 0;
  fc.assert(
    fc.property(text, (address) => {
      const bytes = Buffer.from(`x${address}y`);
      const careful = parseAddress(address);
      const four = plainAddress4(bytes, 1, bytes.length - 1);
      const isSix = six.read(bytes, 1, bytes.length - 1);
      if (four === NOT_PLAIN && !isSix) return;
      plain++;
      if (typeof careful === 'string') throw new Error(`${address} is ${careful}`);
      expect(careful.address.value).toBe(isSix ? six.value : four);
      if (isSix) expect(out.toString('latin1', 0, six.write(out, 0))).toBe(formatAddress(careful.address));
      else expect(formatAddress(careful.address)).toBe(address);
    }),
    { numRuns: 3000 },
  );
  expect(plain).toBeGreaterThan(800);
});

test('usual addresses do not need the careful reader', () => {
  const six = new PlainAddress6();
  for (const text of ['::', '::1', '1::', '2001:db8::1', 'FE80::1:2', '1:2:3:4:5:6:7:8', '1::8', '::2:3:4:5:6:7:8'])
    expect([text, six.read(Buffer.from(text), 0, text.length)]).toEqual([text, true]);
  for (const text of [
    ':',
    ':1',
    '1:',
    '1:2',
    '::1::',
    '1:::2',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '::ffff:1:2',
    '12345::',
    '::1.2.3.4',
  ])
    expect([text, six.read(Buffer.from(text), 0, text.length)]).toEqual([text, false]);
});

test('times are those of the careful reader', () => {
  const out = Buffer.alloc(64);
  const two = fc.integer({ min: 0, max: 99 }).map((value) => String(value).padStart(2, '0'));
  const low = fc.integer({ min: 0, max: 31 }).map((value) => String(value).padStart(2, '0'));
  const year = fc.constantFrom('2026', '2024', '1999', '1899', '0000', '2100');
  const end = fc.constantFrom(
    '',
    'Z',
    '+07:00',
    '-0230',
    '+07',
    '+7',
    '+07:60',
    '+15:00',
    '.5',
    '.123456',
    '.000Z',
    '.25+07:00',
    '.',
    ' ',
    'z',
    '.1234567890',
  );
  let plain = 0;
  fc.assert(
    fc.property(fc.tuple(year, low, low, fc.constantFrom(' ', 'T', '  '), two, two, two, end, fc.constantFrom(0, 420)), (parts) => {
      const [y, m, d, between, hour, minute, second, zone, offset] = parts;
      const text = `${y}-${m}-${d}${between}${hour}:${minute}:${second}${zone}`;
      const times = new PlainTimes(offset);
      const read = times.read(Buffer.from(`${text}7`), 0, text.length);
      if (read === NOT_PLAIN) return;
      plain++;
      const careful = parseInstant(text, { order: 'dmy', offset });
      if (careful === null) throw new Error(`${text} is no time`);
      expect(read * 1000 + times.milli).toBe(careful.ms);
      expect(out.toString('latin1', 0, times.write(out, 0, read))).toBe(isoOf(careful.ms));
    }),
    { numRuns: 20_000 },
  );
  expect(plain).toBeGreaterThan(30);
  for (const text of ['2026-04-20 11:22:33', '2026-04-20T11:22:33Z', '2026-04-20T11:22:33.123456+00:00', '2026-04-20 11:22:33+07'])
    expect(new PlainTimes(0).read(Buffer.from(text), 0, text.length)).not.toBe(NOT_PLAIN);
});
