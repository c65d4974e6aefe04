import type { XmlElement } from '@vonggac/outside';
import { attachmentsOf, manifestOf } from './attachments.ts';
import { child, textAt, timeFrom } from './elements.ts';
import { type EdxmlMessage, type EdxmlStatus, type EdxmlWarning, STATUS_CODES } from './model.ts';
import { parseEdxml } from './parse.ts';
import { documentFrom, organisationFrom, referenceFrom, staffFrom } from './read-header.ts';
import { refuseEdxml } from './refusals.ts';

const REPAIRED: EdxmlWarning = {
  code: 'repaired',
  place: 'edXML',
  messages: {
    vi: 'Gói tin không đúng cú pháp XML; đã bổ sung khai báo còn thiếu để đọc được. Bản gốc được giữ nguyên.',
    en: 'The message was not well-formed XML; missing declarations were added to read it. The original is kept as it came.',
  },
};

function envelopeOf(root: XmlElement): XmlElement {
  const envelope = root.name === 'edXMLEnvelope' ? root : child(root, 'edXMLEnvelope');
  if (envelope !== null) return envelope;
  const isFormer = /EdXMLEnvelope/u.test(root.name) || root.space.includes('go.vn/eDoc') || child(root, 'EdXMLEnvelope') !== null;
  throw isFormer ? refuseEdxml('edxml-dialect', root.name) : refuseEdxml('edxml-not', root.name);
}

/** @throws OutsideError `edxml-status`, `edxml-incomplete` */
function statusFrom(message: XmlElement, code: string): EdxmlStatus {
  const known = STATUS_CODES.find((one) => one === code.padStart(2, '0'));
  if (known === undefined) throw refuseEdxml('edxml-status', 'MessageHeader/StatusCode');
  const answered = child(message, 'ResponseFor');
  const responseFor = answered === null ? null : referenceFrom(answered);
  if (responseFor === null) throw refuseEdxml('edxml-incomplete', 'MessageHeader/ResponseFor');
  return {
    from: organisationFrom(child(message, 'From'), 'MessageHeader/From'),
    responseFor,
    staff: staffFrom(child(message, 'StaffInfo')),
    code: known,
    description: textAt(message, 'Description'),
    at: timeFrom(textAt(message, 'Timestamp')),
  };
}

/**
 * Reads an edXML message (QCVN 102:2016/BTTTT): a document with its files, or a status message. Prefixes and the order of
 * elements do not matter; a byte order mark, stray bytes in front and two forgotten declarations are forgiven and reported.
 * Meant for the child process: the bytes come from outside.
 *
 * @throws OutsideError `edxml-…` with the element as place, `xml-…`
 */
export function readEdxml(bytes: Uint8Array): EdxmlMessage {
  return messageIn(parseEdxml(bytes));
}

/** The message in a tree that was parsed. @throws OutsideError `edxml-…` */
export function messageIn({ root, repaired }: { root: XmlElement; repaired: boolean }): EdxmlMessage {
  const envelope = envelopeOf(root);
  const header = child(envelope, 'edXMLHeader');
  const message = child(header, 'MessageHeader');
  if (header === null || message === null) throw refuseEdxml('edxml-incomplete', 'edXMLHeader/MessageHeader');
  const warnings: EdxmlWarning[] = repaired ? [REPAIRED] : [];
  const code = textAt(message, 'StatusCode');
  if (code !== null) return { kind: 'status', status: statusFrom(message, code), warnings };
  const document = documentFrom(header, (warning) => warnings.push(warning));
  const { attachments, warnings: doubts } = attachmentsOf(root, manifestOf(envelope));
  return { kind: 'document', document: { ...document, attachments }, warnings: [...warnings, ...doubts] };
}

/** Whether the bytes look like an edXML message, without parsing them. */
export function looksLikeEdxml(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096)).toString('utf8').replaceAll('\u0000', '');
  return /<(?:[A-Za-z]+:)?ed[Xx]ML(?:Envelope)?[\s>]/u.test(start);
}
