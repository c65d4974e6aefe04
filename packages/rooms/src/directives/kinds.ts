/** Kinds of documents (NĐ 30/2020 Điều 7, legal instruments) by their slug. */
export const KIND_NAMES: Record<string, string> = {
  'cong-van': 'Công văn', 'cong-dien': 'Công điện', 'chi-thi': 'Chỉ thị', 'quyet-dinh': 'Quyết định', 'nghi-quyet': 'Nghị quyết', 'ke-hoach': 'Kế hoạch',
  'thong-bao': 'Thông báo', 'huong-dan': 'Hướng dẫn', 'bao-cao': 'Báo cáo', 'to-trinh': 'Tờ trình', 'chuong-trinh': 'Chương trình', 'phuong-an': 'Phương án',
  'de-an': 'Đề án', 'du-an': 'Dự án', 'quy-che': 'Quy chế', 'quy-dinh': 'Quy định', 'thong-cao': 'Thông cáo', 'bien-ban': 'Biên bản', 'ket-luan': 'Kết luận',
  'nghi-dinh': 'Nghị định', 'thong-tu': 'Thông tư', luat: 'Luật', 'phap-lenh': 'Pháp lệnh', 'giay-moi': 'Giấy mời', 'phieu-gui': 'Phiếu gửi', khac: 'Văn bản',
};
