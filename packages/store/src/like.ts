/** A text that stands for itself in a `like` pattern. */
export function literally(text: string): string {
  return text.replace(/[%_\\]/g, String.raw`\$&`);
}

/** A text as a pattern that contains it, for `like` on a folded column. */
export function containing(folded: string): string {
  return `%${literally(folded)}%`;
}
