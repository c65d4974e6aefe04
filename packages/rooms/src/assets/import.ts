import { DomainError, fold, type Text } from '@vonggac/kernel';
import { breaksIndex, type Ctx, type Tx } from '@vonggac/store';
import { and, eq, inArray, or } from 'drizzle-orm';
import { reaches } from '../access/index.ts';
import { record } from '../audit/index.ts';
import {
  DOER_RIGHTS,
  type Doer,
  type Made,
  namesOf,
  organisationNames,
  organisations,
  type PlannedRow,
  type SourceRow,
} from '../organisations/index.ts';
import { insertClaim } from './claim.ts';
import { ASSET_COLUMNS } from './import-columns.ts';
import { readRow, type Wanted } from './import-row.ts';
import { undoAssets } from './import-undo.ts';
import { type Described, describe, keyOf } from './input.ts';
import { amongAll, type Asset, facts, has, oversees, today } from './internal.ts';
import { meets, type Period } from './model.ts';
import { overseerIn, readTree, type Tree } from './overseer.ts';
import { assets } from './tables.ts';

/** How lists of assets are taken in and back: those of the own subtree as claims, those of whom one's authority oversees as entered. */
export const assetsDoer: Doer = {
  ...DOER_RIGHTS.assets,
  columns: ASSET_COLUMNS,
  batch: 100,
  most: 20_000,
  plan: (tx, ctx, rows, freshId) => planAssets(tx, ctx, rows, freshId),
  undo: undoAssets,
};

type Holder = { id: string; name: string; overseer: string; decides: boolean };
type Index = {
  byName: Map<string, Holder[]>;
  own: Holder | undefined;
  known: Map<string, Asset[]>;
  /** Days of what is approved for whoever lies outside of the actor's sight; only that it is held is told. */
  strange: Map<string, Period[]>;
  systems: Map<string, string>;
  day: string;
};

async function holdersIn(tx: Tx, ctx: Ctx, tree: Tree, day: string): Promise<{ byName: Map<string, Holder[]>; own: Holder | undefined }> {
  const names = await tx.select({ id: organisationNames.organisation, folded: organisationNames.folded }).from(organisationNames);
  const living = await tx.select({ id: organisations.id, to: organisations.existsTo }).from(organisations);
  const approves = has(ctx, 'assets:approve');
  const holders = new Map<string, Holder>();
  for (const { id } of living.filter(({ to }) => to === null || to > day)) {
    const overseer = overseerIn(tree, id);
    const decides = approves && oversees(ctx, { organisation: id, overseer });
    if (decides || reaches(ctx, id)) holders.set(id, { id, name: '', overseer, decides });
  }
  for (const [id, one] of await namesOf(tx, [...holders.keys()], day)) holders.get(id)!.name = one.qualifiedName;
  const byName = new Map<string, Holder[]>();
  const add = (folded: string, holder: Holder): void => {
    const held = byName.get(folded) ?? [];
    if (!held.includes(holder)) byName.set(folded, [...held, holder]);
  };
  for (const { id, folded } of names) if (holders.has(id)) add(folded, holders.get(id)!);
  for (const holder of holders.values()) add(fold(holder.name), holder);
  return { byName, own: holders.get(ctx.actor.organisation) };
}

type Read = { source: SourceRow; wanted: Wanted; described: Described; holder: Holder; key: string };

function holderOf(index: Index, cell: string): Holder | Text {
  const found = cell === '' ? [index.own].filter((one) => one !== undefined) : (index.byName.get(fold(cell)) ?? []);
  if (found.length === 1) return found[0]!;
  if (found.length === 0)
    return {
      vi: `Không tìm thấy đơn vị “${cell}” trong phạm vi. Sửa theo tên trong danh mục đơn vị.`,
      en: `No organisation “${cell}” within reach. Use the name of the register.`,
    };
  return {
    vi: `Có ${found.length} đơn vị tên “${cell}”. Ghi kèm cấp trên trong ngoặc như trong danh mục đơn vị.`,
    en: `${found.length} organisations are named “${cell}”. Add what is above it in brackets, as the register shows it.`,
  };
}

