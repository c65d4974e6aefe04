import { getDirective } from '@vonggac/rooms/directives';
import { addFindingFile, answerFindings, type Given, listFindings, splitFinding } from '@vonggac/rooms/findings';
import { runList, uploadList } from '@vonggac/rooms/intelligence';
import type { House } from '../house.ts';
import { type SampleIds, sampleCtx } from './ctx.ts';
import { samplePdf } from './directive.ts';
import { fileOf, SAMPLE_LISTS, type SampleList } from './list-rows.ts';

const SENDER = 'Trung tâm cảnh báo sớm (mẫu)';

type Hung = { directive: string; requirement: string; due: string };

async function takeIn(house: House, authority: string, { list, hung }: { list: SampleList; hung: Hung | null }): Promise<void> {
  const desk = await sampleCtx(house, authority, list.takenAt);
  const { title, name, from, to } = list;
  const { id, recognition } = await uploadList(desk, { name, sender: SENDER, title, content: fileOf(list) });
  const none = { directive: null, requirement: null, due: null };
  const settings = {
    title,
    mapping: recognition.mapping,
    families: null,
    coversFrom: from,
    coversTo: to,
    supersedes: null,
    exercise: null,
  };
  // In the story time stands still: the run is waited for, and goes on in the name of the sample.
  await runList(desk, id, { ...settings, ...(hung ?? none) }, { wait: 60_000, refresh: async (ctx) => ctx });
}

type Said = Pick<Given, 'answer'> & Partial<Omit<Given, 'ids' | 'query' | 'answer'>>;

/** What an agency answers on a machine, by its address and family. */
async function say(
  house: House,
  organisation: string,
  { at, address, family, said }: { at: string; address: string; family: string; said: Said },
): Promise<void> {
  const agency = await sampleCtx(house, organisation, at);
  const { items } = await listFindings(agency, { q: address, family, organisation, state: 'all', sort: 'work', page: 1, size: 10 });
  await answerFindings(agency, { ids: items.filter((item) => item.address === address).map(({ id }) => id), ...said });
}

type Line = readonly [agency: string, address: string, family: string, said: Said];

const cleaned = (done: number, total: number, note: string): Said => ({
  answer: 'cleaned',
  machinesDone: done,
  machinesTotal: total,
  note,
});

/** Answers of March, to the list of February. */
const MARCH: readonly Line[] = [
  ['soyte', '192.0.2.5', 'andromeda', cleaned(1, 1, 'Đã cài lại hệ điều hành máy trạm phòng Kế hoạch.')],
  ['soyte', '192.0.2.7', 'conficker', cleaned(2, 2, 'Đã quét và gỡ mã độc, đổi mật khẩu.')],
  ['sogddt', '192.0.2.20', 'andromeda', { answer: 'patched', note: 'Đã vá máy chủ, khóa cổng không sử dụng.' }],
  ['sonoivu', '192.0.2.35', 'conficker', cleaned(1, 1, 'Đã gỡ mã độc trên máy văn thư.')],
  ['benhvien', '192.0.2.130', 'andromeda', cleaned(3, 3, 'Đã quét toàn bộ khoa Dược.')],
  ['dongha', '198.51.100.5', 'andromeda', cleaned(1, 1, 'Đã gỡ mã độc.')],
  ['tpmau', '198.51.100.70', 'andromeda', cleaned(1, 1, 'Đã thay máy.')],
  ['vienthong', '203.0.113.200', 'mirai', { answer: 'head-office', reference: '128/VT-MAU', note: 'Đã chuyển bộ phận xử lý.' }],
  ['vienthong', '203.0.113.201', 'andromeda', { answer: 'informed', note: 'Đã thông báo thuê bao.' }],
];

