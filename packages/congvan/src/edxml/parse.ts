import { OutsideError, parseXml, type XmlElement, type XmlLimits } from '@vonggac/outside';
import { NAMESPACE } from './model.ts';
import { refuseEdxml } from './refusals.ts';

const MOST_BYTES = 50 * 2 ** 20;
const LIMITS: XmlLimits = { depth: 32, nodes: 20_000, text: 72 * 2 ** 20 };
const START = 4096;

/** The sent text from its first angle bracket on; false where nothing was in front of it. */
function withoutLeading(text: string): { text: string; cut: boolean } {
  const declared = text.slice(0, START).search(/<[?!A-Za-z]/u);
  return declared <= 0 ? { text, cut: false } : { text: text.slice(declared), cut: text.slice(0, declared).trim() !== '' };
}

/** Declares on the root what some senders use without declaring it. */
function withDeclarations(text: string): string | null {
  const root = /<(?:[A-Za-z]+:)?edXML(?=[\s>])[^<>]*>/u.exec(text.slice(0, START));
  if (root === null) return null;
  const wanted = { edXML: NAMESPACE, xlink: 'http://www.w3.org/1999/xlink' };
  const missing = Object.entries(wanted).filter(([prefix]) => !root[0].includes(`xmlns:${prefix}=`));
  if (missing.length === 0) return null;
  const tag = root[0].slice(0, -1) + missing.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('') + '>';
  return text.slice(0, root.index) + tag + text.slice(root.index + root[0].length);
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuseEdxml('edxml-not', 'XML');
  }
}

/**
 * The tree of an edXML message. Tried as it is first; where that fails, once more with the declarations that some senders
 * forget. `repaired` says that it had to be touched.
 *
 * @throws OutsideError `edxml-…`, `xml-…`
 */
export function parseEdxml(bytes: Uint8Array): { root: XmlElement; repaired: boolean } {
  if (bytes.byteLength > MOST_BYTES) throw refuseEdxml('edxml-too-big', 'XML');
  const { text, cut } = withoutLeading(decoded(bytes));
  try {
    return { root: parseXml(text, { place: 'edXML', limits: LIMITS }), repaired: cut };
  } catch (error) {
    if (!(error instanceof OutsideError) || error.code !== 'xml-broken') throw error;
    const mended = withDeclarations(text);
    if (mended === null) throw error;
    return { root: parseXml(mended, { place: 'edXML', limits: LIMITS }), repaired: true };
  }
}
