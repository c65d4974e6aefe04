import { shownDay, shownInstant } from '@vonggac/kernel';
import { type Ctx, inTransaction } from '@vonggac/store';
import { writeTable, type WriteCell, type WriteSheet, XLSX_TYPE } from '@vonggac/outside';
import { record } from '../audit/index.ts';
import { labelLine } from '../tlp/index.ts';
import { ROLE_NAMES } from './contact-model.ts';
import { today } from './internal.ts';
import { listOrganisations, type OrganisationQuery } from './list.ts';
import { type ContactQuery, listContacts } from './list-contacts.ts';
import { KIND_NAMES } from './kinds.ts';

export type FileOut = { name: string; type: string; content: Uint8Array };

const MOST = 20_000;
const CONFIRMATION = {
  confirmed: { vi: 'còn hạn', en: 'confirmed' },
  due: { vi: 'sắp hết hạn', en: 'ends soon' },
  overdue: { vi: 'chưa xác nhận trong 90 ngày', en: 'not confirmed within 90 days' },
} as const;

/** An .xlsx with its TLP label, source and time in the first lines; the export is logged with how many rows left. */
async function fileOf(ctx: Ctx, name: string, sheet: WriteSheet, rows: number): Promise<FileOut> {
  const lines = [await labelLine(ctx, 'sheet'), ...(sheet.lines ?? [])];
  const content = await writeTable([{ ...sheet, lines }]);
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, {
      action: 'organisations.exported',
      subject: { kind: 'organisation', id: ctx.actor.organisation },
      after: { file: name, rows },
    }),
  );
  return { name: `${name}.xlsx`, type: XLSX_TYPE, content };
}

const pick = (ctx: Ctx, vi: string, en: string): string => (ctx.language === 'vi' ? vi : en);
const takenAt = (ctx: Ctx): string => `${pick(ctx, 'Thời điểm lấy số liệu', 'Figures taken at')}: ${shownInstant(ctx.clock.now())}`;

/** The list of organisations as it is shown: same filters, same order, all pages. */
export async function exportOrganisations(ctx: Ctx, query: OrganisationQuery): Promise<FileOut> {
  const { items } = await listOrganisations(ctx, { ...query, page: 1, size: MOST });
  const title = pick(ctx, 'Danh sách đơn vị', 'Organisations');
  const rows = items.map((item): WriteCell[] => [
    item.name,
    KIND_NAMES[item.kind][ctx.language],
    item.parent?.name ?? null,
    item.supervisors.map(({ name }) => name).join('; ') || null,
    item.contacts?.total ?? null,
    item.contacts?.confirmed ?? null,
    item.contacts === null ? null : item.contacts.duty ? pick(ctx, 'có', 'yes') : pick(ctx, 'chưa có', 'no'),
    item.existsTo === null ? null : { day: item.existsTo },
  ]);
  const columns = [
    'Đơn vị|Organisation|44',
    'Loại|Kind|22',
    'Cơ quan chủ quản|Parent|36',
    'Đơn vị theo dõi|Supervised by|36',
    'Số đầu mối|Contacts',
    'Đã xác nhận (90 ngày)|Confirmed (90 days)',
    'Trực 24/7|24/7 contact',
    'Kết thúc từ ngày|Ended on',
  ].map((text) => {
    const [vi = '', en = '', width] = text.split('|');
    return { title: pick(ctx, vi, en), ...(width ? { width: Number(width) } : {}) };
  });
  const lines = [`${title} (${pick(ctx, 'tại ngày', 'as of')} ${shownDay(query.on ?? today(ctx))})`, takenAt(ctx)];
  return fileOf(ctx, title, { name: title, lines, columns, rows, landscape: true }, rows.length);
}

/** The contact register as it is shown to this actor, masked where it is masked on the screen. */
export async function exportContacts(ctx: Ctx, query: ContactQuery): Promise<FileOut> {
  const { items } = await listContacts(ctx, { ...query, page: 1, size: MOST });
  const title = pick(ctx, 'Danh bạ đầu mối', 'Contact register');
  const rows = items.map((item): WriteCell[] => [
    item.organisation.name,
    ROLE_NAMES[item.role][ctx.language],
    item.name,
    item.position,
    item.department,
    item.phones.join('; ') || null,
    item.emails.join('; ') || null,
    item.hotline ? pick(ctx, 'có', 'yes') : null,
    item.address,
    item.digitalSignature,
    item.confirmedAt === null ? null : { day: dayIn(item.confirmedAt) },
    CONFIRMATION[item.confirmation][ctx.language],
    item.note,
  ]);
  const columns = [
    'Đơn vị|Organisation|40',
    'Vai trò|Role|20',
    'Họ và tên|Name|24',
    'Chức vụ|Position|20',
    'Bộ phận|Department|24',
    'Điện thoại|Phone|22',
    'Thư điện tử|E-mail|28',
    'Đường dây nóng|Hotline',
    'Địa chỉ|Address|30',
    'Chữ ký số|Digital signature|18',
    'Xác nhận ngày|Confirmed on',
    'Tình trạng xác nhận|Confirmation|22',
    'Ghi chú|Note|30',
  ].map((text) => {
    const [vi = '', en = '', width] = text.split('|');
    return { title: pick(ctx, vi, en), ...(width ? { width: Number(width) } : {}) };
  });
  return fileOf(ctx, title, { name: title, lines: [title, takenAt(ctx)], columns, rows, landscape: true }, rows.length);
}

function dayIn(instant: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDate().toString();
}
