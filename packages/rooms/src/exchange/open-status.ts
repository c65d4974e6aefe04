import { type EdxmlStatus, openEdxml } from '@vonggac/congvan/edxml';
import { SecretDocument } from '@vonggac/congvan';
import { UnreadableFile } from '@vonggac/congvan/extract';
import { invalid } from '@vonggac/kernel';

/**
 * The status in a file, read in the child process; nothing of it is written anywhere.
 * @throws DomainError `exchange.secret`, `exchange.not_status`, `file.…`
 */
export async function openStatus(bytes: Uint8Array, name: string): Promise<EdxmlStatus> {
  const message = await openEdxml(bytes, name).catch((error: unknown) => {
    if (error instanceof SecretDocument)
      throw invalid('exchange.secret', 'file', {
        vi: `${error.messages.vi} Không có nội dung nào được lưu lại.`,
        en: `${error.messages.en} Nothing of it was kept.`,
      });
    if (error instanceof UnreadableFile) throw invalid(`file.${error.code.replaceAll('-', '_')}`, error.place, error.messages);
    throw error;
  });
  if (message.kind === 'status') return message.status;
  throw invalid('exchange.not_status', 'edXMLHeader/MessageHeader/StatusCode', {
    vi: 'Gói tin là văn bản, không phải thông điệp trạng thái. Đọc văn bản ở “Văn bản chỉ đạo” → “Đọc văn bản mới”.',
    en: 'The message is a document, not a status. Read it under “Directives” → “Read a new document”.',
  });
}
