import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answered, type Covering, verdictOf } from './verdict.ts';

const at = (hour: number): string => new Date(Date.UTC(2024, 3, 1, hour)).toISOString();
const answer = (more: Partial<Answered> = {}): Answered => ({
  answeredAt: at(10),
  family: 'mirai',
  senders: ['a'],
  usage: 'own',
  heldUntil: null,
  again: null,
  ...more,
});
const list = (id: string, more: Partial<Covering> = {}): Covering => ({
  id,
  sender: 'a',
  families: null,
  coversFrom: at(0),
  coversTo: at(24),
  ...more,
});

describe('verdictOf', () => {
  it('says not seen only by a later list of the sender that covers the family and time after the answer', () => {
    expect(verdictOf(answer(), [list('l')])).toEqual({ verdict: 'not-seen', list: 'l', why: null });
    const proofless = [
      list('l', { sender: 'b' }),
      list('l', { families: ['zeus'] }),
      list('l', { coversTo: at(10) }),
      list('l', { coversTo: null }),
    ];
    for (const one of proofless) expect(verdictOf(answer(), [one])).toEqual({ verdict: 'unverified', list: null, why: 'no-list' });
    expect(verdictOf(answer(), [list('l', { families: ['zeus', 'mirai'] })]).verdict).toBe('not-seen');
  });

  it('never closes a shared or dynamic address by silence, nor one that changed hands', () => {
    for (const usage of ['exit', 'carrier', 'dynamic'])
      expect(verdictOf(answer({ usage }), [list('l')])).toMatchObject({ verdict: 'unverified', why: 'shared' });
    expect(verdictOf(answer({ heldUntil: at(9) }), [list('l')])).toMatchObject({ verdict: 'unverified', why: 'moved' });
    expect(verdictOf(answer({ heldUntil: at(12) }), [list('l')]).verdict).toBe('not-seen');
    expect(verdictOf(answer({ heldUntil: at(12) }), [list('l', { coversFrom: at(13) })])).toMatchObject({
      verdict: 'unverified',
      why: 'moved',
    });
  });

  it('a sighting after the answer outweighs every silence, one before proves nothing', () => {
    expect(verdictOf(answer({ usage: 'exit', again: { list: 'm', seenAt: at(11) } }), [list('l')])).toEqual({
      verdict: 'seen-again',
      list: 'm',
      why: null,
    });
    expect(verdictOf(answer({ again: { list: 'm', seenAt: at(10) } }), [list('l')]).verdict).toBe('not-seen');
  });

  it('equals a model that walks hour by hour, in whatever order lists come', () => {
    const hour = fc.integer({ min: 0, max: 30 });
    const some = fc.record({
      id: fc.uuid(),
      sender: fc.constantFrom('a', 'b', 'c'),
      families: fc.option(fc.subarray(['mirai', 'zeus']), { nil: null }),
      from: fc.option(hour, { nil: null }),
      to: fc.option(hour, { nil: null }),
    });
    const world = fc.record({
      answered: hour,
      senders: fc.subarray(['a', 'b'], { minLength: 1 }),
      usage: fc.constantFrom(null, 'own', 'own', 'exit', 'carrier', 'dynamic'),
      heldUntil: fc.option(hour, { nil: null }),
      again: fc.option(hour, { nil: null }),
      lists: fc.array(some, { maxLength: 6 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(world, ({ answered, senders, usage, heldUntil, again, lists, seed }) => {
        const given = answer({
          answeredAt: at(answered),
          senders,
          usage,
          heldUntil: heldUntil === null ? null : at(heldUntil),
          again: again === null ? null : { list: 'x', seenAt: at(again) },
        });
        const covering = lists.map(({ id, sender, families, from, to }) =>
          list(id, { sender, families, coversFrom: from === null ? null : at(from), coversTo: to === null ? null : at(to) }),
        );
        const judged = verdictOf(given, covering);
        const shuffled = covering.toSorted((a, b) => (hash(a.id, seed) < hash(b.id, seed) ? -1 : 1));
        expect(verdictOf(given, shuffled)).toEqual(judged);
        expect(judged.verdict).toBe(walked({ answered, senders, usage, heldUntil, again }, lists));
      }),
      { numRuns: 400 },
    );
  });
});

const hash = (id: string, seed: number): number => [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) + seed) % 9973, 7);

type World = { answered: number; senders: string[]; usage: string | null; heldUntil: number | null; again: number | null };
type Listed = { sender: string; families: string[] | null; from: number | null; to: number | null };

/** An hour of silence after the answer, in a list that would have shown the machine while the organisation held the address, proves it clean. */
function walked(world: World, lists: readonly Listed[]): string {
  if (world.again !== null && world.again > world.answered) return 'seen-again';
  if (world.usage !== null && world.usage !== 'own') return 'unverified';
  for (const { sender, families, from, to } of lists) {
    if (!world.senders.includes(sender) || (families !== null && !families.includes('mirai')) || to === null) continue;
    const first = Math.max(from ?? -1, world.answered);
    if (to > world.answered && (world.heldUntil === null || first < world.heldUntil)) return 'not-seen';
  }
  return 'unverified';
}
