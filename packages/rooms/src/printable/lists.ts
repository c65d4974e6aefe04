import { dayOf, shownDay, shownInstant } from '@vonggac/kernel';
import type { ListGroup } from '@vonggac/congvan/write';
import { writeTable, type WriteCell } from '@vonggac/outside';
import type { Ctx } from '@vonggac/store';
import { listContacts, ROLE_NAMES } from '../organisations/index.ts';
import type { OpenTask } from '../tasks/index.ts';
import { labelLine } from '../tlp/index.ts';
import { dialled } from './model.ts';
import { type OpenLine, openLines } from './open-lines.ts';

const INTERNAL = 'TÀI LIỆU NỘI BỘ';
const MOST = 100_000;
/** More rows than this are not read on paper: the sheet has them, the paper counts them by agency. */
export const PRINTED = 3000;

const STATES: Readonly<Record<OpenTask['state'], string>> = {
  assigned: 'Chưa trả lời',
  'in-progress': 'Đang thực hiện',
  submitted: 'Đã gửi, chờ ghi nhận',
  'more-asked': 'Được đề nghị bổ sung',
  accepted: 'Đã ghi nhận',
  withdrawn: 'Đã thu hồi',
};

export type Written = { rows: number; pdf: Uint8Array; xlsx: Uint8Array };

/** Mark and foot bear the label (TLP 2.0: head and foot of each page). */
async function headOf(ctx: Ctx, what: string): Promise<{ lines: string[]; foot: string; mark: string }> {
  const label = await labelLine(ctx, 'list');
  const at = shownInstant(ctx.clock.now());
  return {
    lines: [what, `Số liệu lúc ${at}. Tài liệu nội bộ, dùng cho trực khi mất mạng; hủy khi có bản mới.`],
    foot: `${label} · Vọng Gác, số liệu lúc ${at}`,
    mark: `${INTERNAL} · ${label}`,
  };
}

