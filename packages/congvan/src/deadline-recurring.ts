import { CLOCK } from './deadline-parts.ts';
import type { Found } from './deadline-parts.ts';

const ON_DAY =
  /(?<![a-z])(?:dinh ky\s)?(?:vao\s)?(?:ngay|thu)\s\d{1,2}(?:\/\d{1,2})?(?:(?:\sva|,)\s(?:ngay\s)?\d{1,2}){0,3}\s(?:(?:hang|moi)\s(?:thang|quy|nam|tuan)|(?:cua\s)?thang (?:dau|cuoi) (?:cua )?quy)(?![a-z])/g;
const AT_CLOCK = new RegExp(
  String.raw`(?<![a-z])(?:(?:cham nhat|muon nhat)(?:\s(?:la|vao|luc))?|truoc|vao|luc)\s(?:luc\s)?(?:${CLOCK}(?:(?:\sva|,)\s(?:truoc\s|luc\s)?${CLOCK}){0,3}\s)?(?:vao\s)?(?:(?:cac\s)?(?:ngay\s)?thu\s(?:hai|ba|tu|nam|sau|bay|[2-7])|(?:ngay\s)?chu nhat)?\s?(?:hang|moi)\s(ngay|tuan)(?![a-z])`,
  'g',
);
const EVERY = new RegExp(
  String.raw`(?<![a-z])(?:hang|moi)\s(ngay|tuan|thang|quy|nam),?\s\(?(?:truoc|vao|luc|vao luc|cham nhat(?:\s(?:la|vao|luc))?)\s(?:luc\s)?(?:${CLOCK}(?!\s?ngay\s\d)|ngay\s(?:mung\s)?\d{1,2}(?![\d/]|\s?(?:cua|thang|hang|moi)))`,
  'g',
);
const RECURRING =
  /(?<![a-z])(?:dinh ky|bao cao(?:\s(?!dinh|hang|moi|theo)[a-z]{2,8}){0,3}|theo dinh ky|theo)\s(?:(?:vao|theo)\s)?(?:(?:hang|moi)\s(ngay|tuan|thang|quy|nam)|(0?6 thang|nua nam|6 thang)(?:\/lan|\smot lan)?|(0?3 thang)|(thang|quy|nam|tuan|ngay)(?=[\s,;.()]|$)(?!\s\d))(?:[,\s]{1,2}(?:(?:va|hoac)\s)?(?:(?:hang|moi)\s)?(?:ngay|tuan|thang|quy|0?6 thang|nam)(?![a-z])(?:\s\d{4})?)*/g;
const AD_HOC =
  /^\s{0,2}(?:,|va|hoac|va\/hoac|hoac bao cao)?\s{0,2}(?:theo\s)?dot xuat(?:\s(?:khi co yeu cau|theo yeu cau|khi co phat sinh))?/;
const BRACKET = /^\s{0,2}\(((?:truoc|vao|cham nhat)[^()]{0,80})\)/;
const HOUR = /^,?\s(?:luc|truoc|vao luc|vao)\s\d{1,2}\s?(?:h|g|gio)\s?\d{0,2}(?![\d/])(?!\s*ngay\s*\d)/;
const DAY = /^,?\s(?:truoc|vao|cham nhat(?: vao| la)?)\sngay\s(?:mung\s)?\d{1,2}(?![\d/]|\s?(?:cua|thang|hang|moi))/;
const WORDS: Record<string, string> = { ngay: 'daily', tuan: 'weekly', thang: 'monthly', quy: 'quarterly', nam: 'yearly' };

/** "định kỳ vào ngày 20 hằng tháng", "báo cáo ngày 15 và 30 hằng tháng". */
export function onDays(fold: string): Found[] {
  return [...fold.matchAll(ON_DAY)].map((match) => withAdHoc(fold, match.index, match.index + match[0].length, periodOf(match[0])));
}

/** "trước 16h00 hằng ngày", "trước 07h00 và 15h00 hằng ngày", "vào thứ Sáu hằng tuần", "hằng ngày trước 16 giờ". */
export function atClocks(fold: string): Found[] {
  return [...fold.matchAll(AT_CLOCK), ...fold.matchAll(EVERY)].map((match) =>
    withAdHoc(fold, match.index, match.index + match[0].length, WORDS[match[1] ?? ''] ?? 'daily'),
  );
}

function withAdHoc(fold: string, start: number, end: number, recurrence: string): Found {
  const extra = adHoc(fold, end);
  return { start, end: end + extra.length, due: null, recurrence: recurrence + extra.suffix };
}

/** The recurrence that a phrase with "hằng …", "của tháng …", "tháng cuối quý" names. */
export function periodOf(text: string): string {
  if (/thang (?:dau|cuoi)|quy/.test(text)) return 'quarterly';
  if (/tuan/.test(text)) return 'weekly';
  return /nam/.test(text) && !/thang/.test(text) ? 'yearly' : 'monthly';
}

/** "định kỳ hằng tháng (trước ngày 25 hằng tháng)", "định kỳ 06 tháng hoặc đột xuất", "báo cáo hằng quý". */
export function recurring(fold: string): Found[] {
  const out: Found[] = [];
  for (const match of fold.matchAll(RECURRING)) {
    const periodic = /^(?:theo )?dinh ky/.test(match[0]);
    const [, word, half, third, bare] = match;
    if (!periodic && (word === undefined || match[0].startsWith('theo'))) continue;
    const recurrence = half !== undefined ? 'half-yearly' : third !== undefined ? 'quarterly' : WORDS[word ?? bare ?? ''];
    if (recurrence === undefined) continue;
    const start = periodic ? match.index : match.index + Math.max(0, match[0].search(/(?:hang|moi)\s/));
    let end = match.index + match[0].length;
    const extra = adHoc(fold, end);
    end += extra.length;
    const bracket = BRACKET.exec(fold.slice(end, end + 120));
    if (bracket) end += bracket[0].length;
    const hour = HOUR.exec(fold.slice(end, end + 30)) ?? DAY.exec(fold.slice(end, end + 50));
    if (hour) end += hour[0].length;
    const late = extra.length === 0 ? adHoc(fold, end) : { suffix: '', length: 0 };
    end += late.length;
    out.push({ start, end, due: null, recurrence: recurrence + extra.suffix + late.suffix });
  }
  return out;
}

/** "hoặc đột xuất khi có yêu cầu" behind a recurrence. */
export function adHoc(fold: string, end: number): { suffix: string; length: number } {
  const match = AD_HOC.exec(fold.slice(end, end + 60));
  return match ? { suffix: '+ad-hoc', length: match[0].length } : { suffix: '', length: 0 };
}
