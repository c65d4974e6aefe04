import { randomBytes } from 'node:crypto';
import { invalid, isoInstant, type Role, type Text } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { may, memberships, reaches } from '../access/index.ts';
import { audit, record } from '../audit/index.ts';
import {
  DOER_RIGHTS,
  type Doer,
  type DoneRow,
  fetchImport,
  type Hands,
  hangingOn,
  importRows,
  type ImportRun,
  keepUpload,
  organisations,
  type PlannedRow,
  runImport,
  type SourceRow,
} from '../organisations/index.ts';
import type { Auth } from './auth.ts';
import { type Candidate, judgeAll, MOST_ROWS, placeIn } from './import-people.ts';
import { makeFirstPassword, setPassword } from './password.ts';
import { FIRST_PASSWORD_HOURS, insertPerson, makeLogin } from './people.ts';
import { people, user } from './tables.ts';

export type Slip = { name: string; username: string; organisation: string; role: Role; firstPassword: string };

/** Slips that one answer carries: each costs the hashing of a password. */
const SLIPS = 20;

/** In the form of a hash that no password has: the account waits for its slip. */
const unusableHash = () => `${randomBytes(16).toString('hex')}:${randomBytes(64).toString('hex')}`;

/** How lists of accounts are taken in and back. Accounts are made without a password; it is made when its slip is taken. */
export function peopleDoer(auth: Auth): Doer {
  return {
    ...DOER_RIGHTS.people,
    batch: 100,
    most: MOST_ROWS,
    prepare: (rows) => rows.filter(({ by }) => by['name'] || by['username'] || by['organisation']),
    plan: (tx, ctx, rows, freshId) => plan(auth, { tx, ctx, rows, freshId }),
    undo: (tx, ctx, rows) => undoPeople(auth, tx, ctx, rows),
  };
}

type Planning = { tx: Tx; ctx: Ctx; rows: readonly SourceRow[]; freshId: () => string };

async function plan(auth: Auth, { tx, ctx, rows, freshId }: Planning): Promise<PlannedRow[]> {
  const candidates = await judgeAll(tx, ctx, rows);
  return candidates.map((one) => ({
    row: one.row,
    state: one.outcome === 'exists' ? 'same' : one.outcome,
    name: [one.name, one.username, one.organisation].filter(Boolean).join(' · '),
    changes: [],
    reason: one.outcome === 'refused' ? one.reason : null,
    act: one.outcome === 'new' ? (inner, wider) => make(auth, inner, wider, { one, id: freshId() }) : async () => null,
  }));
}

async function make(auth: Auth, tx: Tx, ctx: Ctx, { one, id }: { one: Candidate; id: string }) {
  await insertPerson(tx, ctx, id, {
    organisationId: one.organisationId!,
    name: one.name,
    username: one.username,
    role: one.parsedRole!,
    ...(one.position ? { position: one.position } : {}),
    ...(one.email ? { email: one.email } : {}),
    until: null,
  });
  await makeLogin(auth, id, one, unusableHash());
  return { subject: id, undo: { organisation: one.organisationId!, role: one.parsedRole! } };
}

/** Starts taking a list of accounts in. @throws DomainError `import.head` where no heading is recognised */
export async function importPeople(ctx: Ctx, input: { bytes: Uint8Array; name: string }, hands: Partial<Hands>): Promise<ImportRun> {
  const { id, table } = await keepUpload(ctx, { kind: 'people', ...input });
  const place = placeIn(table);
  if (!place)
    throw invalid('import.head', 'file', {
      vi: 'Không tìm thấy cột “Họ và tên”. Sửa tên cột theo mẫu rồi chọn lại tệp.',
      en: 'There is no column “Full name”. Correct the headings as in the form and choose the file again.',
    });
  return runImport(ctx, id, place, hands);
}

/** Accounts of a run that still wait for their first password; those reset otherwise meanwhile do not. */
async function waiting(tx: Tx, ctx: Ctx, id: string) {
  const found = await fetchImport(tx, ctx, id);
  const isWaiting = and(
    eq(importRows.import, found.id),
    eq(importRows.state, 'new'),
    isNull(importRows.outcome),
    isNull(people.firstPasswordUntil),
    eq(people.mustChangePassword, true),
    isNull(people.disabledAt),
    inArray(people.organisation, [...ctx.scope.organisations]),
  );
  if (found.kind !== 'people') return [];
  return tx
    .select({ id: people.id, name: people.name, username: people.username, organisation: people.organisation, undo: importRows.undo })
    .from(importRows)
    .innerJoin(people, eq(people.id, importRows.subject))
    .where(isWaiting)
    .orderBy(asc(importRows.row));
}

