import { actorKey, dayOf, isoInstant, newId, notFound, shownDay, shownInstant } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import { reaches } from '../../access/index.ts';
import { type DirectiveHead, directiveHead, requirements } from '../../directives/index.ts';
import { namesOf } from '../../organisations/index.ts';
import { newNonce, newRowKey } from '../../sheets/index.ts';
import { labelOf, labelText } from '../../tlp/index.ts';
import { seenAnswers } from '../approval/setting.ts';
import { mustBeInForce, note, type Receipt } from '../internal.ts';
import { TODO_STATES } from '../model.ts';
import { answerSheets, receipts, tasks } from '../tables.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { SheetContent } from './write-sheet.ts';

export type Issuing = { directive: string; organisations?: readonly string[] | undefined };
type Item = {
  task: string;
  organisation: string;
  path: string;
  text: string;
  documentDue: string | null;
  due: string | null;
  answer: string | null;
};
const CHUNK = 200;

/**
 * Draws up a sheet for each organisation that still has something to answer, and keeps what went out: row keys, the answers that stood
 * then, and a mark of what the directive asked.
 * @throws DomainError `directive.not_found` | `work.withdrawn`
 */
export async function issueSheets(tx: Tx, ctx: Ctx, { directive, organisations }: Issuing): Promise<SheetContent[]> {
  const head = (await directiveHead(tx, [directive])).get(directive);
  if (!head) throw notFound('directive');
  await mustBeInForce(tx, directive);
  const mine = await receiptsOf(tx, ctx, { directive, organisations });
  const items = await openItems(tx, ctx, { organisations: mine.map(({ organisation }) => organisation), directive });
  const names = await namesOf(tx, [head.overseer], dayOf(ctx.clock.now()).toString());
  const label = labelText(await labelOf(tx, 'sheet'));
  const made = mine.flatMap((receipt) => {
    const own = items.get(receipt.organisation);
    return own === undefined ? [] : [drawUp(ctx, { head, receipt, items: own, overseer: names.get(head.overseer)?.name ?? '', label })];
  });
  for (let at = 0; at < made.length; at += CHUNK) await tx.insert(answerSheets).values(made.slice(at, at + CHUNK).map(({ row }) => row));
  await note(
    tx,
    ctx,
    made.map(({ row }) => ({ directive, organisation: row.organisation, overseer: row.overseer, act: 'sheet-issued' as const })),
  );
  return made.map(({ content }) => content);
}

async function receiptsOf(tx: Tx, ctx: Ctx, { directive, organisations }: Issuing): Promise<Receipt[]> {
  const rows = await tx
    .select()
    .from(receipts)
    .where(
      and(
        eq(receipts.directive, directive),
        ne(receipts.state, '02'),
        organisations === undefined ? undefined : inArray(receipts.organisation, [...organisations]),
      ),
    )
    .orderBy(asc(receipts.organisationName));
  const mine = rows.filter(({ organisation, overseer }) => reaches(ctx, organisation) || reaches(ctx, overseer));
  if (organisations !== undefined && mine.length === 0) throw notFound('work');
  return mine;
}

/** What waits for each organisation, in the order of the document. */
async function openItems(
  tx: Tx,
  ctx: Ctx,
  { organisations, directive }: { organisations: readonly string[]; directive: string },
): Promise<Map<string, Item[]>> {
  const rows = await tx
    .select({
      task: tasks.id,
      organisation: tasks.organisation,
      path: requirements.path,
      text: requirements.text,
      documentDue: requirements.due,
      due: tasks.due,
      answer: seenAnswers(ctx),
    })
    .from(tasks)
    .innerJoin(requirements, eq(requirements.id, tasks.requirement))
    .where(and(eq(tasks.directive, directive), inArray(tasks.state, [...TODO_STATES])))
    .orderBy(asc(requirements.position));
  const wanted = new Set(organisations);
  const byOrganisation = new Map<string, Item[]>();
  for (const row of rows) {
    if (!wanted.has(row.organisation)) continue;
    const known = byOrganisation.get(row.organisation);
    if (known) known.push(row);
    else byOrganisation.set(row.organisation, [row]);
  }
  return byOrganisation;
}

type Drawing = { head: DirectiveHead; receipt: Receipt; items: readonly Item[]; overseer: string; label: string };

function drawUp(
  ctx: Ctx,
  { head, receipt, items, overseer, label }: Drawing,
): { row: typeof answerSheets.$inferInsert; content: SheetContent } {
  const now = ctx.clock.now();
  const keyed = items.map((item) => ({ ...item, key: newRowKey() }));
  const row = {
    id: newId(),
    directive: head.id,
    organisation: receipt.organisation,
    overseer: receipt.overseer,
    nonce: newNonce(),
    fingerprint: fingerprintOf(items.map(({ path, text, documentDue }) => ({ path, text, due: documentDue, withdrawn: false }))),
    rows: keyed.map(({ key, task, path, answer }) => ({ key, task, path, before: answer ?? '' })),
    issuedAt: isoInstant(now),
    issuedBy: actorKey(ctx.actor),
    issuedByName: ctx.actor.name,
  };
  const number = head.code === null ? '(chưa có số)' : `số ${head.code}`;
  const content: SheetContent = {
    organisation: receipt.organisationName,
    overseer,
    label,
    document: head.day === null ? number : `${number} ngày ${shownDay(head.day)}`,
    subject: head.subject,
    issued: shownInstant(now),
    receipt: { number: receipt.number, day: receipt.day === null ? null : shownDay(receipt.day) },
    items: keyed.map(({ key, path, text, due, answer }) => ({
      key,
      path,
      text,
      due: due === null ? 'không ghi hạn' : shownDay(dayOf(Temporal.Instant.from(due))),
      answer: answer ?? '',
    })),
    claims: {
      facts: {
        directive: head.id,
        organisation: receipt.organisation,
        sheet: row.id,
        nonce: row.nonce,
        fingerprint: row.fingerprint,
      },
      keys: keyed.map(({ key }) => key),
    },
  };
  return { row, content };
}
