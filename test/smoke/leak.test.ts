import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForMails, deliver, faultsOf, mayRemind, WORKS_ON } from '../support/leak-mails.ts';
import { rowsOf } from '../support/leak-rows.ts';
import { type Caller, KEYS, makeCallers, tryAll } from '../support/leak-tries.ts';
import { asOwner, makeWorlds, type Worlds } from '../support/leak-worlds.ts';

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

const made = new Map<string, Caller[]>();
async function callersAt(place: keyof Worlds['places']): Promise<Caller[]> {
  const forbidden = PLACES.find(([one]) => one === place)![1];
  if (!made.has(place)) made.set(place, await makeCallers(worlds, place, forbidden));
  return made.get(place)!;
}

describe('nothing leaks', () => {
  for (const [place, forbidden, says] of PLACES) {
    it(says, { timeout: 600_000 }, async () => {
      const before = await Promise.all(forbidden.map((key) => rowsOf(worlds, key)));
      const callers = await callersAt(place);
      const answered = new Set<string>();
      const understood = new Set<string>();
      let calls = 0;
      for (const caller of callers) {
        const tried = await tryAll(worlds, caller);
        expect(tried.leaks).toEqual([]);
        expect(await askForMails(worlds, caller)).toBe(mayRemind(caller) ? 1 : 0);
        await deliver(worlds);
        const mails = worlds.mailbox.empty();
        expect(mails).toHaveLength(mayRemind(caller) ? WORKS_ON[place]!.length : 0);
        expect(await faultsOf(worlds, mails)).toEqual([]);
        for (const key of tried.answered) answered.add(key);
        for (const key of tried.understood) understood.add(key);
        calls += tried.calls;
      }
      expect(calls).toBeGreaterThan(1000);
      // No input was turned away for its form alone.
      expect(KEYS.filter((key) => !understood.has(key))).toEqual([]);
      // Lists and searches answer, so that an empty answer is what was looked at.
      for (const key of ['GET /directives', 'GET /organisations', 'GET /my-work', 'GET /contacts', 'GET /people', 'GET /audit'])
        expect(answered).toContain(key);
      expect(await Promise.all(forbidden.map((key) => rowsOf(worlds, key)))).toEqual(before);
    });
  }
});

/** What ends between asking for a mail and its sending, with what undoes it; `$1` the sender, `$2` the receiver. */
const ENDS: [string, string, string][] = [
  [
    'the sender lost the role',
    `update memberships set valid_to = '2024-04-26' where person = $1::uuid and $2::uuid is not null`,
    `update memberships set valid_to = null where person = $1::uuid and $2::uuid is not null`,
  ],
  [
    'the account of the sender was shut',
    `update people set disabled_at = '2024-04-26T00:00:00Z' where id = $1::uuid and $2::uuid is not null`,
    `update people set disabled_at = null where id = $1::uuid and $2::uuid is not null`,
  ],
  [
    'the receiver is the focal point no more',
    `update contacts set role = 'leader' where organisation = $2::uuid and role = 'focal' and $1::uuid is not null`,
    `update contacts set role = 'focal' where organisation = $2::uuid and role = 'leader' and $1::uuid is not null`,
  ],
  [
    'the receiver left the register',
    `update contacts set valid_to = '2024-04-26' where organisation = $2::uuid and role = 'focal' and $1::uuid is not null`,
    `update contacts set valid_to = null where organisation = $2::uuid and role = 'focal' and $1::uuid is not null`,
  ],
  [
    'the organisation has no part in the directive any more',
    `update receipts set state = '02' where organisation = $2::uuid and $1::uuid is not null`,
    `update receipts set state = '03' where organisation = $2::uuid and $1::uuid is not null`,
  ],
];

describe('a mail that waits', () => {
  it.each(ENDS)('does not reach anybody when %s meanwhile', { timeout: 120_000 }, async (_, end, undo) => {
    for (const place of ['sotttt', 'fdesk', 'soyte'] as const) {
      const [sender] = (await callersAt(place)).filter(mayRemind);
      for (const receiver of WORKS_ON[place]!) {
        expect(await askForMails(worlds, sender!)).toBe(1);
        const ends = [sender!.person, worlds.places[receiver as keyof Worlds['places']]];
        await asOwner(worlds, end, ends);
        await deliver(worlds);
        await asOwner(worlds, undo, ends);
        const mails = worlds.mailbox.empty();
        expect(mails.flatMap(({ to }) => to).filter((to) => to.startsWith(`mk-${receiver}-`))).toEqual([]);
        expect(await faultsOf(worlds, mails)).toEqual([]);
      }
    }
  });
});
