import { DomainError, fold, newId, type Text } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { eq } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { type Contact, type ContactRole, contactsOf, type Resolution, resolveNames } from './answers.ts';
import { type ContactFields, readContact, ROLE_NAMES } from './contact-model.ts';
import type { Made, PlannedRow, SourceRow } from './import-model.ts';
import { today } from './internal.ts';
import { contacts } from './tables.ts';

const ROLES: readonly [RegExp, ContactRole][] = [
  [/24\/7|truc|duty/, 'duty'],
  [/lanh dao|leader/, 'leader'],
  [/ky thuat|giam sat|technical/, 'technical'],
  [/van thu|records/, 'records'],
  [/dau moi|phoi hop|lien he|focal/, 'focal'],
];
const YES = /^(?:x|co|yes|true|1|✓)$/i;
const FIELDS = ['name', 'position', 'department', 'address', 'digitalSignature', 'note'] as const;

const nothing = async () => null;

function refuse(source: SourceRow, reason: Text): PlannedRow {
  return {
    row: source.row,
    state: 'refused',
    name: [source.by['organisation'], source.by['name']].filter(Boolean).join(' – '),
    changes: [],
    reason,
    act: nothing,
  };
}

function roleIn(by: Record<string, string>): ContactRole | Text {
  const cell = by['role'] ?? '';
  if (cell === '') return YES.test(fold(by['hotline'] ?? '')) ? 'duty' : 'focal';
  const found = ROLES.find(([pattern]) => pattern.test(fold(cell)))?.[1];
  const names = Object.values(ROLE_NAMES);
  return (
    found ?? {
      vi: `Không có vai trò “${cell}”. Các vai trò: ${names.map(({ vi }) => vi).join(', ')}.`,
      en: `There is no role “${cell}”. The roles: ${names.map(({ en }) => en).join(', ')}.`,
    }
  );
}

/** A spreadsheet drops the leading zero of what it takes for a number. */
const zeroed = (text: string): string => (/^(?:[35789]\d{8}|2\d{9})$/.test(text) ? `0${text}` : text);

const several = (cell: string | undefined): string[] =>
  (cell ?? '')
    .split(/[;\n,/]| - | hoặc /u)
    .map((part) => part.trim())
    .filter(Boolean);

function fieldsIn(source: SourceRow, role: ContactRole): ContactFields | Text {
  const { by } = source;
  const hotline = by['hotline'] ?? '';
  const digits = /\d{3}/.test(hotline) ? several(hotline) : [];
  const text = Object.fromEntries(FIELDS.filter((key) => key !== 'note' && by[key]).map((key) => [key, by[key]!.slice(0, 300)]));
  const note = [by['note'] ?? '', source.rest].filter(Boolean).join('; ').slice(0, 2000);
  try {
    return readContact({
      role,
      ...text,
      note,
      phones: [...several(by['phone']), ...several(by['mobile']), ...digits].map(zeroed),
      emails: several(by['email']),
      hotline: YES.test(fold(hotline)) || digits.length > 0,
    });
  } catch (error) {
    if (error instanceof DomainError) return error.text;
    throw error;
  }
}

function isSamePerson(known: ContactFields, fields: ContactFields): boolean {
  if (known.role !== fields.role) return false;
  if (known.name !== null && fields.name !== null) return fold(known.name) === fold(fields.name);
  return known.name === fields.name && (known.phones[0] ?? known.emails[0]) === (fields.phones[0] ?? fields.emails[0]);
}

/** Fields that the file says differently; an empty cell says nothing. */
function differences(known: ContactFields, fields: ContactFields): string[] {
  const changed: string[] = FIELDS.filter((key) => fields[key] !== null && fields[key] !== known[key]);
  const lists = (['phones', 'emails'] as const).filter((key) => fields[key].length > 0 && fields[key].join() !== known[key].join());
  return [...changed, ...lists, ...(fields.hotline && !known.hotline ? ['hotline'] : [])];
}

function merged(known: ContactFields, fields: ContactFields): ContactFields {
  const texts = Object.fromEntries(FIELDS.map((key) => [key, fields[key] ?? known[key]])) as Pick<ContactFields, (typeof FIELDS)[number]>;
  return {
    ...texts,
    role: known.role,
    phones: fields.phones.length > 0 ? fields.phones : known.phones,
    emails: fields.emails.length > 0 ? fields.emails : known.emails,
    hotline: known.hotline || fields.hotline,
  };
}

