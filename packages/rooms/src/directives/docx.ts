import type { DirectiveDraft, DraftItem, DraftKind } from '@vonggac/congvan/write';
import { EXERCISE_MARK } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { asc, eq } from 'drizzle-orm';
import { citationOf, markOf, openingOf } from './compose.ts';
import type { DirectiveRow } from './internal.ts';
import { bases, recipients, requirements } from './tables.ts';

const KINDS: readonly DraftKind[] = [
  'cong-van',
  'cong-dien',
  'ke-hoach',
  'chi-thi',
  'thong-bao',
  'bao-cao',
  'to-trinh',
  'huong-dan',
  'quyet-dinh',
];

/** A directive as the writer of .docx takes it. */
export async function draftFor(tx: Tx, row: DirectiveRow, today: Temporal.PlainDate): Promise<DirectiveDraft> {
  const rested = await tx.select().from(bases).where(eq(bases.directive, row.id)).orderBy(asc(bases.position));
  const addressed = await tx.select().from(recipients).where(eq(recipients.directive, row.id)).orderBy(asc(recipients.position));
  const items = await tx.select().from(requirements).where(eq(requirements.directive, row.id)).orderBy(asc(requirements.position));
  const [year, month, day] = row.day ? row.day.split('-').map(Number) : [];
  const partial = row.reading.date;
  const copies = row.reading.copies.map(({ text, purpose }) => (purpose ? `${text} (để ${purpose})` : text));
  return {
    kind: KINDS.find((kind) => kind === row.kind) ?? 'cong-van',
    issuer: { name: row.issuerName ?? '', parent: row.issuerParent },
    number: row.number,
    symbol: (row.symbol ?? '').replace(/^\//, ''),
    place: row.place ?? '',
    date: { year: year ?? partial.year ?? today.year, month: month ?? partial.month, day: day ?? null },
    subject: row.subject,
    urgency: row.urgency,
    recipients: addressed.filter((one) => !one.narrows).map((one) => one.text),
    bases: rested.map(citationOf),
    opening: openingOf(row),
    items: treeOf(items.filter((item) => item.withdrawnAt === null)),
    copies: copies.length > 0 ? copies : ['Như trên', 'Lưu: VT'],
    signer: { authority: row.signer.authority?.split(' / ') ?? [], title: row.signer.title ?? '', name: row.signer.name ?? '' },
    attachments: row.reading.attachments.map(attachmentOf),
    ...(row.exercise === null ? {} : { mark: EXERCISE_MARK }),
  };
}

/** `DANH SÁCH Các doanh nghiệp …`: the kind of the list in capitals, what it lists below. */
function attachmentOf(list: { title: string | null; items: string[] }) {
  const [, title = 'DANH SÁCH', subtitle = ''] = /^(DANH SÁCH|PHỤ LỤC(?:\s+[IVX\d]+)?)?[\s:.-]*(.*)$/su.exec(list.title ?? '') ?? [];
  return { title, subtitle, items: list.items };
}

type Node = DraftItem & { children: Node[] };

/** The items as a tree, by their paths: `1.a` stands below `1`. */
export function treeOf(items: readonly { path: string; text: string }[]): DraftItem[] {
  const roots: Node[] = [];
  const known = new Map<string, Node>();
  for (const { path, text } of items) {
    const node: Node = { label: markOf(path), text, children: [] };
    const parent = known.get(path.split('.').slice(0, -1).join('.'));
    (parent?.children ?? roots).push(node);
    known.set(path, node);
  }
  return roots;
}
