import { ISSUER_HEAD } from './issuer.ts';
import type { IssuerBlock } from './issuer.ts';
import { isUpper, plain } from './lines.ts';
import type { Line, Range, Source } from './lines.ts';
import { wireLength } from './recipients.ts';
import type { SignerBlock } from './signer.ts';
import { namesEnd } from './unit-names.ts';

const NOBODY: IssuerBlock = { name: null, nameText: null, parent: null, parentText: null };
const ACTS =
  /\s(?=(?:tran trong )?(?:de nghi|yeu cau|thong bao|huong dan|bao cao|kinh trinh|kinh de nghi|ban hanh|xay dung|co y kien|trien khai|gui|chi dao|kinh moi)(?![a-z]))/;
const ENACTING = /ban hanh\s+(?:nghi quyet|nghi dinh|thong tu lien tich|thong tu|quyet dinh|quy che|quy dinh|chi thi|ke hoach|luat)\s+/;
const WINDOW = 4000;

/** Where to look for an issuer that no head names. */
export interface IssuerHints {
  from: number;
  opening: readonly Line[];
  signer: SignerBlock | null;
}

/**
 * The issuer of a document without box 2: "<CƠ QUAN> điện:", "…; Sở A đề nghị các cơ quan …" at the end of the opening,
 * or the body that the signer acts for (TM.). Nothing else is taken, and the superior is never guessed.
 */
export function fallbackIssuer(source: Source, hints: IssuerHints): IssuerBlock {
  const range = wireIssuer(source, hints.from) ?? openingIssuer(source, hints.opening) ?? collectiveIssuer(source, hints.signer);
  return range ? { ...NOBODY, name: range, nameText: plain(source, range) } : NOBODY;
}

function wireIssuer(source: Source, from: number): Range | null {
  for (const line of source.lines.slice(from, from + 3)) {
    const length = wireLength(line);
    if (length === 0) continue;
    const name = line.text.slice(0, length).replace(/\s+\S+\s*:\s*$/u, '');
    return { start: line.start, end: line.start + name.length };
  }
  return null;
}

function openingIssuer(source: Source, opening: readonly Line[]): Range | null {
  const first = opening[0];
  const last = opening.at(-1);
  if (!first || !last) return null;
  const start = Math.max(first.start, last.end - WINDOW);
  const fold = source.fold.slice(start, last.end).replace(/\n/g, ' ');
  const pieces = [...fold.matchAll(/(?:^|[;,.]\s+)(?=[a-z])/g)].map((match) => match.index + match[0].length);
  for (const at of pieces.toReversed()) {
    const rest = fold.slice(at, at + 160);
    if (!ISSUER_HEAD.test(rest) || !/^\p{Lu}/u.test(source.text.slice(start + at, start + at + 1))) continue;
    const verb = ACTS.exec(rest);
    if (!verb || /[;.]/.test(rest.slice(0, verb.index))) continue;
    const name = source.text.slice(start + at, start + at + verb.index).replace(/\n/g, ' ');
    return { start: start + at, end: start + at + name.slice(0, namesEnd(name)).trimEnd().length };
  }
  return null;
}

function collectiveIssuer(source: Source, signer: SignerBlock | null): Range | null {
  const authority = signer?.signer.authority;
  if (!authority || !/^TM\b/.test(authority)) return null;
  const line = source.lines.find((one) => one.text.startsWith('TM') && isUpper(one.text) && authority.startsWith(one.text));
  if (!line) return null;
  const lead = /^TM\s?\.?\s*/.exec(line.text)?.[0].length ?? 0;
  return { start: line.start + lead, end: line.end };
}

/** The subject of an instrument whose title is missing, from "… ban hành Thông tư <subject>." of its opening. */
export function fallbackSubject(source: Source, opening: readonly Line[]): { text: string; range: Range } | null {
  for (const line of opening.slice(0, 80)) {
    const match = ENACTING.exec(line.fold.slice(0, 300));
    if (!match || /^\P{L}*(?:can cu|theo)/u.test(line.fold)) continue;
    const start = line.start + match.index + match[0].length;
    const range = { start, end: line.end };
    const text = plain(source, range).replace(/[.;:]+$/, '');
    if (text.length > 5) return { text, range: { start, end: line.end } };
  }
  return null;
}
