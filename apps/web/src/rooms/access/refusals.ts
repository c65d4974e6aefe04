/** Cells of a list as a .csv that a spreadsheet opens with its diacritics: UTF-8 with a mark, every cell quoted, a leading formula sign made harmless. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
