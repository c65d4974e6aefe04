import { correlationOf } from '../correlation-document.ts';
import { filtered, filterOf, filters, within } from '../filter.ts';
import type { Filter } from '../filter.ts';
import type { Correlation, Rule, RuleError, RuleSet } from '../model.ts';
import type { Reading } from './detection.ts';
import { nodeAt } from './fields.ts';
import { RuleProblem } from './problem.ts';
import type { Report } from './problem.ts';
import { resolved } from './references.ts';
import type { Reported } from './references.ts';
import { ruleOf } from './rule.ts';
import type { Placed } from './rule.ts';

/** All documents read together, as far as they can be used. */
export class Library {
  readonly errors: RuleError[] = [];
  readonly #warnings: RuleError[] = [];
  readonly #reading: Reading;
  /** Of documents that are looked at once more when all are read. */
  readonly #reports: Report[] = [];
  readonly #rules: Rule[] = [];
  readonly #correlations: Reported[] = [];
  readonly #filters: { readonly filter: Filter; readonly report: Report; readonly at: number }[] = [];
  /** Where each id has been used. */
  readonly #origins = new Map<string, string>();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  add(placed: Placed): void {
    const { map, report } = placed;
    this.#reading.budget.next();
    if (map.entries.has('filter')) {
      this.#reports.push(report);
      const filter = filterOf(placed, this.#reading);
      if (filter) this.#filters.push({ filter, report, at: map.at });
    } else if (map.entries.has('correlation')) {
      this.#reports.push(report);
      const correlation = this.#own(correlationOf(placed, this.#reading), placed);
      if (correlation) this.#correlations.push({ correlation, report, at: map.at });
    } else {
      const rule = this.#own(ruleOf(placed, this.#reading), placed);
      if (rule) this.#rules.push(rule);
      this.errors.push(...report.errors);
      this.#warnings.push(...report.warnings);
    }
  }

  finish(): RuleSet {
    const correlations = resolved(this.#rules, this.#correlations);
    const rules = this.#filtered();
    return {
      rules,
      correlations,
      errors: [...this.errors, ...this.#reports.flatMap(({ errors }) => errors)],
      warnings: [...this.#warnings, ...this.#reports.flatMap(({ warnings }) => warnings)],
    };
  }

  /** The document with an id of its own; null where another document has the id already. */
  #own<Document extends Rule | Correlation>(document: Document | null, { map, report }: Placed): Document | null {
    if (!document) return null;
    const { file, line } = document.origin;
    const place = `${file}:${line}`;
    const other = this.#origins.get(document.id);
    const idless = nodeAt(map, 'id') === null;
    const id = other !== undefined && idless ? `${document.id} (${place})` : document.id;
    if (other === undefined || idless) {
      this.#origins.set(id, place);
      return id === document.id ? document : { ...document, id };
    }
    return report.try(() => {
      throw new RuleProblem(
        'duplicate-id',
        `the id stands in ${other} already: load one of them, or give this one an id of its own`,
        map.at,
      );
    });
  }

  #filtered(): Rule[] {
    const known = new Map(this.#rules.flatMap((rule) => [rule.name, rule.id].map((name) => [name, rule])));
    for (const { filter, report, at } of this.#filters)
      for (const name of filter.rules ?? []) {
        const rule = known.get(name);
        if (!rule) report.warn('reference', `the filter names "${name}", and there is no such rule: load it as well, or remove it`, at);
        else if (!within(filter.logsource, rule.logsource))
          report.warn('filter-logsource', `the filter names "${name}", whose log source is another one: it is not applied to it`, at);
      }
    return this.#rules.map((rule) => {
      const meant = this.#filters.map(({ filter }) => filter).filter((filter) => filters(filter, rule));
      return meant.length > 0 ? filtered(rule, meant) : rule;
    });
  }
}
