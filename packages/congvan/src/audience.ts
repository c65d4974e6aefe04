import { isUpper, squeeze } from './lines.ts';
import { foldText } from './normalise.ts';
import { namesEnd } from './unit-names.ts';

/** Whom an item addresses, and who is to support him ("chủ trì, phối hợp với …"). */
export interface Addressed {
  audience: string[];
  support: string[];
  /** The text is nothing but the name of the units: a heading. */
  heading: boolean;
}

const NONE: Addressed = { audience: [], support: [], heading: false };
const UNITS =
  'ủy ban|uỷ ban|ubnd|ub mttq|ubmttq|mặt trận|bộ(?! luật| máy)|sở(?! hữu| dĩ)|ban(?! hành)|cục(?! bộ)|tổng cục|vụ(?! việc| án)|chi cục|văn phòng|vp|thanh tra(?!,? kiểm tra| việc| đột xuất)|công an|chính phủ|thủ tướng|phó thủ tướng|chủ tịch|phó chủ tịch|quốc hội|hội đồng|hđnd|tòa án|toà án|viện(?! dẫn| trợ)|kiểm toán|tỉnh ủy|thành ủy|huyện ủy|đảng ủy|đảng uỷ|quân khu|quân chủng|ngân hàng|bảo hiểm|kho bạc|trung tâm|phòng(?! ngừa|,? chống| tránh)|tập đoàn|tổng công ty|công ty|doanh nghiệp|trường(?! hợp)|học viện|đại học|bệnh viện|đài|báo(?! cáo| động| tin)|cơ quan|đơn vị|tổ chức|cá nhân|hội(?! nghị| thảo| đàm)|hiệp hội|liên đoàn|liên minh|đoàn|tỉnh đoàn|giám đốc|phó giám đốc|thủ trưởng|bộ trưởng|cục trưởng|vụ trưởng|tổng cục trưởng|chánh|trưởng|viện trưởng|hiệu trưởng|người đứng đầu|địa phương|huyện|tỉnh|thành phố|thị xã|xã(?! hội)|phường|đặc khu|bộ tư lệnh|bộ chỉ huy|tổng tham mưu|tổng thanh tra|thống đốc|tổng giám đốc|nhà mạng|bộ phận|cán bộ|công chức|vnpt|viettel|mobifone|fpt|vnpost|bưu điện|viễn thông|tổ|đội(?! ngũ)|trạm|thành viên|lãnh đạo(?!,? (?:và )?(?:chỉ đạo|thực hiện|triển khai|tổ chức))|chủ quản|chủ đầu tư|ngành|tổng đài|khối(?! lượng)|liên hiệp|thuế|hải quan|quỹ|khu(?! vực)|bí thư|thường trực(?! 24)|thường vụ|thôn|xóm|ấp|đoàn thể|đảng bộ|chi bộ';
const QUANTIFIERS = 'các|toàn bộ|toàn thể|những|từng|mỗi';
const ACCENTED_UNIT = new RegExp(String.raw`^(?:(?:${QUANTIFIERS})\s+)?(?:${UNITS})(?![\p{L}])`, 'iu');
const FOLDED_UNIT = new RegExp(String.raw`^(?:(?:${foldText(QUANTIFIERS)})\s+)?(?:${foldText(UNITS)})(?![a-z])`, 'i');
const ACCENTS = /[ăâđêôơưạ-ỹ]/iu;
const AREA = /^(?:tinh|thanh pho|huyen|thi xa|xa|phuong|dia phuong|ban|bo|to|doi|tram|quy|truong|khu|bao|doan|hoi|dai|phong|vien)$/;
const ORDER =
  /^(?:\s*(?:[-+*•–—]|\([ivx\d]{1,3}\))\s*)?(?:(?:tran trong )?(?:de nghi|giao cho|giao|yeu cau|phan cong|doi voi|kinh de nghi|uy quyen|tran trong kinh de nghi|trach nhiem(?: thi hanh)? cua)\s*:?\s+)?/;
