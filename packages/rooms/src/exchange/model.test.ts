import { describe, expect, it } from 'vitest';
import { incomingOf, pathTo, type ReceiptFacts, stepsOf, wrongOrder } from './model.ts';

const RECEIPT: ReceiptFacts = {
  state: '03',
  arrivedAt: '2024-04-20T01:00:00Z',
  receivedAt: '2024-04-22T02:00:00Z',
  number: '17',
  day: '2024-04-22',
  refusedReason: null,
};
const NONE = { '04': null, '05': null, '06': null };

describe('the order of statuses', () => {
  it('is 01→02 or 01→03→04→05→06', () => {
    expect(pathTo('06')).toEqual(['01', '03', '04', '05', '06']);
    expect(pathTo('02')).toEqual(['01', '02']);
  });

  it.each([
    ['01', [], null],
    ['02', [], null],
    ['03', [], null],
    ['03', ['01'], null],
    ['04', ['01'], 'too-early'],
    ['05', ['03'], 'too-early'],
    ['05', ['03', '04'], null],
    ['06', ['03', '04', '05'], null],
    ['03', ['02'], 'contradicts'],
    ['02', ['03'], 'contradicts'],
    ['01', ['03'], 'contradicts'],
    ['03', ['03'], 'again'],
  ] as const)('%s after %j: %s', (code, known, wrong) => expect(wrongOrder(code, known)).toBe(wrong));
});

describe('the statuses to tell', () => {
  it('are each said once, in order, with số đến; work that nobody was named for was assigned when it began', () => {
    const steps = stepsOf('05', RECEIPT, { ...NONE, '05': '2024-04-23T03:00:00Z' });
    expect(steps.map(({ code, at, description }) => [code, at.slice(0, 13), description])).toEqual([
      ['01', '2024-04-20T01', null],
      ['03', '2024-04-22T02', 'Số đến 17, ngày đến 22/04/2024'],
      ['04', '2024-04-23T03', null],
      ['05', '2024-04-23T03', null],
    ]);
  });

  it('never go back in time, whatever the clocks said', () => {
    const steps = stepsOf('06', RECEIPT, { '04': '2024-04-21T00:00:00Z', '05': null, '06': '2024-04-20T00:00:00Z' });
    const times = steps.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('tell the reason of a refusal', () => {
    const steps = stepsOf('02', { ...RECEIPT, state: '02', refusedReason: 'Gửi nhầm' }, NONE);
    expect(steps.map(({ code, description }) => [code, description])).toEqual([
      ['01', null],
      ['02', 'Gửi nhầm'],
    ]);
  });
});

it('số đến and ngày đến come back out of a description; a day that does not exist does not', () => {
  expect(incomingOf('Số đến 17, ngày đến 22/04/2024')).toEqual({ number: '17', day: '2024-04-22' });
  expect(incomingOf('Đã vào sổ. Số đến: 45/CV; ngày đến: 31/02/2024')).toEqual({ number: '45/CV', day: null });
  expect(incomingOf('Đã tiếp nhận')).toEqual({ number: null, day: null });
});
