import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

// The verbs' own checks are taken away: what holds now is the database alone.
vi.mock('../../packages/rooms/src/access/may.ts', () => ({
  may: () => {},
  mustReach: () => {},
  mustReachOrSupervise: () => {},
  reaches: () => true,
}));

const { askForMails, deliver, faultsOf, mayRemind, WORKS_ON } = await import('../support/leak-mails.ts');
const { rowsOf } = await import('../support/leak-rows.ts');
const { makeCallers, tryAll } = await import('../support/leak-tries.ts');
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
      const both = [agency[i]!, foreign[i]!];
      const tried = await Promise.all(both.map((caller) => tryAll(worlds, caller, { mayFail: true })));
      expect(tried.flatMap((one) => one.leaks)).toEqual([]);
      // Mails of both go out while both still ask for more.
      const taken = await Promise.all(both.map((caller) => askForMails(worlds, caller, { mayFail: true })));
      await Promise.all([deliver(worlds), ...both.map((caller) => askForMails(worlds, caller, { mayFail: true }))]);
      await deliver(worlds);
      expect(taken.every((count) => count > 0)).toBe(true);
      const mails = worlds.mailbox.empty();
      for (const { place } of both.filter(mayRemind))
        expect(mails.filter(({ to }) => WORKS_ON[place]!.some((key) => to[0]?.startsWith(`mk-${key}-`))).length).toBeGreaterThan(0);
      expect(await faultsOf(worlds, mails)).toEqual([]);
    }
    expect(await Promise.all(['sogd'].map((key) => rowsOf(worlds, key)))).toEqual(before);
  });
});
