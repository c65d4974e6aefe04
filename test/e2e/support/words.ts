import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../support/product.ts';

export type Language = 'vi' | 'en';
export const WEB = path.join(ROOT, 'apps/web/src');

type Messages = { [key: string]: string | Messages };

const read = new Map<string, Messages>();

function messagesOf(namespace: string, language: Language): Messages {
  const place = ['ui', 'shell'].includes(namespace) ? namespace : `rooms/${namespace}`;
  const file = path.join(WEB, place, `messages.${language}.json`);
  const known = read.get(file) ?? (JSON.parse(readFileSync(file, 'utf8')) as Messages);
  read.set(file, known);
  return known;
}

function lookUp(messages: Messages, key: string): string {
  const at = (names: string[]): string | undefined => {
    let found: string | Messages | undefined = messages;
    for (const name of names) found = typeof found === 'object' ? found[name] : undefined;
    return typeof found === 'string' ? found : undefined;
  };
  const names = key.split('.');
  const last = names.pop() ?? '';
  const text = at([...names, last]) ?? at([...names, `${last}_other`]);
  if (text === undefined) throw new Error(`There is no message ${key}.`);
  return text;
}

export type Words = ((key: `${string}:${string}`) => string) & {
  /** Where the message has values or a plural: matches all of it with any values in place. */
  like: (key: `${string}:${string}`) => RegExp;
};

/** The words of the screens, `room:key`, as the product itself reads them: the test follows a wording that changes. */
export function wordsIn(language: Language): Words {
  const say = (key: `${string}:${string}`): string => {
    const [namespace = '', name = ''] = key.split(':');
    return lookUp(messagesOf(namespace, language), name);
  };
  const like = (key: `${string}:${string}`): RegExp => {
    const [namespace = '', name = ''] = key.split(':');
    const messages = messagesOf(namespace, language);
    const forms = ['', '_one', '_other'].flatMap((ending) => {
      try {
        return [lookUp(messages, name + ending)];
      } catch {
        return [];
      }
    });
    const pattern = [...new Set(forms)].map((form) =>
      form
        .split(/\{\{\w+\}\}/)
        .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('.+'),
    );
    return new RegExp(`^(?:${pattern.join('|')})$`);
  };
  return Object.assign(say, { like });
}
