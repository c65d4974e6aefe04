/** Stands at the head of whatever belongs to an exercise. */
export const EXERCISE_MARK = '[DIỄN TẬP]';

const MARKED = /^(?:\s*\[diễn tập\]\s*)+/iu;

/** The subject with the mark in front of it, once. */
export function marked(subject: string): string {
  return `${EXERCISE_MARK} ${unmarked(subject)}`.trim();
}

/** The subject without the mark. */
export function unmarked(subject: string): string {
  return subject.normalize('NFC').replace(MARKED, '');
}
