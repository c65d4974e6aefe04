import type { DirectiveDraft } from '@vonggac/congvan/write';
import { documentIdOf, type EdxmlDocument, type EdxmlOrganisation } from '@vonggac/congvan/edxml';
import { dayOf, EXERCISE_MARK, fold, marked, ZONE } from '@vonggac/kernel';
import type { Ctx, Tx } from '@vonggac/store';
import { and, eq, inArray } from 'drizzle-orm';
import { type DirectiveHead, directiveHead, directives, requirementsOf } from '../directives/index.ts';
import { namesOf, organisationNames, organisationParents, organisations } from '../organisations/index.ts';
import type { Composing } from './composing.ts';
import type { Summary } from './internal.ts';
import { citationOf, frozenRows } from './make.ts';
import { summaries } from './tables.ts';

/** The document of a report, from what was frozen and written, and nothing that moves; `marks` only for drawing it on a screen. */
export async function documentOf(tx: Tx, row: Summary, marks: Pick<Composing, 'cite' | 'field'> = {}): Promise<DirectiveDraft> {
  const head = (await directiveHead(tx, [row.directive])).get(row.directive)!;
  const day = row.day ?? dayOf(Temporal.Instant.from(row.asOf)).toString();
  const items = await requirementsOf(tx, row.directive);
  // Drawing charts loads much, and most processes never make a report.
  const { composeReport, LISTED_FIGURES } = await import('./compose.ts');
  const report = composeReport({
    kind: row.kind,
    asOf: row.asOf,
    issuer: await issuerOn(tx, row.organisation, day),
    number: row.number,
    symbol: row.symbol,
    day: row.day,
    text: row.text,
    figures: row.figures,
    rows: await frozenRows(tx, row.id, LISTED_FIGURES),
    items: items.map(({ path, text }) => ({ path, text })),
    basis: citationOf(head, { issuer: await issuerOfDirective(tx, head), kind: row.kind }),
    changes: row.changes,
    ...marks,
    correctedAt: row.corrects === null ? null : await asOfOf(tx, row.corrects),
  });
  const composed = row.tlp === null ? report : { ...report, label: row.tlp };
  return head.exercise === null ? composed : { ...composed, subject: marked(composed.subject), mark: EXERCISE_MARK };
}

/** The issuer as the register names it on the day of the document, for heads are in capitals. */
async function issuerOfDirective(tx: Tx, { organisation, day, issuerName }: DirectiveHead): Promise<string | null> {
  const name = day === null ? undefined : (await namesOf(tx, [organisation], day)).get(organisation)?.name;
  return name ?? issuerName;
}

async function asOfOf(tx: Tx, id: string): Promise<string | null> {
  const [row] = await tx.select({ asOf: summaries.asOf }).from(summaries).where(eq(summaries.id, id));
  return row?.asOf ?? null;
}

async function issuerOn(tx: Tx, organisation: string, day: string): Promise<{ name: string; parent: string | null }> {
  const parents = await tx.select().from(organisationParents).where(eq(organisationParents.organisation, organisation));
  const parent = parents.find(({ validFrom, validTo }) => (validFrom === null || validFrom <= day) && (validTo === null || validTo > day));
  const names = await namesOf(tx, [organisation, ...(parent ? [parent.parent] : [])], day);
  return { name: names.get(organisation)?.name ?? '', parent: parent ? (names.get(parent.parent)?.name ?? null) : null };
}

/** Answers the document from above where the directive carries one out, else the directive itself. */
async function answered(tx: Tx, directive: string) {
  const columns = {
    organisation: directives.organisation,
    code: directives.code,
    day: directives.day,
    upstream: directives.upstream,
    exercise: directives.exercise,
    documentId: directives.documentId,
    organId: directives.issuerOrganId,
  };
  const [own] = await tx.select(columns).from(directives).where(eq(directives.id, directive));
  if (own?.upstream == null) return own;
  const [above] = await tx.select(columns).from(directives).where(eq(directives.id, own.upstream));
  return above ?? own;
}

/** An issued report as an edXML document without files; null where the issuer has no OrganId. */
export async function edxmlOf(tx: Tx, ctx: Ctx, row: Summary): Promise<Omit<EdxmlDocument, 'attachments'> | null> {
  const [own] = await tx
    .select({ code: organisations.code, name: organisations.name })
    .from(organisations)
    .where(eq(organisations.id, row.organisation));
  if (own?.code == null || row.day === null || row.number === null) return null;
  const target = await answered(tx, row.directive);
  const [issuer] = target
    ? await tx.select({ code: organisations.code }).from(organisations).where(eq(organisations.id, target.organisation))
    : [];
  const organId = target?.organId ?? issuer?.code ?? null;
  const now = ctx.clock.now().toZonedDateTimeISO(ZONE).toPlainDateTime().toString({ smallestUnit: 'second' });
  const { text } = row;
  return {
    from: { id: own.code, name: own.name },
    to: await receivers(tx, text.recipients),
    documentId: documentIdOf({ organisation: own.code, day: row.day, code: `${row.number}/${row.symbol}` }),
    number: row.number,
    symbol: row.symbol,
    place: text.place === '' ? null : text.place,
    day: row.day,
    kind: { code: null, name: 'Báo cáo' },
    subject: target?.exercise == null ? `Báo cáo ${text.subject}` : marked(`Báo cáo ${text.subject}`),
    content: null,
    signer: { authority: text.signer.authority.join(' / ') || null, title: text.signer.title || null, name: text.signer.name || null },
    due: null,
    places: text.copies,
    priority: 0,
    pages: null,
    responseFor: target
      ? [
          {
            organisation: organId,
            code: target.code,
            day: target.day,
            documentId: target.documentId ?? documentIdOf({ organisation: organId, day: target.day, code: target.code }),
          },
        ]
      : [],
    isSteering: false,
    business: { type: 'new', reason: null, concerns: [], staff: null },
    trace: [{ organisation: own.code, at: now }],
    signature: null,
  };
}

/** Recipients by their names in the register; whoever is not in it goes by name alone. */
async function receivers(tx: Tx, names: readonly string[]): Promise<EdxmlOrganisation[]> {
  if (names.length === 0) return [];
  const known = await tx
    .select({ folded: organisationNames.folded, code: organisations.code })
    .from(organisationNames)
    .innerJoin(organisations, eq(organisations.id, organisationNames.organisation))
    .where(and(inArray(organisationNames.folded, names.map(fold)), eq(organisationNames.kind, 'official')));
  return names.map((name) => ({ id: known.find(({ folded }) => folded === fold(name))?.code ?? '', name }));
}
