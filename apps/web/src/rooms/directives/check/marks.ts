import type { Mark, MarkKind } from '../../../ui/document/index.ts';
import type { Directive } from '../api.ts';

const KINDS: Readonly<Record<string, MarkKind>> = { contacts: 'contact', copies: 'other', attachments: 'other' };

/** Everything understood of a document as marks in its text. Ids: `subject`, `basis:<id>`, `recipient:<id>`, `requirement:<id>`. */
export function marksOf(view: Pick<Directive, 'spans' | 'bases' | 'recipients' | 'requirements'>): Mark[] {
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
  return [...scalars, ...parts.flatMap(({ id, span, kind }) => (span === null ? [] : [{ id, ...span, kind }]))];
}

/** The mark nearest to a place, for warnings that name only offsets. */
export function markAt(marks: readonly Mark[], start: number, end: number): string | null {
  const over = marks.filter((mark) => mark.start < Math.max(end, start + 1) && mark.end > start);
  return over.toSorted((a, b) => a.end - a.start - (b.end - b.start))[0]?.id ?? null;
}
