import type { Value } from '../event.ts';
import type { Item, Node, Rule } from '../model.ts';
import type { Hit } from './engine.ts';
import type { Look } from './look.ts';
import { meets, type Programs } from './program.ts';

/** What made a rule hold: of every branch that holds the selections and the values of its fields; what stands behind a `not` is left out. */
class Explanation {
  readonly selections = new Set<string>();
  readonly values = new Map<string, Value>();
  readonly #rule: Rule;
  readonly #programs: Programs;
  readonly #look: Look;

  constructor(rule: Rule, programs: Programs, look: Look) {
    this.#rule = rule;
    this.#programs = programs;
    this.#look = look;
  }

  /** Takes down a node that holds. */
  take(node: Node): void {
    if (node.op === 'item') this.#takeItem(node);
    else if (node.op === 'selection') {
      this.selections.add(node.name);
      this.take(this.#rule.selections.get(node.name)!);
    } else if (node.op !== 'not') for (const one of node.nodes) if (this.#programs.ofNode(one, this.#rule)(this.#look)) this.take(one);
  }

  #takeItem(item: Item): void {
    if (item.negated) return;
    if (item.field !== null) {
      const slots = this.#look.slots(this.#programs.knownField(item.field)!);
      const met = slots.length > 1 ? slots.filter((slot) => meets(item, this.#look.value(slot))) : slots;
      // A test that only asks whether the field is there is met by none of its values.
      for (const slot of met.length > 0 ? met : slots) this.#add(item.field, this.#look.value(slot));
      return;
    }
    const { names } = this.#look.event.shape;
    for (const [slot, [name]] of names.entries()) if (meets(item, this.#look.value(slot))) this.#add(name!, this.#look.value(slot));
  }

  /** Several slots of one name are a list. */
  #add(field: string, value: Value): void {
    if (value === null) return;
    const known = this.values.get(field);
    if (known === undefined) this.values.set(field, value);
    else if (known !== value) this.values.set(field, [known, value].flat());
  }
}

/** The hit of a rule that holds on the event that is looked at. */
export function explained(rule: Rule, programs: Programs, look: Look): Hit {
  const explanation = new Explanation(rule, programs, look);
  for (const node of rule.conditions) if (programs.ofNode(node, rule)(look)) explanation.take(node);
  return {
    rule,
    selections: [...explanation.selections],
    matched: [...explanation.values].map(([field, value]) => ({ field, value })),
  };
}