function groupsOf<T>(rows: readonly T[], titleOf: (row: T) => { id: string; name: string }, cellsOf: (row: T) => string[]): ListGroup[] {
  const groups = new Map<string, { title: string; rows: string[][] }>();
  for (const row of rows) {
    const { id, name } = titleOf(row);
    const group = groups.get(id) ?? { title: name, rows: [] };
    group.rows.push(cellsOf(row));
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** Contacts of all organisations in reach, numbers as the actor may see them. */
export async function contactLists(ctx: Ctx): Promise<Written> {
  const { items } = await listContacts(ctx, { sort: 'organisation', page: 1, size: MOST });
  const { lines, foot, mark } = await headOf(ctx, 'Theo đơn vị; số trực 24/7 và đường dây nóng được ghi rõ.');
  const nameOf = (item: (typeof items)[number]) => [item.name, item.position].filter(Boolean).join(', ');
  const roleOf = (item: (typeof items)[number]) => `${ROLE_NAMES[item.role].vi}${item.hotline ? ' (đường dây nóng)' : ''}`;
  const { writeListPdf } = await import('@vonggac/congvan/write');
  const pdf = await writeListPdf({
    title: 'DANH BẠ ĐẦU MỐI',
    lines,
    foot,
    mark,
    columns: [
      { title: 'Vai trò', share: 18 },
      { title: 'Họ và tên, chức vụ', share: 27 },
      { title: 'Điện thoại', share: 22 },
      { title: 'Thư điện tử', share: 25 },
      { title: 'Ghi chú', share: 20 },
    ],
    groups: groupsOf(
      items,
      ({ organisation }) => organisation,
      (item) => [roleOf(item), nameOf(item), item.phones.map(dialled).join(', '), item.emails.join(', '), item.note ?? ''],
    ),
    empty: 'Chưa có đầu mối nào trong danh bạ.',
  });
  const xlsx = await writeTable([
    {
      name: 'Danh bạ đầu mối',
      landscape: true,
      lines: [`${mark}. ${lines[1]}`],
      columns: [
        { title: 'Đơn vị', width: 40 },
        { title: 'Vai trò', width: 22 },
        { title: 'Họ và tên', width: 24 },
        { title: 'Chức vụ', width: 20 },
        { title: 'Điện thoại', width: 24 },
        { title: 'Thư điện tử', width: 28 },
        { title: 'Đường dây nóng' },
        { title: 'Ghi chú', width: 30 },
      ],
      rows: items.map((item): WriteCell[] => [
        item.organisation.name,
        ROLE_NAMES[item.role].vi,
        item.name,
        item.position,
        item.phones.map(dialled).join('; ') || null,
        item.emails.join('; ') || null,
        item.hotline ? 'có' : null,
        item.note,
      ]),
    },
  ]);
  return { rows: items.length, pdf, xlsx };
}

/** Open tasks of all agencies in reach, and the parts that units have of them, with their dates. */
export async function taskLists(ctx: Ctx): Promise<Written> {
  const { lines: open, tasks, parts } = await openLines(ctx);
  const now = ctx.clock.now().toString();
  const { lines, foot, mark } = await headOf(ctx, saidOf(tasks, parts));
  const common = { title: 'NHIỆM VỤ CHƯA XONG', lines, foot, mark, empty: 'Không còn nhiệm vụ nào chưa xong.' };
  const { writeListPdf } = await import('@vonggac/congvan/write');
  const pdf = await writeListPdf({ ...common, ...(open.length > PRINTED ? counted(open, now) : oneByOne(open, now)) });
  const xlsx = await writeTable([
    {
      name: 'Nhiệm vụ chưa xong',
      landscape: true,
      lines: [`${mark}. ${lines[1]}`],
      columns: [
        { title: 'Đơn vị', width: 40 },
        { title: 'Văn bản', width: 22 },
        { title: 'Ngày văn bản', width: 14 },
        { title: 'Trích yếu', width: 40 },
        { title: 'Mục' },
        { title: 'Nội dung yêu cầu', width: 60 },
        { title: 'Hạn', width: 14 },
        { title: 'Quá hạn' },
        { title: 'Tình trạng', width: 22 },
      ],
      rows: open.map(({ organisation, directive, path, text, due, state, giver }): WriteCell[] => [
        organisation.name,
        directive.code,
        directive.day === null ? null : { day: directive.day },
        directive.subject,
        path,
        text,
        due === null ? null : { day: dayIn(due) },
        isLate(due, state, now) ? 'quá hạn' : null,
        stateOf({ state, giver }),
      ]),
    },
  ]);
  return { rows: open.length, pdf, xlsx };
}

const dayIn = (instant: string): string => dayOf(Temporal.Instant.from(instant)).toString();
const shownDue = (due: string | null): string => (due === null ? 'không ghi hạn' : shownDay(dayIn(due)));
const isLate = (due: string | null, state: OpenTask['state'], now: string): boolean =>
  due !== null && state !== 'submitted' && Temporal.Instant.compare(Temporal.Instant.from(due), Temporal.Instant.from(now)) < 0;
const saidOf = (tasks: number, parts: number): string =>
  `${tasks} nhiệm vụ chưa xong${parts === 0 ? '' : ` và ${parts} phần việc được giao, phối hợp chưa trả lời`}, theo đơn vị.`;
const stateOf = ({ state, giver }: { state: OpenLine['state']; giver: string | undefined }): string =>
  giver === undefined ? STATES[state] : `Chưa trả lời; phần việc do ${giver} giao`;
/** The first lines of a long item say which one it is. */
const short = (text: string): string => (text.length <= 220 ? text : `${text.slice(0, 219).trimEnd()}…`);

function oneByOne(open: readonly OpenLine[], now: string) {
  return {
    columns: [
      { title: 'Văn bản', share: 26 },
      { title: 'Mục', share: 6, align: 'center' as const },
      { title: 'Nội dung yêu cầu', share: 50 },
      { title: 'Hạn', share: 14, align: 'center' as const },
      { title: 'Tình trạng', share: 16 },
    ],
    groups: groupsOf(
      open,
      ({ organisation }) => organisation,
      ({ directive, path, text, due, state, giver }) => [
        [directive.code, directive.day && shownDay(directive.day)].filter(Boolean).join(', ') || directive.subject,
        path,
        short(text),
        `${shownDue(due)}${isLate(due, state, now) ? ' (quá hạn)' : ''}`,
        stateOf({ state, giver }),
      ],
    ),
  };
}

function counted(open: readonly OpenLine[], now: string) {
  const agencies = groupsOf(
    open,
    ({ organisation }) => organisation,
    ({ due, state }) => [due ?? '', isLate(due, state, now) ? '1' : ''],
  );
  return {
    columns: [
      { title: 'Đơn vị', share: 60 },
      { title: 'Chưa xong', share: 14, align: 'right' as const },
      { title: 'Quá hạn', share: 14, align: 'right' as const },
      { title: 'Hạn gần nhất', share: 18, align: 'center' as const },
    ],
    groups: [
      {
        title: `Nhiều hơn ${PRINTED} dòng nên bản in chỉ đếm theo đơn vị; từng nhiệm vụ xem ở tệp .xlsx cùng tên.`,
        rows: agencies.map(({ title, rows }) => {
          const next = rows.map(([due]) => due!).filter((due) => due >= now);
          return [
            title,
            String(rows.length),
            String(rows.filter(([, late]) => late).length),
            next[0] ? shownDue(next.toSorted()[0]!) : '–',
          ];
        }),
      },
    ],
  };
}
