import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** A text that stands for itself in a `like` pattern. */
export function literally(text: string): string {
  return text.replace(/[%_\\]/g, String.raw`\$&`);
}

/** A text as a pattern that contains it, for `like` on a folded column. */
export function containing(folded: string): string {
  return `%${literally(folded)}%`;
}

/** What the kernel's `fold` makes of a text, asked of the database: for what has no folded column of its own. */
export function folded(text: SQLWrapper): SQL {
  const bare = sql`regexp_replace(normalize(${text}, NFD), '[\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f\\u200b-\\u200d\\ufeff]', '', 'g')`;
  return sql`btrim(regexp_replace(lower(translate(${bare}, 'ĐÐđð', 'dddd')), '[\\s\\u00a0]+', ' ', 'g'))`;
}