const VERBS =
  'được giao|được phân công|trước(?= ngày| \\d)|chậm nhất|trong(?= vòng| thời hạn| thời gian| quá trình| ngày)|ngay|khi|sau khi|hằng(?= )|hàng(?= ngày| tuần| tháng| quý| năm)|từ(?= ngày| nay)|kể từ|nếu|theo(?= quy định| phân công| lĩnh vực| hướng dẫn)|trực tiếp|kính|xin|trân trọng|có trách nhiệm|chịu trách nhiệm|chủ trì|phối hợp|chủ động|khẩn trương|tiếp tục|tăng cường|thực hiện|triển khai|tổ chức|chỉ đạo|tập trung|theo dõi|rà soát|nghiêm túc|quán triệt|thường xuyên|kịp thời|báo cáo|hướng dẫn|kiểm tra|xây dựng|nghiên cứu|tham mưu|căn cứ|cập nhật|bố trí|cử|phân công|giao|đẩy mạnh|đảm bảo|bảo đảm|thông báo|gửi|tổng hợp|xử lý|lập|trình|đề xuất|xem xét|phải|cần|sẽ|tiến hành|yêu cầu|đề nghị|thành lập|phát huy|nâng cao|sớm|định kỳ|hoàn thành|ban hành|sẵn sàng|đôn đốc|tuyên truyền|khắc phục|ngăn chặn|phát hiện|thiết lập|duy trì|ứng trực|liên hệ|tiếp nhận|đánh giá|hoàn thiện|điều phối|huy động|lãnh đạo|trả lời|(?<![Tt]hường )trực(?! thuộc| tiếp| tuyến)|hỗ trợ|quan tâm|ưu tiên|chuẩn bị|vận hành|theo chức năng|theo thẩm quyền|theo nhiệm vụ|trong phạm vi|trên cơ sở|dừng|làm|nhanh chóng|không được|không để|tuyệt đối|tham gia|giúp|thi hành|chấp hành|phản ánh|áp dụng|cung cấp(?= danh sách| thông tin| số liệu| hồ sơ| tài liệu| dữ liệu| kết quả)|thông tin(?= đến| cho| kịp| ngay)|lựa chọn|kiểm soát|cấp kinh phí|cách ly|định hướng|chặn lọc|xét xử|tổng kết|sơ kết|sắp xếp|đưa|đăng ký|kết nối|khai báo|trao đổi|tự|ký|quyết định|niêm yết|công khai|họp|lấy|xác định|xác minh|điều tra|xử phạt|chuyển|gắn|thẩm định|thẩm tra|phê duyệt|cùng với|bổ sung|mở|tăng|giảm|quản lý|giám sát|thanh tra|biên soạn|kết hợp|nắm|tích cực|gương mẫu|nhắc nhở|vận động|lồng ghép|đăng tải|phổ biến|khuyến cáo|cảnh báo|sử dụng|thay đổi|rút kinh nghiệm|quyết liệt|đồng bộ|bám sát|cân đối|thẩm quyền|biên tập|phát sóng|phát động|phát hành|thu hồi|thu thập|thu giữ|cấp phát|cấp đổi|khóa|khoá|tắt|ngắt|cô lập|vô hiệu hóa|mua sắm|trang bị|cài đặt|gỡ|gỡ bỏ|bóc gỡ|xóa|xoá|chặn|khôi phục|sao lưu|lưu giữ|chia sẻ|nhắn tin|củng cố|kiện toàn|đề cao|đối chiếu|tổng rà soát|điều chỉnh|mời|hạn chế|loại bỏ|thay thế|nâng cấp|mã hóa|tập huấn|khen thưởng|đình chỉ|tạm dừng|tạm ngừng|ngừng|truy vết|xác thực|đổi mật khẩu|chuẩn hóa|chuẩn hoá|điều động|luân phiên|ghi nhận|tiếp thu|giải trình|nộp|cam kết|công bố|cấu hình|rà quét|quét|vá|dán|treo|soạn thảo|tra cứu|tháo gỡ|tìm hiểu|nhận diện|hủy|huỷ|đo kiểm|đấu tranh|trấn áp|truy quét|khởi tố|tổng kiểm tra|gia cố|bàn giao|tiêu hủy|tuân thủ';
