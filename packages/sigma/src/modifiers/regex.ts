import { RE2JS, RE2JSException } from 're2js';
import type { Test } from '../model.ts';

export type RegexTest = Extract<Test, { kind: 'regex' }>;

const compiled = new WeakMap<RegexTest, RE2JS>();

/** The compiled form of a test, made once. Its `test(text)` is true where the expression is found anywhere, in time linear in the text. */
export function regexOf(test: RegexTest): RE2JS {
  let regex = compiled.get(test);
  if (!regex) {
    const flag = (sign: string, value: number) => (test.flags.includes(sign) ? value : 0);
    regex = RE2JS.compile(test.source, flag('i', RE2JS.CASE_INSENSITIVE) | flag('m', RE2JS.MULTILINE) | flag('s', RE2JS.DOTALL));
    compiled.set(test, regex);
  }
  return regex;
}

/** @returns what is wrong with the expression in RE2 syntax; null where it can be used */
export function regexFault(test: RegexTest): string | null {
  try {
    regexOf(test);
    return null;
  } catch (thrown) {
    if (thrown instanceof RE2JSException) return thrown.message.replace(/^error parsing regexp: /, '');
    throw thrown;
  }
}
