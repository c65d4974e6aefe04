import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { type AnchorPlaces, isGenuine, readAnchors } from './anchor.ts';
import { type Anchor, type Finding, GENESIS, linkHash } from './model.ts';
import { audit, auditSeals, auditUnsealed } from './tables.ts';

export type Verification = { rows: number; anchors: number; head: number; findings: Finding[] };

const PAGE = 2000;

/**
 * Walks the whole chain against the rows and against its anchors. The first finding is the first bad row. Reads with
 * the caller's login, which must see every row (the house's reach, or the owner's login offline).
 */
export async function verifyAudit(ctx: Ctx, places: AnchorPlaces): Promise<Verification> {
  const anchors = readAnchors(places.file);
  return inSnapshot(ctx, async (tx) => {
    const genuine = anchors.filter((anchor) => isGenuine(anchor, places.keys));
    const forged = anchors.filter((anchor) => !genuine.includes(anchor)).map(forgedAnchor);
    const chain = await walk(tx, new Map(anchors.map((anchor) => [anchor.seq, anchor.head])));
    const beyond = anchors
      .filter((anchor) => anchor.seq > chain.head)
      .slice(0, 1)
      .map((anchor) => truncated(anchor, chain.head));
    const loose = await unsealed(tx);
    const findings = [...chain.findings, ...beyond, ...loose, ...missing(chain, genuine), ...forged];
    return { rows: chain.rows, anchors: anchors.length, head: chain.head, findings };
  });
}

type Walked = { rows: number; head: number; since: string | null; findings: Finding[] };

async function walk(tx: Tx, anchored: Map<number, string>): Promise<Walked> {
  const findings: Finding[] = [];
  let since: string | null = null;
  let previous = GENESIS;
  let head = 0;
  let rows = 0;
  for (;;) {
    const page = await tx
      .select({ seal: auditSeals, row: audit })
      .from(auditSeals)
      .leftJoin(audit, eq(audit.id, auditSeals.row))
      .where(gt(auditSeals.seq, head))
      .orderBy(asc(auditSeals.seq))
      .limit(PAGE);
    for (const { seal, row } of page) {
      if (seal.seq !== head + 1) findings.push(removed(head + 1, null));
      if (!row) findings.push(removed(seal.seq, seal.row));
      else if (linkHash(previous, row) !== seal.hash) findings.push(changed(seal.seq, seal.row));
      const expected = anchored.get(seal.seq);
      if (expected !== undefined && expected !== seal.hash) findings.push(rewritten(seal.seq, seal.row));
      since ??= row?.at ?? null;
      previous = seal.hash;
      head = seal.seq;
      rows += 1;
      if (findings.length >= 20) return { rows, head, since, findings };
    }
    if (page.length < PAGE) return { rows, head, since, findings };
  }
}

/** A chain is anchored from its first minute on. Without early anchors nothing tells a rewritten beginning from a true one. */
const FIRST_ANCHOR_WITHIN_MINUTES = 10;

function missing({ head, since }: Walked, anchors: readonly Anchor[]): Finding[] {
  if (head === 0) return [];
  const [first] = anchors;
  if (first === undefined) return [unanchored(null)];
  const late = since === null ? 0 : Temporal.Instant.from(first.at).since(Temporal.Instant.from(since)).total('minutes');
  return late > FIRST_ANCHOR_WITHIN_MINUTES ? [unanchored(first.seq)] : [];
}

/** Rows that are neither chained nor waiting: put in, or their link taken out. */
async function unsealed(tx: Tx): Promise<Finding[]> {
  const rows = await tx
    .select({ id: audit.id })
    .from(audit)
    .where(
      and(
        sql`not exists (select 1 from ${auditSeals} where ${auditSeals.row} = ${audit.id})`,
        sql`not exists (select 1 from ${auditUnsealed} where ${auditUnsealed.id} = ${audit.id})`,
      ),
    )
    .orderBy(asc(audit.id))
    .limit(20);
  return rows.map(({ id }) =>
    finding(
      'unsealed',
      null,
      id,
      'Dòng nhật ký không nằm trong chuỗi: bị chèn thêm, hoặc mắt xích của nó bị xóa.',
      'A row is not in the chain: it was put in, or its link was removed.',
    ),
  );
}

function finding(kind: Finding['kind'], seq: number | null, row: string | null, vi: string, en: string): Finding {
  return { kind, seq, row, text: { vi, en } };
}
const changed = (seq: number, row: string) =>
  finding('changed', seq, row, `Dòng thứ ${seq} đã bị sửa sau khi ghi.`, `Row ${seq} was changed after it was written.`);
const removed = (seq: number, row: string | null) => finding('removed', seq, row, `Dòng thứ ${seq} đã bị xóa.`, `Row ${seq} was removed.`);
const rewritten = (seq: number, row: string) =>
  finding(
    'rewritten',
    seq,
    row,
    `Chuỗi đã bị viết lại: mắt xích ${seq} khác với mốc đã ký.`,
    `The chain was rewritten: link ${seq} differs from its signed anchor.`,
  );
const unanchored = (seq: number | null) =>
  finding(
    'anchor-missing',
    seq,
    null,
    'Tệp mốc đã ký trống, bị xóa hoặc mất phần đầu nên không chứng minh được chuỗi chưa bị viết lại. Khôi phục tệp audit-anchors.log từ bản sao.',
    'The file of signed anchors is empty, was removed, or lost its beginning: nothing proves that the chain was not rewritten. Restore audit-anchors.log from its copy.',
  );
const truncated = (anchor: Anchor, head: number) =>
  finding(
    'truncated',
    head + 1,
    null,
    `Chuỗi bị cắt: mốc đã ký có ${anchor.seq} dòng, nay chỉ còn ${head}.`,
    `The chain was truncated: a signed anchor counts ${anchor.seq} rows, ${head} are left.`,
  );
const forgedAnchor = (anchor: Anchor) =>
  finding('anchor-forged', anchor.seq, null, `Chữ ký của mốc ${anchor.seq} không đúng.`, `The signature of anchor ${anchor.seq} is wrong.`);
