import type { Mark, MarkKind } from '../../../ui/document/index.ts';
import type { Directive } from '../api.ts';
import type { Doubt } from './doubts.ts';

const KINDS: Readonly<Record<string, MarkKind>> = { contacts: 'contact', copies: 'other', attachments: 'other' };

/**
 * Everything understood of a document as marks in its text, and the places of doubts. Ids: `subject`, `basis:<id>`,
 * `recipient:<id>`, `requirement:<id>`, `doubt:<start>-<end>`.
 */
export function marksOf(view: Pick<Directive, 'spans' | 'bases' | 'recipients' | 'requirements'>, doubts: readonly Doubt[] = []): Mark[] {
  const scalars = view.spans.map(({ field, start, end }): Mark => ({
    id: field,
    start,
    end,
    kind: KINDS[field.replace(/\[.*$/, '')] ?? 'head',
  }));
  const parts = [
    ...view.bases.map(({ id, span }) => ({ id: `basis:${id}`, span, kind: 'basis' as const })),
    ...view.recipients.map(({ id, span }) => ({ id: `recipient:${id}`, span, kind: 'recipient' as const })),
    ...view.requirements.map(({ id, span }) => ({ id: `requirement:${id}`, span, kind: 'requirement' as const })),
  ];
  const places = doubts.filter(({ mark, start, end }) => mark === null && end > start);
  const unsure = new Map(places.map((doubt): [string, Mark] => [doubtMark(doubt), { ...doubt, id: doubtMark(doubt), kind: 'doubt' }]));
  return [
    ...scalars,
    ...parts.flatMap(({ id, span, kind }) => (span === null ? [] : [{ id, ...span, kind }])),
    ...[...unsure.values()].map(({ id, start, end, kind }) => ({ id, start, end, kind })),
  ];
}

/** The mark of a doubt's own place. */
export function doubtMark({ start, end }: { start: number; end: number }): string {
  return `doubt:${start}-${end}`;
}
