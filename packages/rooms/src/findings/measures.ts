import { shownDay, type Text } from '@vonggac/kernel';
import type { Measure, MeasureValue } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { registrationsOf } from '../assets/index.ts';
import { cleaned, medianOf, timesOf } from './cleaning-times.ts';
import { lateOnes, listOf, measuredRows, newestDays, nothing, silent, type Sums, sumsOf } from './measure-sums.ts';
import { CLEANING } from './model.ts';
import { cleaningSpoken } from './spoken.ts';

const NO_RANGE: Text = {
  vi: 'Chưa có dải địa chỉ, tên miền được duyệt: không đối chiếu được với danh sách nào. Chưa đăng ký không có nghĩa là an toàn.',
  en: 'No range and no domain is approved: no list can be matched with it. Not registered does not mean clean.',
};
const NO_LIST: Text = { vi: 'Chưa có danh sách nào được nhập.', en: 'No list has been taken in.' };
const OUTSIDE: Text = { vi: 'Số liệu của đơn vị nằm ngoài phạm vi.', en: 'This organisation is outside your scope.' };

function openText({ newest, newestOpen, newestAnswered, olderOpen }: Sums, day: string): Text {
  const on = shownDay(day);
  const vi = [
    newest === 0
      ? `Không có trong danh sách mới nhất (đến ngày ${on})`
      : `${newestOpen}/${newest} điểm trong danh sách mới nhất (đến ngày ${on}) chưa xử lý`,
    newestAnswered > 0 ? `${newestAnswered} điểm đã trả lời, chờ đối chiếu` : '',
    olderOpen > 0 ? `${olderOpen} điểm của các danh sách trước còn mở` : '',
  ];
  const en = [
    newest === 0 ? `Not in the newest list (up to ${on})` : `${newestOpen} of ${newest} in the newest list (up to ${on}) are open`,
    newestAnswered > 0 ? `${newestAnswered} answered, waiting for the next list` : '',
    olderOpen > 0 ? `still open from earlier lists: ${olderOpen}` : '',
  ];
  return { vi: `${vi.filter(Boolean).join('; ')}.`, en: `${en.filter(Boolean).join('; ')}.` };
}

/** Findings of the newest list that are still open, of those that stand in it. It is a figure of today, whatever the window. */
export const findingsOpen: Measure = {
  id: 'findings.open',
  name: { vi: 'Điểm chưa xử lý trong danh sách mới nhất', en: 'Open findings of the newest list' },
  unit: { vi: 'điểm chưa xử lý', en: 'open findings' },
  proposes: cleaningSpoken,
  async compute(tx, ctx, organisations, window) {
    const sums = await sumsOf(tx, ctx, organisations, window);
    const registered = await registrationsOf(tx, ctx, organisations);
    const days = await newestDays(tx, ctx, organisations, window);
    const late = await lateOnes(tx, ctx, sums, window);
    return organisations.map((organisation): MeasureValue => {
      const registration = registered.get(organisation);
      const day = days.get(organisation);
      const its = sums.get(organisation) ?? nothing();
      if (registration === undefined) return silent(organisation, OUTSIDE);
      if (day === undefined) return silent(organisation, NO_LIST);
      if (registration.state !== 'registered' && its.newestOpen === 0) return silent(organisation, NO_RANGE);
      const { newestOpen: value, newest: of, olderOpen } = its;
      const state = value > 0 ? (late.has(organisation) ? 'missed' : 'at-risk') : olderOpen > 0 ? 'at-risk' : 'met';
      const query = { newest: 'true' };
      return {
        organisation,
        state,
        value,
        of,
        target: 0,
        text: openText(its, day),
        ...listOf(organisation, its, { query, total: value, window }),
      };
    });
  },
  rows: (tx, ctx, organisation, window) =>
    measuredRows(tx, ctx, organisation, { window, which: sql`f.state = 'open' and f.rank < 100`, order: sql`f.rank, f.last_seen desc` }),
};

