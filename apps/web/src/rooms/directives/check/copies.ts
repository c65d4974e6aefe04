interface Copy {
  text: string;
  purpose: string | null;
}

/** Copies as the document prints them, one a line: `UBND tỉnh (để b/c)`. */
export function copyLines(copies: readonly Copy[]): string {
  return copies.map(({ text, purpose }) => (purpose === null ? text : `${text} (để ${purpose})`)).join('\n');
}

/** And back. */
export function copiesOf(lines: string): Copy[] {
  return lines.split('\n').flatMap((line) => {
    const bare = line.replace(/^[\s\-–+•]+/, '').replace(/[\s;.]+$/, '');
    const [, text = '', purpose = null] = /^(.*?)(?:\s*\(để\s+([^()]+)\))?$/u.exec(bare) ?? [];
    return text.trim() === '' ? [] : [{ text: text.trim(), purpose }];
  });
}

/** `a; b, c` as a list. */
export function listOf(text: string | null): string[] {
  return (text ?? '')
    .split(/[;,\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
}
