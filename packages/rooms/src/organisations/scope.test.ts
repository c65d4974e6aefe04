import { newId } from '@vonggac/kernel';
import { type Ctx, type Database, inTransaction } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let database: Database;
let province: Province;
let desk: Ctx;
let foreign: Ctx;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  foreign = await makeCtx(stores, province.foreign, 'desk');
});
afterAll(() => database.close());

/** How many rows a statement touched, or `refused` where the policy raised. */
async function touched(ctx: Ctx, statement: ReturnType<typeof sql>): Promise<number | 'refused'> {
  return inTransaction(ctx, async (tx) => (await tx.execute(statement)).rowCount ?? 0).catch((error: { cause?: { message: string } }) => {
    if (/row-level security/.test(String(error.cause?.message ?? error))) return 'refused';
    throw error;
  });
}

describe('the database alone, without any verb', () => {
  it('lets nobody change what is outside the subtree and not kept', async () => {
    for (const [ctx, id] of [
      [foreign, province.soyte],
      [foreign, province.viettel],
      [desk, province.soyte],
      [desk, province.foreign],
    ] as const) {
      expect(await touched(ctx, sql`update organisations set note = 'x' where id = ${id}`)).toBe(0);
      expect(await touched(ctx, sql`update organisation_names set name = 'x' where organisation = ${id}`)).toBe(0);
      expect(
        await touched(
          ctx,
          sql`insert into organisation_names (id, organisation, kind, name, folded) values (${newId()}, ${id}, 'alias', 'x', 'x')`,
        ),
      ).toBe('refused');
      expect(
        await touched(
          ctx,
          sql`insert into organisation_parents (id, organisation, parent) values (${newId()}, ${id}, ${ctx.actor.organisation})`,
        ),
      ).toBe('refused');
      expect(
        await touched(
          ctx,
          sql`insert into supervisions (id, supervisor, organisation, field) values (${newId()}, ${ctx.actor.organisation}, ${id}, 'x')`,
        ),
      ).toBe('refused');
    }
  });

  it('tells whoever supervises an organisation the names of those below it, and lets nobody write there', async () => {
    const below = sql`organisation in (${province.benhvien}, ${province.xaA})`;
    expect(await touched(desk, sql`select 1 from organisation_names where ${below}`)).toBe(2);
    expect(await touched(desk, sql`update organisation_names set name = 'x' where ${below}`)).toBe(0);
    expect(await touched(foreign, sql`select 1 from organisation_names where ${below}`)).toBe(0);
  });

  it('lets the supervisor keep a company without a parent, and no other', async () => {
    expect(await touched(desk, sql`update organisations set note = 'x' where id = ${province.viettel}`)).toBe(1);
    expect(await touched(foreign, sql`update supervisions set valid_to = '2024-01-01' where organisation = ${province.viettel}`)).toBe(0);
    expect(
      await touched(
        desk,
        sql`insert into supervisions (id, supervisor, organisation, field) values (${newId()}, ${province.foreign}, ${province.viettel}, 'x')`,
      ),
    ).toBe('refused');
  });

  it('shows contacts, groups, phrases and imports only within the reach', async () => {
    const values = sql`(${newId()}, ${province.soyte}, 'duty', '2024-01-01')`;
    expect(await touched(foreign, sql`insert into contacts (id, organisation, role, valid_from) values ${values}`)).toBe('refused');
    expect(await touched(desk, sql`insert into contacts (id, organisation, role, valid_from) values ${values}`)).toBe(1);
    const group = newId();
    expect(
      await touched(desk, sql`insert into groups (id, organisation, name, folded) values (${group}, ${province.sotttt}, 'x', 'x')`),
    ).toBe(1);
    expect(
      await touched(
        desk,
        sql`insert into imports (id, organisation, person, kind, sha256, name) values (${newId()}, ${province.sotttt}, 'x', 'contacts', 'x', 'x')`,
      ),
    ).toBe(1);
    for (const table of ['contacts', 'groups', 'imports', 'phrases']) {
      expect(await touched(foreign, sql`select 1 from ${sql.identifier(table)}`)).toBe(0);
      expect(await touched(foreign, sql`delete from ${sql.identifier(table)}`).catch(() => 0)).toBe(0);
    }
    expect(await touched(foreign, sql`select 1 from organisations where id <> ${province.foreign}`)).toBe(0);
    expect(await touched(foreign, sql`select 1 from organisation_names where organisation <> ${province.foreign}`)).toBe(0);
  });
});
