import { shownInstant } from '@vonggac/kernel';
import { writeTable, type WriteCell, XLSX_TYPE } from '@vonggac/outside';
import { type Ctx, inTransaction } from '@vonggac/store';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { ASSET_COLUMNS } from './import-columns.ts';
import { type AssetQuery, type AssetView, listAssets } from './list.ts';
import { ASSET_KINDS, KIND_NAMES, STATE_NAMES, USAGE_NAMES, USAGES } from './model.ts';
import { listSilent, type SilentQuery } from './silent.ts';

type FileOut = { name: string; type: string; content: Uint8Array };

const MOST = 50_000;
const WIDTHS: Readonly<Record<string, number>> = { organisation: 40, name: 32, value: 30, levelDecision: 20, system: 28, note: 30 };

const dayCell = (day: string | null): WriteCell => (day === null ? null : { day });
const pick = (ctx: Ctx, vi: string, en: string): string => (ctx.language === 'vi' ? vi : en);

function cellsOf(ctx: Ctx, item: AssetView): WriteCell[] {
  const by: Record<(typeof ASSET_COLUMNS)[number]['key'], WriteCell> = {
    kind: KIND_NAMES[item.kind][ctx.language],
    organisation: item.organisation.name,
    name: item.name,
    value: item.value,
    usage: item.kind === 'system' ? null : USAGE_NAMES[item.usage][ctx.language],
    level: item.level,
    levelDecision: item.levelDecision,
    levelDay: dayCell(item.levelDay),
    from: dayCell(item.from),
    to: dayCell(item.to),
    system: item.system?.name ?? null,
    mac: item.mac,
    withSubdomains: item.kind === 'domain' ? pick(ctx, item.withSubdomains ? 'có' : 'không', item.withSubdomains ? 'yes' : 'no') : null,
    note: item.note,
  };
  return [...ASSET_COLUMNS.map(({ key }) => by[key] ?? null), STATE_NAMES[item.state][ctx.language], item.reason];
}

async function logged(ctx: Ctx, file: string, rows: number): Promise<void> {
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, { action: 'assets.exported', subject: { kind: 'organisation', id: ctx.actor.organisation }, after: { file, rows } }),
  );
}

/** The list as it is shown: same filters, same order, all pages; it can be imported again. */
export async function exportAssets(ctx: Ctx, query: AssetQuery): Promise<FileOut> {
  const { items } = await listAssets(ctx, { ...query, page: 1, size: MOST });
  const title = pick(ctx, 'Danh mục tài sản', 'Register of assets');
  const columns = [
    ...ASSET_COLUMNS.map(({ key, name }) => ({ title: name[ctx.language], ...(WIDTHS[key] ? { width: WIDTHS[key] } : {}) })),
    { title: pick(ctx, 'Tình trạng đăng ký', 'Registration') },
    { title: pick(ctx, 'Ý kiến khi duyệt', 'Note of the decision'), width: 30 },
  ];
  const lines = [title, `${pick(ctx, 'Thời điểm lấy số liệu', 'Figures taken at')}: ${shownInstant(ctx.clock.now())}`];
  const content = await writeTable([{ name: title, lines, columns, rows: items.map((item) => cellsOf(ctx, item)), landscape: true }]);
  await logged(ctx, title, items.length);
  return { name: `${title}.xlsx`, type: XLSX_TYPE, content };
}

/** Who has registered nothing, as shown, with the denominator in its head. */
export async function exportSilent(ctx: Ctx, query: SilentQuery): Promise<FileOut> {
  const { items, of, total } = await listSilent(ctx, { ...query, page: 1, size: MOST });
  const title = pick(ctx, 'Đơn vị chưa đăng ký địa chỉ', 'Organisations without a registered address');
  const lines = [
    title,
    pick(ctx, `${total} trên ${of} đơn vị`, `${total} of ${of} organisations`),
    `${pick(ctx, 'Thời điểm lấy số liệu', 'Figures taken at')}: ${shownInstant(ctx.clock.now())}`,
  ];
  const columns = [
    { title: pick(ctx, 'Đơn vị', 'Organisation'), width: 50 },
    { title: pick(ctx, 'Đã duyệt', 'Approved') },
    { title: pick(ctx, 'Chờ duyệt', 'Waiting') },
  ];
  const rows = items.map((item) => [item.organisation.name, item.approved, item.claimed]);
  const content = await writeTable([{ name: pick(ctx, 'Chưa đăng ký', 'Not registered'), lines, columns, rows }]);
  await logged(ctx, title, items.length);
  return { name: `${title}.xlsx`, type: XLSX_TYPE, content };
}

/** An empty list with the right heads, and the words that its columns take. */
export async function assetTemplate(ctx: Ctx): Promise<FileOut> {
  may(ctx, 'assets:write');
  const title = pick(ctx, 'Mẫu danh mục tài sản', 'Template of the register');
  const columns = ASSET_COLUMNS.map(({ key, name }) => ({ title: name[ctx.language], width: WIDTHS[key] ?? 16 }));
  const words = Array.from({ length: Math.max(ASSET_KINDS.length, USAGES.length) }, (_, at): WriteCell[] => [
    ASSET_KINDS[at] ? KIND_NAMES[ASSET_KINDS[at]][ctx.language] : null,
    USAGES[at] ? USAGE_NAMES[USAGES[at]][ctx.language] : null,
  ]);
  const content = await writeTable([
    { name: title, columns, rows: [] },
    {
      name: pick(ctx, 'Cách ghi', 'Words'),
      columns: [columns[0]!, columns[4]!].map(({ title: head }) => ({ title: head, width: 32 })),
      rows: words,
    },
  ]);
  return { name: `${title}.xlsx`, type: XLSX_TYPE, content };
}
