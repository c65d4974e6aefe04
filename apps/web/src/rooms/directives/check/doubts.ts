import type { Directive, Preview } from '../api.ts';

export type Problem = Preview['problems'][number];

/** One thing to look at: from the reader, or from what is checked before issuing. */
export interface Doubt {
  key: string;
  level: 'error' | 'warning';
  message: { vi: string; en: string };
  start: number;
  end: number;
  /** The mark that it concerns; null where only its place is known. */
  mark: string | null;
  /** A requirement can be made of its place. */
  passage: boolean;
  /** How the passage begins, to tell one from the other. */
  quote: string | null;
}

const overlaps = (a: { start: number; end: number }, b: { start: number; end: number } | null): boolean =>
  b !== null && a.start < b.end && b.start < a.end;

/** Errors first, then in the order of the document; what has been dealt with is left out. */
export function doubtsOf(view: Pick<Directive, 'warnings' | 'requirements' | 'text'>, problems: readonly Problem[]): Doubt[] {
  const dates = problems.flatMap(({ code, start, end }) => (code === 'date' && start !== null && end !== null ? [{ start, end }] : []));
  const read = view.warnings
    .filter((warning) => {
      if (warning.code === 'requirement-without-number') return !view.requirements.some(({ span }) => overlaps(warning, span));
      return warning.code !== 'deadline-incomplete' || !dates.some((date) => overlaps(warning, date));
    })
    .map(({ code, message, start, end }): Doubt => ({
      key: `${code} ${start} ${message.en}`,
      level: 'warning',
      message,
      start,
      end,
      mark: null,
      passage: code === 'requirement-without-number',
      quote: code === 'requirement-without-number' ? beginning(view.text.slice(start, end)) : null,
    }));
  const checked = problems.map(({ code, level, message, field, requirement, start, end }): Doubt => ({
    key: `${code} ${requirement ?? field ?? ''} ${start ?? ''}`,
    level,
    message,
    start: start ?? 0,
    end: end ?? 0,
    mark: requirement !== null ? `requirement:${requirement}` : field === 'subject' || field === 'issuerName' ? field : null,
    passage: false,
    quote: null,
  }));
  return [...checked, ...read].toSorted((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning') || a.start - b.start);
}

function beginning(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 70 ? `${line.slice(0, 70).replace(/\s\S*$/, '')}…` : line;
}
