import { describe, expect, it } from 'vitest';
import { asksToAct, readDirective } from './index.ts';

describe('a purpose of "Nơi nhận"', () => {
  it.each([
    't/h',
    'T/H',
    'thực hiện',
    'để thực hiện',
    'p/h, t/h',
    'ph/h th/h',
    'th/hiện',
    'th',
    'thi hành',
    'triển khai thực hiện',
    'Thực hiện',
  ])('%s asks to act', (purpose) => expect(asksToAct(purpose)).toBe(true));
  it.each(['b/c', 'p/h', 'ph/h', 'phối hợp', 'báo cáo', 'biết', 'theo dõi, chỉ đạo', 'phối hợp thẩm định', 'đưa tin'])(
    '%s does not',
    (purpose) => expect(asksToAct(purpose)).toBe(false),
  );
  it('is no purpose where none stands', () => expect(asksToAct(null)).toBe(false));
  it('reads the same with letters and marks apart', () => expect(asksToAct('để thực hiện'.normalize('NFD'))).toBe(true));
});

it('the purposes of a plan are read from its copies', () => {
  const { copies, recipients } = readDirective(
    'SỞ THỬ NGHIỆM\n\nSố: 12/KH-STN\nThử, ngày 20 tháng 4 năm 2024\n\nKẾ HOẠCH\nBảo đảm an toàn thông tin mạng\n\n1. Rà soát hệ thống thông tin.\n\nNơi nhận:\n- UBND tỉnh (để b/c);\n- Các Sở, ban, ngành (để t/h);\n- UBND các huyện, thành phố (T/h);\n- Lưu: VT.\n\nGIÁM ĐỐC\n',
  );
  expect(recipients).toEqual([]);
  expect(copies.filter(({ purpose }) => asksToAct(purpose)).map(({ text }) => text)).toEqual([
    'Các Sở, ban, ngành',
    'UBND các huyện, thành phố',
  ]);
});
