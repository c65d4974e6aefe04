import { OutsideError } from '@vonggac/outside';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type EdxmlDocument, type EdxmlStatus, NAMESPACE, STATUS_CODES } from './model.ts';
import { looksLikeEdxml, readEdxml } from './read-edxml.ts';
import { writeEdxmlDocument, writeEdxmlStatus } from './write-edxml.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function codeOf(source: Uint8Array): string {
  try {
    readEdxml(source);
    return 'read';
  } catch (error) {
    return error instanceof OutsideError ? `${error.code} ${error.place ?? ''}` : String(error);
  }
}

const STATUS: EdxmlStatus = {
  from: { id: '000.00.00.H99', name: 'UBND tỉnh mẫu' },
  responseFor: { organisation: 'H99.02', code: '342/UBND-VP6', day: '2026-04-19', documentId: 'H99.02,2026/04/19,342/UBND-VP6' },
  staff: null,
  code: '03',
  description: 'Đã vào sổ & phân công <Phòng CNTT>',
  at: '2026-04-19T11:08:36',
};

const DOCUMENT: EdxmlDocument = {
  from: { id: 'H99.02', name: 'Sở mẫu', inCharge: 'UBND tỉnh mẫu', email: 'so@example.vn' },
  to: [{ id: 'H99.03', name: 'Sở khác' }],
  documentId: 'H99.02,2026/04/24,1122/SM-CNTT',
  number: '1122',
  symbol: 'SM-CNTT',
  place: 'Tỉnh mẫu',
  day: '2026-04-24',
  kind: { code: '18', name: 'Công văn' },
  subject: 'V/v bảo đảm an toàn thông tin dịp nghỉ lễ',
  content: null,
  signer: { authority: 'KT. GIÁM ĐỐC', title: 'PHÓ GIÁM ĐỐC', name: null },
  due: '2026-04-29',
  places: ['Như trên', 'Lưu: VT'],
  priority: 1,
  pages: 2,
  responseFor: [STATUS.responseFor],
  isSteering: true,
  business: { type: 'new', reason: null, concerns: [], staff: null },
  trace: [{ organisation: 'H99.02', at: '2026-04-24T08:00:00' }],
  attachments: [{ name: 'van-ban.txt', contentType: 'text/plain', description: null, bytes: bytes('Số: 1122/SM-CNTT') }],
  signature: null,
};

const HEAD = `<edXML:From><edXML:OrganId>H99.02</edXML:OrganId></edXML:From><edXML:Subject>V/v kiểm tra</edXML:Subject>`;
const wrap = (inside: string, after = '', root = `<edXML xmlns="${NAMESPACE}">`) =>
  `${root}<edXML:edXMLEnvelope xmlns:edXML="${NAMESPACE}"><edXML:edXMLHeader><edXML:MessageHeader>${inside}</edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope>${after}</edXML>`;

function documentOf(source: Uint8Array) {
  const message = readEdxml(source);
  if (message.kind !== 'document') throw new Error('not a document');
  return message;
}

describe('a message that was written', () => {
  test('is read back as it was', () => {
    const { document, warnings } = documentOf(writeEdxmlDocument(DOCUMENT));
    expect(document).toEqual({ ...DOCUMENT, content: DOCUMENT.subject });
    expect(warnings).toEqual([]);
    expect(readEdxml(writeEdxmlStatus(STATUS))).toEqual({ kind: 'status', status: STATUS, warnings: [] });
  });

  test('puts the prefix on every child of the envelope and none on the files', () => {
    const text = new TextDecoder().decode(writeEdxmlDocument(DOCUMENT));
    const [envelope, files] = text.split('</edXML:edXMLEnvelope>');
    expect(envelope?.match(/<(?!\/?edXML[: ]|\?xml)[^>]*>/gu)).toBeNull();
    expect(files).toMatch(/^<AttachmentEncoded><Attachment>/u);
  });

  test('keeps any text that XML can carry, and only that', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom(...STATUS_CODES), (text, code) => {
        const carried = text
          .toWellFormed()
          // What XML 1.0 §2.2 does not allow.
          // eslint-disable-next-line no-control-regex
          .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '')
          .replaceAll(/\r\n?/gu, '\n')
          .normalize('NFC')
          .trim();
        const message = readEdxml(writeEdxmlStatus({ ...STATUS, code, description: text }));
        const expected = carried === '' || /^n\/a$/iu.test(carried) ? null : carried;
        expect(message).toMatchObject({ kind: 'status', status: { code, description: expected } });
      }),
      { numRuns: 300 },
    );
  });
});

