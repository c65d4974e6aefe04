import { parseInstant, UTC_DAY_FIRST } from './instant.ts';
import { meaningOfHeader } from './meanings.ts';
import type { ListMapping, Meaning } from './model.ts';
import { foldHeader } from './named-table.ts';
import type { OpenedList } from './open-list.ts';
import { domainOf, locate, macOf } from './values.ts';

/** Why a column is proposed to mean what it means. */
export type Because = 'kept' | 'report' | 'header' | 'values' | null;
export type Proposal = { readonly meaning: Meaning | null; readonly because: Because };

const ENOUGH = 0.6;
const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd])/u;

const isAt = (cell: string, isPrivate: boolean): boolean => {
  const found = locate(cell);
  return !('refused' in found) && found.address !== null && PRIVATE.test(found.address) === isPrivate;
};
const BY_VALUE: readonly (readonly [Meaning, (cell: string) => boolean])[] = [
  ['address', (cell) => isAt(cell, false)],
  ['private-address', (cell) => isAt(cell, true)],
  ['time', (cell) => /\d\D\d|\d{8}/u.test(cell) && parseInstant(cell, UTC_DAY_FIRST) !== null],
  ['mac', (cell) => cell.length >= 12 && typeof macOf(cell) === 'string'],
  ['domain', (cell) => domainOf(cell) !== null],
];

/** What a column of values without a telling header holds. */
function meaningOfValues(cells: readonly string[], taken: ReadonlySet<Meaning>): Meaning | null {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return null;
  const found = BY_VALUE.find(([meaning, holds]) => !taken.has(meaning) && filled.filter(holds).length >= filled.length * ENOUGH);
  return found?.[0] ?? null;
}

/** Proposes what each column means: as kept for this sender, as the report has it, by its header, by its values. */
export function proposeColumns(list: OpenedList, sample: readonly (readonly string[])[], kept: ListMapping | null): Proposal[] {
  const taken = new Set<Meaning>();
  const before = new Map(kept?.columns.map(({ header, meaning }) => [foldHeader(header), meaning]));
  const proposals = list.columns.map((header): Proposal => {
    const was = list.hasHeader ? before.get(foldHeader(header)) : undefined;
    if (was !== undefined) return { meaning: was, because: 'kept' };
    const meaning = list.hasHeader ? meaningOfHeader(header, list.report?.id ?? null) : null;
    return { meaning, because: meaning === null ? null : list.report ? 'report' : 'header' };
  });
  // One column a meaning: what was kept before what is proposed, left before right.
  for (const because of ['kept', 'report', 'header'] as const) {
    for (const [at, proposal] of proposals.entries()) {
      if (proposal.because !== because || proposal.meaning === null) continue;
      if (because !== 'kept' && taken.has(proposal.meaning)) proposals[at] = { meaning: null, because: null };
      taken.add(proposal.meaning);
    }
  }
  return list.report === null ? byValues(proposals, sample, taken) : proposals;
}

function byValues(proposals: readonly Proposal[], sample: readonly (readonly string[])[], taken: Set<Meaning>): Proposal[] {
  return proposals.map((proposal, at) => {
    if (proposal.because !== null) return proposal;
    const cells = sample.map((row) => row[at] ?? '');
    const meaning = meaningOfValues(cells, taken);
    if (meaning === null || (meaning === 'domain' && taken.has('address'))) return proposal;
    taken.add(meaning);
    return { meaning, because: 'values' };
  });
}
