export type Language = 'vi' | 'en';

/** A sentence that a user reads, in both languages. */
export type Text = { vi: string; en: string };

/**
 * The search key of a text: without diacritics, lower case, one space between words; `đ` counts as `d`.
 * Where the tone mark stands (`hòa`, `hoà`) does not matter, since marks are dropped.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đð]/gi, 'd')
    .toLowerCase()
    .replace(/[\u200B-\u200D\uFEFF]/g, '')
    .replace(/[\s\u00A0]+/g, ' ')
    .trim();
}

const vietnamese = new Intl.Collator('vi');

/** Order of the Vietnamese alphabet: a ă â … d đ e ê … */
export function compareVietnamese(a: string, b: string): number {
  return vietnamese.compare(a, b);
}
