import { type EdxmlPackage, readEdxmlPackage, withMetadata } from '@vonggac/congvan/edxml';
import { invalid } from '@vonggac/kernel';
import { factsOf } from './edxml-facts.ts';
import type { ReadingWarning } from './model.ts';
import { readPlainText, type ReadText, refuse } from './reading.ts';

/**
 * Reads a directive that came as an edXML message: the head from its metadata, text and requirements from its first file that can be
 * read. Nothing of it is written anywhere: a secrecy mark in metadata or files stops it here.
 * @throws DomainError `directives.secret`, `directives.edxml_status`, `file.…`
 */
export async function readMessage(bytes: Uint8Array, name: string, signal?: AbortSignal): Promise<ReadText> {
  const opened = await readEdxmlPackage(bytes, name, signal ? { signal } : {}).catch(refuse);
  if (opened.kind === 'status') throw statusHere(opened.status.code);
  const doubts = opened.warnings.map(({ code, messages }): ReadingWarning => ({ code, message: messages, start: 0, end: 0 }));
  const text = opened.extracted?.text ?? '';
  const read = await readPlainText(text, doubts, signal);
  const { document, doubts: differences } = withMetadata(read.document, opened.document);
  const left = new Set(document.warnings.map(({ code }) => code));
  const ofText = opened.extracted === null ? [] : read.warnings.slice(doubts.length).filter(({ code }) => left.has(code));
  return { text, document, warnings: [...doubts, ...differences, ...ofText], edxml: originOf(opened) };
}

function originOf(opened: Extract<EdxmlPackage, { kind: 'document' }>) {
  const { documentId, from } = opened.document;
  return { documentId: documentId.slice(0, 300), organId: from.id === '' ? null : from.id.slice(0, 40), facts: factsOf(opened) };
}

function statusHere(code: string) {
  return invalid('directives.edxml_status', 'file', {
    vi: `Tệp là thông điệp trạng thái (mã ${code}), không phải văn bản. Mở “Trạng thái qua trục” để nhận thông điệp này.`,
    en: `The file is a status message (code ${code}), not a document. Open “Statuses on the axis” to read it in.`,
  });
}
