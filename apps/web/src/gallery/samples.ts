import type { MatrixCell, MatrixColumn, MatrixRow } from '../ui/matrix/index.ts';
import type { Mark, MarkKind } from '../ui/document/index.ts';
import { STATES } from '../ui/state/index.ts';
import type { State } from '../ui/state/index.ts';

/** Always the same figures for the same place, so that pictures can be compared. */
function drawn(seed: number): number {
  return ((seed * 9301 + 49297) % 233280) / 233280;
}

export const matrixColumns: MatrixColumn[] = [
  { id: 'received', label: 'Tiếp nhận', kind: 'paper', width: 92 },
  { id: 'answered', label: 'Đúng hạn', kind: 'paper', width: 84 },
  ...['1.a', '1.b', '1.c', '1.d', '1.e', '2.a', '2.b', '2.c', '2.d', '3'].map((label) => ({
    id: label,
    label,
    hint: `Mục ${label}: tỷ lệ máy trong phạm vi đã thực hiện`,
  })),
];

function cellOf(row: number, column: number): MatrixCell {
  const state = STATES[Math.floor(drawn(row * 31 + column * 7) * STATES.length)] ?? 'no-data';
  const of = 40 + ((row * 13) % 90);
  if (state === 'reported') return { state };
  if (state === 'missed') return { state, value: { kind: 'count', count: 1 + ((row * column) % 17), of, noun: 'địa chỉ chưa xử lý' } };
  const share = state === 'met' ? 1 : 0.8 + drawn(row + column) * 0.19;
  return { state, value: { kind: 'share', count: Math.floor(of * share), of, noun: 'máy đã cập nhật' } };
}

const GROUPS = ['UBND huyện, thành phố', 'Sở, ban, ngành', 'Doanh nghiệp viễn thông, Internet', 'UBND xã, phường'];

export const matrixRows: MatrixRow[] = Array.from({ length: 300 }, (_, at) => {
  const group = GROUPS[Math.min(Math.floor(at / 20), GROUPS.length - 1)] ?? '';
  const cells: Record<string, MatrixCell> = {
    received: { state: 'met', text: at % 7 === 0 ? 'chưa' : `${(at % 9) + 20}/4` },
    answered: { state: 'met', text: `${at % 5}/${5}` },
  };
  matrixColumns.slice(2).forEach(({ id }, column) => (cells[id] = cellOf(at + 1, column + 1)));
  const base = { id: `r${at}`, name: `${group.split(',')[0] ?? ''} mẫu số ${at + 1}`, group, cells };
  return at >= 60 ? { ...base, context: 'huyện mẫu cũ' } : base;
});

export const stateCounts: Partial<Record<State, number>> = { met: 27, 'at-risk': 4, missed: 3, reported: 5, 'no-data': 3 };

export const sampleText = `SỞ THÔNG TIN VÀ TRUYỀN THÔNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: /STTTT-MAU
V/v tăng cường bảo đảm an toàn thông tin mạng dịp nghỉ lễ (văn bản mẫu)
Tỉnh Mẫu, ngày  tháng 4 năm 2024

Kính gửi:
- Các Sở, ban, ngành của tỉnh;
- UBND các huyện, thành phố;
- Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet.

Thực hiện Công văn số 99/UBND-MAU ngày 19/4/2024 của UBND tỉnh về việc bảo đảm an toàn thông tin mạng dịp nghỉ lễ; Sở đề nghị các cơ quan, đơn vị thực hiện một số nội dung sau:

1. Tăng cường bảo đảm an toàn thông tin mạng:
a) Bố trí nhân lực ứng trực, giám sát 24/7 trong đợt cao điểm; bảo đảm có người nghe máy khi được gọi kiểm tra.
b) Kiểm tra, cập nhật bản vá theo cảnh báo, hoàn thành trước ngày 27/4/2024.
c) Rà soát, bóc gỡ mã độc trên máy chủ, máy trạm; ưu tiên các địa chỉ trong danh sách được cảnh báo.
2. Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet:
a) Phân công nhân lực trực, hỗ trợ khắc phục sự cố.
Dòng có ký tự ẩn: abc\u202Edcb\u202C và \u200Bkhoảng trắng không nhìn thấy.

Nơi nhận:
- Như trên;
- UBND tỉnh (để b/c);
- Lưu: VT.

GIÁM ĐỐC
Nguyễn Văn A
`;

const wanted: readonly (readonly [string, MarkKind, string])[] = [
  ['code', 'head', 'Số: /STTTT-MAU'],
  ['subject', 'head', 'tăng cường bảo đảm an toàn thông tin mạng dịp nghỉ lễ (văn bản mẫu)'],
  ['to1', 'recipient', 'Các Sở, ban, ngành của tỉnh'],
  ['to2', 'recipient', 'UBND các huyện, thành phố'],
  ['basis', 'basis', 'Công văn số 99/UBND-MAU ngày 19/4/2024 của UBND tỉnh'],
  ['1.a', 'requirement', 'a) Bố trí nhân lực ứng trực, giám sát 24/7 trong đợt cao điểm; bảo đảm có người nghe máy khi được gọi kiểm tra.'],
  ['1.b', 'requirement', 'b) Kiểm tra, cập nhật bản vá theo cảnh báo, hoàn thành trước ngày 27/4/2024.'],
  ['1.b.due', 'deadline', 'trước ngày 27/4/2024'],
  ['1.c', 'requirement', 'c) Rà soát, bóc gỡ mã độc trên máy chủ, máy trạm; ưu tiên các địa chỉ trong danh sách được cảnh báo.'],
];

export const sampleMarks: Mark[] = wanted.map(([id, kind, words]) => {
  const start = sampleText.indexOf(words);
  return { id, kind, start, end: start + words.length };
});
