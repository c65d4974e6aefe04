import type { Piece } from '../model.ts';
import { plainOf } from './pieces.ts';

/** A value on its way through the modifiers. `bytes`: every character stands for one byte (after the UTF-16 family). */
export type Draft = { readonly pieces: readonly Piece[]; readonly bytes: boolean };
export type Wide = 'utf16' | 'utf16le' | 'utf16be';

const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'] as const;
const dash = /[-/\u2013\u2014\u2015]/;

/** How many characters `windash` exchanges. */
export function dashesIn({ pieces }: Draft): number {
  return pieces.reduce((count, piece) => count + (typeof piece === 'string' ? piece.split(dash).length - 1 : 0), 0);
}

/** Every spelling of the value with its dashes in any of the five forms (modifier appendix, `windash`); 5ⁿ of them for n dashes. */
export function* dashForms(draft: Draft): Generator<Draft> {
  const parts = draft.pieces.flatMap((piece): (Piece | null)[] =>
    typeof piece === 'string' ? piece.split(dash).flatMap((text, at) => (at === 0 ? [text] : [null, text])) : [piece],
  );
  const places = parts.flatMap((part, at) => (part === null ? [at] : []));
  for (let form = 0; form < dashes.length ** places.length; form++) {
    const spelled = [...parts];
    let rest = form;
    for (const place of places) {
      spelled[place] = dashes[rest % dashes.length] ?? null;
      rest = Math.floor(rest / dashes.length);
    }
    yield { ...draft, pieces: merged(spelled.filter((piece) => piece !== null)) };
  }
}

/** The bytes of the UTF-16 form, one character each; `utf16` is little-endian after a byte order mark. */
export function wide(draft: Draft, form: Wide): Draft {
  const mark = form === 'utf16' ? ['\u00ff\u00fe'] : [];
  const pieces = draft.pieces.map((piece) => (typeof piece === 'string' ? wideText(piece, form === 'utf16be') : piece));
  return { pieces: merged([...mark, ...pieces]), bytes: true };
}

/** @returns null where the value has a wildcard, which has no Base64 form */
export function base64(draft: Draft): Draft | null {
  const bytes = bytesOf(draft);
  return bytes && { pieces: merged([bytes.toString('base64')]), bytes: false };
}

/**
 * What stays the same of the Base64 form wherever the value begins within a group of three bytes.
 *
 * @returns three drafts; null where the value has a wildcard. One is empty where the value is shorter than two bytes
 */
export function base64Offsets(draft: Draft): Draft[] | null {
  const bytes = bytesOf(draft);
  if (!bytes) return null;
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replaceAll('=', '');
    // The first character that no byte before the value has a part in; the last is dropped where a byte after it would share it.
    const from = Math.ceil((shift * 8) / 6);
    const to = Math.floor(((shift + bytes.length) * 8) / 6);
    return { pieces: merged([encoded.slice(from, to)]), bytes: false };
  });
}

function bytesOf({ pieces, bytes }: Draft): Buffer | null {
  const text = plainOf(pieces);
  return text === null ? null : Buffer.from(text, bytes ? 'latin1' : 'utf8');
}

function wideText(text: string, bigEndian: boolean): string {
  const bytes = Buffer.from(text, 'utf16le');
  return (bigEndian ? bytes.swap16() : bytes).toString('latin1');
}

function merged(pieces: readonly Piece[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') result[result.length - 1] = last + piece;
    else if (piece !== '') result.push(piece);
  }
  return result;
}
