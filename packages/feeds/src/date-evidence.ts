import { parseInstant } from './instant.ts';

const NUMERIC = /(?<![\d/.-])(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?!\d)/u;
const FORMS = 12;

/** What the times of a column look like, and what was made of that. */
export type DateEvidence = {
  /** Shapes of the cells with a digit as 9, the most frequent first, such as `9999-99-99 99:99:99`. */
  readonly forms: readonly { readonly form: string; readonly rows: number; readonly sample: string }[];
  /** Cells that can only be day first, only month first, and both. */
  readonly dayFirst: number;
  readonly monthFirst: number;
  readonly either: number;
  readonly order: 'dmy' | 'mdy';
  /**
   * `clear`: the order does not matter or all cells agree. `open`: every cell can be read both ways; day first is the custom here.
   * `mixed`: some are only day first, others only month first.
   */
  readonly certainty: 'clear' | 'open' | 'mixed';
  /** How many cells name their own zone. */
  readonly zoned: number;
  readonly unread: number;
};

/** Gathers what a column of times says about its own form, cell by cell. */
export class DateWitness {
  readonly #forms = new Map<string, { rows: number; sample: string }>();
  #dayFirst = 0;
  #monthFirst = 0;
  #either = 0;
  #zoned = 0;
  #unread = 0;

  see(cell: string): void {
    const text = cell.trim();
    if (text === '') return;
    this.#count(text);
    const parts = NUMERIC.exec(text);
    if (parts) {
      const [first, second] = [Number(parts[1]), Number(parts[2])];
      if (first > 12 && second <= 12) this.#dayFirst++;
      else if (second > 12 && first <= 12) this.#monthFirst++;
      else if (first !== second) this.#either++;
    }
    const found = parseInstant(text, { order: 'dmy', offset: 0 }) ?? parseInstant(text, { order: 'mdy', offset: 0 });
    if (found === null && !/^[3-7]\d{4}(?:\.\d+)?$/u.test(text)) this.#unread++;
    else if (found?.zoned) this.#zoned++;
  }

  #count(text: string): void {
    const form = text.slice(0, 40).replace(/\d/gu, '9');
    const seen = this.#forms.get(form);
    if (seen) seen.rows++;
    else if (this.#forms.size < FORMS) this.#forms.set(form, { rows: 1, sample: text.slice(0, 40) });
  }

  result(): DateEvidence {
    const [day, month] = [this.#dayFirst, this.#monthFirst];
    const forms = [...this.#forms].map(([form, seen]) => ({ form, ...seen })).toSorted((a, b) => b.rows - a.rows);
    return {
      forms,
      dayFirst: day,
      monthFirst: month,
      either: this.#either,
      order: month > day ? 'mdy' : 'dmy',
      certainty: day > 0 && month > 0 ? 'mixed' : day + month === 0 && this.#either > 0 ? 'open' : 'clear',
      zoned: this.#zoned,
      unread: this.#unread,
    };
  }
}
