/** What is wrong with a typed value: a key of the messages under `wrong`, and what its text names. Null for what can be saved. */
export type Wrong = { key: WrongKey; max?: number; text?: string } | null;
export type WrongKey = 'number' | 'symbol' | 'long' | 'subject' | 'path' | 'pathTwice' | 'text' | 'phone' | 'email' | 'entry' | 'many';
export type Check = (value: string | null) => Wrong;

/** Not longer than the field holds. */
export const within =
  (max: number): Check =>
  (value) =>
    (value?.length ?? 0) > max ? { key: 'long', max } : null;

/** `342`, `15A`, `1.024`; blank until the document is issued. */
export const isNumber: Check = (value) => (value === null || /^\d[\d.]{0,9}[A-Za-zĐđ]?$/.test(value) ? null : { key: 'number' });

export const isSymbol: Check = (value) => (value !== null && /\s/.test(value) ? { key: 'symbol' } : within(80)(value));

export const isSubject: Check = (value) => (value === null ? { key: 'subject' } : within(1000)(value));

/** The number of an item, which no other item of the document bears. */
export const isPath =
  (others: readonly string[]): Check =>
  (value) => {
    if (value === null) return { key: 'path' };
    return others.includes(value) ? { key: 'pathTwice', text: value } : within(40)(value);
  };

export const isText: Check = (value) => (value === null ? { key: 'text' } : within(20_000)(value));

export const isEntry: Check = (value) => (value === null ? { key: 'entry' } : within(2000)(value));

/** Parts of a list typed in one field. */
export const each =
  (split: (text: string | null) => string[], wrong: (part: string) => boolean, key: 'phone' | 'email'): Check =>
  (value) => {
    const parts = split(value);
    const first = parts.find(wrong);
    if (first !== undefined) return { key, text: first };
    return parts.length > 20 ? { key: 'many', max: 20 } : null;
  };

export const isPhone = (part: string): boolean => part.length <= 60 && /\d{3}/.test(part.replaceAll(/[\s.()-]/g, ''));
export const isEmail = (part: string): boolean => part.length <= 200 && /^[^\s@]+@[^\s@]+$/.test(part);
