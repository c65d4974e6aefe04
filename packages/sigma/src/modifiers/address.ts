import { addressBytes } from '../address.ts';

/** @unit bytes; `bits`: how many leading bits count */
export type Network = { readonly network: readonly number[]; readonly bits: number };

/**
 * `10.0.0.0/8`, `2001:db8::/32`, or one address alone; bits of the address beyond the prefix are left out of account. A network of IPv4
 * addresses written as IPv6 (`::ffff:10.0.0.0/104`) is that of IPv4.
 *
 * @returns null where the text is no network
 */
export function networkOf(text: string): Network | null {
  const [, said = '', prefix] = /^([^/%\s]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bytes = addressBytes(said);
  if (!bytes) return null;
  const mapped = bytes.length === 4 && said.includes(':') ? 96 : 0;
  const bits = (prefix === undefined ? bytes.length * 8 + mapped : Number(prefix)) - mapped;
  if (bits < 0 || bits > bytes.length * 8) return null;
  return { network: leading(bytes, bits), bits };
}

/** The bytes with every bit behind the first `bits` ones set to zero. */
export function leading(bytes: readonly number[], bits: number): number[] {
  return bytes.map((byte, at) => {
    const kept = Math.min(8, Math.max(0, bits - at * 8));
    return byte & ~(0xff >> kept) & 0xff;
  });
}