/** How many slips of a run are left to take. */
export async function slipsLeft(ctx: Ctx, id: string): Promise<{ left: number }> {
  may(ctx, 'people:write');
  return inSnapshot(ctx, async (tx) => ({ left: (await waiting(tx, ctx, id)).length }));
}

/**
 * Makes the first passwords of the next accounts of a run and answers them this once; nothing keeps them in clear. Only
 * whoever ran the import may, and each account has one slip.
 */
export async function takeSlips(auth: Auth, ctx: Ctx, id: string): Promise<{ slips: Slip[]; left: number }> {
  may(ctx, 'people:write');
  return inTransaction(ctx, async (tx) => {
    const all = await waiting(tx, ctx, id);
    const ids = all.slice(0, SLIPS).map((row) => row.id);
    if (ids.length === 0) return { slips: [], left: 0 };
    const until = isoInstant(ctx.clock.now().add({ hours: FIRST_PASSWORD_HOURS }));
    // Two who ask together never get a slip of the same account.
    const claimed = await tx
      .update(people)
      .set({ firstPasswordUntil: until })
      .where(and(inArray(people.id, ids), isNull(people.firstPasswordUntil), eq(people.mustChangePassword, true)))
      .returning({ id: people.id });
    const names = new Map(
      (await tx.select({ id: organisations.id, name: organisations.name }).from(organisations)).map((row) => [row.id, row.name]),
    );
    const mine = all.filter((row) => claimed.some((one) => one.id === row.id));
    for (const row of mine)
      await record(tx, ctx, { action: 'identity.slip_issued', subject: { kind: 'person', id: row.id }, concerns: row.organisation });
    const slips = await Promise.all(
      mine.map(async ({ id: person, name, username, organisation, undo }) => {
        const firstPassword = makeFirstPassword();
        await setPassword(auth, person, firstPassword);
        return { name, username, organisation: names.get(organisation) ?? '', role: undo!['role'] as Role, firstPassword };
      }),
    );
    return { slips, left: all.length - mine.length };
  });
}

const USED: Text = { vi: 'Tài khoản đã được sử dụng.', en: 'The account has been used.' };
const CHANGED: Text = {
  vi: 'Tài khoản hoặc vai trò đã được thay đổi sau lần nhập này.',
  en: 'The account or its roles were changed after this import.',
};

/** Removes accounts that nobody has signed in with and nothing hangs on. */
async function undoPeople(auth: Auth, tx: Tx, ctx: Ctx, rows: readonly DoneRow[]): Promise<Map<number, Text>> {
  const ids = rows.map((row) => row.subject);
  const hanging = await hangingOn(tx, ids, ['people', 'memberships', 'audit']);
  const acted = await tx.selectDistinct({ actor: audit.actor }).from(audit).where(inArray(audit.actor, ids));
  const hasActed = new Set(acted.map((row) => row.actor));
  const kept = new Map<number, Text>();
  const gone: string[] = [];
  for (const row of rows) {
    const why = hanging.get(row.subject) ?? (hasActed.has(row.subject) ? USED : await drop(tx, ctx, row));
    if (why) kept.set(row.row, why);
    else gone.push(row.subject);
  }
  // Last: nearly nothing can fail after it.
  if (gone.length > 0) await auth.db.delete(user).where(inArray(user.id, gone));
  return kept;
}

async function drop(tx: Tx, ctx: Ctx, row: DoneRow): Promise<Text | null> {
  const [person] = await tx.select().from(people).where(eq(people.id, row.subject));
  if (!person) return { vi: 'Tài khoản không còn.', en: 'The account is gone.' };
  if (!reaches(ctx, person.organisation)) return { vi: 'Nay nằm ngoài phạm vi của đơn vị.', en: 'It is outside your scope by now.' };
  const held = await tx.select().from(memberships).where(eq(memberships.person, person.id));
  const asMade =
    person.mustChangePassword &&
    person.disabledAt === null &&
    person.organisation === row.undo['organisation'] &&
    held.length === 1 &&
    held[0]!.validTo === null &&
    held[0]!.organisation === row.undo['organisation'] &&
    held[0]!.role === row.undo['role'];
  if (!asMade) return CHANGED;
  await tx.delete(memberships).where(eq(memberships.person, person.id));
  await tx.delete(people).where(eq(people.id, person.id));
  await record(tx, ctx, {
    action: 'identity.person_removed',
    subject: { kind: 'person', id: person.id },
    before: { name: person.name, username: person.username, role: row.undo['role'] },
    concerns: person.organisation,
  });
  return null;
}