const STATEMENTS = 'được|là|gồm|bao gồm|thuộc|hoạt động|có quyền|bị|đã|chưa|vẫn|còn|đang';
const VERB = new RegExp(String.raw`\s(?:(${VERBS})|(${STATEMENTS}))(?![\p{L}])`, 'gu');
const PLAIN_VERB = new RegExp(String.raw`\s(?:(${foldText(VERBS)})|(${foldText(STATEMENTS)}))(?![a-z])`, 'g');
const NOUN_BEFORE = /(?:(?:co quan|don vi)(?: va)?,?|cac|,|va|nhung|ca nhan,?)$/;
const SUPPORT = /phoi hop\s(?:chat che\s)?(?:voi|cung)\s+/;
const LEAD_LABEL = /^(?:\s*[-+*•–—]\s*)?(?:don vi|co quan)\s(?:chu tri(?: thuc hien)?|thuc hien)\s*:\s*/;
const SUPPORT_LABEL = /(?:don vi|co quan)\sphoi hop(?: thuc hien)?\s*:\s*/;
const PEOPLE = /^(?:cac )?(?:can bo|cong chuc|vien chuc|nhan vien|bo phan|lanh dao|ca nhan|nguoi|dau moi|luc luong)(?![a-z])/;
const WINDOW = 700;

/**
 * The units at the head of an item: "Đề nghị Sở A, UBND các huyện …", "Giao Sở A chủ trì, phối hợp với B …",
 * "Các doanh nghiệp viễn thông:", or a heading that is the name of a unit. Empty where the item speaks to everybody.
 */
export function addressedBy(text: string): Addressed {
  const [first = '', ...rest] = text.split('\n');
  const own = leading(first.slice(0, WINDOW));
  if (own.audience.length > 0) return own;
  const audience: string[] = [];
  const support: string[] = [];
  for (const bullet of rest.slice(0, 60)) {
    if (/@|\d{7}|điện thoại|số máy|thư điện tử/u.test(bullet.slice(0, 300))) continue;
    const one = leading(bullet.slice(0, WINDOW));
    if (one.heading) continue;
    audience.push(...one.audience);
    support.push(...one.support);
  }
  return { audience: [...new Set(audience)], support: [...new Set(support)], heading: false };
}

/** "Đơn vị chủ trì: A. Đơn vị phối hợp: B, C." of plans. */
function labelled(text: string, fold: string, from: number): Addressed {
  const until = (start: number): number => {
    for (const stop of fold.slice(start).matchAll(/[.;](?:\s|$)/g)) {
      const next = text.slice(start + stop.index + 1).trimStart();
      if (!stop[0].startsWith(';') || unitAt(next) === null) return start + stop.index;
    }
    return fold.length;
  };
  const help = SUPPORT_LABEL.exec(fold);
  const end = Math.min(until(from), help && help.index > from ? help.index : fold.length);
  const start = help ? help.index + help[0].length : 0;
  return { audience: splitUnits(text.slice(from, end)), support: help ? splitUnits(text.slice(start, until(start))) : [], heading: false };
}

function leading(raw: string): Addressed {
  const text = raw.replace(/\n/g, ' ');
  const fold = foldText(text);
  const label = LEAD_LABEL.exec(fold);
  if (label) return labelled(text, fold, label[0].length);
  const help = SUPPORT_LABEL.exec(fold);
  if (help && /^[\s\-+*•–—]*$/u.test(fold.slice(0, help.index)))
    return { ...NONE, support: splitUnits(text.slice(help.index + help[0].length)) };
  const lead = ORDER.exec(fold)?.[0] ?? '';
  const order = lead.replace(/^[\s\-+*•–—]*(?:\([ivx\d]{1,3}\)\s*)?/u, '');
  let from = lead.length;
  from += /^(?:cac )?(?:ong|dong chi)(?:\s?\(ba\)|, ba)\s?:?\s*/.exec(fold.slice(from))?.[0].length ?? 0;
  const rest = fold.slice(from);
  const unit = unitAt(text.slice(from));
  if (unit !== null && /^to chuc\s(?!ca nhan|chinh tri|tin dung|xa hoi)/.test(rest) && order.trim() === '') return NONE;
  if (unit === null || !/^\p{Lu}/u.test(lead.trim() === '' ? text.slice(from) : 'A')) return NONE;
  // Who is told to put people to work is the reader of the item, not those people.
  if (/^(?:phan cong|giao|bo tri|cu)\b/.test(order.trim()) && PEOPLE.test(rest)) return NONE;
  const found = subjectEnd(text.slice(from), rest, order.trim() !== '');
  if (found === null || found > 420) return NONE;
  const end = ACCENTS.test(text) ? trimmedEnd(text.slice(from, from + namesEnd(text.slice(from, from + found)))) : found;
  const subject = text.slice(from, from + end);
  // "Người đứng đầu chịu trách nhiệm": of those whom the item above names.
  if (/^(?:nguoi dung dau|thu truong)\s*$/.test(fold.slice(from, from + end))) return NONE;
  const audience = splitUnits(subject);
  if (audience.length === 0) return NONE;
  const heading = order.trim() === '' && !/[\p{L}\d]/u.test(text.slice(from + end));
  return { audience, heading, support: supportOf(text.slice(from + end), fold.slice(from + end)) };
}

