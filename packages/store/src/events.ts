import type { Ctx, Tx } from './transaction.ts';

/** A fact of a room, past tense; `name` is `room.fact`. */
export type Fact = { name: string };

type Reaction = (tx: Tx, ctx: Ctx, fact: never) => Promise<void>;

const reactions = new Map<string, Reaction[]>();

/** Filled by `wiring.ts` alone: what happens, in the same transaction, when a fact is raised. */
export function on<F extends Fact>(name: F['name'], reaction: (tx: Tx, ctx: Ctx, fact: F) => Promise<void>): void {
  reactions.set(name, [...(reactions.get(name) ?? []), reaction as Reaction]);
}

/** Tells the other rooms; a reaction that fails undoes the act. */
export async function raise<F extends Fact>(tx: Tx, ctx: Ctx, fact: F): Promise<void> {
  for (const reaction of reactions.get(fact.name) ?? []) await reaction(tx, ctx, fact as never);
}
