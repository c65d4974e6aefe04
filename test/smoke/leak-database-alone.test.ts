import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// The verbs' own checks are taken away: what holds now is the database alone.
vi.mock('../../packages/rooms/src/access/may.ts', () => ({
  may: () => {},
  mustReach: () => {},
  mustReachOrSupervise: () => {},
  reaches: () => true,
}));

const { makeCallers, rowsOf, tryAll } = await import('../support/leak-tries.ts');
const { makeWorlds } = await import('../support/leak-worlds.ts');
type Worlds = Awaited<ReturnType<typeof makeWorlds>>;

let worlds: Worlds;
beforeAll(async () => {
  worlds = await makeWorlds(2);
}, 120_000);
afterAll(() => worlds.close());

describe('without the checks of the verbs, on two connections that organisations share', () => {
  it('the database alone lets nothing through', { timeout: 600_000 }, async () => {
    const agency = (await makeCallers(worlds, 'soyte', ['sogd', 'fagency', 'ubnd'])).filter((caller) =>
      ['desk', 'officer', 'administrator'].includes(caller.role),
    );
    const foreign = (await makeCallers(worlds, 'fdesk', ['soyte', 'sogd', 'sotttt'])).filter((caller) =>
      ['desk', 'leader', 'administrator'].includes(caller.role),
    );
    const before = await Promise.all(['sogd'].map((key) => rowsOf(worlds, key)));
    for (let i = 0; i < agency.length; i++) {
      const tried = await Promise.all([tryAll(worlds, agency[i]!, { mayFail: true }), tryAll(worlds, foreign[i]!, { mayFail: true })]);
      expect(tried.flatMap((one) => one.leaks)).toEqual([]);
    }
    expect(await Promise.all(['sogd'].map((key) => rowsOf(worlds, key)))).toEqual(before);
  });
});
