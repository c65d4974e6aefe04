/** Units whose name is proper ("Sở Y tế", "UBND các xã, phường"), unlike groups ("các doanh nghiệp …"), whose words are open. */
const PROPER =
  /^(?:ủy ban|uỷ ban|ubnd|hđnd|bộ|sở|cục|tổng cục|vụ|chi cục|văn phòng|thanh tra|công an|chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|bộ trưởng|thủ tướng|chính phủ|tỉnh ủy|thành ủy|đảng ủy|phòng|ban|đài|kho bạc|hải quan|thuế)(?!\p{L})/iu;
/** Groups and bodies whose names hold any word. */
const OPEN =
  /^(?:(?:các|những|mọi)\s)?(?:doanh nghiệp|tổ chức|cơ quan|đơn vị|cá nhân|trường|cơ sở|ngân hàng|tập đoàn|công ty|tổng công ty|hội|hiệp hội|trung tâm|bệnh viện|viện|tổ|đội|trạm|lực lượng|thành viên|bộ phận|cán bộ|công chức|thủ trưởng|người đứng đầu|ban quản lý|ban chỉ đạo|nhà mạng|đoàn|quỹ)(?!\p{L})/iu;
/** After these the next syllable begins a word of its own, unlike in "Dân vận", "Kế hoạch". */
const WHOLE = /^(?:Sở|Bộ|Cục|Vụ|Ban|Tỉnh|Thành|Xã|Phường|\p{Lu}+)$/u;
/** Small words that stand inside proper names. */
const INNER = new Set(
  (
    'các và của thuộc trực tại trên địa bàn có liên quan ở từ cấp ngang nhân dân hội đồng tỉnh thành phố huyện thị xã trấn phường quận đặc khu thôn xóm ấp tổ vực vùng trung ương nước nhà quân sự biên phòng chỉ huy chính trị đoàn thể ban ngành sở bộ cục vụ viện cơ đơn vị địa phương ' +
    'chức năng nghiệp chuyên môn trách công an ninh mạng chống tội phạm sử dụng nghệ cao y tế văn hóa hoá xã hội thể thao du lịch thông tin truyền khoa học tài nông môi trường giáo dục đào tạo nội tư pháp xây dựng thương dân tộc tôn giáo ngoại giao kinh hạ tầng đô quản lý thị phó trưởng thường phụ đội tổng thanh tra kiểm toán ủy uỷ mặt trận tổ quốc bưu viễn số dữ liệu an toàn hành động cảnh sát điều trật tự giám khí tượng thủy văn dự báo thi án đảng toà tòa trạm chi nhánh cho ' +
    'chánh chủ tịch giám đốc thủ lãnh đạo văn nghiên cứu ' +
    'ông bà cả còn lại này nói nêu trung tâm đại biểu quốc vô tuyến điện tần phát thanh hình lâm thú thực vật trồng trọt chăn nuôi đê lợi đăng kiểm hàng không hải đường thuỷ sắt lao động người thanh niên phụ nữ cựu chiến binh khoáng sản biển đảo phẩm dược cứu hộ nạn nghề nghiệp khám chữa bệnh tên điều danh sách kèm theo cán kế toán hoạch trị hợp chế thư đối khen thưởng đua tuyển đầu tư'
  ).split(' '),
);

/**
 * Where the names of units end: after a proper name, the first small word that stands in no name is the verb. The length of
 * the text where every word may belong to a name.
 */
export function namesEnd(text: string): number {
  if (/\p{Lu}{2}/u.test(text) && text === text.toUpperCase()) return text.length;
  let proper = false;
  let depth = 0;
  let open = false;
  for (const match of text.matchAll(/\S+/g)) {
    const word = match[0];
    const rest = text.slice(match.index, match.index + 40);
    const opens = match.index === 0 || /(?:[,;]|\svà)\s+$/u.test(text.slice(Math.max(0, match.index - 5), match.index));
    if (opens && OPEN.test(rest)) proper = false;
    else if (opens && PROPER.test(rest)) proper = true;
    else if (/(?:các|những|thuộc)\s$/u.test(text.slice(Math.max(0, match.index - 6), match.index)) && OPEN.test(rest)) proper = false;
    const inside = depth > 0 || word.startsWith('(');
    depth += count(word, '(') - count(word, ')');
    if (!proper || inside) continue;
    const bare = word.replace(/^["“(]+|[,;:.)"”]+$/gu, '');
    const small = /^\p{Ll}/u.test(bare);
    // Of a word of two syllables only the first has a capital.
    if (small && !open && !INNER.has(bare)) return match.index;
    open = !small && bare === word && !WHOLE.test(bare) && /^\p{Lu}/u.test(bare);
  }
  return text.length;
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
