import type { XmlElement } from '@vonggac/outside';
import { type Secrecy, SecretDocument, type Span } from '../model.ts';
import { readDirective } from '../read.ts';
import { textOf } from './elements.ts';
import type { EdxmlMessage } from './model.ts';
import { parseEdxml } from './parse.ts';
import { messageIn } from './read-edxml.ts';

/** A mark of state secrecy: its degree and its place in the text that was searched. */
export interface FoundMark {
  readonly secrecy: Secrecy;
  readonly span: Span;
}

export type EdxmlJobResult =
  | { readonly kind: 'secret'; readonly mark: FoundMark }
  | { readonly kind: 'read'; readonly message: EdxmlMessage };

const UNREAD = new Set(['Signature', 'ContentTransferEncoded']);
const MOST = 500_000;

/** Every text of a message but signatures and files, whatever its element is called. */
function textsIn(element: XmlElement): string[] {
  if (UNREAD.has(element.name)) return [];
  const own = textOf(element);
  return [...(own === null ? [] : [own]), ...element.children.flatMap((one) => (typeof one === 'string' ? [] : textsIn(one)))];
}

/** Runs in the child: a mark of state secrecy in a text, or null. */
export function markJob(text: string): FoundMark | null {
  try {
    readDirective(text.slice(0, MOST));
    return null;
  } catch (error) {
    if (error instanceof SecretDocument) return { secrecy: error.secrecy, span: error.span };
    throw error;
  }
}

/** One text at a time: a stamp is told by standing alone. */
function markIn(texts: readonly string[]): FoundMark | null {
  for (const text of texts) {
    // A file is named after the stamp as often as after its number.
    const mark = markJob(text) ?? markJob(text.replaceAll(/[_.]+/gu, ' ').replace(/ (?:docx?|pdf|txt|zip|xlsx?)$/iu, ''));
    if (mark !== null) return mark;
  }
  return null;
}

/**
 * Runs in the child: a message, or only the mark of state secrecy that it bears anywhere in its metadata.
 *
 * @throws OutsideError `edxml-…`, `xml-…`
 */
export function edxmlJob(bytes: Uint8Array): EdxmlJobResult {
  const tree = parseEdxml(bytes);
  const texts = [...new Set(textsIn(tree.root))].filter((text) => text.length < MOST);
  const mark = markIn(texts);
  return mark === null ? { kind: 'read', message: messageIn(tree) } : { kind: 'secret', mark };
}
