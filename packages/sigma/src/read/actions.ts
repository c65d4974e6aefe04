import { textAt } from './fields.ts';
import { RuleProblem } from './problem.ts';
import type { YamlEntry, YamlMap, YamlNode } from './yaml.ts';

/**
 * The `action` documents of older rule files: `global` is worked into each document that follows it in the file, `reset` ends that, and
 * `repeat` is the document before it with what it says itself in place of what stood there.
 */
export class Actions {
  #global: YamlMap | null = null;
  #last: YamlMap | null = null;

  /**
   * Takes the next document of the file.
   *
   * @returns what it describes; null where it only says an action
   * @throws {RuleProblem} `document` where it is no map, `action` where its action is unknown
   */
  next(node: YamlNode): YamlMap | null {
    if (node.kind !== 'map')
      throw new RuleProblem('document', `the document is a ${node.kind} and should be a map with title and detection`, node.at);
    const action = textAt(node, 'action');
    switch (action) {
      case null:
        this.#last = this.#global ? overlaid(this.#global, node) : node;
        return this.#last;
      case 'global':
        this.#global = this.#global ? overlaid(this.#global, without(node)) : without(node);
        return null;
      case 'reset':
        this.#global = null;
        return null;
      case 'repeat':
        if (!this.#last) throw new RuleProblem('action', 'action: repeat has no document before it', node.at);
        this.#last = overlaid(this.#last, without(node));
        return this.#last;
      default:
        throw new RuleProblem('action', `"${action}" is no action; there are global, reset, repeat`, node.at);
    }
  }
}

/** The upper map over the lower one, map by map; lists and texts are replaced whole. */
function overlaid(lower: YamlMap, upper: YamlMap): YamlMap {
  const entries = new Map<string, YamlEntry>(lower.entries);
  for (const [key, entry] of upper.entries) {
    const under = entries.get(key);
    const both = under?.value.kind === 'map' && entry.value.kind === 'map';
    entries.set(key, both ? { at: entry.at, value: overlaid(under.value, entry.value) } : entry);
  }
  return { kind: 'map', entries, at: upper.at };
}

function without(map: YamlMap): YamlMap {
  const entries = new Map(map.entries);
  entries.delete('action');
  return { ...map, entries };
}
