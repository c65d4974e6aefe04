import { openZip, type XmlElement } from '@vonggac/outside';
import { child, children, textAt } from './elements.ts';
import type { EdxmlAttachment, EdxmlWarning } from './model.ts';

const ZIP_LIMITS = { entries: 100, totalBytes: 128 * 2 ** 20, entryBytes: 64 * 2 ** 20, ratio: 250, nesting: 0 };

/** Content ids are written with and without `cid:`. */
const bare = (id: string | null): string => (id ?? '').replace(/^cid:/iu, '');

function warning(code: 'attachment-missing' | 'attachment-broken', name: string): EdxmlWarning {
  const messages =
    code === 'attachment-missing'
      ? { vi: `Gói tin nêu tệp “${name}” nhưng không kèm theo.`, en: `The message names the file “${name}” but does not carry it.` }
      : {
          vi: `Tệp đính kèm “${name}” bị hỏng nên không lấy ra được.`,
          en: `The attached file “${name}” is damaged and was not taken out.`,
        };
  return { code, place: 'AttachmentEncoded/Attachment', messages };
}

/** RFC 4648 §4 with line breaks; null for what is not base64. */
function decode(text: string | null): Uint8Array | null {
  const packed = (text ?? '').replaceAll(/\s+/gu, '');
  if (packed === '' || packed.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/u.test(packed)) return null;
  return new Uint8Array(Buffer.from(packed, 'base64'));
}

/** A file may be packed into a zip on the way; an office document is a zip of its own and stays as it is. */
function unpacked(one: EdxmlAttachment): EdxmlAttachment[] {
  if (Buffer.from(one.bytes.subarray(0, 4)).toString('latin1') !== 'PK\u0003\u0004') return [one];
  const zip = openZip(one.bytes, ZIP_LIMITS);
  const isDocument = zip.has('[Content_Types].xml') || zip.has('mimetype');
  if (isDocument || /\.zip$/iu.test(one.name)) return [one];
  const files = zip.entries.filter(({ name }) => !name.endsWith('/'));
  // A single file goes by the name that the sender gave it; inside the archive it is often a generated one.
  const nameOf = (name: string) => (files.length === 1 ? one.name : (name.split('/').at(-1) ?? name));
  return files.map(({ name }) => ({ ...one, name: nameOf(name), contentType: 'application/octet-stream', bytes: zip.read(name) }));
}

/** The files of a message, with a warning for each that is named and not there, or damaged. */
export function attachmentsOf(root: XmlElement, manifest: XmlElement | null): { attachments: EdxmlAttachment[]; warnings: EdxmlWarning[] } {
  const warnings: EdxmlWarning[] = [];
  const attachments: EdxmlAttachment[] = [];
  const carried = children(root, 'AttachmentEncoded').flatMap((one) => children(one, 'Attachment'));
  const seen = new Set<string>();
  for (const element of carried) {
    const name = textAt(element, 'AttachmentName') ?? textAt(element, 'Description') ?? 'tep-dinh-kem';
    seen.add(bare(textAt(element, 'ContentId')));
    const bytes = decode(textAt(element, 'ContentTransferEncoded'));
    if (bytes === null) {
      warnings.push(warning('attachment-broken', name));
      continue;
    }
    const one = {
      name,
      contentType: textAt(element, 'ContentType') ?? 'application/octet-stream',
      description: textAt(element, 'Description'),
      bytes,
    };
    try {
      attachments.push(...unpacked(one));
    } catch {
      warnings.push(warning('attachment-broken', name));
    }
  }
  for (const reference of children(manifest, 'Reference')) {
    const id = bare(textAt(reference, 'ContentId') ?? reference.attributes.get('href') ?? null);
    if (!seen.has(id)) warnings.push(warning('attachment-missing', textAt(reference, 'AttachmentName') ?? id));
  }
  return { attachments, warnings };
}

/** The manifest of the body, wherever the sender put it. */
export function manifestOf(envelope: XmlElement | null): XmlElement | null {
  return child(child(envelope, 'edXMLBody'), 'edXMLManifest');
}