/** Answers that say *clean* and were found again by a later list, of those that a later list has judged. */
export const findingsAgain: Measure = {
  id: 'findings.again',
  name: { vi: 'Ghi nhận lại sau khi đã bóc gỡ', en: 'Seen again after cleaning' },
  unit: { vi: 'điểm ghi nhận lại', en: 'seen again' },
  proposes: (text) => cleaningSpoken(text) && /tai (lay )?nhiem|lay nhiem (tro )?lai|ghi nhan lai|triet de/.test(text),
  async compute(tx, ctx, organisations, window) {
    const sums = await sumsOf(tx, ctx, organisations, window);
    const seen = await registrationsOf(tx, ctx, organisations);
    return organisations.map((organisation): MeasureValue => {
      const its = sums.get(organisation) ?? nothing();
      const { seenAgain: value, notSeen, unverified } = its;
      const of = value + notSeen;
      if (!seen.has(organisation)) return silent(organisation, OUTSIDE);
      if (of === 0)
        return silent(organisation, {
          vi: unverified > 0 ? `${unverified} điểm đã bóc gỡ, chờ danh sách kế tiếp đối chiếu.` : 'Chưa có điểm nào được báo đã bóc gỡ.',
          en: unverified > 0 ? `${unverified} cleaned ones wait for the next list.` : 'Nothing has been answered as cleaned yet.',
        });
      const text = {
        vi: `${value}/${of} điểm đã bóc gỡ bị ghi nhận lại${unverified > 0 ? `; ${unverified} điểm chưa kiểm chứng` : ''}.`,
        en: `${value} of ${of} cleaned ones were seen again${unverified > 0 ? `; ${unverified} are unverified` : ''}.`,
      };
      const query = { state: 'all', verdict: 'seen-again' };
      return {
        organisation,
        state: value > 0 ? 'missed' : 'met',
        value,
        of,
        target: 0,
        text,
        ...listOf(organisation, its, { query, total: value, window }),
      };
    });
  },
  rows: (tx, ctx, organisation, window) =>
    measuredRows(tx, ctx, organisation, {
      window,
      which: sql`f.answer = any(${sql.param(CLEANING)}::text[]) and f.verdict = 'seen-again'`,
      order: sql`f.rank, f.last_seen desc`,
    }),
};

/** Cleaned before the next monthly list comes: working days of a month. */
const MONTH = 22;

const decimal = (value: number, comma: string): string => String(value).replace('.', comma);

/** The median of working days until an answer that says *clean* and that no later list disproved. */
export const findingsDays: Measure = {
  id: 'findings.days',
  name: { vi: 'Số ngày làm việc đến khi bóc gỡ (trung vị)', en: 'Working days until cleaned (median)' },
  unit: { vi: 'ngày làm việc', en: 'working days' },
  proposes: (text) => cleaningSpoken(text) && /kip thoi|nhanh chong|khan truong|trong thoi (han|gian)/.test(text),
  async compute(tx, ctx, organisations, window) {
    const sums = await sumsOf(tx, ctx, organisations, window);
    const times = await timesOf(tx, ctx, sums, window);
    const seen = await registrationsOf(tx, ctx, organisations);
    return organisations.map((organisation): MeasureValue => {
      const its = times.get(organisation) ?? [];
      const value = medianOf(its);
      const count = its.reduce((sum, { n }) => sum + n, 0);
      if (!seen.has(organisation)) return silent(organisation, OUTSIDE);
      if (value === null) return silent(organisation, { vi: 'Chưa có điểm nào được bóc gỡ.', en: 'Nothing has been cleaned yet.' });
      const text = {
        vi: `Một nửa trong ${count} điểm đã bóc gỡ xong trong ${decimal(value, ',')} ngày làm việc; mốc so sánh: một tháng (${MONTH} ngày làm việc), trước danh sách kế tiếp.`,
        en: `Half of the ${count} cleaned ones took at most ${decimal(value, '.')} working days; compared with a month (${MONTH} working days), before the next list.`,
      };
      const query = { state: 'all', cleaned: 'true' };
      const list = listOf(organisation, sums.get(organisation) ?? nothing(), { query, total: count, window });
      return { organisation, state: value <= MONTH ? 'met' : 'missed', value, of: null, target: MONTH, text, ...list };
    });
  },
  rows: (tx, ctx, organisation, window) => measuredRows(tx, ctx, organisation, { window, which: cleaned, order: sql`f.answered_at desc` }),
  async overall(tx, ctx, organisations, window) {
    const times = await timesOf(tx, ctx, await sumsOf(tx, ctx, organisations, window), window);
    return { value: medianOf([...times.values()].flat()), of: null };
  },
};
