const RISKY = /^[=+\-@\t\r]/u;
const QUOTED = /^'+[=+\-@\t\r]/u;

/**
 * Makes a value safe to stand in a spreadsheet cell: one that begins with = + - @ TAB or CR would be run as a formula by
 * office programs, so an apostrophe goes before it. `restoreCell` gives back exactly what was put in.
 */
export function neutraliseCell(value: string): string {
  return RISKY.test(value) || QUOTED.test(value) ? `'${value}` : value;
}

/** The value that `neutraliseCell` was given. */
export function restoreCell(value: string): string {
  return QUOTED.test(value) ? value.slice(1) : value;
}
