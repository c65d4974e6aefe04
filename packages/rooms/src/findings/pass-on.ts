import { conflict, fold, invalid, isoInstant, newId } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Tx } from '@vonggac/store';
import { and, ne, sql } from 'drizzle-orm';
import { may, mustReachOrSupervise } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { fetchFinding, type Finding, keeps, note, write } from './internal.ts';
import { findings } from './tables.ts';
import { canDo } from './view.ts';

export type Child = {
  organisation: string;
  act: 'passed-on' | 'split';
  privateAddress?: string | null | undefined;
  machine?: string | null | undefined;
};

/** How the machine is known where it goes to. */
function keyOf(row: Finding, { privateAddress, machine }: Child): string {
  if (!privateAddress && !machine) return row.machineKey;
  return `${row.machineKey.split('/')[0]!}/${privateAddress ?? fold(machine!)}`;
}

/**
 * The same sighting as the finding of another organisation, which goes on from this one; one that it has already goes on
 * instead. @returns its id
 */
export async function makeChild(tx: Tx, ctx: Ctx, row: Finding, child: Child): Promise<string> {
  const { organisation, act, privateAddress = row.privateAddress, machine = row.machine } = child;
  const machineKey = keyOf(row, child);
  const { rank: _rank, identity: _identity, writtenAt: _writtenAt, ...facts } = row;
  const blank = {
    answer: null,
    answeredAt: null,
    answeredByName: null,
    note: null,
    postponedTo: null,
    approval: null,
    askedBy: null,
    reference: null,
  };
  const unjudged = { verdict: null, verdictList: null, verdictWhy: null, relapses: 0, machinesDone: null, machinesTotal: null };
  const made: Finding | undefined = (
    await tx
      .insert(findings)
      .values({
        ...facts,
        ...blank,
        ...unjudged,
        id: newId(),
        organisation,
        machineKey,
        privateAddress,
        machine,
        machineFolded: machine === null ? null : fold(machine),
        usage: 'own',
        asset: null,
        matchedBy: 'hand',
        state: 'open',
        parent: row.id,
        assignedAt: isoInstant(ctx.clock.now()),
        version: 1,
        changedAt: isoInstant(ctx.clock.now()),
      })
      .onConflictDoNothing()
      .returning()
  )[0];
  const same = and(
    sql`${findings.identity} = vg_finding_identity(${organisation}, ${row.overseer}, ${row.exercise}, ${row.kind}, ${row.family}, ${machineKey})`,
    ne(findings.state, 'void'),
  );
  const target = made ?? (await tx.select().from(findings).where(same))[0];
  if (target === undefined || target.id === row.id)
    throw conflict('findings.same', {
      vi: 'Điểm cần xử lý này đã thuộc đơn vị được chọn.',
      en: 'The finding belongs to the chosen organisation already.',
    });
  await note(tx, ctx, [row], { act, data: { to: organisation, finding: target.id } });
  await note(tx, ctx, [target], { act: 'received', data: { from: row.organisation, finding: row.id } });
  return target.id;
}

export type Part = { organisation: string; privateAddress?: string | null | undefined; machine?: string | null | undefined };

/**
 * Behind a shared exit: who runs it says by private address or machine whose machines they are. Each gets a finding of its own; this one is
 * closed. @throws DomainError `findings.split`
 */
export async function splitFinding(
  ctx: Ctx,
  id: string,
  input: { parts: readonly Part[]; note?: string | null | undefined },
): Promise<{ ids: string[] }> {
  may(ctx, 'findings:answer');
  for (const { organisation } of input.parts) mustReachOrSupervise(ctx, organisation);
  const bare = input.parts.findIndex(({ privateAddress, machine }) => !privateAddress && !machine);
  if (bare >= 0)
    throw invalid('findings.part', `parts.${bare}.privateAddress`, {
      vi: 'Mỗi máy cần có địa chỉ nội bộ hoặc tên máy.',
      en: 'Each machine needs a private address or a name.',
    });
  return inTransaction(ctx, async (tx) => {
    const row = await fetchFinding(tx, ctx, id);
    if (!canDo(ctx, row).split)
      throw conflict('findings.split', {
        vi: 'Chỉ tách được điểm cần xử lý đang mở tại cổng ra dùng chung.',
        en: 'Only an open finding at a shared exit can be split.',
      });
    const ids: string[] = [];
    for (const part of input.parts) ids.push(await makeChild(tx, ctx, row, { ...part, act: 'split' }));
    const now = isoInstant(ctx.clock.now());
    await write(tx, ctx, row, {
      state: 'closed',
      answer: 'passed-on',
      answeredAt: now,
      answeredByName: ctx.actor.name,
      note: input.note ?? null,
    });
    await record(tx, ctx, {
      action: 'findings.split',
      subject: { kind: 'finding', id },
      after: { parts: input.parts, findings: ids },
      reason: input.note ?? undefined,
      concerns: keeps(ctx, row) ? row.overseer : row.organisation,
    });
    return { ids };
  });
}
