const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/u;

function bytes4(text: string): number[] | null {
  const bytes = IPV4.exec(text)?.slice(1).map(Number);
  return bytes?.every((byte) => byte < 256) ? bytes : null;
}

/** The groups of one side of `::`, as bytes; an IPv4 address may stand last. */
function groups(text: string): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [at, part] of parts.entries()) {
    const last = at === parts.length - 1 ? bytes4(part) : null;
    if (last !== null) bytes.push(...last);
    else if (/^[0-9a-f]{1,4}$/iu.test(part)) bytes.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff);
    else return null;
  }
  return bytes;
}

/**
 * The bytes of an IP address, 4 or 16; null where the text is none. A zone (`%eth0`) is left out, and an IPv4 address written as IPv6
 * (`::ffff:192.0.2.1`, RFC 4291 §2.5.5.2) is the IPv4 address.
 */
export function addressBytes(text: string): readonly number[] | null {
  if (text.length > 64) return null;
  const address = text.trim().replace(/%.*$/u, '');
  if (!address.includes(':')) return bytes4(address);
  const sides = address.split('::');
  if (sides.length > 2) return null;
  const [before, after] = sides.map(groups);
  if (before === null || after === null) return null;
  const gap = 16 - before!.length - (after?.length ?? 0);
  if (after === undefined ? gap !== 0 : gap < 2) return null;
  const bytes = [...before!, ...Array.from({ length: gap }, () => 0), ...(after ?? [])];
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return isMapped ? bytes.slice(12) : bytes;
}