describe('what senders really send', () => {
  test('stray bytes in front and forgotten declarations are forgiven and reported', () => {
    const stray = documentOf(bytes(`1212<?xml version="1.0" encoding="UTF-8"?>${wrap(HEAD)}`));
    expect(stray.warnings.map(({ code }) => code)).toEqual(['repaired']);
    const after = `<edXML:AttachmentEncoded><edXML:Attachment><edXML:ContentId>cid:1</edXML:ContentId><edXML:AttachmentName>a.txt</edXML:AttachmentName><edXML:ContentTransferEncoded>YWJj\nZA==</edXML:ContentTransferEncoded></edXML:Attachment></edXML:AttachmentEncoded>`;
    const unbound = documentOf(bytes(wrap(HEAD, after)));
    expect(unbound.warnings.map(({ code }) => code)).toEqual(['repaired']);
    expect(new TextDecoder().decode(unbound.document.attachments[0]?.bytes)).toBe('abcd');
  });

  test('any prefix, any order, a byte order mark', () => {
    const source = `\uFEFF<x:edXML xmlns:x="${NAMESPACE}"><x:edXMLEnvelope><x:edXMLHeader><x:MessageHeader><x:Subject>S</x:Subject><x:DocumentId>7</x:DocumentId><x:From><x:OrganName>Sở mẫu</x:OrganName></x:From></x:MessageHeader></x:edXMLHeader></x:edXMLEnvelope></x:edXML>`;
    expect(documentOf(bytes(source))).toMatchObject({
      document: { subject: 'S', documentId: '7', from: { name: 'Sở mẫu' } },
      warnings: [],
    });
  });

  test('an empty ResponseFor answers nothing, N/A is nothing, an impossible date is a warning', () => {
    const inside = `${HEAD}<edXML:ResponseFor><edXML:Code></edXML:Code></edXML:ResponseFor><edXML:PromulgationInfo><edXML:Place>N/A</edXML:Place><edXML:PromulgationDate>2026/02/30</edXML:PromulgationDate></edXML:PromulgationInfo>`;
    const { document, warnings } = documentOf(bytes(wrap(inside)));
    expect(document).toMatchObject({ responseFor: [], place: null, day: null });
    expect(warnings).toMatchObject([{ code: 'date', place: 'PromulgationDate' }]);
  });

  test('a zip made for the way is unpacked, an office document is not; what is named and missing is a warning', () => {
    const attachment = (name: string, content: Uint8Array) => ({ name, contentType: 'application/zip', description: null, bytes: content });
    const packed = zipSync({ 'x/9f.pdf': strToU8('%PDF-1.7') });
    const office = zipSync({ '[Content_Types].xml': strToU8('<a/>') });
    const written = writeEdxmlDocument({ ...DOCUMENT, attachments: [attachment('a.pdf', packed), attachment('b.docx', office)] });
    const [first, second] = documentOf(written).document.attachments;
    expect([first?.name, Buffer.from(first?.bytes ?? []).toString(), second?.name]).toEqual(['a.pdf', '%PDF-1.7', 'b.docx']);
    expect(second?.bytes).toEqual(new Uint8Array(office));
    const lost = bytes(new TextDecoder().decode(written).replace(/<AttachmentEncoded>.*<\/AttachmentEncoded>/su, ''));
    expect(documentOf(lost).warnings.map(({ code }) => code)).toEqual(['attachment-missing', 'attachment-missing']);
  });
});

describe('what is refused, with its place', () => {
  test.each([
    ['edxml-dialect EdXMLEnvelope', '<EdXMLEnvelope xmlns="http://www.go.vn/eDoc"><a/></EdXMLEnvelope>'],
    ['edxml-not html', '<html><body/></html>'],
    ['edxml-incomplete edXMLHeader/MessageHeader', `<edXML xmlns="${NAMESPACE}"><edXMLEnvelope/></edXML>`],
    ['edxml-incomplete MessageHeader/From', wrap('<edXML:Subject>S</edXML:Subject>')],
    ['edxml-incomplete MessageHeader/ResponseFor', wrap(`${HEAD}<edXML:StatusCode>03</edXML:StatusCode>`)],
    ['edxml-status MessageHeader/StatusCode', wrap(`${HEAD}<edXML:StatusCode>99</edXML:StatusCode>`)],
    ['xml-broken edXML', wrap(HEAD).slice(0, -20)],
    ['xml-entities edXML', `<!DOCTYPE edXML [<!ENTITY a "b">]>${wrap(HEAD)}`],
    ['xml-too-deep edXML', '<edXML>'.repeat(200)],
  ])('%s', (expected, source) => {
    expect(codeOf(bytes(source))).toBe(expected);
  });

  test('bytes that are no text, and 51 MB', () => {
    expect(codeOf(new Uint8Array([0x80, 0x81]))).toBe('edxml-not XML');
    expect(codeOf(new Uint8Array(51 * 2 ** 20))).toBe('edxml-too-big XML');
  });

  test('no mutation of a message does anything but read or be refused', () => {
    const whole = writeEdxmlDocument(DOCUMENT);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }), (changes) => {
        const changed = whole.slice();
        for (const [at, value] of changes) changed[at] = value;
        expect(codeOf(changed)).toMatch(/^(?:read$|edxml-|xml-)/u);
      }),
      { numRuns: 500 },
    );
  });
});

test('tells an edXML message from other files by its start', () => {
  expect(looksLikeEdxml(writeEdxmlStatus(STATUS))).toBe(true);
  expect(looksLikeEdxml(bytes('1212<?xml version="1.0"?>\r\n<edXML xmlns="x">'))).toBe(true);
  expect(looksLikeEdxml(bytes('<html>edXML</html>'))).toBe(false);
});
