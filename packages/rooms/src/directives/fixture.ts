import { fold, newId } from '@vonggac/kernel';
import type { Ctx, Database } from '@vonggac/store';
import { type DirectiveView, getDirective } from './get.ts';
import { readDraft } from './read-draft.ts';

/** A document of our own that follows the form of a provincial directive: blank number and day, two audiences, a list. */
export const HOLIDAY = `UBND TỈNH THỬ NGHIỆM
SỞ THÔNG TIN VÀ TRUYỀN THÔNG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: /STTTT-CNTT
V/v trực bảo đảm an toàn thông tin mạng dịp Lễ 30/4, 01/5

Thử Nghiệm, ngày tháng 4 năm 2024

Kính gửi:

- Các Sở, ban, ngành của tỉnh;
- UBND các huyện;
- Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet.

Thực hiện Công văn số 15/UBND-VP6 ngày 18/4/2024 của UBND tỉnh về việc tăng cường công tác trực trong dịp Lễ; Sở Thông tin và Truyền thông đề nghị các cơ quan, đơn vị, doanh nghiệp thực hiện một số nội dung sau:

1. Đối với các cơ quan, đơn vị:

a) Bố trí người ứng trực 24/7 và gửi danh sách đầu mối về Sở Thông tin và Truyền thông trước ngày 29 tháng 4 năm 2024.

b) Rà soát, cập nhật bản vá cho máy chủ, máy trạm đang sử dụng.

2. Các doanh nghiệp cung cấp dịch vụ viễn thông, Internet:

a) Phân công nhân lực trực giám sát, xử lý sự cố trên hạ tầng mạng lưới.

Nơi nhận:
- Như trên;
- UBND tỉnh (để b/c);
- Lưu: VT, CNTT.

GIÁM ĐỐC

Nguyễn Văn A

DANH SÁCH
Các doanh nghiệp viễn thông, Internet nhận văn bản

1. Viettel Thử Nghiệm
2. Viễn thông Thử Nghiệm
3. Công ty Cáp Thử
`;

/** A PDF that opens, with nothing to read on its page. */
export const PDF = new TextEncoder().encode(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 63>>stream
BT /F1 12 Tf 72 720 Td (So: 77/STTTT-CNTT van ban da ky so) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF
`);

/** The groups that the phrases above mean. */
export async function makeGroups(
  database: Database,
  province: Readonly<Record<'sotttt' | 'soyte' | 'sogd' | 'giavien' | 'nhoquan', string>>,
): Promise<{ departments: string; districts: string }> {
  const owner = database.owner();
  await owner.connect();
  const make = async (name: string, validTo: string | null, members: string[]) => {
    const id = newId();
    await owner.query('insert into groups (id, organisation, name, folded, valid_to) values ($1, $2, $3, $4, $5)', [
      id,
      province.sotttt,
      name,
      fold(name),
      validTo,
    ]);
    for (const member of members)
      await owner.query('insert into group_members ("group", organisation, member) values ($1, $2, $3)', [id, province.sotttt, member]);
    return id;
  };
  try {
    return {
      departments: await make('Các Sở, ban, ngành', null, [province.sotttt, province.soyte, province.sogd]),
      districts: await make('UBND các huyện', '2025-07-01', [province.giavien, province.nhoquan]),
    };
  } finally {
    await owner.end();
  }
}

/** Drafts of their own for each test: another symbol, hence another file. */
export function draftsOf(desk: Ctx): () => Promise<DirectiveView> {
  let count = 0;
  return async () => {
    count += 1;
    const { id } = await readDraft(desk, { text: HOLIDAY.replace('STTTT-CNTT', `STTTT-CNTT${count}`) });
    return getDirective(desk, id);
  };
}
