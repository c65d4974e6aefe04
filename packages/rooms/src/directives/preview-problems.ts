import { type Text, dayOf } from '@vonggac/kernel';
import type { DirectiveRow } from './internal.ts';
import type { Reading } from './model.ts';
import { impossibleDates } from './preview-dates.ts';

/** What should be looked at before issuing, with its place; an `error` stops the issuing. */
export type Problem = {
  code: 'date' | 'due-early' | 'nobody' | 'path-twice' | 'incomplete' | 'empty';
  level: 'error' | 'warning';
  field: string | null;
  requirement: string | null;
  message: Text;
  start: number | null;
  end: number | null;
};

type Item = {
  id: string;
  path: string;
  heading: boolean;
  due: string | null;
  withdrawnAt: string | null;
  spanStart: number | null;
  spanEnd: number | null;
};
type Plan = { requirements: readonly Item[]; assignments: readonly { requirement: string }[]; receivers: readonly string[] };

/** Everything that looks wrong in a draft, errors first, then in the order of the document. */
export function problemsOf(row: Pick<DirectiveRow, 'text' | 'subject' | 'issuerName' | 'day' | 'reading'>, plan: Plan): Problem[] {
  const all = [...headProblems(row), ...planProblems(plan), ...twicePrinted(plan), ...itemProblems(row, plan), ...dateProblems(row.text)];
  return all.toSorted((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning') || (a.start ?? 0) - (b.start ?? 0));
}

const nowhere = { requirement: null, start: null, end: null };
const at = (item: Item) => ({ field: 'requirements', requirement: item.id, start: item.spanStart, end: item.spanEnd });
const demanding = (plan: Plan) => plan.requirements.filter((item) => !item.heading && item.withdrawnAt === null);

function headProblems(row: Pick<DirectiveRow, 'subject' | 'issuerName'>): Problem[] {
  const missing = (field: string, message: Text): Problem => ({ ...nowhere, code: 'incomplete', level: 'error', field, message });
  return [
    ...(row.subject === ''
      ? [missing('subject', { vi: 'Chưa có trích yếu. Bổ sung trước khi ban hành.', en: 'There is no subject. Add it before issuing.' })]
      : []),
    ...(row.issuerName
      ? []
      : [
          missing('issuerName', {
            vi: 'Chưa có cơ quan ban hành. Bổ sung trước khi ban hành.',
            en: 'There is no issuer. Add it before issuing.',
          }),
        ]),
  ];
}

function planProblems(plan: Plan): Problem[] {
  const stop = (code: 'empty' | 'nobody', field: string, message: Text): Problem => ({ ...nowhere, code, level: 'error', field, message });
  if (demanding(plan).length === 0) {
    return [
      stop('empty', 'requirements', {
        vi: 'Chưa có nội dung yêu cầu nào. Chọn đoạn giao việc trong văn bản để tạo, hoặc thêm nội dung.',
        en: 'There is no requirement yet. Choose the passage that demands something in the document, or add an item.',
      }),
    ];
  }
  if (plan.receivers.length === 0) {
    return [
      stop('nobody', 'recipients', {
        vi: 'Chưa nơi nhận nào khớp với đơn vị. Thêm hoặc đối chiếu nơi nhận.',
        en: 'No recipient matches an organisation yet. Add recipients or map them.',
      }),
    ];
  }
  return [];
}

function twicePrinted(plan: Plan): Problem[] {
  const live = plan.requirements.filter((item) => item.withdrawnAt === null);
  return live.flatMap((item, i): Problem[] =>
    live.findIndex((other) => other.path === item.path) === i
      ? []
      : [
          {
            ...at(item),
            code: 'path-twice',
            level: 'error',
            message: {
              vi: `Mục ${item.path} xuất hiện hai lần. Đổi số mục của một trong hai.`,
              en: `Item ${item.path} appears twice. Renumber one of the two.`,
            },
          },
        ],
  );
}

function itemProblems(row: Pick<DirectiveRow, 'day' | 'reading'>, plan: Plan): Problem[] {
  const given = new Set(plan.assignments.map((one) => one.requirement));
  const first = firstDay(row.day, row.reading.date);
  return demanding(plan).flatMap((item): Problem[] => [
    ...(given.has(item.id) || plan.receivers.length === 0
      ? []
      : [
          {
            ...at(item),
            code: 'nobody' as const,
            level: 'warning' as const,
            message: {
              vi: `Mục ${item.path} chưa giao cho đơn vị nào. Chọn lại đối tượng, hoặc bổ sung nơi nhận.`,
              en: `Item ${item.path} is given to nobody. Choose its audience again, or add the recipient.`,
            },
          },
        ]),
    ...(item.due === null || first === null || dayOf(Temporal.Instant.from(item.due)).toString() >= first
      ? []
      : [{ ...at(item), code: 'due-early' as const, level: 'warning' as const, message: tooEarly(item.path, item.due, first) }]),
  ]);
}

const shown = (day: string) => day.split('-').map(Number).toReversed().join('/');

function tooEarly(path: string, due: string, first: string): Text {
  const day = shown(dayOf(Temporal.Instant.from(due)).toString());
  return {
    vi: `Hạn của mục ${path} (${day}) trước ngày của văn bản (${shown(first)}). Kiểm tra lại hạn hoặc ngày ban hành.`,
    en: `The deadline of item ${path} (${day}) is before the day of the document (${shown(first)}). Check the deadline or the day of issue.`,
  };
}

/** The document's day; of a draft that names only its month, the first of it. */
function firstDay(day: string | null, { year, month }: Reading['date']): string | null {
  if (day !== null) return day;
  return year === null || month === null ? null : new Temporal.PlainDate(year, month, 1).toString();
}

function dateProblems(text: string): Problem[] {
  return impossibleDates(text).map(({ start, end, printed }) => ({
    code: 'date',
    level: 'warning',
    field: null,
    requirement: null,
    start,
    end,
    message: {
      vi: `“${printed}” không phải ngày có thật. Đối chiếu bản gốc và nhập đúng ngày vào trường liên quan.`,
      en: `“${printed}” is no real date. Check the original and enter the right day in its field.`,
    },
  }));
}
