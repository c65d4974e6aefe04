import { SaxesParser } from 'saxes';
import { refusal } from './errors.ts';
import type { OutsideError } from './errors.ts';

export interface XmlLimits {
  /** Elements inside one another. */
  readonly depth: number;
  /** Elements and attributes together. */
  readonly nodes: number;
  /** Characters of text, in UTF-16 units. */
  readonly text: number;
}

export const XML_LIMITS: XmlLimits = { depth: 128, nodes: 3_000_000, text: 48 * 2 ** 20 };

export interface XmlElement {
  /** Local name, without prefix. */
  readonly name: string;
  /** Namespace URI, '' without one. */
  readonly space: string;
  /** Keys are local names; a Map, since names come from outside. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (XmlElement | string)[];
}

export interface XmlHandlers {
  open(element: Omit<XmlElement, 'children'>): void;
  close(): void;
  text(text: string): void;
}

const PIECE = 65_536;

function brokenXml(place: string): OutsideError {
  return refusal('xml-broken', place, {
    vi: 'Phần XML của tệp bị hỏng. Hãy lưu lại từ phần mềm gốc hoặc xin bản khác.',
    en: 'The XML part of the file is damaged. Save it again from its program or ask for another copy.',
  });
}

function declaredEntities(place: string): OutsideError {
  return refusal('xml-entities', place, {
    vi: 'Tệp XML có khai báo DOCTYPE hoặc thực thể nên bị từ chối vì lý do an toàn. Hãy bỏ khai báo đó rồi thử lại.',
    en: 'The XML declares a DOCTYPE or entities and is refused for safety. Remove the declaration and retry.',
  });
}

function tooBig(place: string): OutsideError {
  return refusal('xml-too-big', place, {
    vi: 'Phần XML của tệp quá lớn. Hãy chia nhỏ tệp rồi thử lại.',
    en: 'The XML part of the file is too large. Split the file, then retry.',
  });
}

function tooDeep(place: string): OutsideError {
  return refusal('xml-too-deep', place, {
    vi: 'Phần XML của tệp lồng nhau quá nhiều lớp nên bị từ chối.',
    en: 'The XML part of the file is nested too deeply and is refused.',
  });
}

/**
 * The text, a piece at a time, so that no second copy of a large part is made. XML is UTF-8 unless a byte order mark says
 * UTF-16; other encodings are not taken.
 */
function* piecesOf(source: Uint8Array | string, place: string): Generator<string> {
  if (typeof source === 'string') {
    const text = source.replace(/^\uFEFF/u, '');
    for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
    return;
  }
  const [first, second] = source;
  const label = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  const decoder = new TextDecoder(label, { fatal: true });
  const decode = (bytes: Uint8Array, stream: boolean): string => {
    try {
      return decoder.decode(bytes, { stream });
    } catch {
      throw brokenXml(place);
    }
  };
  for (let at = 0; at < source.length; at += PIECE) yield decode(source.subarray(at, at + PIECE), true);
  yield decode(new Uint8Array(), false);
}

/** What the parser reports, counted against the limits before it is handed on. */
function guarded(handlers: XmlHandlers, limits: XmlLimits, place: string): SaxesParser<{ xmlns: true }> {
  const parser = new SaxesParser({ xmlns: true });
  let depth = 0;
  let nodes = 0;
  let characters = 0;
  const text = (piece: string): void => {
    characters += piece.length;
    if (characters > limits.text) throw tooBig(place);
    handlers.text(piece);
  };
  parser.on('doctype', () => {
    throw declaredEntities(place);
  });
  parser.on('error', (error) => {
    throw /entity/iu.test(error.message) ? declaredEntities(place) : brokenXml(place);
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.values(tag.attributes);
    nodes += 1 + attributes.length;
    if (nodes > limits.nodes) throw tooBig(place);
    if (++depth > limits.depth) throw tooDeep(place);
    handlers.open({ name: tag.local, space: tag.uri, attributes: new Map(attributes.map((one) => [one.local, one.value])) });
  });
  parser.on('closetag', () => {
    depth--;
    handlers.close();
  });
  parser.on('text', text);
  parser.on('cdata', text);
  return parser;
}

/**
 * Walks through XML without building a tree. DOCTYPE and entities are refused, so nothing expands and nothing is fetched.
 * `place` names the part in errors.
 *
 * @throws OutsideError `xml-broken`, `xml-entities`, `xml-too-deep`, `xml-too-big`, and whatever a handler throws
 */
export function walkXml(source: Uint8Array | string, handlers: XmlHandlers, options: { place?: string; limits?: XmlLimits } = {}): void {
  const place = options.place ?? 'XML';
  const parser = guarded(handlers, options.limits ?? XML_LIMITS, place);
  for (const piece of piecesOf(source, place)) if (piece !== '') parser.write(piece);
  parser.close();
}

/** Reads XML into a tree; text between elements is kept. Errors as `walkXml`. */
export function parseXml(source: Uint8Array | string, options: { place?: string; limits?: XmlLimits } = {}): XmlElement {
  const root: XmlElement = { name: '', space: '', attributes: new Map(), children: [] };
  const path: XmlElement[] = [root];
  const handlers: XmlHandlers = {
    open(element) {
      const node: XmlElement = { ...element, children: [] };
      path.at(-1)?.children.push(node);
      path.push(node);
    },
    close() {
      path.pop();
    },
    text(text) {
      path.at(-1)?.children.push(text);
    },
  };
  walkXml(source, handlers, options);
  const top = root.children.find((child) => typeof child !== 'string');
  if (top === undefined || typeof top === 'string') throw brokenXml(options.place ?? 'XML');
  return top;
}
