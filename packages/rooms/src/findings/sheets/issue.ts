import { actorKey, conflict, isoInstant, newId, notFound, shownDay, shownInstant } from '@vonggac/kernel';
import { packZip, XLSX_TYPE } from '@vonggac/outside';
import { type Ctx, inTransaction, isoOf, type Tx } from '@vonggac/store';
import { type SQL, sql } from 'drizzle-orm';
import { may } from '../../access/index.ts';
import { record } from '../../audit/index.ts';
import { lists } from '../../intelligence/index.ts';
import { type Claims, fileName, newNonce, newRowKey, uniqueName, writeSheetOf, ZIP_TYPE } from '../../sheets/index.ts';
import { labelOf, labelText } from '../../tlp/index.ts';
import { nameOf } from '../answer.ts';
import { type Finding, today } from '../internal.ts';
import { sidesOf, type Side } from '../query.ts';
import { findings, findingSheets, sightings } from '../tables.ts';
import { ANSWER_WORDS, type Column, type Fact, FINDING_FORM } from './layout.ts';
import { MOST_AT_ONCE, MOST_ROWS, type SheetFilter, type SheetRow } from './model.ts';
import { unitNamesOf } from '../../organisations/index.ts';

export type SheetChoice = {
  /** Those that stand in this list, or in a list that hangs on this directive. */
  list?: string | undefined;
  directive?: string | undefined;
  newest?: boolean | undefined;
};
export type Issuing = SheetChoice & { organisations?: readonly string[] | undefined };
export type FileOut = { name: string; type: string; content: Uint8Array };

/** What a choice means: the lists of a directive are those that were taken in for it. */
export async function filterOf(tx: Tx, { list, directive, newest }: SheetChoice): Promise<SheetFilter> {
  const of =
    directive === undefined
      ? []
      : await tx
          .select({ id: lists.id })
          .from(lists)
          .where(sql`${lists.directive} = ${directive}`);
  const chosen = list !== undefined ? [list] : directive !== undefined ? of.map(({ id }) => id) : null;
  return { lists: chosen, directive: directive ?? null, newest: newest === true };
}

/** What a sheet may hold, as a condition on `f` (findings): open, no decision awaited, outside of exercises. */
export function openIn({ lists: chosen, newest }: SheetFilter): SQL {
  const inLists =
    chosen === null ? sql`` : sql`and f.id in (select s.finding from ${sightings} s where s.list = any(${sql.param(chosen)}::uuid[]))`;
  return sql`f.state = 'open' and f.approval is distinct from 'asked' and f.exercise is null ${newest ? sql`and f.rank < 100` : sql``} ${inLists}`;
}

export const besideOf = (side: Side): SQL =>
  side.overseers === null && side.column === 'organisation'
    ? sql``
    : sql`and f.overseer = any(${sql.param(side.overseers ?? side.keys)}::uuid[])`;

type Row = Pick<
  Finding,
  | 'id'
  | 'organisation'
  | 'overseer'
  | 'family'
  | 'machineKey'
  | 'address'
  | 'privateAddress'
  | 'port'
  | 'machine'
  | 'domain'
  | 'lastSeen'
  | 'sightings'
  | 'due'
  | 'state'
  | 'answer'
  | 'answeredAt'
  | 'approval'
>;

/** The open findings of each unit, in the order of work, at most as many as a sheet holds; one more row tells that there are more. */
async function rowsFor(tx: Tx, side: Side, filter: SheetFilter): Promise<Row[]> {
  const { rows } = await tx.execute<Row>(sql`
    select x.* from unnest(${sql.param(side.units)}::uuid[]) with ordinality as k(key, place) cross join lateral (
      select f.id, f.organisation, f.overseer, f.family, f.machine_key as "machineKey", f.address::text as address, f.private_address::text as "privateAddress", f.port,
        f.machine, f.domain, f.last_seen::text as "lastSeen", f.sightings, f.due::text as due, f.state, f.answer, f.answered_at::text as "answeredAt", f.approval
      from ${findings} f where f.organisation = k.key and ${openIn(filter)} ${besideOf(side)}
      order by f.rank, f.last_seen desc nulls last, f.id limit ${MOST_ROWS}) x
    limit ${MOST_AT_ONCE + 1}`);
  const bare = (address: string | null): string | null => address?.replace(/\/\d+$/u, '') ?? null;
  return rows.map((row) => ({
    ...row,
    address: bare(row.address),
    privateAddress: bare(row.privateAddress),
    lastSeen: isoOf(row.lastSeen),
    answeredAt: row.answeredAt === null ? null : isoOf(row.answeredAt),
  }));
}

