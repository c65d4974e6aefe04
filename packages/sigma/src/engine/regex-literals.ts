/** Characters that mean something in RE2 syntax; behind a backslash they stand for themselves. */
const SPECIAL = new Set('\\.+*?()|[]{}^$');
/** `(?i)s` matches ſ as well, which no folding of single characters maps to s. */
const FOLDS_ELSEWHERE = /[sS\u0080-\uFFFF]/;

/** Where what begins with a bracket at `at` ends, one behind it. */
function behind(source: string, at: number): number {
  if (source[at] === '[') return behindClass(source, at);
  let depth = 0;
  for (let i = at; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '[') i = behindClass(source, i) - 1;
    else if (source[i] === '(') depth++;
    else if (source[i] === ')' && --depth === 0) return i + 1;
  }
  return source.length;
}

function behindClass(source: string, at: number): number {
  let i = at + 1;
  if (source[i] === '^') i++;
  // A bracket in the first place stands for itself.
  if (source[i] === ']') i++;
  for (; i < source.length && source[i] !== ']'; i++) {
    if (source[i] === '\\') i++;
    else if (source.startsWith('[:', i)) i = Math.max(i, source.indexOf(':]', i) + 1);
  }
  return i + 1;
}

/** Where a repetition that begins at `at` ends, and whether it allows none at all; null where there is none. */
function repetition(source: string, at: number): { end: number; mayBeNone: boolean } | null {
  const counted = /^\{(\d+)(?:,\d*)?\}\??/u.exec(source.slice(at, at + 16));
  if (counted) return { end: at + counted[0].length, mayBeNone: Number(counted[1]) === 0 };
  const sign = source[at];
  if (sign !== '*' && sign !== '+' && sign !== '?') return null;
  return { end: at + (source[at + 1] === '?' ? 2 : 1), mayBeNone: sign !== '+' };
}

/**
 * Texts that stand in whatever a pattern of RE2 syntax matches, regardless of case: the runs of plain characters on its outermost
 * level. What is not understood only ends a run, so that the answer may be less than there is, never more.
 */
export function literalsOf(source: string, flags: string): string[] {
  const isFolding = flags.includes('i') || /\(\?[a-zA-Z]*i/u.test(source);
  if (source.includes('\\Q')) return [];
  const runs: string[] = [];
  let run = '';
  const close = (): void => {
    if (run !== '') runs.push(run);
    run = '';
  };
  for (let at = 0; at < source.length;) {
    const sign = source[at]!;
    if (sign === '|') return [];
    let end = at + 1;
    let plain: string | null = null;
    if (sign === '\\') {
      end = at + 2;
      const next = source[at + 1] ?? '';
      if (/[^a-z0-9]/iu.test(next)) plain = next;
      // \x41, \x{10FFFF}, \pL, \p{Greek}, \123: their length is not worked out.
      else if (!/[dDwWsSbBAzntrfv]/u.test(next)) return [];
    } else if (sign === '(' || sign === '[') end = behind(source, at);
    // A repetition takes both halves of a pair, so no half belongs to a run.
    else if (!SPECIAL.has(sign) && !/[\uD800-\uDFFF]/.test(sign)) plain = sign;
    const times = repetition(source, end);
    if (plain === null || (isFolding && FOLDS_ELSEWHERE.test(plain))) close();
    else if (times === null) run += plain;
    else {
      if (!times.mayBeNone) run += plain;
      close();
    }
    at = times?.end ?? end;
  }
  close();
  return runs;
}