/** What comes from a list was not confirmed by the organisation itself. */
async function write(
  tx: Tx,
  ctx: Ctx,
  id: string,
  { organisation, fields, former }: { organisation: string; fields: ContactFields; former: string | null },
): Promise<Made> {
  if (former)
    await tx
      .update(contacts)
      .set({ validTo: today(ctx) })
      .where(eq(contacts.id, former));
  await tx.insert(contacts).values({ id, organisation, ...fields, validFrom: today(ctx) });
  await record(tx, ctx, {
    action: former ? 'contacts.changed' : 'contacts.added',
    subject: { kind: 'contact', id },
    before: former ? { id: former } : null,
    after: { role: fields.role, imported: true },
    concerns: organisation,
  });
  return { subject: id, undo: { organisation, former } };
}

type OnFile = { id: string | null; organisation: string; fields: ContactFields };

function planRow(ctx: Ctx, source: SourceRow, organisation: string, onFile: OnFile[]): PlannedRow {
  if (!(reaches(ctx, organisation) || ctx.scope.supervised.includes(organisation)))
    return refuse(source, { vi: 'Đơn vị này nằm ngoài phạm vi.', en: 'This organisation is outside your scope.' });
  const role = roleIn(source.by);
  if (typeof role !== 'string') return refuse(source, role);
  const fields = fieldsIn(source, role);
  if ('vi' in fields) return refuse(source, fields);
  const head = { row: source.row, name: [source.by['organisation'], fields.name ?? ROLE_NAMES[role].vi].join(' – '), reason: null };
  const known = onFile.find((one) => one.organisation === organisation && isSamePerson(one.fields, fields));
  const id = newId();
  if (!known) {
    onFile.push({ id, organisation, fields });
    return { ...head, state: 'new', changes: [], act: (tx, wider) => write(tx, wider, id, { organisation, fields, former: null }) };
  }
  const changes = differences(known.fields, fields);
  if (changes.length === 0) return { ...head, state: 'same', changes, act: nothing };
  const next = merged(known.fields, fields);
  const former = known.id;
  Object.assign(known, { id, fields: next });
  return { ...head, state: 'changed', changes, act: (tx, wider) => write(tx, wider, id, { organisation, fields: next, former }) };
}

const fieldsOf = ({
  role,
  name,
  position,
  department,
  address,
  digitalSignature,
  phones,
  emails,
  hotline,
  note,
}: Contact): ContactFields => ({ role, name, position, department, address, digitalSignature, phones, emails, hotline, note });

/** A cell left empty under a merged one means the organisation above. */
export function carriedDown(rows: readonly SourceRow[]): SourceRow[] {
  let above = '';
  return rows.map((row) => {
    const own = row.by['organisation'] ?? '';
    above = own === '' ? above : own;
    return own === '' ? { ...row, by: { ...row.by, organisation: above } } : row;
  });
}

function whyNot(name: string, meant: Resolution): Text {
  if (name === '') return { vi: 'Thiếu tên đơn vị.', en: 'The organisation is missing.' };
  if (!meant.unknown) return meant.why;
  return {
    vi: `Danh mục không có đơn vị “${name}”. Sửa lại tên, hoặc thêm đơn vị hay tên gọi khác trước khi nhập.`,
    en: `The register has no organisation “${name}”. Correct the name, or add the organisation or an alias before importing.`,
  };
}

/** What each row would do; the organisation is found by its names of today. */
export async function planContacts(tx: Tx, ctx: Ctx, rows: readonly SourceRow[]): Promise<PlannedRow[]> {
  const names = [...new Set(rows.map((row) => row.by['organisation'] ?? ''))];
  const found = await resolveNames(tx, ctx, names, today(ctx));
  const by = new Map(names.map((name, at) => [name, found[at]!]));
  const ids = [...new Set(found.flatMap((one) => (one.kind === 'organisation' ? one.organisations : [])))];
  const onFile: OnFile[] = (await contactsOf(tx, ids, { day: today(ctx) })).map((row) => ({
    id: row.id,
    organisation: row.organisation,
    fields: fieldsOf(row),
  }));
  return rows.map((row) => {
    const meant = by.get(row.by['organisation'] ?? '')!;
    if (meant.kind !== 'organisation') return refuse(row, whyNot(row.by['organisation'] ?? '', meant));
    return planRow(ctx, row, meant.organisations[0]!, onFile);
  });
}
