export type Placeholders = Readonly<Record<string, readonly string[]>>;

/**
 * Puts values in the place of `%name%`; `\%` is a plain percent sign (rules specification, "Placeholders").
 *
 * @returns every combination of values, given one by one; `unbound` is told each name that has none, and then nothing comes
 */
export function* expanded(text: string, placeholders: Placeholders, unbound: (name: string) => void): Generator<string> {
  const parts = partsOf(text).map((part) => {
    if (typeof part === 'string') return [part];
    const values = Object.hasOwn(placeholders, part.name) ? (placeholders[part.name] ?? []) : [];
    if (values.length === 0) unbound(part.name);
    return values;
  });
  const total = parts.reduce((product, values) => product * values.length, 1);
  for (let choice = 0; choice < total; choice++) {
    let rest = choice;
    let whole = '';
    for (const values of parts) {
      whole += values[rest % values.length] ?? '';
      rest = Math.floor(rest / values.length);
    }
    yield whole;
  }
}

function partsOf(text: string): (string | { readonly name: string })[] {
  const parts: (string | { readonly name: string })[] = [];
  let from = 0;
  for (const found of text.matchAll(/\\[\\%]|%([A-Za-z_][\w.-]*)%/g)) {
    parts.push(text.slice(from, found.index));
    if (found[1] !== undefined) parts.push({ name: found[1] });
    else parts.push(found[0] === '\\%' ? '%' : found[0]);
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}
