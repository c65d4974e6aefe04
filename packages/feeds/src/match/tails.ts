import type { Holding } from './register.ts';

/** The ends of the lines, ready as bytes: one for each holding and one for each reason, made when first needed. */
export class Tails {
  readonly #holdings: readonly Holding[];
  readonly #reasons: readonly string[];
  readonly #start: Float64Array;
  readonly #length: Int32Array;
  #pool = Buffer.allocUnsafe(65_536);
  #used = 0;

  constructor(holdings: readonly Holding[], reasons: readonly string[]) {
    this.#reasons = reasons;
    this.#holdings = holdings;
    this.#start = new Float64Array(holdings.length + reasons.length);
    this.#length = new Int32Array(holdings.length + reasons.length);
  }

  /** The tail of a holding (its place in the register), or of `-1 - n`: nobody, for the n-th reason. Gives its bytes. */
  lengthOf(which: number): number {
    const at = which >= 0 ? which : this.#holdings.length - 1 - which;
    return this.#length[at]! || this.#make(at);
  }

  /** Puts a tail that was asked for into `out`, which has room for it; gives the place behind it. */
  append(out: Buffer, to: number, which: number): number {
    const at = which >= 0 ? which : this.#holdings.length - 1 - which;
    const start = this.#start[at]!;
    return to + this.#pool.copy(out, to, start, start + this.#length[at]!);
  }

  #make(at: number): number {
    const holding = this.#holdings[at];
    const holder = holding === undefined ? 'null,"cidr":null' : `${JSON.stringify(holding.organisation)},"cidr":"${holding.cidr}"`;
    const reason = holding === undefined ? this.#reasons[at - this.#holdings.length] : 'longest-prefix';
    const text = `","organisation":${holder},"reason":"${reason}"}\n`;
    while (this.#used + text.length * 3 > this.#pool.length) {
      const more = Buffer.allocUnsafe(this.#pool.length * 2);
      this.#pool.copy(more, 0, 0, this.#used);
      this.#pool = more;
    }
    this.#start[at] = this.#used;
    this.#length[at] = this.#pool.write(text, this.#used);
    this.#used += this.#length[at];
    return this.#length[at];
  }
}
