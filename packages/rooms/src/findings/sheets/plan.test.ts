import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SHEET_ANSWERS } from './model.ts';
import type { CameRow, Said, SheetRow } from './model.ts';
import { type Now, planRow } from './plan.ts';

const DAYS = ['2024-05-01', '2024-05-15'];
const TIMES = ['2024-04-20T00:00:00.000Z', '2024-04-22T00:00:00.000Z'];
const maybe = <T>(values: readonly T[]) => fc.constantFrom(null, ...values);
const said: fc.Arbitrary<Said> = fc.record({
  answer: fc.constantFrom(...SHEET_ANSWERS),
  postponedTo: maybe(DAYS),
  machinesDone: maybe([0, 1]),
  machinesTotal: maybe([1, 2]),
  note: maybe(['a', 'b']),
});
const stood = {
  state: fc.constantFrom('open' as const, 'answered' as const, 'closed' as const),
  answer: maybe(SHEET_ANSWERS),
  answeredAt: maybe(TIMES),
  approval: maybe(['asked', 'given', 'refused'] as const),
};
const row: fc.Arbitrary<SheetRow> = fc.record({
  key: fc.constant('VG-0'),
  finding: fc.constant('f'),
  name: fc.constant('14.225.10.1'),
  seen: fc.constantFrom(...TIMES),
  ...stood,
});
const now: fc.Arbitrary<Now> = fc.record({
  ...stood,
  organisation: fc.constant('o'),
  note: maybe(['a', 'b']),
  postponedTo: maybe(DAYS),
  machinesDone: maybe([0, 1]),
  machinesTotal: maybe([1, 2]),
  lastSeen: fc.constantFrom(...TIMES),
});
const came = (one: Said): CameRow => ({ ...one, key: 'VG-0', line: 9, isEmpty: false, extra: {}, refused: null, doubts: [] });

/** What answering makes of a finding, as on screen. */
const answered = (finding: Now, one: Said): Now => ({
  ...finding,
  ...one,
  postponedTo: one.answer === 'postponed' ? one.postponedTo : null,
  state: one.answer === 'postponed' ? 'open' : 'answered',
  approval: one.answer === 'cleaned' || one.answer === 'patched' ? null : 'asked',
  answeredAt: '2024-04-26T00:00:00.000Z',
});

test('a row is taken only where nothing happened since the sheet went out; taken, it is never taken again', () => {
  fc.assert(
    fc.property(row, said, now, fc.boolean(), (sent, one, finding, can) => {
      const { state, doubts } = planRow(sent, came(one), { now: finding, can });
      const isAsSent = (['state', 'answer', 'answeredAt', 'approval'] as const).every((name) => sent[name] === finding[name]);
      if (state === 'take') {
        expect(isAsSent && can).toBe(true);
        expect(doubts).toHaveLength(finding.lastSeen > sent.seen ? 1 : 0);
        const after = answered(finding, one);
        for (const may of [true, false]) expect(planRow(sent, came(one), { now: after, can: may }).state).toBe('same');
        // Seen again by a later list, it is open: the old sheet is no answer to that.
        const again = { ...after, state: 'open' as const, approval: null };
        if (one.answer !== 'postponed') expect(planRow(sent, came(one), { now: again, can: true }).state).toBe('changed');
      }
      if (!isAsSent) expect(['same', 'changed']).toContain(state);
      if (isAsSent && !can) expect(['same', 'closed']).toContain(state);
    }),
    { numRuns: 2000 },
  );
});

test('what was deleted, left empty or is gone changes nothing', () => {
  fc.assert(
    fc.property(row, said, now, (sent, one, finding) => {
      const around = { now: finding, can: true };
      expect(planRow(sent, undefined, around).state).toBe('missing');
      expect(planRow(sent, { ...came(one), isEmpty: true }, around).state).toBe('same');
      expect(planRow(sent, came(one), { now: undefined, can: false }).state).toBe('closed');
      const refused = { cell: 'H9', text: { vi: 'x', en: 'x' } };
      expect(planRow(sent, { ...came(one), refused }, around).state).toBe('refused');
    }),
    { numRuns: 200 },
  );
});