type Sheet = { organisation: string; name: string; overseer: string; claims: Claims<Fact>; rows: { key: string; row: Row }[] };

/**
 * Phiếu điểm cần xử lý: a signed .xlsx for each of the chosen organisations that has open findings, or for all; more than one in a .zip.
 * What went out is kept. `keys` is the directory of keys.
 * @throws DomainError `finding-sheet.nothing_open` | `finding-sheet.too_many`
 */
export async function issueFindingSheets(ctx: Ctx, keys: string, input: Issuing): Promise<FileOut> {
  may(ctx, 'findings:answer');
  const made = await inTransaction(ctx, async (tx) => {
    const side = await chosenSide(tx, ctx, input.organisations);
    const filter = await filterOf(tx, input);
    const rows = await rowsFor(tx, side, filter);
    if (rows.length === 0) throw nothingOpen();
    if (rows.length > MOST_AT_ONCE) throw tooMany();
    const sheets = await drawUp(tx, ctx, rows);
    await keep(tx, ctx, sheets, filter);
    await record(tx, ctx, {
      action: 'finding-sheets.issued',
      subject: { kind: 'organisation', id: ctx.actor.organisation },
      after: { sheets: sheets.length, findings: rows.length, organisations: sheets.map(({ organisation }) => organisation), filter },
    });
    return { sheets, label: labelText(await labelOf(tx, 'sheet')) };
  });
  const files = made.sheets.map((sheet) => ({ name: fileName(sheet.name), content: contentOf(ctx, keys, { sheet, label: made.label }) }));
  const day = shownDay(today(ctx)).replaceAll('/', '-');
  const [only] = files;
  if (files.length === 1 && only) return { name: `${only.name} - điểm cần xử lý ${day}.xlsx`, type: XLSX_TYPE, content: only.content };
  const taken = new Set<string>();
  const packed = files.map(({ name, content }) => ({ name: uniqueName(name, taken), content }));
  return { name: `Phiếu điểm cần xử lý ${day}.zip`, type: ZIP_TYPE, content: packZip(packed) };
}

/** Those of the actor's organisations that have findings; of the chosen ones, as if others did not exist. */
async function chosenSide(tx: Tx, ctx: Ctx, organisations: readonly string[] | undefined): Promise<Side> {
  const side = await sidesOf(tx, ctx, {});
  if (organisations === undefined) return side;
  const units = side.units.filter((one) => organisations.includes(one));
  if (units.length < new Set(organisations).size) {
    const known = new Set([...ctx.scope.organisations, ...ctx.scope.supervised]);
    if (organisations.some((one) => !known.has(one))) throw notFound('organisation');
  }
  return { ...side, units };
}

async function drawUp(tx: Tx, ctx: Ctx, rows: readonly Row[]): Promise<Sheet[]> {
  const groups = Map.groupBy(rows, ({ organisation, overseer }) => `${organisation} ${overseer}`);
  const names = await unitNamesOf(
    tx,
    rows.flatMap(({ organisation, overseer }) => [organisation, overseer]),
    today(ctx),
  );
  return [...groups.values()].map((its) => {
    const { organisation, overseer } = its[0]!;
    const keyed = its.map((row) => ({ key: newRowKey(), row }));
    const facts = { organisation, overseer, sheet: newId(), nonce: newNonce() };
    return {
      organisation,
      name: names.get(organisation) ?? '',
      overseer: names.get(overseer) ?? '',
      claims: { facts, keys: keyed.map(({ key }) => key) },
      rows: keyed,
    };
  });
}