function trimmedEnd(text: string): number {
  return text.replace(/[\s,;]+$/u, '').length;
}

/** The word of a unit that a text begins with; by its letters, so that đội is not đối. */
function unitAt(text: string): string | null {
  const pattern = ACCENTS.test(text.slice(0, 60)) ? ACCENTED_UNIT : FOLDED_UNIT;
  return pattern.exec(text)?.[0] ?? null;
}

/** Where the units end and the demand begins; null where the beginning is no address. */
function subjectEnd(text: string, fold: string, ordered: boolean): number | null {
  const colon = colonEnd(text, fold);
  const accented = ACCENTS.test(text);
  for (const match of (accented ? text : fold).matchAll(accented ? VERB : PLAIN_VERB)) {
    const at = match.index;
    const word = fold.slice(at + 1, at + match[0].length);
    if (colon !== null && at > colon) break;
    if (word.startsWith('to chuc') && NOUN_BEFORE.test(fold.slice(0, at))) continue;
    if (isAttribute(fold, at, word)) continue;
    if (match[2] !== undefined) {
      // "Công an tỉnh tách máy bị nhiễm": what is stated is said of something behind the verb.
      const names = accented ? namesEnd(text.slice(0, at)) : at;
      return names < at ? trimmedEnd(text.slice(0, names)) : null;
    }
    if (/[.;]\s/.test(fold.slice(0, at).replace(/;\s/g, ordered ? ', ' : '; ')) && !ordered && !listed(text.slice(0, at))) return null;
    return at;
  }
  if (colon !== null) return colon;
  const stop = /[.;:]?\s*$/.exec(fold)?.index ?? fold.length;
  return fold.length < 200 && (!/[.;]\s/.test(fold.slice(0, stop)) || listed(text.slice(0, stop))) ? stop : null;
}

/** A list of units may hold semicolons: each part must begin like a unit. */
function listed(text: string): boolean {
  return text.split(/;\s+/).every((part) => unitAt(part) !== null) && !/\.\s\p{Lu}/u.test(text);
}

function colonEnd(text: string, fold: string): number | null {
  const at = fold.indexOf(':');
  if (at < 0 || at > 300) return null;
  // "Bộ trưởng các Bộ: Y tế, …" goes on after the colon.
  if (/^:\s\p{Lu}/u.test(text.slice(at)) && /cac (?:bo|so|vu|cuc|tinh|huyen|xa|ban|phong|don vi|truong|co quan)$/.test(fold.slice(0, at)))
    return null;
  return at;
}

/** "doanh nghiệp cung cấp dịch vụ", "cơ quan chủ trì", "đơn vị quản lý": the verb belongs to the name. */
function isAttribute(fold: string, at: number, verb: string): boolean {
  const before = fold.slice(Math.max(0, at - 30), at);
  if (
    /^(?:quan ly|giam sat|van hanh|kiem tra|thanh tra|chu tri|tham gia|dieu phoi|ung truc|truc|xay dung|lap|thuoc|duoc|dang|da|chuc nang|nam)$/.test(
      verb,
    )
  ) {
    if (
      /(?:don vi|co quan|doanh nghiep|to chuc|ca nhan|bo phan|can bo|chu dau tu|cac|,|va)$/.test(before) &&
      /^(?:quan ly|giam sat|van hanh|chu tri|thuoc|duoc|chuc nang|tham gia|truc|dang|dieu phoi)/.test(verb)
    )
      return true;
    if (/(?:phong|ban|doi|doan|trung tam|chi cuc|cuc|vu|nganh)$/.test(before) && /^(?:kiem tra|thanh tra|quan ly|giam sat)$/.test(verb))
      return true;
  }
  if (verb === 'thuoc' || verb === 'nam' || (verb === 'su dung' && before.endsWith('toi pham'))) return true;
  if (verb === 'theo chuc nang' || verb === 'trong pham vi') return false;
  return /^(?:huong dan|ho tro|quyet dinh)$/.test(verb) && /^\s\S+\s(?:va|,)/.test(fold.slice(at)) && /(?:don vi|co quan)$/.test(before);
}

