import type { Text } from '@vonggac/kernel';

export type PhoneKind = 'mobile' | 'fixed' | 'short' | 'foreign';
export type Phone = { value: string; kind: PhoneKind };

/** Eleven-digit mobile numbers of before 2018 and what became of them. */
const MOVED: Readonly<Record<string, string>> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0126': '076',
  '0128': '078',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0127': '081',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
};
const MOBILE = /^0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}$/;
const FIXED = /^02\d{9}$/;
const SHORT = /^(?:1[89]00\d{4,6}|[1-9]\d{2,4})$/;

/** `84…` and `0084…` as dialled at home; an old mobile prefix as it is today. */
function atHome(digits: string): string {
  const home = digits.replace(/^(?:00)?84(?=\d{8,11}$)/, '0').replace(/^00(?=[1-9])/, '0');
  const moved = home.length === 11 ? MOVED[home.slice(0, 4)] : undefined;
  return moved === undefined ? home : moved + home.slice(4);
}

/**
 * A phone number in E.164 (`024.3640.4421` → `+842436404421`); short codes (`156`, `1900…`) stay as they are dialled.
 * @returns null when it is no number that answers today, such as one with an area code of before 2017
 */
export function readPhone(text: string): Phone | null {
  const bare = text.replace(/(?:\.?\/\.|[;,])+\s*$/u, '').replace(/[\s.()\-–\u00A0]/gu, '');
  if (!/^\+?\d{3,15}$/.test(bare)) return null;
  if (/^\+(?!84)/.test(bare)) return bare.length >= 9 ? { value: bare, kind: 'foreign' } : null;
  const home = atHome(bare.replace('+', ''));
  if (MOBILE.test(home)) return { value: `+84${home.slice(1)}`, kind: 'mobile' };
  if (FIXED.test(home)) return { value: `+84${home.slice(1)}`, kind: 'fixed' };
  return SHORT.test(bare) ? { value: bare, kind: 'short' } : null;
}

export function phoneProblem(text: string): Text {
  return {
    vi: `“${text}” không phải số điện thoại đang dùng. Ghi đủ mã vùng mới (02…) hoặc số di động 10 chữ số; số máy lẻ ghi ở phần ghi chú.`,
    en: `“${text}” is not a phone number in use. Give the present area code (02…) or a 10-digit mobile number; an extension goes into the note.`,
  };
}

/** `+84985962548` → `+84985***548`; short codes are nobody's own and stay. */
export function maskPhone(value: string): string {
  return value.startsWith('+') ? `${value.slice(0, 6)}***${value.slice(-3)}` : value;
}

/** `nguyenvana@so.gov.vn` → `n***@so.gov.vn` */
export function maskEmail(value: string): string {
  return value.replace(/^(.)[^@]*/u, '$1***');
}
