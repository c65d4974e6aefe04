import { exchangeRoutes } from '@vonggac/contract/exchange';
import { type Ctx, inSnapshot } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { beforeEach } from 'vitest';
import { directives } from '../directives/index.ts';
import { statusesOf } from './index.ts';

/** OrganIds of the organisations of a test. */
export const CODES = { sotttt: 'H99.10', soyte: 'H99.11', sogd: 'H99.12', foreign: 'H98.01', giavien: '000.00.13.H99' } as const;

/** What a test file holds, which rooms do not know. */
type Held = {
  desk: Ctx;
  officer: Ctx;
  issued: { directive: string };
  province: Record<string, string>;
  database: { owner(): { connect(): Promise<unknown>; query(text: string, values: unknown[]): Promise<unknown>; end(): Promise<unknown> } };
  part(): { directive: string; organisation: string };
};

/** Before each test: everybody has an OrganId. @returns filled when a test runs: the directive's code and day, the clerk of Sở Y tế */
export function setUpExchange(at: Held) {
  const held = {} as { head: { code: string; day: string }; clerk: Ctx };
  beforeEach(async () => {
    const owner = at.database.owner();
    await owner.connect();
    for (const [name, code] of Object.entries(CODES)) {
      await owner.query('update organisations set code = $2 where id = $1', [at.province[name], code]);
    }
    await owner.end();
    const [row] = await inSnapshot(at.desk, (tx) => tx.select().from(directives).where(eq(directives.id, at.issued.directive)));
    Object.assign(held, { clerk: at.officer, head: { code: row!.code!, day: row!.day! } });
  });
  const view = async (ctx: Ctx = held.clerk, part = at.part()) =>
    exchangeRoutes['GET /work/{directive}/{organisation}/statuses'].output.parse(await statusesOf(ctx, part));
  return { held, view };
}

export const codesOf = (steps: readonly { code: string }[]) => steps.map(({ code }) => code);
