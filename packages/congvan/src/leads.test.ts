import { expect, test } from 'vitest';
import { readDirective } from './index.ts';

const HEAD = 'SỞ Y TẾ MINH HỌA\nSố: 5/SYT-VP\nV/v thử\nMinh Họa, ngày 05 tháng 5 năm 2026\nKính gửi: Các đơn vị.\n\nSở Y tế yêu cầu:\n\n';
const END = '\n\nTrân trọng./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nNguyễn Văn A\n';

function items(body: string): unknown[] {
  return readDirective(HEAD + body + END).requirements.map(({ path, text, audience }) => [path, text, audience]);
}

test('a paragraph above a list tells whom its items address, and is no part of the item before', () => {
  expect(items('Đối với các bệnh viện:\n\n1. Rà soát máy chủ.\n\nĐối với trung tâm y tế\n\n2. Trực.\n\na) Một.\n\nPhòng Tổ chức cán bộ:\n\n3. Đôn đốc.')).toEqual([
    ['1', 'Rà soát máy chủ.', ['các bệnh viện']],
    ['2', 'Trực.', ['trung tâm y tế']],
    ['2.a', 'Một.', ['trung tâm y tế']],
    ['3', 'Đôn đốc.', ['Phòng Tổ chức cán bộ']],
  ]); // prettier-ignore
});

test('lists that begin again carry their number, within their section', () => {
  expect(items('I. CHUNG\n\nĐối với các bệnh viện:\n\n1. Rà soát.\n\nĐối với các trạm y tế:\n\n1. Trực.\n\nII. RIÊNG\n\n1. Hết.')).toEqual([
    ['I', 'CHUNG', []],
    ['I.1', 'Rà soát.', ['các bệnh viện']],
    ['I.1 (2)', 'Trực.', ['các trạm y tế']],
    ['II', 'RIÊNG', []],
    ['II.1', 'Hết.', []],
  ]); // prettier-ignore
});

test('demands without a number are warnings, one for each paragraph or bullet, with their place', () => {
  const text = HEAD + '- Đổi mật khẩu;\n- Tắt máy.\n\nCông an xã chủ trì kiểm tra.' + END;
  const { requirements, warnings } = readDirective(text);
  expect(requirements).toEqual([]);
  const places = warnings.filter((one) => one.code === 'requirement-without-number').map((one) => text.slice(one.start, one.end));
  expect(places).toEqual(['- Đổi mật khẩu;', '- Tắt máy.', 'Công an xã chủ trì kiểm tra.']);
});
