import { expect, test } from 'vitest';
import { readDirective, secretLine, SecretDocument } from './index.ts';
import { cleanText } from './normalise.ts';
import { sourceLines } from './lines.ts';
import { findSecrecy } from './secrecy.ts';

const HEAD =
  'BỘ CÔNG AN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/BC-A05\nHà Nội, ngày 01 tháng 9 năm 2026\n';
const BODY = '\nKính gửi: Công an tỉnh.\n\nCăn cứ Luật An ninh mạng số 116/2025/QH15, Cục đề nghị:\n1. Rà soát.\n';

function degree(text: string): string | null {
  return findSecrecy(sourceLines(text, cleanText(text)))?.secrecy ?? null;
}

test.each([
  ['MẬT', 'mat'],
  ['  MẬT  ', 'mat'],
  ['[MẬT]', 'mat'],
  ['**TỐI MẬT**', 'toi-mat'],
  ['TUYỆT MẬT', 'tuyet-mat'],
  ['Tối mật', 'toi-mat'],
  ['M Ậ T', 'mat'],
  ['T Ố I   M Ậ T', 'toi-mat'],
  ['M\nẬ\nT', 'mat'],
  ['MẬT MẬT', 'mat'],
  ['MẬT - HỎA TỐC', 'mat'],
  ['KHẨN  TUYỆT MẬT', 'tuyet-mat'],
  ['Độ mật: Tối mật', 'toi-mat'],
  ['ĐỘ MẬT: MẬT', 'mat'],
  ['Mức độ mật: Tuyệt mật', 'tuyet-mat'],
  ['TÀI LIỆU MẬT', 'mat'],
  ['TOI MAT', 'toi-mat'],
  ['MAT', 'mat'],
  ['TèI MËT', 'toi-mat'],
  ['МẬТ', 'mat'],
  ['MẬT'.normalize('NFD'), 'mat'],
  ['M\u200bẬ\u200bT', 'mat'],
  ['Số: 12/BC-A05 MẬT', 'mat'],
  ['TỐI MẬT     Hà Nội, ngày 01 tháng 9 năm 2026', 'toi-mat'],
  ['| MẬT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |', 'mat'],
])('the stamp %j stops the reading', (stamp, wanted) => {
  expect(degree(`${HEAD}${stamp}\n${BODY}`)).toBe(wanted);
  expect(degree(`${stamp}\n${HEAD}${BODY}`)).toBe(wanted);
});

test('a stamp on a later page counts', () => {
  expect(degree(`${HEAD}${BODY}${'2. Rà soát hệ thống.\n'.repeat(60)}\nTUYỆT MẬT\n`)).toBe('tuyet-mat');
});

test.each([
  '1. Bảo mật thông tin, không cung cấp mật khẩu, bí mật nhà nước cho người khác.',
  'Độ mật: Không',
  'Độ mật: Bình thường',
  'BAN CƠ YẾU CHÍNH PHỦ\nCỤC QUẢN LÝ MẬT MÃ DÂN SỰ',
  'V/v tăng cường bảo vệ bí mật nhà nước trên không gian mạng',
  'KẾ HOẠCH\nBẢO VỆ BÍ MẬT NHÀ NƯỚC NĂM 2026',
  'QUY CHẾ BẢO MẬT',
  'Các đơn vị không soạn thảo văn bản mật trên máy tính nối mạng, thực hiện nghiêm quy định về bảo\nmật.',
  '1. Tài liệu có độ mật phải được gửi qua mạng riêng.',
  'HỌC VIỆN KỸ THUẬT MẬT MÃ',
  'MẤT AN TOÀN THÔNG TIN',
])('%j is no stamp', (line) => {
  expect(degree(`${HEAD}${line}\n${BODY}`)).toBeNull();
});

test('a secret document gives an error and a line that hold nothing of its text', () => {
  const text = `TỐI MẬT\n${HEAD}V/v việc rất riêng\n${BODY}`;
  let caught: unknown;
  try {
    readDirective(text);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(SecretDocument);
  const secret = caught as SecretDocument;
  const line = secretLine('a.txt', secret);
  const printed = JSON.stringify([line, secret.message, secret.messages, { ...secret }]);
  for (const word of ['riêng', 'A05', 'Hà Nội', '116/2025', 'Rà soát']) expect(printed).not.toContain(word);
  expect(line).toMatchObject({
    file: 'a.txt',
    secrecy: 'toi-mat',
    kind: null,
    requirements: [],
    warnings: [{ code: 'secret-document', start: 0, end: 7 }],
  });
});
