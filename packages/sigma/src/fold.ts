/** Units whose lower case depends on context or changes the length, and halves of characters outside the basic plane. */
const unusual = /[\u0130\ud800-\udfff]/;
// oxlint-disable-next-line no-control-regex
const ascii = /^[\0-\x7f]*$/;

let table: Uint16Array | null = null;

/** For each UTF-16 code unit the unit it is compared as: its simple lower case, or itself. Built on first use and shared: do not write. */
export function foldTable(): Uint16Array {
  if (table) return table;
  table = new Uint16Array(0x10000);
  for (let unit = 0; unit < table.length; unit++) {
    const lower = String.fromCharCode(unit).toLowerCase();
    table[unit] = lower.length === 1 ? lower.charCodeAt(0) : unit;
  }
  table[0x3c2] = 0x3c3;
  return table;
}

/**
 * The form in which texts are compared without regard to case: unit by unit, so that the length stays. `ß` and `İ` stay as they are, the
 * two small sigmas are the same, letters outside the basic plane keep their case.
 */
export function folded(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  if (!unusual.test(text)) return text.toLowerCase().replaceAll('\u03c2', '\u03c3');
  const fold = foldTable();
  const pieces: string[] = [];
  for (let from = 0; from < text.length; from += 4096) {
    const units = Array.from({ length: Math.min(4096, text.length - from) }, (_, at) => fold[text.charCodeAt(from + at)] ?? 0);
    pieces.push(String.fromCharCode(...units));
  }
  return pieces.join('');
}
