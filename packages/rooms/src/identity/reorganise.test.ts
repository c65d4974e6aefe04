import { fold, newId } from '@vonggac/kernel';
import { type Ctx, type Database, inTransaction } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { memberships } from '../access/index.ts';
import { movePeople, movePeopleOn, people } from './index.ts';

let province: Province;
let root: Ctx;
const opened: Database[] = [];
const ON = '2024-04-26';
const ENDED = { organisation: 'giavien', to: ON } as const;

beforeEach(async () => {
  const database = await makeTestDatabase();
  opened.push(database);
  province = await makeProvince(database);
  root = await makeCtx(makeStores(database), province.ubnd, 'desk');
});
afterAll(async () => {
  for (const one of opened) await one.close();
});

type Held = { organisation: keyof Province; to?: string };

/** A person at home in Gia Viễn with these roles. */
async function personWith(...held: Held[]): Promise<string> {
  const id = newId();
  await inTransaction(root, async (tx) => {
    const username = `nguoi.${id.slice(-6)}`;
    await tx.insert(people).values({ id, organisation: province.giavien, name: 'cán bộ thử', folded: fold(username), username });
    await tx.insert(memberships).values(
      held.map(({ organisation, to }) => ({
        id: newId(),
        person: id,
        organisation: province[organisation],
        role: 'officer' as const,
        validFrom: '2024-01-01',
        validTo: to ?? null,
      })),
    );
  });
  return id;
}
const homeOf = async (person: string) =>
  (await inTransaction(root, (tx) => tx.select({ home: people.organisation }).from(people).where(eq(people.id, person))))[0]!.home;
const reorganised = (kind: 'merge' | 'split' | 'separate', ...successors: string[]) =>
  inTransaction(root, (tx) =>
    movePeople(tx, root, { name: 'organisations.reorganised', act: newId(), kind, predecessor: province.giavien, successors, on: ON }),
  );

it('goes to the one successor, whatever its roles', async () => {
  const person = await personWith(ENDED);
  await reorganised('merge', province.nhoquan);
  expect(await homeOf(person)).toBe(province.nhoquan);
  await expectAudit(root, 'identity.person_moved', person);
});

it('with several successors goes where its roles went, and stays where they wait', async () => {
  const went = await personWith(ENDED, { organisation: 'sogd' });
  const waits = await personWith(ENDED);
  await reorganised('split', province.nhoquan, province.sogd);
  expect([await homeOf(went), await homeOf(waits)]).toEqual([province.sogd, province.giavien]);
});

it('stays with a unit that lives on while it holds a role there', async () => {
  const both = await personWith({ organisation: 'giavien' }, { organisation: 'nhoquan' });
  const went = await personWith(ENDED, { organisation: 'nhoquan' });
  await reorganised('separate', province.nhoquan);
  expect([await homeOf(both), await homeOf(went)]).toEqual([province.giavien, province.nhoquan]);
});

it('follows a role that is handed on later', async () => {
  const person = await personWith(ENDED, { organisation: 'nhoquan' });
  const other = await personWith(ENDED);
  await inTransaction(root, (tx) =>
    movePeopleOn(tx, root, { name: 'organisations.handed-on', from: province.giavien, to: province.nhoquan, on: ON }),
  );
  expect([await homeOf(person), await homeOf(other)]).toEqual([province.nhoquan, province.giavien]);
});
