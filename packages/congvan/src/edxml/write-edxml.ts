import {
  type EdxmlAttachment,
  BUSINESS,
  type EdxmlDocument,
  type EdxmlOrganisation,
  type EdxmlReference,
  type EdxmlStaff,
  type EdxmlStatus,
  NAMESPACE,
} from './model.ts';

/** An element: a name with text, with elements below, or nothing where the value is null. */
type Node = readonly [
  name: string,
  content: string | number | null | undefined | readonly Node[],
  attributes?: Readonly<Record<string, string>>,
];

const FORBIDDEN = new RegExp('[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]', 'gu');

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function written([name, content, attributes = {}]: Node, prefix: string): string {
  if (content === null || content === undefined) return '';
  const inside = typeof content === 'object' ? content.map((one) => written(one, prefix)).join('') : escaped(String(content));
  const more = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${prefix}${name}${more.join('')}>${inside}</${prefix}${name}>`;
}

const slashed = (day: string | null): string | null => day?.replaceAll('-', '/') ?? null;
const stamp = (time: string | null): string | null => time?.replaceAll('-', '/').replace('T', ' ').slice(0, 19) ?? null;

function organisation(name: 'From' | 'To', one: EdxmlOrganisation): Node {
  return [
    name,
    [
      ['OrganId', one.id],
      ['OrganizationInCharge', one.inCharge],
      ['OrganName', one.name],
      ['OrganAdd', one.address],
      ['Email', one.email],
      ['Telephone', one.telephone],
      ['Fax', one.fax],
      ['Website', one.website],
    ],
  ];
}

function reference(one: EdxmlReference): Node {
  return [
    'ResponseFor',
    [
      ['OrganId', one.organisation],
      ['Code', one.code],
      ['PromulgationDate', slashed(one.day)],
      ['DocumentId', one.documentId],
    ],
  ];
}

function staff(one: EdxmlStaff | null): Node {
  return [
    'StaffInfo',
    one && [
      ['Department', one.department],
      ['Staff', one.name],
      ['Mobile', one.mobile],
      ['Email', one.email],
    ],
  ];
}

function messageHeader(document: EdxmlDocument): Node {
  const { kind, signer } = document;
  return [
    'MessageHeader',
    [
      organisation('From', document.from),
      ...document.to.map((one) => organisation('To', one)),
      [
        'Code',
        [
          ['CodeNumber', document.number],
          ['CodeNotation', document.symbol],
        ],
      ],
      [
        'PromulgationInfo',
        [
          ['Place', document.place],
          ['PromulgationDate', slashed(document.day)],
        ],
      ],
      [
        'DocumentType',
        [
          ['Type', kind.code],
          ['TypeDetail', 0],
          ['TypeName', kind.name],
        ],
      ],
      ['Subject', document.subject],
      ['Content', document.content ?? document.subject],
      [
        'SignerInfo',
        [
          ['Competence', signer.authority],
          ['Position', signer.title],
          ['FullName', signer.name],
        ],
      ],
      ['DueDate', slashed(document.due)],
      ['ToPlaces', document.places.length === 0 ? null : document.places.map((place): Node => ['Place', place])],
      [
        'OtherInfo',
        [
          ['Priority', document.priority ?? 0],
          ['PromulgationAmount', 1],
          ['PageAmount', document.pages],
        ],
      ],
      ...document.responseFor.map(reference),
      ['SteeringType', document.isSteering ? 1 : 0],
      ['DocumentId', document.documentId],
    ],
  ];
}

function traceList({ trace, business }: EdxmlDocument): Node {
  const attributes = { version: '1.0', mustUnderstand: '1', actor: 'http://schemas.xmlsoap.org/soap/actor/next' };
  const replaced = business.concerns.map((id): Node => ['ReplacementInfo', [['DocumentId', id]]]);
  return [
    'TraceHeaderList',
    [
      ...trace.map((one): Node => [
        'TraceHeader',
        [
          ['OrganId', one.organisation],
          ['Timestamp', stamp(one.at)],
        ],
      ]),
      [
        'Bussiness',
        [
          ['BussinessDocType', BUSINESS.indexOf(business.type)],
          ['BussinessDocReason', business.reason],
          ['Paper', 0],
          ['ReplacementInfoList', replaced.length === 0 ? null : replaced],
          staff(business.staff),
        ],
      ],
    ],
    attributes,
  ];
}

const contentId = (at: number): string => `tep-${at + 1}`;

function manifest(attachments: readonly EdxmlAttachment[]): Node {
  const references = attachments.map((one, at): Node => [
    'Reference',
    [
      ['ContentId', `cid:${contentId(at)}`],
      ['ContentType', one.contentType],
      ['Description', one.description],
      ['AttachmentName', one.name],
    ],
    { 'xmlns:xlink': 'http://www.w3.org/1999/xlink', 'xlink:href': `cid:${contentId(at)}` },
  ]);
  return ['edXMLBody', [['edXMLManifest', references, { version: '1.0' }]]];
}

function encoded(attachments: readonly EdxmlAttachment[]): string {
  if (attachments.length === 0) return '';
  const files = attachments.map((one, at): Node => [
    'Attachment',
    [
      ['ContentId', `cid:${contentId(at)}`],
      ['AttachmentName', one.name],
      ['Description', one.description],
      ['ContentType', one.contentType],
      ['ContentTransferEncoded', Buffer.from(one.bytes).toString('base64')],
    ],
  ]);
  return written(['AttachmentEncoded', files], '');
}

/** Children carry the `edXML:` prefix: some receivers take nothing else. */
function message(header: Node, body: Node | null, after: string): Uint8Array {
  const inside = written(header, 'edXML:') + (body === null ? '' : written(body, 'edXML:'));
  const envelope = `<edXML:edXMLEnvelope xmlns:edXML="${NAMESPACE}">${inside}</edXML:edXMLEnvelope>`;
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="${NAMESPACE}">${envelope}${after}</edXML>\n`);
}

/** A document as an edXML message (QCVN 102:2016/BTTTT), unsigned. Dates are ISO, times local; files go along as base64. */
export function writeEdxmlDocument(document: EdxmlDocument): Uint8Array {
  const header: Node = ['edXMLHeader', [messageHeader(document), traceList(document)]];
  return message(header, manifest(document.attachments), encoded(document.attachments));
}

/** A status message (QCVN 102:2016/BTTTT). */
export function writeEdxmlStatus(status: EdxmlStatus): Uint8Array {
  const header: Node = [
    'edXMLHeader',
    [
      [
        'MessageHeader',
        [
          organisation('From', status.from),
          reference(status.responseFor),
          staff(status.staff),
          ['StatusCode', status.code],
          ['Description', status.description],
          ['Timestamp', stamp(status.at)],
        ],
      ],
    ],
  ];
  return message(header, null, '');
}
