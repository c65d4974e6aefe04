import { fold, type Role, ROLES, type Text } from '@vonggac/kernel';
import { readTableSafely, writeTable } from '@vonggac/outside';
import { type Ctx, inSnapshot } from '@vonggac/store';
import { inArray } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { organisationNames, organisations } from '../organisations/index.ts';
import type { Auth } from './auth.ts';
import { createPerson } from './people.ts';
import { people } from './tables.ts';

/** Headings by which a column is recognised, folded; the first is what the form prints. */
const COLUMNS = {
  name: ['ho va ten', 'ho ten', 'ten can bo', 'full name', 'name'],
  username: ['ten tai khoan', 'tai khoan', 'ten dang nhap', 'account', 'username'],
  organisation: ['don vi', 'co quan', 'ten don vi', 'organisation', 'organization'],
  role: ['vai tro', 'quyen', 'role'],
  position: ['chuc vu', 'chuc danh', 'position', 'title'],
  email: ['thu dien tu', 'e-mail', 'email'],
} as const;
type Field = keyof typeof COLUMNS;

const ROLE_NAMES: Record<Role, readonly string[]> = {
  administrator: ['quan tri', 'quan tri vien'],
  desk: ['theo doi don doc', 'chuyen vien theo doi', 'dieu phoi'],
  officer: ['can bo', 'can bo dau moi', 'chuyen vien'],
  analyst: ['phan tich', 'can bo phan tich', 'truc'],
  operator: ['doanh nghiep', 'nhan vien doanh nghiep'],
  leader: ['lanh dao'],
  auditor: ['kiem tra', 'kiem toan'],
};

export type ImportRow = {
  row: number;
  name: string;
  username: string;
  organisation: string;
  role: string;
  outcome: 'new' | 'exists' | 'refused';
  reason: Text | null;
};
type Candidate = ImportRow & { organisationId: string | null; position: string; email: string; parsedRole: Role | null };
export type Slip = { name: string; username: string; organisation: string; role: string; firstPassword: string };

const MOST_ROWS = 2000;

/** What an import would do, row by row; nothing is written. @throws OutsideError of the reader */
export async function tryPeopleImport(
  ctx: Ctx,
  bytes: Uint8Array,
  name: string,
): Promise<{ columns: { field: string; title: string | null }[]; rows: ImportRow[] }> {
  may(ctx, 'people:write');
  const { columns, candidates } = await readCandidates(ctx, bytes, name);
  return { columns, rows: candidates.map(bare) };
}

/** Makes the accounts of the rows that are new; the others are answered with their reason. Importing again makes nothing twice. */
export async function importPeople(auth: Auth, ctx: Ctx, bytes: Uint8Array, name: string): Promise<{ rows: ImportRow[]; slips: Slip[] }> {
  may(ctx, 'people:write');
  const { candidates } = await readCandidates(ctx, bytes, name);
  const slips: Slip[] = [];
  for (const one of candidates) {
    if (one.outcome !== 'new') continue;
    const { firstPassword } = await createPerson(auth, ctx, {
      organisationId: one.organisationId!,
      name: one.name,
      username: one.username,
      role: one.parsedRole!,
      ...(one.position ? { position: one.position } : {}),
      ...(one.email ? { email: one.email } : {}),
    });
    slips.push({ name: one.name, username: one.username, organisation: one.organisation, role: one.role, firstPassword });
  }
  return { rows: candidates.map(bare), slips };
}

/** The form to fill in: the recognised headings and the organisations in reach. */
export async function peopleForm(ctx: Ctx): Promise<Uint8Array> {
  may(ctx, 'people:write');
  const names = await inSnapshot(ctx, (tx) =>
    tx
      .select({ name: organisations.name })
      .from(organisations)
      .where(inArray(organisations.id, [...ctx.scope.organisations]))
      .orderBy(organisations.name),
  );
  return writeTable([
    {
      name: 'Tài khoản',
      columns: ['Họ và tên', 'Tên tài khoản', 'Đơn vị', 'Vai trò', 'Chức vụ', 'Thư điện tử'].map((title) => ({ title, width: 28 })),
      rows: [],
    },
    {
      name: 'Đơn vị và vai trò',
      columns: [
        { title: 'Đơn vị', width: 60 },
        { title: 'Vai trò', width: 30 },
      ],
      rows: names.map((row, i) => [row.name, ROLES[i] ? ROLE_NAMES[ROLES[i]][0]! : '']),
    },
  ]);
}

const bare = ({ row, name, username, organisation, role, outcome, reason }: Candidate): ImportRow => ({
  row,
  name,
  username,
  organisation,
  role,
  outcome,
  reason,
});

