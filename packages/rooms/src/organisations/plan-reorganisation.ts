import { shownDay, type Text } from '@vonggac/kernel';
import { type Ctx, inSnapshot, type Tx } from '@vonggac/store';
import { may } from '../access/index.ts';
import { type Holding, holdings } from './holdings.ts';
import { fetchKept, type Organisation, refsOf, today } from './internal.ts';
import type { OrganisationKind } from './names.ts';
import { OWN_HOLDINGS } from './own-holdings.ts';
import type { REORGANISATIONS } from './tables.ts';

export type ReorganisationKind = (typeof REORGANISATIONS)[number];

export type Reorganisation = {
  kind: ReorganisationKind;
  on: string;
  predecessors: readonly string[];
  successors: readonly string[];
  /** A successor that comes into being by this act. */
  founds?: { kind: OrganisationKind; name: string; parentId?: string | undefined; supervisorId?: string | undefined } | undefined;
};

export type Problem = { code: string; text: Text };

/** Everything that may hang on an organisation: other rooms' first, since they may ask who it was. */
export function allHoldings(): Holding[] {
  return [...holdings(), ...OWN_HOLDINGS];
}

export function successorCount(input: Reorganisation): number {
  return input.successors.length + (input.founds ? 1 : 0);
}

/** Whether rows are assigned one by one; in a separation they stay where they are unless they are. */
export function assignsRows(input: Reorganisation): boolean {
  return input.kind === 'separate' || successorCount(input) > 1;
}

function lives(organisation: Organisation, on: string): boolean {
  return (
    (organisation.existsFrom === null || organisation.existsFrom < on) && (organisation.existsTo === null || organisation.existsTo > on)
  );
}

const PROBLEMS = {
  'merge-one': { vi: 'Sáp nhập, hợp nhất cần đúng một đơn vị tiếp nhận.', en: 'A merge needs exactly one successor.' },
  'split-several': { vi: 'Chia tách cần từ hai đơn vị tiếp nhận trở lên.', en: 'A split needs two successors or more.' },
  'separate-none': {
    vi: 'Chọn đơn vị nhận phần được tách, hoặc lập đơn vị mới.',
    en: 'Choose who receives the separated part, or found a new organisation.',
  },
  'same-twice': { vi: 'Một đơn vị không thể vừa giao vừa tiếp nhận.', en: 'An organisation cannot hand over to itself.' },
  'too-early': {
    vi: 'Ngày hiệu lực chưa đến. Có thể xem trước; đến ngày đó mới thực hiện được.',
    en: 'The day has not come yet. You may look ahead now and carry it out on that day.',
  },
} satisfies Record<string, Text>;

/** Why the act cannot be carried out as given; empty when it can. */
export async function problemsOf(tx: Tx, ctx: Ctx, input: Reorganisation): Promise<Problem[]> {
  const count = successorCount(input);
  const codes: (keyof typeof PROBLEMS)[] = [];
  if (input.kind === 'merge' && count !== 1) codes.push('merge-one');
  if (input.kind === 'split' && count < 2) codes.push('split-several');
  if (input.kind === 'separate' && count === 0) codes.push('separate-none');
  if (input.successors.some((id) => input.predecessors.includes(id))) codes.push('same-twice');
  if (input.on > today(ctx)) codes.push('too-early');
  const problems: Problem[] = codes.map((code) => ({ code, text: PROBLEMS[code] }));
  for (const id of new Set([...input.predecessors, ...input.successors])) {
    const organisation = await fetchKept(tx, ctx, id);
    // A successor may be founded on the very day.
    const fits = input.successors.includes(id) ? lives({ ...organisation, existsFrom: null }, input.on) : lives(organisation, input.on);
    if (!fits)
      problems.push({
        code: 'over',
        text: {
          vi: `“${organisation.name}” không hoạt động vào ngày ${shownDay(input.on)}.`,
          en: `“${organisation.name}” does not exist on ${shownDay(input.on)}.`,
        },
      });
  }
  return problems;
}

async function holdingsOf(tx: Tx, organisation: string, input: Reorganisation) {
  const assigns = assignsRows(input);
  const counts = [];
  const rows = [];
  for (const holding of allHoldings()) {
    const count = await holding.count(tx, organisation, input.on);
    counts.push({ kind: holding.kind, name: holding.name, count, shared: holding.shared ?? false });
    if (assigns && count > 0 && holding.rows)
      rows.push(...(await holding.rows(tx, organisation, input.on)).map(({ id, text }) => ({ kind: holding.kind, id, text })));
  }
  return { holdings: counts, rows };
}

/** The dry-run: what hangs on each predecessor, what would have to be assigned, and what stands in the way. Changes nothing. */
export async function planReorganisation(ctx: Ctx, input: Reorganisation) {
  may(ctx, 'organisations:write');
  return inSnapshot(ctx, async (tx) => {
    const problems = await problemsOf(tx, ctx, input);
    const predecessors = [];
    for (const organisation of await refsOf(tx, [...new Set(input.predecessors)], input.on)) {
      predecessors.push({ organisation, ...(await holdingsOf(tx, organisation.id, input)) });
    }
    return {
      predecessors,
      successors: await refsOf(tx, [...new Set(input.successors)], input.on),
      assigns: assignsRows(input),
      problems,
    };
  });
}
