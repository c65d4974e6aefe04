import { endIdleChildren } from '@vonggac/outside';
import { afterAll, describe, expect, test } from 'vitest';
import { both, meant } from './test-lists.ts';

afterAll(endIdleChildren);

describe('sentences with addresses in them', () => {
  test.each([
    [
      'Kính gửi: Sở Y tế, Sở Giáo dục và Đào tạo,\nQua giám sát, chúng tôi phát hiện các địa chỉ 203.0.113.7, 203.0.113.8, 203.0.113.9 kết nối tới máy chủ điều khiển, đề nghị đơn vị rà soát, bóc gỡ.\nTrân trọng./.\n',
      ['203.0.113.7', '203.0.113.8', '203.0.113.9'],
    ],
    [
      'Đề nghị kiểm tra địa chỉ IP, thời gian, cổng sau đây, báo cáo lại trước thứ Sáu.\nMáy 203.0.113.7, lúc 18:22 ngày 20/04/2026, nhiễm mã độc mirai, cần bóc gỡ ngay.\nMáy 203.0.113.8, thuộc phòng Hành chính, đã được xử lý một lần, nay ghi nhận lại lúc 20:00 ngày 21/04/2026.\n',
      ['203.0.113.7', '203.0.113.8'],
    ],
    ['Phát hiện 203.0.113.7, 203.0.113.8 nhiễm mã độc, đề nghị đơn vị kiểm tra và báo cáo.', ['203.0.113.7', '203.0.113.8']],
    [
      'During the last week, the following hosts were seen, all of them with mirai:\n203.0.113.7, seen twice, within one hour,\nand 203.0.113.8, which is behind the same router.\n',
      ['203.0.113.7', '203.0.113.8'],
    ],
    [
      'Các máy sau cần rà soát; đơn vị báo cáo; hạn là thứ Sáu.\nMáy 203.0.113.7 của phòng Hành chính; đã cũ; chưa cài phần mềm diệt vi rút.\n',
      ['203.0.113.7'],
    ],
  ])('%j', async (text, addresses) => {
    const { seen, rows, refused } = await both(text, 'paste.txt');
    expect([seen.kind, rows.map(({ address }) => address), refused]).toEqual(['plain', addresses, []]);
  });

  test('what was meant as an address and is none is refused, not passed over', async () => {
    const { refused, rows } = await both(
      'Kính gửi các đơn vị, đề nghị rà soát:\nMáy 203.0.113.7, 300.1.1.1\nMáy 300.1.1.2\nXin cảm ơn.\n',
      'paste',
    );
    expect([rows.map(({ address }) => address), refused.map(({ code }) => code)]).toEqual([['203.0.113.7'], ['no-address']]);
  });
});

describe('tables that read a little like sentences', () => {
  test.each([
    [
      'Địa chỉ IP, Thời gian, Ghi chú\n203.0.113.7, 20/04/2026 18:22, máy gửi thư rác nhiều lần.\n203.0.113.8, 21/04/2026 18:22, máy này đã được xử lý.\n',
      { address: 'Địa chỉ IP', time: 'Thời gian' },
      ['203.0.113.7', '203.0.113.8'],
    ],
    [
      'Ghi chú, Đơn vị, IP\nmáy gửi thư rác nhiều lần, thuộc phòng tài vụ của sở, 203.0.113.7\nmáy này đã xử lý rồi, nhưng vẫn ghi nhận lại, 203.0.113.8\n',
      { address: 'IP' },
      ['203.0.113.7', '203.0.113.8'],
    ],
    [
      '203.0.113.7, 2026-04-20 18:22, máy gửi thư rác nhiều lần\n203.0.113.8, 2026-04-20 18:23, máy này đã được xử lý\n',
      { address: '1', time: '2' },
      ['203.0.113.7', '203.0.113.8'],
    ],
    [
      'Đơn vị,Tên máy,Nhận xét\nSở Y tế,PC-01,"nhiễm mirai, đề nghị bóc gỡ."\nSở Nội vụ,PC-02,"nhiễm mirai, đã bóc gỡ."\n',
      { unit: 'Đơn vị', machine: 'Tên máy' },
      [null, null],
    ],
    ['ip, note\n203.0.113.7, this host was seen twice.\n', { address: 'ip' }, ['203.0.113.7']],
  ])('%j', async (text, columns, addresses) => {
    const { seen, rows } = await both(text, 'list.csv');
    expect([seen.kind, rows.map(({ address }) => address)]).toEqual(['csv', addresses]);
    expect(meant(seen)).toMatchObject(columns);
  });
});
