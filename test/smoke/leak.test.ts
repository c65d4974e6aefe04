import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, makeCallers, rowsOf, tryAll } from '../support/leak-tries.ts';
import { makeWorlds, type Worlds } from '../support/leak-worlds.ts';

/** Every route × every role × own, subordinate, supervising and foreign organisation, generated from the contract. */
let worlds: Worlds;
beforeAll(async () => {
  worlds = await makeWorlds(6);
}, 120_000);
afterAll(() => worlds.close());

const PLACES: [keyof Worlds['places'], string[], string][] = [
  ['soyte', ['sogd', 'fagency', 'fdesk', 'ubnd'], 'an agency sees nothing of a sibling, of its parent or of another province'],
  ['benhvien', ['sogd', 'fagency', 'ubnd'], 'a subordinate unit sees nothing of its parent’s siblings or of the province'],
  ['sotttt', ['fagency', 'fdesk'], 'a supervising department sees nothing of another province'],
  ['fdesk', ['soyte', 'sogd', 'sotttt', 'ubnd'], 'another province sees nothing of this one'],
];

describe('nothing leaks', () => {
  for (const [place, forbidden, says] of PLACES) {
    it(says, { timeout: 300_000 }, async () => {
      const before = await Promise.all(forbidden.map((key) => rowsOf(worlds, key)));
      const callers: Caller[] = await makeCallers(worlds, place, forbidden);
      const answered = new Set<string>();
      let calls = 0;
      for (const caller of callers) {
        const tried = await tryAll(worlds, caller);
        expect(tried.leaks).toEqual([]);
        for (const key of tried.answered) answered.add(key);
        calls += tried.calls;
      }
      expect(calls).toBeGreaterThan(1000);
      // Lists and searches answer, so that an empty answer is what was looked at.
      for (const key of ['GET /directives', 'GET /organisations', 'GET /my-work', 'GET /contacts', 'GET /people', 'GET /audit'])
        expect(answered).toContain(key);
      expect(await Promise.all(forbidden.map((key) => rowsOf(worlds, key)))).toEqual(before);
    });
  }
});
