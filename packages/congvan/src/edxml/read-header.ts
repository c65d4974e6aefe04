import type { XmlElement } from '@vonggac/outside';
import { child, children, dayFrom, textAt, textOf, timeFrom } from './elements.ts';
import {
  BUSINESS,
  type EdxmlDocument,
  type EdxmlOrganisation,
  type EdxmlReference,
  type EdxmlSignature,
  type EdxmlStaff,
  type EdxmlWarning,
} from './model.ts';
import { refuseEdxml } from './refusals.ts';

type Doubt = (warning: EdxmlWarning) => void;

/** @throws OutsideError `edxml-incomplete` where neither id nor name is there */
export function organisationFrom(element: XmlElement | null, place: string): EdxmlOrganisation {
  const id = textAt(element, 'OrganId');
  const name = textAt(element, 'OrganName') ?? textAt(element, 'OrganizationInCharge');
  if (id === null && name === null) throw refuseEdxml('edxml-incomplete', place);
  const field = (tag: string) => textAt(element, tag) ?? undefined;
  return {
    id: id ?? '',
    name: name ?? id ?? '',
    inCharge: field('OrganizationInCharge'),
    address: field('OrganAdd'),
    email: field('Email'),
    telephone: field('Telephone'),
    fax: field('Fax'),
    website: field('Website'),
  };
}

/** null where the element is there but empty, as in some samples of the official kit. */
export function referenceFrom(element: XmlElement): EdxmlReference | null {
  const reference = {
    organisation: textAt(element, 'OrganId'),
    code: textAt(element, 'Code'),
    day: dayFrom(textAt(element, 'PromulgationDate')),
    documentId: textAt(element, 'DocumentId'),
  };
  return reference.code === null && reference.documentId === null ? null : reference;
}

export function staffFrom(element: XmlElement | null): EdxmlStaff | null {
  if (element === null) return null;
  const staff = {
    department: textAt(element, 'Department'),
    name: textAt(element, 'Staff'),
    email: textAt(element, 'Email'),
    mobile: textAt(element, 'Mobile'),
  };
  return Object.values(staff).every((one) => one === null) ? null : staff;
}

/** Signature may lack its namespace; DigitalSignature may be empty. */
export function signatureFrom(header: XmlElement, doubt: Doubt): EdxmlSignature | null {
  const element = child(header, 'Signature') ?? child(child(header, 'DigitalSignature'), 'Signature');
  if (element === null) return null;
  const method = child(child(element, 'SignedInfo'), 'SignatureMethod')?.attributes.get('Algorithm') ?? null;
  const legacy = /sha1$/iu.test(method ?? '');
  doubt({
    code: legacy ? 'signature-legacy' : 'signature-unverified',
    place: 'Signature',
    messages: legacy
      ? {
          vi: 'Chữ ký số của gói tin dùng SHA-1 (không còn an toàn) và chưa được kiểm tra.',
          en: 'The signature of the message uses SHA-1 (no longer safe) and was not verified.',
        }
      : { vi: 'Chữ ký số của gói tin chưa được kiểm tra.', en: 'The signature of the message was not verified.' },
  });
  const subject = textAt(child(child(element, 'KeyInfo'), 'X509Data'), 'X509SubjectName');
  return { algorithm: method, subject, legacy };
}

function dateOf(element: XmlElement | null, name: string, doubt: Doubt): string | null {
  const text = textAt(element, name);
  const day = dayFrom(text);
  if (text !== null && day === null)
    doubt({ code: 'date', place: name, messages: { vi: `Không đọc được ngày ở ${name}.`, en: `The date in ${name} could not be read.` } });
  return day;
}

function businessFrom(list: XmlElement | null, doubt: Doubt): EdxmlDocument['business'] {
  const element = child(list, 'Bussiness') ?? child(list, 'Business');
  const text = textAt(element, 'BussinessDocType') ?? '0';
  const type = BUSINESS[Number(text)];
  if (type === undefined)
    doubt({
      code: 'business',
      place: 'BussinessDocType',
      messages: {
        vi: 'Loại nghiệp vụ không có trong quy chuẩn; coi như văn bản mới.',
        en: 'The kind of business is not in the standard; taken as a new document.',
      },
    });
  const replaced = children(child(element, 'ReplacementInfoList'), 'ReplacementInfo').map((one) => textAt(one, 'DocumentId'));
  const concerns = [textAt(element, 'DocumentId'), ...replaced].filter((one) => one !== null);
  return {
    type: type ?? 'new',
    reason: textAt(element, 'BussinessDocReason'),
    concerns: [...new Set(concerns)],
    staff: staffFrom(child(element, 'StaffInfo')),
  };
}

const numberFrom = (text: string | null): number | null => (text !== null && /^\d{1,6}$/u.test(text) ? Number(text) : null);

/** The metadata of a document. Elements stand in any order. @throws OutsideError `edxml-incomplete` */
export function documentFrom(header: XmlElement, doubt: Doubt): Omit<EdxmlDocument, 'attachments'> {
  const message = child(header, 'MessageHeader');
  const subject = textAt(message, 'Subject') ?? textAt(message, 'Content');
  if (subject === null) throw refuseEdxml('edxml-incomplete', 'MessageHeader/Subject');
  const [code, promulgation, kind, signer, other] = ['Code', 'PromulgationInfo', 'DocumentType', 'SignerInfo', 'OtherInfo'].map((name) =>
    child(message, name),
  );
  const list = child(header, 'TraceHeaderList');
  const from = organisationFrom(child(message, 'From'), 'MessageHeader/From');
  const day = dateOf(promulgation ?? null, 'PromulgationDate', doubt);
  const number = textAt(code ?? null, 'CodeNumber');
  const symbol = textAt(code ?? null, 'CodeNotation');
  return {
    from,
    to: children(message, 'To').map((one) => organisationFrom(one, 'MessageHeader/To')),
    documentId: textAt(message, 'DocumentId') ?? [from.id, day?.replaceAll('-', '/') ?? '', `${number ?? ''}/${symbol ?? ''}`].join(','),
    number,
    symbol,
    place: textAt(promulgation ?? null, 'Place'),
    day,
    kind: { code: textAt(kind ?? null, 'Type'), name: textAt(kind ?? null, 'TypeName') },
    subject,
    content: textAt(message, 'Content'),
    signer: {
      authority: textAt(signer ?? null, 'Competence'),
      title: textAt(signer ?? null, 'Position'),
      name: textAt(signer ?? null, 'FullName'),
    },
    due: dateOf(message, 'DueDate', doubt),
    places: children(child(message, 'ToPlaces'), 'Place')
      .map(textOf)
      .filter((one) => one !== null),
    priority: numberFrom(textAt(other ?? null, 'Priority')),
    pages: numberFrom(textAt(other ?? null, 'PageAmount')),
    responseFor: children(message, 'ResponseFor')
      .map(referenceFrom)
      .filter((one) => one !== null),
    isSteering: textAt(message, 'SteeringType') === '1',
    business: businessFrom(list, doubt),
    trace: children(list, 'TraceHeader').map((one) => ({
      organisation: textAt(one, 'OrganId') ?? '',
      at: timeFrom(textAt(one, 'Timestamp')),
    })),
    signature: signatureFrom(header, doubt),
  };
}
