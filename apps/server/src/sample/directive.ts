/** An invented holiday directive with the structure of a real one: groups, a chain of bases, items 1.a … 2.d, contacts, a list. */
export const SAMPLE_DIRECTIVE = `UBND TỈNH MẪU
SỞ THÔNG TIN VÀ TRUYỀN THÔNG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 415/STTTT-ATTT
V/v bảo đảm an toàn thông tin mạng
dịp nghỉ Lễ 30/4 và 01/5 năm 2024

Mẫu, ngày 22 tháng 4 năm 2024

Kính gửi:

- Các Sở, ban, ngành của tỉnh;
- UBND các huyện, thành phố;
- Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet.

Thực hiện Công văn số 298/UBND-VP5 ngày 18/4/2024 của UBND tỉnh về việc tăng cường bảo đảm an toàn thông tin mạng dịp nghỉ lễ; Sở Thông tin và Truyền thông đề nghị các cơ quan, đơn vị, doanh nghiệp thực hiện các nội dung sau:

1. Đối với các Sở, ban, ngành; UBND các huyện, thành phố:

a) Phân công cán bộ ứng trực 24/7 trong thời gian nghỉ lễ; rà soát, cập nhật đầu mối liên hệ và số điện thoại trực, gửi về Sở Thông tin và Truyền thông trước ngày 26/4/2024.

b) Cập nhật đầy đủ bản vá cho máy chủ, máy trạm và thiết bị mạng theo các cảnh báo đã gửi.

c) Rà soát, bóc gỡ phần mềm độc hại trên toàn bộ máy chủ, máy trạm; ưu tiên các máy có địa chỉ IP trong danh sách mạng botnet được cảnh báo hàng tháng hoặc đột xuất.

d) Sẵn sàng phương án ứng cứu, khôi phục hệ thống khi xảy ra sự cố.

đ) Tuyên truyền cho cán bộ, công chức về cảnh giác với tin giả, thông tin lừa đảo trên không gian mạng.

2. Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet:

a) Bố trí nhân lực trực 24/7, bảo đảm hạ tầng thông suốt; thông báo số điện thoại đường dây nóng trước 17h00 ngày 25/4/2024.

b) Phát hiện sớm, ngăn chặn kịp thời hoạt động tấn công mạng, phát tán thông tin vi phạm pháp luật trên hạ tầng mạng.

c) Xử lý các phản ánh về tin nhắn rác, cuộc gọi rác, tin nhắn lừa đảo.

d) Thực hiện nghiêm các yêu cầu ngăn chặn của cơ quan có thẩm quyền.

3. Kết quả thực hiện gửi về Sở Thông tin và Truyền thông trước ngày 03/5/2024 để tổng hợp, báo cáo UBND tỉnh.

Đầu mối tiếp nhận: Phòng An toàn thông tin, điện thoại 024.0000.0100, thư điện tử: attt@mau.example./.

Nơi nhận:
- Như trên;
- UBND tỉnh (để b/c);
- Công an tỉnh (để p/h);
- Lưu: VT, ATTT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

(Đã ký)
`;

/** A PDF of one page that says what it is, standing in for the signed one. */
export function samplePdf(): Uint8Array {
  const content = 'BT /F1 16 Tf 72 760 Td (Ban mau - khong phai van ban that / Sample - not a real document) Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let pdf = '%PDF-1.4\n';
  const offsets = objects.map((body, i) => {
    const at = pdf.length;
    pdf += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const xref = pdf.length;
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
  pdf += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return new TextEncoder().encode(pdf);
}