/** Answers of April, to the list of March. */
const APRIL: readonly Line[] = [
  ['soyte', '192.0.2.7', 'conficker', cleaned(4, 4, 'Quét lại toàn bộ máy trong phòng, gỡ thiết bị USB nhiễm.')],
  ['sotaichinh', '192.0.2.53', 'andromeda', cleaned(1, 1, 'Đã gỡ mã độc.')],
  ['soct', '192.0.2.68', 'qsnatch', { answer: 'patched', note: 'Đã cập nhật thiết bị lưu trữ.' }],
  ['vpubnd', '192.0.2.115', 'conficker', cleaned(1, 2, 'Còn một máy đang chờ thay ổ cứng.')],
  ['dongha', '198.51.100.9', 'mirai', { answer: 'patched', note: 'Đã cập nhật camera, đổi mật khẩu mặc định.' }],
];

/** Said on the days before the morning of the sample; no list has judged these. */
const LAST: readonly Line[] = [
  ['tayha', '198.51.100.41', 'conficker', { answer: 'not-ours', note: 'Địa chỉ đã chuyển cho UBND xã Tây Sơn sử dụng từ tháng 02/2024.' }],
  ['tpmau', '198.51.100.72', 'qsnatch', { answer: 'postponed', postponedTo: '2024-05-15', note: 'Chờ thay thiết bị lưu trữ đã đặt mua.' }],
  ['soyte', '192.0.2.6', 'mirai', cleaned(1, 1, 'Đã đổi mật khẩu, cập nhật thiết bị.')],
];

async function sayAll(house: House, ids: SampleIds, { at, lines }: { at: string; lines: readonly Line[] }): Promise<void> {
  for (const [agency, address, family, said] of lines) await say(house, ids.get(agency)!, { at, address, family, said });
}

/** What one agency sends along as proof. */
async function prove(house: House, organisation: string): Promise<void> {
  const agency = await sampleCtx(house, organisation, '2024-04-10T15:50:00+07:00');
  const { items } = await listFindings(agency, { family: 'conficker', organisation, state: 'answered', sort: 'work', page: 1, size: 1 });
  await addFindingFile(agency, items[0]!.id, { name: 'nhat-ky-quet.pdf', content: samplePdf() });
}

/** Behind the exit of the data centre: whose machines they were, by their inner addresses. */
async function splitExit(house: House, ids: SampleIds): Promise<void> {
  const exit = ids.get('sotttt')!;
  const centre = await sampleCtx(house, exit, '2024-03-08T14:00:00+07:00');
  const { items } = await listFindings(centre, {
    q: '203.0.113.3',
    family: 'andromeda',
    organisation: exit,
    state: 'open',
    sort: 'work',
    page: 1,
    size: 1,
  });
  const parts = [
    { organisation: ids.get('soct')!, privateAddress: '10.30.4.12' },
    { organisation: ids.get('sotuphap')!, privateAddress: '10.30.6.40' },
  ];
  await splitFinding(centre, items[0]!.id, { parts, note: 'Theo nhật ký NAT của Trung tâm dữ liệu.' });
}

/** Three lists of one sender over three months through the desk's own verbs, with what agencies answered in between; the third hangs on item 1.c. */
export async function playLists(house: House, ids: SampleIds, directive: string): Promise<void> {
  const authority = ids.get('sotttt')!;
  const [february, march, april] = SAMPLE_LISTS;
  const { requirements } = await getDirective(await sampleCtx(house, authority, april.takenAt), directive);
  const item = requirements.find(({ path }) => path === '1.c')!;
  await takeIn(house, authority, { list: february, hung: null });
  await splitExit(house, ids);
  await sayAll(house, ids, { at: '2024-03-14T10:30:00+07:00', lines: MARCH });
  await takeIn(house, authority, { list: march, hung: null });
  await sayAll(house, ids, { at: '2024-04-10T15:45:00+07:00', lines: APRIL });
  await prove(house, ids.get('soyte')!);
  await takeIn(house, authority, { list: april, hung: { directive, requirement: item.id, due: '2024-05-02' } });
  await sayAll(house, ids, { at: '2024-04-25T16:10:00+07:00', lines: LAST });
}
