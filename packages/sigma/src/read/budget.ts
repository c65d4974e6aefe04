import { RuleProblem } from './problem.ts';

/** @unit bytes, roughly; a rule of thumb is enough to stop what a few lines can unfold to */
const limits = { document: 16 << 20, set: 128 << 20 } as const;
const node = 64;

/** Bounds what documents unfold to: `windash`, `expand`, aliases and `N of` multiply what is written. */
export class Budget {
  #set = 0;
  #document = 0;

  /** Starts the next document. */
  next(): void {
    this.#document = 0;
  }

  /**
   * Takes room for one node or test with a text of so many characters.
   *
   * @throws {RuleProblem} `too-large`
   */
  take(characters: number, at: number): void {
    this.#document += node + characters;
    this.#set += node + characters;
    if (this.#document > limits.document)
      throw new RuleProblem('too-large', 'the rule unfolds to more than 16 MiB: divide its values into several rules', at);
    if (this.#set > limits.set)
      throw new RuleProblem('too-large', 'the rules read together unfold to more than 128 MiB: load fewer of them', at);
  }
}
