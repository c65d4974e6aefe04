import { expect, test } from 'vitest';
import { addressedBy, splitUnits } from './audience.ts';

test.each([
  ['Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet:', ['Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet']],
  ['Bộ Y tế, Bộ Giáo dục và Đào tạo, Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương thực hiện nghiêm.', ['Bộ Y tế', 'Bộ Giáo dục và Đào tạo', 'Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương']],
  ['Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ và các đơn vị liên quan tham mưu.', ['Sở Tài chính']],
  ['Đề nghị Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh phối hợp thực hiện.', ['Công an tỉnh', 'Bộ Chỉ huy Quân sự tỉnh']],
  ['Giám đốc, Thủ trưởng các Sở, ban, ngành; Chủ tịch UBND các xã, phường chịu trách nhiệm thi hành.', ['Giám đốc, Thủ trưởng các Sở, ban, ngành', 'Chủ tịch UBND các xã, phường']],
  ['Đối với các Sở, ban, ngành, UBND các huyện, thành phố:', ['các Sở, ban, ngành', 'UBND các huyện, thành phố']],
  ['Trách nhiệm của Công an tỉnh', ['Công an tỉnh']],
  ['Phòng Công nghệ thông tin', ['Phòng Công nghệ thông tin']],
  ['Diễn tập thực chiến\n- Đơn vị chủ trì: Công an tỉnh.\n- Đơn vị phối hợp: các sở, ngành.', ['Công an tỉnh']],
  ['Về hạ tầng\n- Thành phố khẩn trương rà soát.\n- Giao Bộ Công Thương nghiên cứu.', ['Thành phố', 'Bộ Công Thương']],
  ['Bệnh viện Bạch Mai được ký hợp đồng với cơ quan bảo hiểm.', []],
  ['Tăng cường triển khai hoạt động bảo đảm an toàn thông tin mạng:', []],
  ['Tổ chức tuyên truyền, nâng cao nhận thức cho cán bộ.', []],
  ['Bảo đảm đúng quan điểm chỉ đạo.', []],
  ['Báo cáo UBND tỉnh định kỳ.', []],
  ['Đối tượng áp dụng', []],
  ['UBND các xã, phường ngắt kết nối các máy chủ bị nhiễm, báo cáo Sở.', ['UBND các xã, phường']],
  ['Sở Y tế sao lưu dữ liệu, tổ chức diễn tập.', ['Sở Y tế']],
  ['Công an tỉnh tách máy bị nhiễm khỏi mạng.', ['Công an tỉnh']],
  ['Công an tỉnh được giao chủ trì rà soát.', ['Công an tỉnh']],
  ['Các Sở, ban, ngành trước ngày 15/9/2026 báo cáo kết quả.', ['Các Sở, ban, ngành']],
  ['UBND các xã, phường trong vòng 24 giờ kể từ khi nhận được cảnh báo phải xử lý.', ['UBND các xã, phường']],
  ['Văn phòng HĐND và UBND phường: Chủ trì tham mưu.', ['Văn phòng HĐND và UBND phường']],
  ['Cục Tần số vô tuyến điện, Cục Viễn thông đo kiểm.', ['Cục Tần số vô tuyến điện', 'Cục Viễn thông']],
  ['CÁC SỞ, BAN, NGÀNH, UBND CÁC XÃ, PHƯỜNG', ['CÁC SỞ, BAN, NGÀNH', 'UBND CÁC XÃ, PHƯỜNG']],
  ['- Tổ chức xây dựng các phương án ứng cứu.', []],
  ['- Xã hội hóa công tác đào tạo.', []],
  ['Lãnh đạo, chỉ đạo cán bộ chấp hành nghiêm.', []],
  ['Người đứng đầu chịu trách nhiệm trực tiếp.', []],
  ['Trong trường hợp cần hỗ trợ đề nghị liên hệ với Cục An toàn thông tin.', []],
])('%j addresses %j', (text, audience) => {
  expect(addressedBy(text).audience).toEqual(audience);
}); // prettier-ignore

test('those who support are told apart', () => {
  expect(addressedBy('Sở A chủ trì, phối hợp với Sở Nội vụ, UBND các xã, phường rà soát.').support).toEqual([
    'Sở Nội vụ',
    'UBND các xã, phường',
  ]);
});

test('a name with commas stays whole', () => {
  expect(splitUnits('Bộ Văn hóa, Thể thao và Du lịch, Bộ Công an')).toEqual(['Bộ Văn hóa, Thể thao và Du lịch', 'Bộ Công an']);
  expect(splitUnits('Cục An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao')).toHaveLength(1);
});
