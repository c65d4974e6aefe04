import type { Piece } from '../model.ts';

const any: Piece = { wild: '*' };
const one: Piece = { wild: '?' };

/**
 * Reads `*`, `?` and their escapes (rules specification, "Escape Character"): a backslash makes a following wildcard or backslash plain and
 * stands for itself before anything else.
 */
export function piecesOf(text: string): readonly Piece[] {
  if (text === '') return [];
  if (!/[*?\\]/.test(text)) return [text];
  const pieces: Piece[] = [];
  let plain = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    const next = text.charAt(at + 1);
    if (sign === '\\' && (next === '*' || next === '?' || next === '\\')) {
      plain += next;
      at++;
    } else if (sign === '*' || sign === '?') {
      if (plain !== '') pieces.push(plain);
      plain = '';
      pieces.push(sign === '*' ? any : one);
    } else {
      plain += sign;
    }
  }
  if (plain !== '') pieces.push(plain);
  return joined(pieces);
}

/** The pieces with `*` before, after, or on both sides; never two `*` beside each other. */
export function withAny(pieces: readonly Piece[], where: { readonly before: boolean; readonly after: boolean }): readonly Piece[] {
  const before = where.before && pieces[0] !== any;
  const after = where.after && (pieces.length === 0 ? !before : pieces.at(-1) !== any);
  if (before) return after ? [any, ...pieces, any] : [any, ...pieces];
  return after ? [...pieces, any] : pieces;
}

/** The text without wildcards; null where it has one. */
export function plainOf(pieces: readonly Piece[]): string | null {
  return pieces.every((piece) => typeof piece === 'string') ? pieces.join('') : null;
}

function joined(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter((piece, at) => piece !== any || pieces[at - 1] !== any);
}