async function readCandidates(ctx: Ctx, bytes: Uint8Array, name: string) {
  const table = await readTableSafely(bytes, name);
  const sheet = table.sheets.find((one) => !one.hidden && one.rows.some((row) => positionsOf(row).name !== undefined));
  const head = sheet?.rows.findIndex((row) => positionsOf(row).name !== undefined) ?? -1;
  if (!sheet || head < 0) return { columns: (Object.keys(COLUMNS) as Field[]).map((field) => ({ field, title: null })), candidates: [] };
  const at = positionsOf(sheet.rows[head]!);
  const columns = (Object.keys(COLUMNS) as Field[]).map((field) => ({
    field,
    title: at[field] === undefined ? null : (sheet.rows[head]![at[field]] ?? null),
  }));
  const known = await knownNames(ctx);
  const seen = new Set<string>();
  const candidates = sheet.rows
    .slice(head + 1, head + 1 + MOST_ROWS)
    .map((cells, i) => judge({ cells, at, row: sheet.firstRow + head + 1 + i }, known, seen))
    .filter((one) => one.name !== '' || one.username !== '' || one.organisation !== '');
  return { columns, candidates };
}

function positionsOf(row: readonly string[]): Partial<Record<Field, number>> {
  const folded = row.map((cell) => fold(cell).replace(/[*:]/g, '').trim());
  const found: Partial<Record<Field, number>> = {};
  for (const field of Object.keys(COLUMNS) as Field[]) {
    const at = folded.findIndex((title) => (COLUMNS[field] as readonly string[]).includes(title));
    if (at >= 0) found[field] = at;
  }
  return found;
}

type Known = { organisations: Map<string, string[]>; accounts: Map<string, { name: string; organisation: string }> };

async function knownNames(ctx: Ctx): Promise<Known> {
  return inSnapshot(ctx, async (tx) => {
    const reach = [...ctx.scope.organisations];
    const names = await tx
      .select({ id: organisationNames.organisation, folded: organisationNames.folded })
      .from(organisationNames)
      .where(inArray(organisationNames.organisation, reach));
    const accounts = await tx
      .select({ username: people.username, name: people.name, organisation: people.organisation })
      .from(people)
      .where(inArray(people.organisation, reach));
    const byName = new Map<string, string[]>();
    for (const row of names) byName.set(row.folded, [...new Set([...(byName.get(row.folded) ?? []), row.id])]);
    return { organisations: byName, accounts: new Map(accounts.map((row) => [row.username, row])) };
  });
}

function judge(
  line: { cells: readonly string[]; at: Partial<Record<Field, number>>; row: number },
  known: Known,
  seen: Set<string>,
): Candidate {
  const value = (field: Field) => (line.at[field] === undefined ? '' : (line.cells[line.at[field]] ?? '').trim());
  const organisation = value('organisation');
  const ids = known.organisations.get(fold(organisation)) ?? [];
  const username = value('username').toLowerCase();
  const parsedRole = roleOf(value('role'));
  const base = {
    row: line.row,
    name: value('name'),
    username,
    organisation,
    role: value('role'),
    position: value('position'),
    email: value('email'),
    parsedRole,
    organisationId: ids[0] ?? null,
  };
  const existing = known.accounts.get(username);
  if (existing && existing.name === base.name)
    return { ...base, outcome: 'exists', reason: { vi: 'Tài khoản đã có.', en: 'The account exists.' } };
  const reason = faultOf(base, { ids, taken: existing !== undefined || seen.has(username) });
  seen.add(username);
  return { ...base, outcome: reason ? 'refused' : 'new', reason };
}

function roleOf(text: string): Role | null {
  const folded = fold(text);
  return ROLES.find((role) => role === folded || ROLE_NAMES[role].includes(folded)) ?? null;
}

function faultOf(
  one: { name: string; username: string; organisation: string; parsedRole: Role | null },
  found: { ids: string[]; taken: boolean },
): Text | null {
  if (one.name === '') return { vi: 'Thiếu họ và tên.', en: 'The name is missing.' };
  if (!/^[a-z0-9][a-z0-9._-]{2,59}$/.test(one.username))
    return {
      vi: 'Tên tài khoản gồm 3–60 chữ thường không dấu, chữ số, dấu chấm, gạch.',
      en: 'The account name has 3–60 lower-case letters, digits, dots or dashes.',
    };
  if (found.taken)
    return { vi: 'Tên tài khoản đã có người dùng hoặc lặp lại trong tệp.', en: 'The account name is taken or stands twice in the file.' };
  if (found.ids.length === 0)
    return {
      vi: `Không tìm thấy đơn vị “${one.organisation}” trong phạm vi. Sửa theo tên trong danh mục đơn vị.`,
      en: `No organisation “${one.organisation}” within reach. Use the name of the register.`,
    };
  if (found.ids.length > 1)
    return {
      vi: `Có ${found.ids.length} đơn vị cùng tên “${one.organisation}”. Tạo tài khoản này trực tiếp trong trang đơn vị.`,
      en: `${found.ids.length} organisations are called “${one.organisation}”. Make this account on the organisation's page.`,
    };
  if (one.parsedRole === null) return { vi: 'Vai trò không có trong danh mục.', en: 'There is no such role.' };
  if (one.parsedRole === 'administrator')
    return { vi: 'Vai trò quản trị chỉ giao riêng từng người.', en: 'The role of administrator is granted one by one.' };
  return null;
}
