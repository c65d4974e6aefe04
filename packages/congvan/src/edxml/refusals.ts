import { type Bilingual, OutsideError } from '@vonggac/outside';

export type EdxmlCode = 'edxml-not' | 'edxml-dialect' | 'edxml-incomplete' | 'edxml-too-big' | 'edxml-status';

const TEXTS: Record<EdxmlCode, Bilingual> = {
  'edxml-not': {
    vi: 'Tệp không phải là gói tin edXML (QCVN 102:2016/BTTTT). Hãy xuất lại từ phần mềm quản lý văn bản.',
    en: 'The file is not an edXML message (QCVN 102:2016/BTTTT). Export it again from the document system.',
  },
  'edxml-dialect': {
    vi: 'Gói tin theo định dạng eDoc cũ (http://www.go.vn/eDoc), chưa được hỗ trợ. Hãy xuất lại theo QCVN 102:2016/BTTTT, hoặc tải lên tệp .docx, .pdf đính kèm.',
    en: 'The message is in the former eDoc dialect (http://www.go.vn/eDoc), which is not taken. Export it by QCVN 102:2016/BTTTT, or upload its .docx or .pdf.',
  },
  'edxml-incomplete': {
    vi: 'Gói tin edXML thiếu phần bắt buộc. Hãy đề nghị nơi gửi gửi lại.',
    en: 'A required part of the edXML message is missing. Ask the sender to send it again.',
  },
  'edxml-too-big': {
    vi: 'Gói tin edXML vượt quá 50 MB. Hãy đề nghị nơi gửi gửi tệp đính kèm riêng.',
    en: 'The edXML message is larger than 50 MB. Ask the sender to send the files separately.',
  },
  'edxml-status': {
    vi: 'Mã trạng thái của gói tin edXML không có trong quy chuẩn. Hãy đề nghị nơi gửi kiểm tra lại.',
    en: 'The status code of the edXML message is not in the standard. Ask the sender to check it.',
  },
};

/** `place` is the element, such as `MessageHeader/From/OrganId`. */
export function refuseEdxml(code: EdxmlCode, place: string): OutsideError {
  return new OutsideError({ code, place, messages: TEXTS[code] });
}
