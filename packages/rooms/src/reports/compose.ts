import type { DirectiveDraft, DraftAttachment, DraftItem, DraftTable } from '@vonggac/congvan/write';
import { dayOf, officialDay, ZONE } from '@vonggac/kernel';
import { itemChart } from './charts.ts';
import { belowItems, reportsTable } from './compose-agencies.ts';
import { cited, type Composing, figureIn, told } from './composing.ts';

/** Above so many names the list goes into an appendix, so that the report stays a page. */
const NAMES_IN_TEXT = 12;
const ITEMS_IN_TEXT = 12;
const NO_SOURCE = 'Chưa có số liệu.';
/** Characters of an item in a row of one line. */
const SHORT = 46;

/** `07 giờ 00 ngày 04 tháng 5 năm 2026` */
export function momentOf(iso: string): string {
  const at = Temporal.Instant.from(iso);
  const { hour, minute } = at.toZonedDateTimeISO(ZONE);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(hour)} giờ ${two(minute)} ${officialDay(dayOf(at))}`;
}

/** `Chưa báo cáo: 3/45 (6,7%), gồm: …`, or with the list in an appendix. */
function namedFigure(composing: Composing, id: string, name: string): string {
  const rows = composing.rows.get(id) ?? [];
  const counted = `${name}: ${told(composing, id)} đơn vị`;
  if (rows.length === 0) return `${counted}.`;
  if (rows.length > NAMES_IN_TEXT) return `${counted} (danh sách kèm theo).`;
  return `${counted}, gồm: ${rows.map(({ organisation }) => organisation.name).join('; ')}.`;
}

const WITHOUT_TEXT = { measures: NO_SOURCE, incidents: NO_SOURCE, difficulties: 'Không.', proposals: 'Không.' };
type Section = keyof typeof WITHOUT_TEXT;

function paragraphs({ text, field }: Composing, name: Section): DraftItem[] {
  const lines = text[name]
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean);
  const mark = field?.(name) ?? '';
  return (lines.length > 0 ? lines : [WITHOUT_TEXT[name]]).map((line) =>
    /^[-–+]\s/u.test(line) ? { label: '-', text: mark + line.slice(2) } : { label: '', text: mark + line },
  );
}

/** A section of one line stands beside its heading. */
function section(composing: Composing, { label, heading, name }: { label: string; heading: string; name: Section }): DraftItem {
  const lines = paragraphs(composing, name);
  const [only] = lines;
  if (lines.length === 1 && only?.label === '') return { label, text: `${heading}: ${only.text}` };
  return { label, text: `${heading}:`, children: lines };
}

const pathsOf = (composing: Composing) =>
  composing.items.map(({ path }) => path).filter((path) => figureIn(composing, `item:${path}:answered`).of !== null);

/** An item in a row of one line, cut between words. */
function shortened(text: string): string {
  if (text.length <= SHORT) return text;
  return `${text.slice(0, SHORT).replace(/[\s,;.:]*\s\S*$/u, '')}…`;
}

function itemTable(composing: Composing): DraftTable {
  const cell = (path: string, name: string) => {
    const { value, of } = figureIn(composing, `item:${path}:${name}`);
    return of === null ? '–' : cited(composing, `item:${path}:${name}`, `${value}/${of}`);
  };
  const texts = new Map(composing.items.map(({ path, text }) => [path, text]));
  return {
    kind: 'table',
    columns: [
      { title: 'Mục', share: 1, align: 'center' },
      { title: 'Nội dung yêu cầu', share: 6.6 },
      { title: 'Đã báo cáo', share: 1.4, align: 'center' },
      { title: 'Đạt theo số đo', share: 1.4, align: 'center' },
      { title: 'Chưa có số liệu', share: 1.4, align: 'center' },
    ],
    rows: pathsOf(composing).map((path) => [
      path,
      shortened(texts.get(path) ?? ''),
      cell(path, 'answered'),
      cell(path, 'met'),
      cell(path, 'no-data'),
    ]),
  };
}

function correction({ changes, correctedAt }: Composing): DraftItem[] {
  if (correctedAt === null) return [];
  const told = changes.filter(({ figure }) => !figure.startsWith('item:'));
  const lines = told.map(({ name, before, now, came, went }) => {
    const who = [came.length > 0 ? `thêm: ${came.join('; ')}` : '', went.length > 0 ? `bớt: ${went.join('; ')}` : '']
      .filter(Boolean)
      .join('. ');
    return { label: '-', text: `${name.vi}: từ ${before ?? '–'} thành ${now ?? '–'}${who === '' ? '' : ` (${who})`};` };
  });
  const head = `Đính chính số liệu so với báo cáo số liệu đến ${momentOf(correctedAt)}${lines.length > 0 ? ':' : ': không thay đổi.'}`;
  return [{ label: '', text: head, children: lines }];
}

function quickItems(composing: Composing): DraftItem[] {
  const { asOf } = composing;
  const total = cited(composing, 'organisations', String(figureIn(composing, 'organisations').value ?? 0));
  const refused = figureIn(composing, 'refused').value ?? 0;
  return [
    {
      label: '1.',
      text: `Tiếp nhận, báo cáo (số liệu đến ${momentOf(asOf)})`,
      children: [
        {
          label: '-',
          text: `Số đơn vị được giao: ${total}${refused > 0 ? ` (${cited(composing, 'refused', String(refused))} đơn vị trả lại do gửi không đúng nơi nhận)` : ''}; đã tiếp nhận: ${told(composing, 'received')}; đã báo cáo đủ nội dung: ${told(composing, 'reported')}; báo cáo chưa đủ: ${told(composing, 'partly')}.`,
        },
        { label: '-', text: namedFigure(composing, 'silent', 'Chưa báo cáo') },
        { label: '-', text: namedFigure(composing, 'overdue', 'Có nội dung quá hạn') },
        ...correction(composing),
      ],
    },
    pathsOf(composing).length > ITEMS_IN_TEXT
      ? { label: '2.', text: 'Kết quả theo nội dung yêu cầu: bảng kèm theo.' }
      : { label: '2.', text: 'Kết quả theo nội dung yêu cầu:', blocks: [itemTable(composing)] },
    section(composing, { label: '3.', heading: 'Sự cố an toàn thông tin mạng', name: 'incidents' }),
    section(composing, { label: '4.', heading: 'Khó khăn, vướng mắc', name: 'difficulties' }),
    section(composing, { label: '5.', heading: 'Đề xuất, kiến nghị', name: 'proposals' }),
  ];
}

function resultItems(composing: Composing): DraftItem[] {
  const { asOf, figures } = composing;
  const [first] = quickItems(composing);
  const charted = itemChart(figures, pathsOf(composing));
  const items = composing.items
    .filter(({ path }) => figureIn(composing, `item:${path}:answered`).of !== null)
    .map(({ path, text: demanded }, at) => ({
      label: `${at + 1}.`,
      text: `Mục ${path}: ${demanded}`,
      children: itemLines(composing, path),
    }));
  return [
    { label: 'I.', text: 'CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI', children: paragraphs(composing, 'measures') },
    {
      label: 'II.',
      text: `TÌNH HÌNH TIẾP NHẬN, BÁO CÁO (số liệu đến ${momentOf(asOf)})`,
      children: [...(first?.children ?? []), ...belowItems(composing)],
    },
    {
      label: 'III.',
      text: 'KẾT QUẢ THỰC HIỆN',
      blocks: [itemTable(composing), ...(charted === null ? [] : [charted])],
      children: items,
    },
    { label: 'IV.', text: 'SỰ CỐ AN TOÀN THÔNG TIN MẠNG', children: paragraphs(composing, 'incidents') },
    { label: 'V.', text: 'KHÓ KHĂN, VƯỚNG MẮC', children: paragraphs(composing, 'difficulties') },
    { label: 'VI.', text: 'ĐỀ XUẤT, KIẾN NGHỊ', children: paragraphs(composing, 'proposals') },
  ];
}

function itemLines(composing: Composing, path: string): DraftItem[] {
  const of = (name: string) => told(composing, `item:${path}:${name}`);
  const measured = figureIn(composing, `item:${path}:met`).of !== null;
  const lines = [`Đã báo cáo: ${of('answered')}; đã ghi nhận kết quả: ${of('accepted')}; quá hạn: ${of('late')}.`];
  if (measured)
    lines.push(`Theo số đo: đạt ${of('met')}; có nguy cơ ${of('at-risk')}; chưa đạt ${of('missed')}; chưa có số liệu ${of('no-data')}.`);
  else lines.push('Chưa có số đo cho nội dung này; kết quả do đơn vị báo cáo.');
  const counted = composing.figures.filter(({ id }) => id.startsWith(`item:${path}:measure:`));
  for (const { id, name } of counted) lines.push(`${name.vi.slice(`Mục ${path}: `.length)}: ${told(composing, id)}.`);
  return lines.map((text) => ({ label: '-', text }));
}

const LISTED: readonly (readonly [figure: string, title: string])[] = [
  ['silent', 'Đơn vị chưa báo cáo'],
  ['partly', 'Đơn vị báo cáo chưa đủ nội dung'],
  ['overdue', 'Đơn vị có nội dung quá hạn'],
];

/** Lists that are too long for the text; the report of results always carries them. */
function attachmentsOf(composing: Composing): DraftAttachment[] {
  const long = LISTED.filter(([figure]) => {
    const count = composing.rows.get(figure)?.length ?? 0;
    return count > NAMES_IN_TEXT || (composing.kind === 'result' && count > 0);
  });
  const tables =
    composing.kind === 'quick' && pathsOf(composing).length > ITEMS_IN_TEXT
      ? [{ subtitle: 'Kết quả theo nội dung yêu cầu', table: itemTable(composing) }]
      : [];
  const signed =
    (composing.rows.get('agency-reports') ?? []).length === 0
      ? []
      : [{ subtitle: 'Danh mục báo cáo đã ký của các đơn vị', table: reportsTable(composing) }];
  const all = [...tables, ...long.map(([figure, subtitle]) => ({ subtitle, table: listTable(composing, figure) })), ...signed];
  return all.map(({ subtitle, table }, at) => ({
    title: all.length > 1 ? `Phụ lục ${ROMAN[at]}` : 'Phụ lục',
    subtitle,
    items: [],
    blocks: [table],
  }));
}

const ROMAN = ['I', 'II', 'III', 'IV', 'V'];

function listTable(composing: Composing, figure: string): DraftTable {
  return {
    kind: 'table',
    columns: [
      { title: 'TT', share: 1, align: 'center' },
      { title: 'Đơn vị', share: 6 },
      { title: 'Tình trạng', share: 5 },
    ],
    rows: (composing.rows.get(figure) ?? []).map(({ organisation, text }, line) => [String(line + 1), organisation.name, text.vi]),
  };
}

/** The report in the form of NĐ 30/2020/NĐ-CP, from its frozen figures and its text alone: the same report gives the same document. */
export function composeReport(composing: Composing): DirectiveDraft {
  const { text, kind, asOf } = composing;
  const written = Temporal.PlainDate.from(composing.day ?? dayOf(Temporal.Instant.from(asOf)).toString());
  return {
    kind: 'bao-cao',
    issuer: composing.issuer,
    number: composing.number,
    symbol: composing.symbol,
    place: text.place,
    date: { year: written.year, month: written.month, day: composing.day === null ? null : written.day },
    subject: text.subject,
    urgency: null,
    recipients: text.recipients,
    bases: [composing.basis],
    opening: `${composing.field?.('opening') ?? ''}${text.opening}`,
    items: kind === 'quick' ? quickItems(composing) : resultItems(composing),
    closing: text.closing === '' ? '' : `${composing.field?.('closing') ?? ''}${text.closing}`,
    copies: text.copies,
    signer: text.signer,
    attachments: attachmentsOf(composing),
    compact: kind === 'quick',
  };
}

/** The figures whose rows `composeReport` lists. */
export const LISTED_FIGURES: readonly string[] = [...LISTED.map(([figure]) => figure), 'agency-reports', 'below'];
