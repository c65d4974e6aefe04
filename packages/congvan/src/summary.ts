import type { DirectiveLine } from './json.ts';

const KIND_NAMES: Record<string, string> = {
  'cong-van': 'Công văn', 'quyet-dinh': 'Quyết định', 'nghi-quyet': 'Nghị quyết', 'nghi-dinh': 'Nghị định', 'thong-tu': 'Thông tư',
  'chi-thi': 'Chỉ thị', 'thong-bao': 'Thông báo', 'ke-hoach': 'Kế hoạch', 'cong-dien': 'Công điện', 'bao-cao': 'Báo cáo',
  'to-trinh': 'Tờ trình', 'huong-dan': 'Hướng dẫn', 'chuong-trinh': 'Chương trình', 'luat': 'Luật', 'ket-luan': 'Kết luận',
}; // prettier-ignore
const URGENCY_NAMES: Record<string, string> = { khan: 'KHẨN', 'thuong-khan': 'THƯỢNG KHẨN', 'hoa-toc': 'HỎA TỐC' };

/** A summary of one document for the terminal, in Vietnamese; several lines, ends without a newline. */
export function summaryOf(line: DirectiveLine): string {
  const kind = line.kind === null ? 'Chưa rõ loại văn bản' : (KIND_NAMES[line.kind] ?? line.kind);
  const out = [
    `${line.file}`,
    `  ${kind} ${line.code ?? '(không có số, ký hiệu)'}, ${dateText(line)}${line.urgency ? ` – ${URGENCY_NAMES[line.urgency] ?? line.urgency}` : ''}`,
    `  Cơ quan ban hành: ${[line.issuer.name, line.issuer.parent].filter((one) => one !== null).join(' – ') || 'không rõ'}`,
    `  Trích yếu: ${line.subject ?? 'không có'}`,
    ...list('Kính gửi', line.recipients.map((one) => one.text)),
    ...list('Căn cứ', line.bases.map((one) => [one.code, one.date, one.issuer, one.subject].filter((part) => part !== null).join(', '))),
    ...list('Nội dung yêu cầu', line.requirements.map(requirementText)),
    ...list('Đầu mối', line.contacts.map((one) => [one.organisation, one.person, ...one.phones, ...one.emails].filter((part) => part !== null).join(', '))),
    ...list('Nơi nhận', line.copies.map((one) => (one.purpose === null ? one.text : `${one.text} (${one.purpose})`))),
    `  Người ký: ${[line.signer.authority, line.signer.title, line.signer.name].filter((one) => one !== null).join(', ') || 'không rõ'}`,
    ...line.attachments.map((one) => `  Kèm theo: ${one.title} (${one.items.length} mục)`),
    ...list('Cần kiểm tra', line.warnings.map((one) => one.message)),
  ]; // prettier-ignore
  return out.join('\n');
}

function list(label: string, entries: readonly string[]): string[] {
  return entries.length === 0 ? [] : [`  ${label}:`, ...entries.map((entry) => `    - ${entry}`)];
}

function dateText(line: DirectiveLine): string {
  const { day, month, year } = line.date;
  if (day === null && month === null && year === null) return 'không ghi ngày';
  return `${line.place ? `${line.place}, ` : ''}ngày ${day ?? '…'} tháng ${month ?? '…'} năm ${year ?? '…'}`;
}

function requirementText(one: DirectiveLine['requirements'][number]): string {
  const text = one.text.replace(/\n/g, ' ');
  const short = text.length > 120 ? `${text.slice(0, 117)}…` : text;
  const whom = one.audience.length > 0 ? ` [${one.audience.join('; ')}]` : '';
  const when = one.deadlines.map((deadline) => ` <${deadline.phrase}${deadline.due ? ` → ${deadline.due}` : ''}>`).join('');
  return `${one.path}: ${short}${whom}${when}`;
}
