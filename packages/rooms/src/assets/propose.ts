import { fold, type Text } from '@vonggac/kernel';
import { type Ctx, inSnapshot, inTransaction, type Tx } from '@vonggac/store';
import { and, inArray } from 'drizzle-orm';
import { may } from '../access/index.ts';
import { record } from '../audit/index.ts';
import { namesOf, organisationNames, organisations } from '../organisations/index.ts';
import { claimRow } from './claim.ts';
import { describe } from './input.ts';
import { amongAll, lockRegister, mustHold, today } from './internal.ts';
import { type PrefixFile, readPrefixFiles } from './prefix-files.ts';
import { assets } from './tables.ts';

/** CC BY 4.0 asks that its sources are named wherever the data is shown. */
const SOURCE: Text = {
  vi: 'Dữ liệu công khai: RouteViews (CC BY 4.0), DB-IP Lite (CC BY 4.0, db-ip.com), RIR whois qua @ip-location-db (CC0), herrbischoff/country-ip-blocks (CC0).',
  en: 'Public data: RouteViews (CC BY 4.0), DB-IP Lite (CC BY 4.0, db-ip.com), RIR whois by @ip-location-db (CC0), herrbischoff/country-ip-blocks (CC0).',
};

const CHUNK = 500;

/** Words of a company's name that tell nobody apart. */
const COMMON = new Set(
  'cong ty tap doan tong co phan tnhh mtv vien thong cty cp doanh nghiep chi nhanh tinh vnpt-vinaphone company corporation corp group limited ltd jsc joint stock telecom telecommunications telecommunication services service technology infrastructure network networks internet data international vietnam viet nam the and of global solutions online development center centre truyen hinh cap dong thong quoc te mot hai hcmc branch liability post posts khu vuc mien bac trung va'.split(
    ' ',
  ),
);

/** The words by which a company is known: `Viettel Group` and `Viettel Ninh Bình` share one. */
export function tellingWords(name: string): string[] {
  return fold(name)
    .split(/[^a-z\d]+/u)
    .filter((word) => word.length >= 3 && !COMMON.has(word));
}

type Operator = { id: string; name: string; words: Set<string> };

async function operatorsIn(tx: Tx, ctx: Ctx): Promise<Operator[]> {
  const day = today(ctx);
  const reach = [...new Set([...ctx.scope.organisations, ...ctx.scope.supervised])];
  const rows = await tx
    .select()
    .from(organisations)
    .where(and(inArray(organisations.id, reach), inArray(organisations.kind, ['operator'])));
  const living = rows.filter(({ existsTo }) => existsTo === null || existsTo > day).map(({ id }) => id);
  const names = await namesOf(tx, living, day);
  const all = living.length === 0 ? [] : await tx.select().from(organisationNames).where(inArray(organisationNames.organisation, living));
  return living.map((id) => ({
    id,
    name: names.get(id)?.qualifiedName ?? '',
    words: new Set(all.filter((one) => one.organisation === id).flatMap((one) => tellingWords(one.name).slice(0, 1))),
  }));
}

/** The one operator one of whose names begins with the same telling word as the network's; null where none or several do. */
function matched(name: string, operators: readonly Operator[]): { id: string; name: string } | null {
  const [first] = tellingWords(name);
  const found = first === undefined ? [] : operators.filter(({ words }) => words.has(first));
  return found.length === 1 ? { id: found[0]!.id, name: found[0]!.name } : null;
}

async function knownKeys(tx: Tx, ctx: Ctx, cidrs: readonly string[]): Promise<Set<string>> {
  const rows = await amongAll(tx, ctx, () =>
    tx
      .select({ key: assets.key })
      .from(assets)
      .where(
        and(
          inArray(
            assets.key,
            cidrs.map((cidr) => `range:${cidr}`),
          ),
          inArray(assets.state, ['claimed', 'approved']),
        ),
      ),
  );
  return new Set(rows.map(({ key }) => key));
}

/** What files of prefixes say of the operators on file; nothing is written. */
export async function tryProposals(ctx: Ctx, input: { files: readonly PrefixFile[] }) {
  may(ctx, 'assets:write');
  const { named, unnamed } = readPrefixFiles(input.files);
  return inSnapshot(ctx, async (tx) => {
    const operators = await operatorsIn(tx, ctx);
    const known = await knownKeys(
      tx,
      ctx,
      named.flatMap(({ networks }) => networks.map(({ cidr }) => cidr)),
    );
    const networks = named.map(({ name, asns, networks: ranges }) => ({
      name,
      asns,
      ranges: ranges.length,
      known: ranges.filter(({ cidr }) => known.has(`range:${cidr}`)).length,
      addresses: ranges.reduce((sum, one) => sum + Number(one.last - one.first + 1n), 0),
      organisation: matched(name, operators),
    }));
    return {
      networks: networks.toSorted((a, b) => Number(b.organisation !== null) - Number(a.organisation !== null) || b.addresses - a.addresses),
      operators: operators.map(({ id, name }) => ({ id, name })),
      unnamed,
      source: SOURCE,
    };
  });
}

/** Writes the ranges of the chosen operators as claims (carrier) for the authority to approve; nothing is in force by itself. */
export async function proposeRanges(
  ctx: Ctx,
  input: { files: readonly PrefixFile[]; matches: readonly { name: string; organisation: string }[] },
): Promise<{ proposed: number; known: number }> {
  may(ctx, 'assets:write');
  const { named } = readPrefixFiles(input.files);
  const chosen = new Map(input.matches.map(({ name, organisation }) => [name, organisation]));
  const done = { proposed: 0, known: 0 };
  await inTransaction(ctx, async (tx) => {
    await lockRegister(tx);
    for (const { name, networks } of named) {
      const organisation = chosen.get(name);
      if (organisation === undefined) continue;
      const holder = { ...(await mustPropose(tx, ctx, organisation)), decides: false };
      const known = await knownKeys(
        tx,
        ctx,
        networks.map(({ cidr }) => cidr),
      );
      const fresh = networks.filter(({ cidr }) => !known.has(`range:${cidr}`));
      done.known += networks.length - fresh.length;
      done.proposed += fresh.length;
      const rows = fresh.map(({ cidr }) => {
        const described = describe({ kind: 'range', network: cidr, name: `${name} ${cidr}`, usage: 'carrier', note: SOURCE.vi });
        return claimRow(ctx, { described, period: { from: null, to: null }, organisation }, holder);
      });
      for (let at = 0; at < rows.length; at += CHUNK) await tx.insert(assets).values(rows.slice(at, at + CHUNK));
    }
    await record(tx, ctx, {
      action: 'assets.proposed',
      subject: { kind: 'organisation', id: ctx.actor.organisation },
      after: { files: input.files.map((file) => file.name), matches: input.matches, ...done },
    });
  });
  return done;
}

/** An administrator proposes for whom the own organisation supervises, without deciding. */
async function mustPropose(tx: Tx, ctx: Ctx, organisation: string): Promise<{ overseer: string; name: string }> {
  if (!ctx.scope.supervised.includes(organisation)) return mustHold(tx, ctx, organisation);
  return mustHold(tx, { ...ctx, scope: { ...ctx.scope, organisations: [...ctx.scope.organisations, organisation] } }, organisation);
}