async function keep(tx: Tx, ctx: Ctx, sheets: readonly Sheet[], filter: SheetFilter): Promise<void> {
  const by = { issuedAt: isoInstant(ctx.clock.now()), issuedBy: actorKey(ctx.actor), issuedByName: ctx.actor.name };
  for (const { claims, rows } of sheets) {
    const { sheet, organisation, overseer, nonce } = claims.facts;
    await tx.insert(findingSheets).values({ id: sheet, organisation, overseer, nonce, filter, rows: rows.map(keptRow), ...by });
  }
}

const keptRow = ({ key, row }: Sheet['rows'][number]): SheetRow => {
  const { id: finding, lastSeen: seen, state, answer, answeredAt, approval } = row;
  return { key, finding, name: nameOf(row), seen, state, answer, answeredAt, approval };
};

const HOW_TO = [
  'Cách điền: mỗi dòng là một máy. Chọn câu trả lời trong danh sách của ô “Trả lời”; ghi số máy đã xử lý và tổng số máy nếu có nhiều máy sau địa chỉ này.',
  '“Không phải của đơn vị” và “đề nghị xem xét lại” cần ghi lý do; “xin lùi thời hạn” cần ngày hoàn thành, ghi như 15/5/2024, và do lãnh đạo duyệt. Dòng để trống là chưa trả lời.',
  'Có thể sắp xếp, xóa dòng chưa trả lời, thêm cột. Không gộp ô, không dùng công thức, không sửa cột và trang đang ẩn. Lưu đúng định dạng .xlsx rồi gửi lại.',
];

function contentOf(ctx: Ctx, keys: string, { sheet, label }: { sheet: Sheet; label: string }): Uint8Array {
  const full =
    sheet.rows.length === MOST_ROWS
      ? [`Phiếu có ${MOST_ROWS.toLocaleString('vi')} dòng đầu; lập phiếu tiếp sau khi trả lời các dòng này.`]
      : [];
  const body = {
    tab: 'Điểm cần xử lý',
    title: 'PHIẾU TRẢ LỜI ĐIỂM CẦN XỬ LÝ',
    lines: [
      `Đơn vị: ${sheet.name}`,
      `${label}. Đơn vị theo dõi, tổng hợp: ${sheet.overseer}. Phiếu lập ngày ${shownInstant(ctx.clock.now())}.`,
      ...full,
    ],
    howTo: HOW_TO,
    head: {},
    rows: sheet.rows.map(({ key, row }) => ({ key, cells: cellsOf(row) })),
    choices: { answer: Object.values(ANSWER_WORDS) },
  };
  return writeSheetOf(keys, FINDING_FORM, { body, claims: sheet.claims });
}

function cellsOf(row: Row): Partial<Record<Column, string>> {
  const known = [
    row.port === null ? null : `cổng ${row.port}`,
    row.machine !== null && row.address !== null ? row.machine : null,
    row.domain !== null && row.address !== null ? row.domain : null,
  ];
  return {
    machine: nameOf(row),
    family: row.family,
    known: known.filter((one) => one !== null).join(', '),
    seen: shownInstant(Temporal.Instant.from(row.lastSeen)),
    times: String(row.sightings),
    due: row.due === null ? '' : shownDay(row.due),
  };
}

const nothingOpen = () =>
  conflict('finding-sheet.nothing_open', {
    vi: 'Không có điểm cần xử lý nào đang mở để lập phiếu.',
    en: 'No finding is open, so there is no sheet to make.',
  });
const tooMany = () =>
  conflict('finding-sheet.too_many', {
    vi: `Có hơn ${MOST_AT_ONCE.toLocaleString('vi')} điểm cần xử lý. Chọn ít đơn vị hơn, hoặc chỉ danh sách mới nhất.`,
    en: `There are more than ${MOST_AT_ONCE.toLocaleString('en')} findings. Choose fewer organisations, or the newest list alone.`,
  });
