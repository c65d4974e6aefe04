import { isoOfSerial } from '@vonggac/outside';
import { formatAddress, parseAddress, refang } from './address.ts';
import { isoOf, parseInstant } from './instant.ts';
import type { InstantReading } from './instant.ts';
import type { RefusalCode } from './model.ts';

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z][a-z0-9-]{0,61}[a-z0-9])$/iu;
const LONGEST = 500;
/** What needs no cleaning. */
const SIMPLE = /^[!-,.-~](?: ?[!-~]){0,240}$/;
const DOTTED = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const USUAL_TIME = /^(?:19[7-9]|20\d)\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])[ T](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

export type Refused = { readonly refused: RefusalCode };

export const isRefused = (value: object | string | number | null): value is Refused =>
  typeof value === 'object' && value !== null && 'refused' in value;

// oxlint-disable-next-line no-control-regex -- what no database keeps and nobody reads.
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f]/gu;

/** Text without control characters and halves of letters. */
export const plainText = (text: string): string => text.replace(CONTROLS, '').toWellFormed();

/** Text as it is kept: composed, on one line, no more than 500 characters; null for nothing. */
export function shortText(cell: string): string | null {
  if (SIMPLE.test(cell)) return cell;
  const text = plainText(cell.replace(/[\s\u00a0]+/gu, ' ')).trim();
  return text === '' || text === '-' ? null : text.normalize('NFC').slice(0, LONGEST).toWellFormed();
}

/** A domain name in lower case, out of an URL or defanged where need be. */
export function domainOf(cell: string): string | null {
  const host = refang(cell.trim())
    .replace(/^[a-z][a-z0-9+.-]*:\/\/(?:[^/@\s]*@)?/iu, '')
    .replace(/[/?#:].*$/u, '')
    .replace(/\.$/u, '')
    .toLowerCase();
  return DOMAIN.test(host) ? host : null;
}

export type Located = { address: string | null; port: number | null; domain: string | null };

const NOTHING: Located = { address: null, port: null, domain: null };

/** What a cell for addresses holds: an address with or without port, or a domain. */
export function locate(cell: string): Located | Refused {
  if (DOTTED.test(cell)) return { address: cell, port: null, domain: null };
  const text = cell.trim();
  if (text === '' || text === '-') return NOTHING;
  const found = parseAddress(text);
  if (typeof found !== 'string') return { address: formatAddress(found.address), port: found.port, domain: null };
  const domain = domainOf(text);
  if (domain !== null) return { address: null, port: null, domain };
  const parts = text.split(/[\s,;]+/u).filter((part) => part !== '');
  const areAddresses = parts.length > 1 && parts.length < 1000 && parts.every((part) => typeof parseAddress(part) !== 'string');
  return { refused: areAddresses ? 'several-addresses' : 'bad-address' };
}

/** A port from 1 to 65535; 0 and nothing are null. */
export function portOf(cell: string): number | null | Refused {
  const text = cell.trim();
  if (text === '' || text === '0' || text === '-') return null;
  const port = /^\d{1,5}(?:\.0+)?$/u.test(text) ? Number(text) : Number.NaN;
  return port >= 1 && port <= 65_535 ? port : { refused: 'bad-port' };
}

/** A whole number of zero and more, `AS7552` and `1.234` too. */
export function numberOf(cell: string): number | null | Refused {
  const text = cell.trim().replace(/^as(?=\d)/iu, '');
  if (text === '' || text === '-') return null;
  const digits = /^\d{1,3}(?:[.,]\d{3})+$/u.test(text) ? text.replace(/[.,]/gu, '') : text.replace(/\.0+$/u, '');
  return /^\d{1,15}$/u.test(digits) ? Number(digits) : { refused: 'bad-number' };
}

/** aa:bb:cc:dd:ee:ff */
export function macOf(cell: string): string | null | Refused {
  const text = cell.trim();
  if (text === '' || text === '-') return null;
  const digits = text.replace(/[:.\s-]/gu, '').toLowerCase();
  return /^[0-9a-f]{12}$/u.test(digits) ? digits.replace(/(..)(?=.)/gu, '$1:') : { refused: 'bad-mac' };
}

/** An instant in ISO 8601 UTC; the serial numbers of spreadsheets (days since 1900 or 1904) are read too. */
export function instantOf(cell: string, reading: InstantReading, from1904: boolean): string | Refused {
  if (reading.offset === 0 && USUAL_TIME.test(cell)) return `${cell.slice(0, 10)}T${cell.slice(11)}Z`;
  const text = cell.trim();
  if (text === '') return { refused: 'no-time' };
  const serial = /^[3-7]\d{4}(?:\.\d+)?$/u.test(text) ? isoOfSerial(Number(text), 'date', from1904) : null;
  const found = parseInstant(serial ?? text, reading);
  return found === null ? { refused: 'bad-time' } : isoOf(found.ms);
}

/** Whether the cell was written so that nobody clicks on it: 1.2.3[.]4, hxxp://. */
export function isDefanged(cell: string): boolean {
  return /[[({\\]/u.test(cell) || /^\s*hxxp/iu.test(cell) ? refang(cell) !== cell : false;
}
