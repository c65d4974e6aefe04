import { RuleProblem } from './problem.ts';
import type { YamlMap, YamlNode } from './yaml.ts';

/** Reads the attributes of a document; an attribute that is `null` counts as absent. */
export function nodeAt(map: YamlMap, key: string): YamlNode | null {
  const node = map.entries.get(key)?.value;
  return node && (node.kind !== 'scalar' || node.value !== null) ? node : null;
}

/** @throws {RuleProblem} `attribute` where it is a list or a map */
export function textAt(map: YamlMap, key: string): string | null {
  const node = nodeAt(map, key);
  if (!node) return null;
  if (node.kind !== 'scalar') throw new RuleProblem('attribute', `${key} is a ${node.kind} and should be a text`, node.at);
  return node.text;
}

/** A list of texts, or one text. @throws {RuleProblem} `attribute` where something else stands there */
export function textsAt(map: YamlMap, key: string): string[] {
  const node = nodeAt(map, key);
  if (!node) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.map((item) => {
    if (item.kind === 'scalar') return item.text;
    throw new RuleProblem('attribute', `${key} holds a ${item.kind} and should be a list of texts`, item.at);
  });
}

/** @throws {RuleProblem} `attribute` where it is missing or no map */
export function mapAt(map: YamlMap, key: string): YamlMap {
  const node = nodeAt(map, key);
  if (!node) throw new RuleProblem('attribute', `${key} is missing`, map.at);
  if (node.kind !== 'map') throw new RuleProblem('attribute', `${key} is a ${node.kind} and should be a map`, node.at);
  return node;
}