/** Splits "A, B và C; D" where the next part begins like a unit, so that "các Sở, ban, ngành" stays whole. */
export function splitUnits(subject: string): string[] {
  const text = squeeze(subject).replace(/[\s,;:.]+$/u, '');
  const fold = foldText(text);
  const units: string[] = [];
  let from = 0;
  for (const match of fold.matchAll(/(?:;|,)\s+(?:va\s+)?|\s+va\s+/g)) {
    const at = match.index + match[0].length;
    if (!splitsAt(text, fold, { from, at, separator: match[0] })) continue;
    units.push(text.slice(from, match.index));
    from = at;
  }
  units.push(text.slice(from));
  return units
    .map((unit) =>
      unit
        .replace(/^(?:và|cùng với)\s+/u, '')
        .replace(/[\s,;:.]+$/u, '')
        .replace(/\s+(?:có|cần|phải|thì)$/u, ''),
    )
    .filter((unit) => unit.length > 1);
}

function splitsAt(text: string, fold: string, cut: { from: number; at: number; separator: string }): boolean {
  const next = text.slice(cut.at);
  const nextFold = fold.slice(cut.at);
  const before = fold.slice(cut.from, cut.at - cut.separator.length);
  if (cut.separator.startsWith(';')) return true;
  const unit = unitAt(next);
  if (/^cac ong,? ?\(?ba/.test(nextFold)) return true;
  if (unit === null) return false;
  // "CÁC CƠ QUAN, ĐƠN VỊ, ĐỊA PHƯƠNG": in capitals, too, a bare kind of unit goes with the words before it.
  if (isUpper(text) && /^[\p{L} ]*/u.exec(next)?.[0].trim() === unit) return false;
  // "Văn phòng HĐND và UBND" is one office; "doanh nghiệp …, doanh nghiệp …" are two groups.
  if (/van phong (?:hdnd|doan dbqh|hoi dong nhan dan|doan dai bieu quoc hoi)$/.test(before)) return false;
  if (/^doanh nghiep\s(?:cung cap|vien thong|hoat dong|nha nuoc)/.test(nextFold) && /doanh nghiep\s\S/.test(before)) return true;
  if (
    /^\p{Ll}/u.test(next) &&
    !/^cac\s(?:co quan|don vi|to chuc|doanh nghiep|so|ban|nganh|dia phuong|bo|cuc|vu|phong|truong|benh vien|xa|huyen|tap doan|tong cong ty|ngan hang|hoi|doan the|ca nhan)/.test(
      nextFold,
    )
  )
    return false;
  // "Giám đốc, Thủ trưởng các Sở": a bare title waits for the name that both share.
  if (
    /^(?:giam doc|thu truong|chu tich|truong|cuc truong|vu truong|chanh van phong|lanh dao|hdnd|ubnd|thanh uy|tinh uy)$/.test(before) &&
    cut.separator.startsWith(',') &&
    !/^(?:hdnd|ubnd)$/.test(before)
  )
    return false;
  if (/^(?:hdnd|ubnd)$/.test(before) || (before.endsWith('tap doan') && nextFold.startsWith('tong cong ty'))) return false;
  // "các Bộ: Y tế, Giáo dục": names after a colon stay with it.
  if (/(?:^|\s)cac\s[a-z ]{2,14}:\s[^;]*$/.test(before)) return /^(?:uy ban|ubnd|chu tich|cac\s)/.test(nextFold);
  return !(AREA.test(foldText(unit)) && /^\p{Ll}/u.test(next));
}

function supportOf(text: string, fold: string): string[] {
  const match = SUPPORT.exec(fold.slice(0, 200));
  if (!match) return [];
  const from = match.index + match[0].length;
  const rest = text.slice(from, from + 400);
  const restFold = fold.slice(from, from + 400);
  if (unitAt(rest) === null) return [];
  const end = subjectEnd(rest, restFold, true) ?? /[.;:]/.exec(restFold)?.index ?? null;
  return end === null ? [] : splitUnits(rest.slice(0, end));
}
