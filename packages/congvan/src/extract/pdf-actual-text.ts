import { inflateSync } from 'node:zlib';

/** A piece of marked content: its tag, and the text that it stands for where the file says so. */
interface Marked {
  readonly tag: string;
  readonly text: string | null;
}

const MAX_STREAM = 8 * 2 ** 20;
const MAX_TOTAL = 48 * 2 ** 20;
const DICTIONARY = 2000;
const MARKED = /\/(\w+)\s*(<<(?:[^<>()]|<[^<>]*>|\((?:\\.|[^\\()])*\))*>>|\/\w+)\s*BDC\b/gsu;
const ACTUAL_TEXT = /\/ActualText\s*(?:<([0-9A-Fa-f\s]*)>|\(((?:\\.|[^\\()])*)\))/su;
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2));
  return bytes.toString('latin1');
}

function literal(text: string): Buffer {
  const plain = text.replace(/\\([0-7]{1,3}|.)/gsu, (_, escaped: string) => {
    if (/^[0-7]/u.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8) & 255);
    return ESCAPES[escaped] ?? escaped;
  });
  return Buffer.from(plain, 'latin1');
}

function markedIn(content: string): Marked[] {
  return Array.from(content.matchAll(MARKED), ([, tag = '', properties = '']) => {
    const [found, hex, string] = ACTUAL_TEXT.exec(properties) ?? [];
    if (found === undefined) return { tag, text: null };
    return { tag, text: textOf(hex === undefined ? literal(string ?? '') : Buffer.from(hex.replace(/\s/gu, ''), 'hex')) };
  });
}

/** The content of a stream, if its dictionary is that of page content: Flate or nothing, no image, no font. */
function contentOf(file: Buffer, from: number, to: number): string {
  const dictionary = file.toString('latin1', Math.max(0, from - DICTIONARY), from);
  const own = dictionary.slice(Math.max(dictionary.lastIndexOf(' obj'), dictionary.lastIndexOf('endobj')));
  if (/\/(?:Image|ObjStm|XRef|Length1|DecodeParms)\b/u.test(own)) return '';
  const raw = file.subarray(from, to);
  if (!own.includes('/Filter')) return raw.length > MAX_STREAM ? '' : raw.toString('latin1');
  if (!/\/Filter\s*\[?\s*\/FlateDecode\s*\]?\s*(?:\/|>>)/u.test(own)) return '';
  try {
    return inflateSync(raw, { maxOutputLength: MAX_STREAM }).toString('latin1');
  } catch {
    return '';
  }
}

/**
 * What letters stand for where the file says it beside them (/ActualText, ISO 32000-2 §14.9.4): writers do so for letters
 * put together from several glyphs, as rare Vietnamese ones are. pdf.js does not hand it out, so the content streams are
 * looked through once more, and a page finds its own by the tags of its marked content.
 */
export class ActualTexts {
  readonly #streams: Marked[][] = [];

  constructor(bytes: Uint8Array) {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let total = 0;
    for (let at = file.indexOf('stream'); at >= 0 && total < MAX_TOTAL; at = file.indexOf('stream', at)) {
      const from = at + (file[at + 6] === 0x0d ? 8 : 7);
      const to = file.indexOf('endstream', from);
      if (to < 0) return;
      const content = contentOf(file, from, to);
      total += content.length;
      if (content.includes('/ActualText')) this.#streams.push(markedIn(content));
      at = to + 9;
    }
  }

  /** The texts of a page, one for each piece of marked content with properties; empty where there are none. */
  of(tags: readonly string[]): (string | null)[] {
    const at = this.#streams.findIndex((stream) => stream.length === tags.length && stream.every((one, index) => one.tag === tags[index]));
    // Pages with the same tags follow one another in the file as they do in the document.
    return at < 0 ? [] : (this.#streams.splice(at, 1)[0] ?? []).map((one) => one.text);
  }
}
