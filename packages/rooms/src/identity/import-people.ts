import { fold, invalid, type Role, ROLES, type Text } from '@vonggac/kernel';
import { type Table, writeTable } from '@vonggac/outside';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { inArray } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { type ImportPlace, organisationNames, organisations, readList, type SourceRow } from '../organisations/index.ts';
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
const FIELDS = Object.keys(COLUMNS) as Field[];

/** Rows a file. */
export const MOST_ROWS = 10_000;

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
export type Candidate = ImportRow & { organisationId: string | null; position: string; email: string; parsedRole: Role | null };

/** What an import would do, row by row; nothing is written. @throws DomainError of the reader */
export async function tryPeopleImport(
  ctx: Ctx,
  bytes: Uint8Array,
  name: string,
): Promise<{ columns: { field: string; title: string | null }[]; rows: ImportRow[] }> {
  may(ctx, 'people:write');
  const table = await readList(bytes, name);
  const place = placeIn(table);
  if (!place) return { columns: FIELDS.map((field) => ({ field, title: null })), rows: [] };
  const sheet = table.sheets[place.sheet]!;
  const body = sheet.rows.slice(place.head + 1);
  if (body.length > MOST_ROWS)
    throw invalid('import.too_many', 'file', {
      vi: `Tệp có hơn ${MOST_ROWS} dòng. Chia nhỏ tệp rồi nhập lần lượt.`,
      en: `The file has more than ${MOST_ROWS} rows. Split it and import the parts.`,
    });
  const rows = body.map((cells, at) => ({
    row: sheet.firstRow + place.head + 1 + at,
    by: Object.fromEntries(Object.entries(place.columns).map(([field, column]) => [field, (cells[column] ?? '').trim()])),
    rest: '',
  }));
  const candidates = await inSnapshot(ctx, (tx) => judgeAll(tx, ctx, rows));
  const columns = FIELDS.map((field) => {
    const at = place.columns[field];
    return { field, title: at === undefined ? null : (sheet.rows[place.head]![at] ?? null) };
  });
  return { columns, rows: candidates.filter((one) => one.name !== '' || one.username !== '' || one.organisation !== '').map(bare) };
}

/** Where the table with accounts lies; null where no row has the heading of a name. */
export function placeIn(table: Table): ImportPlace | null {
  const sheet = table.sheets.findIndex((one) => !one.hidden && one.rows.some((row) => positionsOf(row).name !== undefined));
  if (sheet < 0) return null;
  const head = table.sheets[sheet]!.rows.findIndex((row) => positionsOf(row).name !== undefined);
  return { sheet, head, columns: positionsOf(table.sheets[sheet]!.rows[head]!) };
}

/** What each row would do as of now; rows that are there already, in the file or in the register, are the same. */
export async function judgeAll(tx: Tx, ctx: Ctx, rows: readonly SourceRow[]): Promise<Candidate[]> {
  const known = await knownNames(tx, ctx);
  return rows.map((row) => judge(row, known));
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

function positionsOf(row: readonly string[]): Partial<Record<Field, number>> {
  const folded = row.map((cell) => fold(cell).replace(/[*:]/g, '').trim());
  const found: Partial<Record<Field, number>> = {};
  for (const field of FIELDS) {
    const at = folded.findIndex((title) => (COLUMNS[field] as readonly string[]).includes(title));
    if (at >= 0) found[field] = at;
  }
  return found;
}

type Known = { organisations: Map<string, string[]>; accounts: Map<string, { name: string; organisation: string }> };

async function knownNames(tx: Tx, ctx: Ctx): Promise<Known> {
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
}

function judge(line: Pick<SourceRow, 'row' | 'by'>, known: Known): Candidate {
  const value = (field: Field) => line.by[field] ?? '';
  const organisation = value('organisation');
  const ids = known.organisations.get(fold(organisation)) ?? [];
  const username = value('username').toLowerCase();
  const base = {
    row: line.row,
    name: value('name'),
    username,
    organisation,
    role: value('role'),
    position: value('position'),
    email: value('email'),
    parsedRole: roleOf(value('role')),
    organisationId: ids[0] ?? null,
  };
  const existing = known.accounts.get(username);
  if (existing && existing.name === base.name)
    return { ...base, outcome: 'exists', reason: { vi: 'Tài khoản đã có.', en: 'The account exists.' } };
  const reason = faultOf(base, { ids, taken: existing !== undefined });
  if (!reason) known.accounts.set(username, { name: base.name, organisation: base.organisationId! });
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
