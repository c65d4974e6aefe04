import { TASK_STATES } from '@vonggac/contract/work-views';
import { describe, expect, it } from 'vitest';
import { afterAct, canMoveReceipt, groupOf, nextNumber, statusOf, TASK_ACTS, type TaskAct, type TaskState, timeStateOf } from './model.ts';

const POSSIBLE: Record<TaskAct, Partial<Record<TaskState, TaskState>>> = {
  answer: { assigned: 'in-progress', 'in-progress': 'in-progress', 'more-asked': 'more-asked' },
  submit: { assigned: 'submitted', 'in-progress': 'submitted', 'more-asked': 'submitted' },
  'withdraw-submission': { submitted: 'in-progress' },
  'ask-more': { submitted: 'more-asked' },
  accept: { submitted: 'accepted' },
  reopen: { accepted: 'submitted' },
  withdraw: { assigned: 'withdrawn', 'in-progress': 'withdrawn', submitted: 'withdrawn', 'more-asked': 'withdrawn' },
};

describe('a task', () => {
  const table = (Object.keys(TASK_ACTS) as TaskAct[]).flatMap((act) =>
    TASK_STATES.map((state) => [act, state, POSSIBLE[act][state] ?? null] as const),
  );
  it.each(table)('%s from %s leads to %s', (act, from, to) => {
    expect(afterAct(from, act)).toBe(to);
  });
  it('is reviewed by the overseer’s side alone', () => {
    expect(
      Object.entries(TASK_ACTS)
        .filter(([, { side }]) => side === 'overseer')
        .map(([act]) => act),
    ).toEqual(['ask-more', 'accept', 'reopen', 'withdraw']);
  });
});

describe('a receipt', () => {
  it('moves once, and refusal is only possible there', () => {
    const moves = (['01', '02', '03'] as const).flatMap((from) =>
      (['01', '02', '03'] as const).filter((to) => canMoveReceipt(from, to)).map((to) => `${from}→${to}`),
    );
    expect(moves).toEqual(['01→02', '01→03']);
  });
});

describe('the status for the sender', () => {
  const task = (state: TaskState, assignee: string | null = null) => ({ state, assignee });
  it.each([
    ['01', [task('in-progress')], '01'],
    ['02', [task('withdrawn')], '02'],
    ['03', [], '03'],
    ['03', [task('assigned'), task('assigned')], '03'],
    ['03', [task('assigned', 'x'), task('assigned')], '04'],
    ['03', [task('assigned'), task('submitted')], '05'],
    ['03', [task('accepted'), task('assigned')], '05'],
    ['03', [task('accepted'), task('more-asked')], '05'],
    ['03', [task('accepted'), task('withdrawn')], '06'],
    ['03', [task('withdrawn')], '03'],
  ] as const)('receipt %s with %j is %s', (receipt, tasks, status) => {
    expect(statusOf(receipt, tasks)).toBe(status);
  });
});

describe('time', () => {
  const endOf26 = '2024-04-26T23:59:59.999+07:00';
  it.each([
    ['the document names no date', null, null, '2024-04-26T08:00:00+07:00', 'none'],
    ['answered the day before', endOf26, '2024-04-25T23:59:00+07:00', '2024-05-09T08:00:00+07:00', 'in-time'],
    ['answered on the very day (đúng ngày)', endOf26, '2024-04-26T23:59:00+07:00', '2024-05-09T08:00:00+07:00', 'on-day'],
    ['answered the day after', endOf26, '2024-04-27T00:00:00+07:00', '2024-05-09T08:00:00+07:00', 'overdue'],
    [
      'answered after the hour that is named',
      '2024-04-26T17:00:00+07:00',
      '2024-04-26T17:00:01+07:00',
      '2024-05-09T08:00:00+07:00',
      'overdue',
    ],
    ['open, four days left', endOf26, null, '2024-04-22T08:00:00+07:00', 'in-time'],
    ['open, three days left', endOf26, null, '2024-04-23T23:00:00+07:00', 'at-risk'],
    ['open on the last day', endOf26, null, '2024-04-26T23:00:00+07:00', 'at-risk'],
    ['open, past', endOf26, null, '2024-04-27T00:00:00+07:00', 'overdue'],
  ] as const)('%s', (_, due, answeredAt, now, state) => {
    expect(timeStateOf(due, answeredAt, Temporal.Instant.from(now))).toBe(state);
  });

  const friday = Temporal.Instant.from('2024-04-26T08:00:00+07:00');
  it.each([
    [null, 'none'],
    ['2024-04-26T07:59:00+07:00', 'overdue'],
    ['2024-04-26T23:59:59.999+07:00', 'today'],
    ['2024-04-28T23:59:59.999+07:00', 'week'],
    ['2024-04-29T00:00:00+07:00', 'later'],
  ] as const)('%s stands under %s on Friday', (due, group) => {
    expect(groupOf(due, friday)).toBe(group);
  });
});

describe('the incoming register', () => {
  it('goes on from the highest number, however it was written', () => {
    expect(nextNumber([])).toBe('1');
    expect(nextNumber(['7', '12a', null, 'x'])).toBe('13');
  });
});
