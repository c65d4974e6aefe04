import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAddress, parseAddress, parseBareAddress } from './address.ts';

const shown = (cell: string): string => {
  const found = parseAddress(cell);
  return typeof found === 'string' ? `! ${found}` : `${formatAddress(found.address)}${found.port === null ? '' : ` ${found.port}`}`;
};

describe('parseAddress', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    [' "192.0.2.1" ', '192.0.2.1'],
    ['1.2.3[.]4', '1.2.3.4'],
    ['1[.]2[.]3[.]4', '1.2.3.4'],
    ['1(.)2(.)3(.)4', '1.2.3.4'],
    ['1[dot]2{.}3\\.4', '1.2.3.4'],
    ['hxxp://1.2.3[.]4/gate.php', '1.2.3.4'],
    ['hxxps[:]//1[.]2[.]3[.]4:8443/x', '1.2.3.4 8443'],
    ['192.0.2.1:443', '192.0.2.1 443'],
    ['192.0.2.1/32', '192.0.2.1'],
    ['2001:0DB8:0000::0001', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1 443'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001[:]db8[:]:1', '2001:db8::1'],
    ['::', '::'],
    ['1::', '1::'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['', '! empty'],
    ['1.2.3', '! malformed'],
    ['1.2.3.256', '! malformed'],
    ['1.2.3.0/24', '! malformed'],
    ['1.2.3.4.5', '! malformed'],
    ['01.2.3.4', '! leading-zero'],
    ['::ffff:192.0.02.1', '! leading-zero'],
    ['fe80::1%eth0', '! zone-id'],
    ['1:2:3:4:5:6:7', '! malformed'],
    ['1:2:3:4:5:6:7:8:9', '! malformed'],
    ['1:2:3:4:5:6:7::8', '! malformed'],
    ['1::2::3', '! malformed'],
    [':::', '! malformed'],
    ['12345::', '! malformed'],
    ['1.2.3.4::', '! malformed'],
    ['192.0.2.1:70000', '! malformed'],
    ['example.org', '! malformed'],
  ])('%j → %s', (cell, expected) => {
    expect(shown(cell)).toBe(expected);
  });

  test('reads every address that it writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (value, mask) => {
        // Half of the bits cleared in runs makes zero groups likely.
        const thinned = value & (mask | (mask << 16n)) & (mask >> 16n) & (2n ** 128n - 1n);
        if (thinned >> 32n === 0xffffn) return;
        const address = { family: 6 as const, value: thinned };
        expect(parseBareAddress(formatAddress(address))).toEqual(address);
        expect(new URL(`http://[${formatAddress(address)}]/`).hostname).toBe(`[${formatAddress(address)}]`);
      }),
    );
  });
});
