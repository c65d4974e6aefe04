import type { Cells } from './cells.ts';
import type { Attribute, Element } from './resolve.ts';
import type { EvtxObject, EvtxValue } from './model.ts';
import { dataName, isContainer, valueOf } from './layout.ts';

type Json = EvtxValue | EvtxObject | readonly (EvtxValue | EvtxObject)[];

/** What an element has under one name: an element, the values of `Data` of that name, or those of all `Data` without names. */
export type Member = { readonly name: string; readonly kind: 'element' | 'data' | 'unnamed'; readonly elements: readonly Element[] };

/**
 * A record as a plain object. An element with attributes is an object with `#attributes` (and `#text`), one without anything null; the
 * second element of a name is `Name_1`. In `EventData` and `UserData`, a `Data` is its name and value; those of one name in a row are a
 * list, and those without a name are together `Data: { '#text': … }`.
 */
export function objectOf(root: Element, cells: Cells): EvtxObject {
  const object: EvtxObject = {};
  put(object, root.name, elementValue(root, false, cells));
  return object;
}

function put(object: EvtxObject, name: string, value: Json): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value as EvtxValue;
}

function elementValue(element: Element, container: boolean, cells: Cells): Json {
  const attributes = attributesOf(element.attributes, cells);
  if (element.elements.length === 0 && !attributes) return valueOf(element.parts, cells);
  return bodyOf(element, { attributes, container }, cells);
}

function dataValue(element: Element, cells: Cells): Json {
  if (element.elements.length === 0) return valueOf(element.parts, cells) ?? '';
  return bodyOf(element, { attributes: null, container: false }, cells);
}

function bodyOf(element: Element, form: { attributes: EvtxObject | null; container: boolean }, cells: Cells): EvtxObject {
  const object: EvtxObject = {};
  if (form.attributes) object['#attributes'] = form.attributes;
  const text = valueOf(element.parts, cells);
  if (text !== null) object['#text'] = text;
  element.members ??= form.container ? containerMembers(element.elements, cells) : plainMembers(element.elements);
  for (const member of element.members) put(object, member.name, memberValue(member, cells));
  return object;
}

function memberValue(member: Member, cells: Cells): Json {
  const first = member.elements[0] as Element;
  if (member.kind === 'element') return elementValue(first, isContainer(first.name), cells);
  const value =
    member.elements.length === 1 ? dataValue(first, cells) : member.elements.map((element) => dataValue(element, cells) as EvtxValue);
  return member.kind === 'data' ? value : { '#text': value as EvtxValue };
}

function attributesOf(attributes: readonly Attribute[], cells: Cells): EvtxObject | null {
  let object: EvtxObject | null = null;
  for (const { name, parts } of attributes) {
    const value = valueOf(parts, cells);
    if (value === null) continue;
    object ??= {};
    put(object, name, value);
  }
  return object;
}

/** Numbers the names that come again. */
class Names {
  readonly #seen = new Map<string, number>();

  next(name: string): string {
    const count = this.#seen.get(name) ?? 0;
    this.#seen.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  }
}

function plainMembers(elements: readonly Element[]): Member[] {
  const names = new Names();
  return elements.map((element) => ({ name: names.next(element.name), kind: 'element', elements: [element] }));
}

function containerMembers(elements: readonly Element[], cells: Cells): Member[] {
  const named = elements.map((element) => (element.name === 'Data' ? dataName(element, cells) : null));
  const byName = named.some((name) => name !== null);
  const unnamed = elements.filter(({ name }) => name === 'Data');
  const [names, dataNames] = [new Names(), new Names()];
  const members: Member[] = [];
  for (let index = 0; index < elements.length; index += 1) {
    const element = elements[index] as Element;
    const name = named[index] as string | null;
    if (element.name !== 'Data') members.push({ name: names.next(element.name), kind: 'element', elements: [element] });
    else if (name !== null) {
      let end = index + 1;
      while (end < elements.length && named[end] === name) end += 1;
      members.push({ name: dataNames.next(name), kind: 'data', elements: elements.slice(index, end) });
      index = end - 1;
    } else if (!byName && element === unnamed[0]) members.push({ name: 'Data', kind: 'unnamed', elements: unnamed });
  }
  return members;
}
