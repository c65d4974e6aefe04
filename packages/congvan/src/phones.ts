import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** A telephone number found in a text; `e164` null where it cannot be one (area codes of before 2017, short codes). */
export interface FoundPhone {
  printed: string;
  e164: string | null;
  start: number;
  end: number;
}

/** Eleven-digit mobile prefixes and what they became in 2018 (plan of the Ministry of Information and Communications). */
const OLD_MOBILE: Record<string, string> = {
  '0120': '070', '0121': '079', '0122': '077', '0126': '076', '0128': '078', '0123': '083', '0124': '084', '0125': '085',
  '0127': '081', '0129': '082', '0162': '032', '0163': '033', '0164': '034', '0165': '035', '0166': '036', '0167': '037',
  '0168': '038', '0169': '039', '0186': '056', '0188': '058', '0199': '059',
}; // prettier-ignore

const RUN = /(?<![\d\p{L}@_.,-])(?<!(?<!\d{6})\/)(?:\(\+?\d{1,4}(?:[-.\s]\d{1,4})?\)|\+?\d{1,11})(?:[ .-]?\(?\d{1,10}\)?){0,6}/gu;
const LABEL = /(?:dien thoai|so may|dd|dt|sdt|hotline|duong day nong|di dong|tel|phone|zalo|lien he|so truc|mobile)[^.;]{0,60}$/;
const OTHER = /(?:fax|ma so thue|mst|tai khoan|stk|cccd|cmnd|can cuoc|ma so|ma don vi|so hieu|dinh danh)[^.;,\d]{0,25}$/;

/** `+842436404421` for `024.3640.4421`, `02436404421`, `+84 24 3640 4421`; old 11-digit mobiles are remapped; else null. */
export function phoneToE164(printed: string): string | null {
  let digits = printed.replace(/\D/g, '');
  if (digits.startsWith('0084')) digits = digits.slice(2);
  if (digits.startsWith('84') && digits.length >= 11) digits = `0${digits.slice(2).replace(/^0/, '')}`;
  const moved = digits.length === 11 ? OLD_MOBILE[digits.slice(0, 4)] : undefined;
  if (moved !== undefined) digits = moved + digits.slice(4);
  if (!/^0\d{9,10}$/.test(digits)) return null;
  const number = parsePhoneNumberFromString(digits, 'VN');
  return number?.isValid() ? number.number : null;
}

/** Telephone numbers of a text in their order. `fold` is the same text folded. */
export function findPhones(text: string, fold: string): FoundPhone[] {
  const out: FoundPhone[] = [];
  for (const match of text.matchAll(RUN)) {
    const before = fold.slice(Math.max(0, match.index - 90), match.index);
    if (OTHER.test(before)) continue;
    out.push(...phonesOfRun(match[0], match.index, LABEL.test(before)));
  }
  return out;
}

function phonesOfRun(run: string, offset: number, labelled: boolean): FoundPhone[] {
  const groups = [...run.matchAll(/\d+/g)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const out: FoundPhone[] = [];
  let first = 0;
  while (first < groups.length) {
    const found = longestPhone(run, groups, first);
    if (!found) break;
    out.push({ ...found.phone, start: offset + found.phone.start, end: offset + found.phone.end });
    first = found.next;
  }
  if (out.length > 0 || !labelled) return out;
  const digits = run.replace(/\D/g, '');
  const short = /^1[89]00\d{4,6}$/.test(digits);
  if (!short && (digits.length < 8 || digits.length > 13 || !/^(?:0|84|\+|\()/.test(run))) return out;
  return [{ printed: run.trim(), e164: null, start: offset, end: offset + run.length }];
}

function longestPhone(
  run: string,
  groups: readonly { start: number; end: number }[],
  first: number,
): { phone: FoundPhone; next: number } | null {
  const from = groups[first];
  if (!from) return null;
  const start = first === 0 ? 0 : from.start;
  for (let last = Math.min(groups.length, first + 7) - 1; last >= first; last -= 1) {
    const to = groups[last];
    if (!to) continue;
    const printed = run.slice(start, to.end);
    const e164 = phoneToE164(printed);
    if (e164 !== null) return { phone: { printed, e164, start, end: to.end }, next: last + 1 };
  }
  return null;
}
