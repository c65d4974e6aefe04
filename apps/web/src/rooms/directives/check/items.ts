import type { Requirement } from '../api.ts';
import { nextPath, requirementInput } from './changes.ts';
import type { RequirementInput } from './changes.ts';

type Span = { start: number; end: number };

/** What was done to the list of items and can be taken back. */
export interface Step {
  before: readonly RequirementInput[];
  /** Ids whose content is to be what it was; other items keep what was typed since. */
  touched: readonly string[];
  /** Numbers of items that came with it and go again. */
  made: readonly string[];
}

/** Cuts an item in two at a place of its text; the second part gets the next free number and its own place in the document. */
export function split(items: readonly Requirement[], id: string, at: number, document = ''): RequirementInput[] {
  return items.flatMap((item) => {
    const input = requirementInput(item);
    if (item.id !== id) return [input];
    const { id: _, ...rest } = input;
    const [first, second] = [item.text.slice(0, at).trim(), item.text.slice(at).trim()];
    return [
      { ...input, text: first, span: partOf(document, item.span, first) },
      { ...rest, path: nextPath(items, item.path), text: second, span: partOf(document, item.span, second) },
    ];
  });
}

/** Joins an item to the one before it, which keeps its number and whom it addresses. */
export function joined(items: readonly Requirement[], id: string): RequirementInput[] {
  const at = items.findIndex((item) => item.id === id);
  const [first, second] = [items[at - 1], items[at]];
  if (first === undefined || second === undefined) return items.map(requirementInput);
  const due = first.due !== null || first.phrase !== null ? first : second;
  const one: RequirementInput = {
    ...requirementInput(first),
    text: `${first.text}\n${second.text}`.trim(),
    heading: first.heading && second.heading,
    audience: first.heading ? second.audience : first.audience,
    phrase: due.phrase,
    due: due.due,
    recurrence: due.recurrence,
    measures: [...new Set([...first.measures, ...second.measures])],
    span: around(first.span, second.span),
  };
  return items.flatMap((item, i) => (i === at ? [] : [i === at - 1 ? one : requirementInput(item)]));
}

/** Moves an item up (-1) or down (1); its printed number stays. */
export function shifted(items: readonly Requirement[], id: string, by: -1 | 1): RequirementInput[] {
  const list = items.map(requirementInput);
  const at = items.findIndex((item) => item.id === id);
  const [item, other] = [list[at], list[at + by]];
  if (item === undefined || other === undefined) return list;
  return list.map((one, i) => (i === at ? other : i === at + by ? item : one));
}

/** The number of an item that is added at the end. */
export function lastPath(items: readonly { path: string }[]): string {
  const last = items.at(-1)?.path ?? '0';
  if (!/^\d+$/.test(last)) return nextPath(items, last);
  for (let number = Number(last) + 1; ; number += 1) if (!items.some(({ path }) => path === String(number))) return String(number);
}

/** The list as it was before a step, with what was typed since in other items, and what came since. */
export function takenBack(now: readonly Requirement[], { before, touched, made }: Step): RequirementInput[] {
  const find = (one: RequirementInput): Requirement | undefined =>
    now.find(({ id }) => id === one.id) ?? now.find(({ path }) => path === one.path);
  const back = before.map((one) => {
    const current = find(one);
    if (current === undefined) return one;
    return one.id !== undefined && touched.includes(one.id) ? { ...one, id: current.id } : requirementInput(current);
  });
  const known = new Set(back.map(({ path }) => path));
  const since = now.filter(({ path }) => !known.has(path) && !made.includes(path)).map(requirementInput);
  return [...back, ...since];
}

/** The place of a part of an item's text inside the item's own place; spaces and breaks do not matter. */
function partOf(document: string, span: Span | null, part: string): Span | null {
  if (span === null || part === '') return span;
  const places: number[] = [];
  let bare = '';
  for (let at = span.start; at < span.end; at += 1) {
    const sign = document[at] ?? '';
    if (sign.trim() === '') continue;
    bare += sign;
    places.push(at);
  }
  const wanted = part.replaceAll(/\s+/g, '');
  const from = bare.indexOf(wanted);
  const [start, last] = [places[from], places[from + wanted.length - 1]];
  return from < 0 || start === undefined || last === undefined ? span : { start, end: last + 1 };
}

/** What lies between two places does not become part of an item. */
const NEAR = 40;

function around(a: Span | null, b: Span | null): Span | null {
  if (a === null || b === null) return a ?? b;
  if (Math.max(a.start, b.start) - Math.min(a.end, b.end) > NEAR) return a;
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
