import { expect, test } from 'vitest';
import { readDay } from './read-day.ts';

const today = '2024-04-26';
const read = (text: string, from1904 = false) => readDay(text, { today, from1904 });

test.each([
  ['25/4/2024', '2024-04-25', false],
  ['05-04-2024', '2024-04-05', false],
  ['5.4.2024', '2024-04-05', false],
  ['ngày 25 tháng 4 năm 2024', '2024-04-25', false],
  // Month first can only be meant where the other way is no day.
  ['4/25/2024', '2024-04-25', true],
  // A program made a date of it: 4 March may have been 3 April.
  ['2024-03-04', '2024-03-04', true],
  ['2024-04-25T00:00:00', '2024-04-25', false],
  ['2024-04-04', '2024-04-04', false],
  ['45407', '2024-04-25', true],
])('%s is understood as %s, doubtful: %s', (text, day, doubtful) => {
  const found = read(text);
  expect(found).toMatchObject({ day });
  expect('doubt' in found && found.doubt !== null).toBe(doubtful);
});

test('a bare number counts in the date system of the file, and in the other where only that makes sense', () => {
  expect(read('43945', true)).toMatchObject({ day: '2024-04-25' });
  expect(read('43945', false)).toMatchObject({ day: '2020-04-24' });
  const turned = read('45407', true);
  expect('day' in turned && turned.doubt?.vi).toContain('1900');
});

test.each(['32/4/2024', '30/2/2024', '2024', 'hôm qua', '25/4', '25/4/24', '2024-13-01'])('%s is no day', (text) => {
  expect(read(text)).toHaveProperty('refused');
});

test('a day that has not come is refused, with the hint that it may be turned round', () => {
  expect(read('27/4/2024')).toHaveProperty('refused');
  const found = read('5/12/2024');
  expect('refused' in found && found.refused.vi).not.toContain('bị đảo');
  const turned = read('3/5/2024');
  expect('refused' in turned && turned.refused.vi).toContain('đảo (5/3/2024)');
});