function refuse(source: SourceRow, name: string, reason: Text): PlannedRow {
  return { row: source.row, state: 'refused', name, changes: [], reason, act: async () => null };
}

const nameIn = ({ by }: SourceRow): string => [by['organisation'], by['value'] || by['name']].filter(Boolean).join(' · ');

function readOne(index: Index, source: SourceRow): Read | PlannedRow {
  const name = nameIn(source);
  const wanted = readRow(source);
  if ('vi' in wanted) return refuse(source, name, wanted);
  const holder = holderOf(index, source.by['organisation'] ?? '');
  if ('vi' in holder) return refuse(source, name, holder);
  try {
    const described = describe(wanted.input);
    return { source, wanted, described, holder, key: keyOf(described, holder.id) };
  } catch (error) {
    if (error instanceof DomainError) return refuse(source, name, error.text);
    throw error;
  }
}

const isRead = (one: Read | PlannedRow): one is Read => 'wanted' in one;

async function planAssets(tx: Tx, ctx: Ctx, rows: readonly SourceRow[], freshId: () => string): Promise<PlannedRow[]> {
  const day = today(ctx);
  const index: Index = {
    ...(await holdersIn(tx, ctx, await readTree(tx, day), day)),
    known: new Map(),
    strange: new Map(),
    systems: new Map(),
    day,
  };
  const read = rows.map((source) => readOne(index, source));
  const keys = [...new Set(read.filter(isRead).map(({ key }) => key))];
  const known = await tx
    .select()
    .from(assets)
    .where(and(or(inArray(assets.key, keys), eq(assets.kind, 'system')), inArray(assets.state, ['claimed', 'approved'])));
  for (const row of known) {
    index.known.set(row.key, [...(index.known.get(row.key) ?? []), row]);
    if (row.kind === 'system' && (row.validTo === null || row.validTo > day))
      index.systems.set(`${row.organisation}:${fold(row.name)}`, row.id);
  }
  await addStrangers(tx, ctx, index, keys);
  return read.map((one) => (isRead(one) ? planOne(index, one, freshId) : one));
}

async function addStrangers(tx: Tx, ctx: Ctx, index: Index, keys: readonly string[]): Promise<void> {
  const seen = new Set([...index.known.values()].flat().map(({ id }) => id));
  const held = await amongAll(tx, ctx, () =>
    tx
      .select({ id: assets.id, key: assets.key, from: assets.validFrom, to: assets.validTo })
      .from(assets)
      .where(and(inArray(assets.key, [...keys]), eq(assets.state, 'approved'))),
  );
  for (const { id, key, from, to } of held) if (!seen.has(id)) index.strange.set(key, [...(index.strange.get(key) ?? []), { from, to }]);
}

const STRANGE: Text = {
  vi: 'Đã có đơn vị khác đăng ký trong thời gian này. Cơ quan theo dõi của hai bên cần thống nhất.',
  en: 'Another organisation has registered it for these days. The authorities of both must agree.',
};

