import { domainToASCII, domainToUnicode } from 'node:url';
import { type Problem, readAddress } from './network.ts';

const LABEL = /^(?!-)[a-z\d_-]{1,63}(?<!-)$/u;
/** Suffixes under which others register; nobody holds them with all their subdomains (VNNIC). */
const SHARED = new Set(
  [
    'vn',
    ...['com', 'net', 'org', 'gov', 'edu', 'int', 'ac', 'biz', 'info', 'name', 'pro', 'health', 'io', 'ai', 'id'].map((one) => `${one}.vn`),
  ].concat(['com', 'net', 'org', 'info']),
);

const BAD: Problem = {
  code: 'assets.domain',
  text: {
    vi: 'Không đọc được tên miền. Ghi như soyte.ninhbinh.gov.vn, không kèm http:// hay đường dẫn.',
    en: 'This is no domain. Write it like soyte.ninhbinh.gov.vn, without http:// or a path.',
  },
};

/** A domain in small letters, other scripts in punycode (RFC 5890); an address pasted with scheme and path gives its host. */
export function readDomain(text: string): string | Problem {
  const bare = text
    .trim()
    .replace(/^[a-z]+:\/\//iu, '')
    .replace(/[/?#:].*$/u, '')
    .replace(/^\*\./u, '')
    .replace(/\.$/u, '');
  const ascii = domainToASCII(bare.normalize('NFC')).toLowerCase();
  const labels = ascii.split('.');
  if (ascii === '' || ascii.length > 253 || labels.length < 2 || readAddress(ascii) || !labels.every((one) => LABEL.test(one))) return BAD;
  if (!SHARED.has(ascii)) return ascii;
  return {
    code: 'assets.shared_domain',
    text: {
      vi: `“${ascii}” là đuôi tên miền dùng chung, không thuộc riêng đơn vị nào. Ghi đủ tên miền của đơn vị.`,
      en: `“${ascii}” is a shared suffix that nobody holds alone. Give the whole domain.`,
    },
  };
}

/** As people read it. */
export function shownDomain(domain: string): string {
  return domainToUnicode(domain) || domain;
}