function planOne(index: Index, one: Read, freshId: () => string): PlannedRow {
  const { source, wanted, described, holder, key } = one;
  const name = [holder.name, described.network ?? described.domain ?? described.name].join(' · ');
  const place = `${holder.id}:${fold(wanted.system)}`;
  if (wanted.system !== '' && !index.systems.has(place))
    return refuse(source, name, {
      vi: `“${holder.name}” chưa có hệ thống “${wanted.system}”. Đưa hệ thống lên dòng trước, hoặc bỏ trống cột này.`,
      en: `“${holder.name}” has no system “${wanted.system}”. Put it in an earlier row, or leave the column empty.`,
    });
  described.system = wanted.system === '' ? null : index.systems.get(place)!;
  const held = (index.known.get(key) ?? []).filter((row) => meets({ from: row.validFrom, to: row.validTo }, wanted.period));
  const twin = held.find((row) => row.organisation === holder.id);
  if (twin) return planKnown(source, name, { twin, described, wanted, decides: holder.decides });
  const other = held.find((row) => row.state === 'approved');
  if (other && holder.decides)
    return refuse(source, name, {
      vi: `“${other.organisationName}” đang giữ. Chuyển giao trong trang tài sản, hoặc sửa ngày.`,
      en: `“${other.organisationName}” holds it. Transfer it on the page of the asset, or correct the days.`,
    });
  if (holder.decides && index.strange.get(key)?.some((period) => meets(period, wanted.period))) return refuse(source, name, STRANGE);
  const id = freshId();
  if (described.kind === 'system') index.systems.set(`${holder.id}:${fold(described.name)}`, id);
  const fresh = {
    ...described,
    id,
    organisation: holder.id,
    key,
    state: 'claimed',
    validFrom: wanted.period.from,
    validTo: wanted.period.to,
  };
  index.known.set(key, [...(index.known.get(key) ?? []), fresh as Asset]);
  return {
    row: source.row,
    state: 'new',
    name,
    changes: [],
    reason: null,
    act: (inner, ctx) => make(inner, ctx, { one, id, period: wanted.period }),
  };
}

async function make(tx: Tx, ctx: Ctx, { one, id, period }: { one: Read; id: string; period: Period }): Promise<Made> {
  const { described, holder } = one;
  await insertClaim(tx, ctx, { described, period, organisation: holder.id, id }, holder).catch((error: unknown) => {
    // A holder whom another authority oversees is out of sight here.
    if (!breaksIndex(error, 'assets_one_open_holder') && !breaksIndex(error, 'assets_one_holder_from')) throw error;
    throw new DomainError('conflict', 'assets.held', STRANGE);
  });
  return { subject: id, undo: { version: 1 } };
}

const CHANGEABLE = ['name', 'usage', 'level', 'levelDecision', 'levelDay', 'mac', 'system', 'withSubdomains', 'note'] as const;

function planKnown(
  source: SourceRow,
  name: string,
  { twin, described, wanted, decides }: { twin: Asset; described: Described; wanted: Wanted; decides: boolean },
): PlannedRow {
  const { from, to } = wanted.period;
  if ((from !== null && from !== twin.validFrom) || (to !== null && to !== twin.validTo))
    return refuse(source, name, {
      vi: 'Đã đăng ký với thời gian khác. Sửa thời gian trong trang tài sản.',
      en: 'It is registered with other days. Change them on the page of the asset.',
    });
  const changes = CHANGEABLE.filter((field) => wanted.given.has(field) && described[field] !== twin[field]);
  if (changes.length === 0) return { row: source.row, state: 'same', name, changes: [], reason: null, act: async () => null };
  if (twin.state === 'approved' && !decides && changes.some((field) => field === 'usage' || field === 'withSubdomains'))
    return refuse(source, name, {
      vi: 'Cách sử dụng của tài sản đã duyệt do cơ quan theo dõi sửa.',
      en: 'The usage of an approved asset is changed by the authority.',
    });
  const after: Partial<Asset> = Object.fromEntries(changes.map((field) => [field, described[field]]));
  return { row: source.row, state: 'changed', name, changes, reason: null, act: (tx, ctx) => change(tx, ctx, twin, after) };
}

async function change(tx: Tx, ctx: Ctx, twin: Asset, after: Partial<Asset>): Promise<Made | null> {
  const before = Object.fromEntries([...Object.keys(after), 'folded'].map((field) => [field, twin[field as keyof Asset]]));
  const { folded } = describe({ ...twin, ...after });
  await tx
    .update(assets)
    .set({ ...after, folded, version: twin.version + 1 })
    .where(eq(assets.id, twin.id));
  await record(tx, ctx, {
    action: 'assets.corrected',
    subject: { kind: 'asset', id: twin.id },
    before: facts(twin),
    after: facts({ ...twin, ...after }),
    concerns: twin.organisation,
  });
  return { subject: twin.id, undo: { before, version: twin.version + 1 } };
}
