/**
 * Lists in the form of Shadowserver's event4_sinkhole, made from a seed: the same seed gives the same bytes. The addresses
 * of half of the rows lie in the given prefixes, the others in 198.18.0.0/15 (RFC 2544), which belongs to nobody.
 */
export type SinkholeOptions = {
  readonly seed: number;
  readonly rows: number;
  /** IPv4 prefixes such as 203.0.113.0/24. */
  readonly prefixes: readonly string[];
  /** The rows spread evenly over this many days from the first one on. */
  readonly from?: string;
  readonly days?: number;
};

export const SINKHOLE_HEADER =
  'timestamp,protocol,src_ip,src_port,src_asn,src_geo,src_region,src_city,src_hostname,src_naics,src_sector,device_vendor,device_type,' +
  'device_model,severity,dst_ip,dst_port,dst_asn,dst_geo,dst_region,dst_city,dst_hostname,dst_naics,dst_sector,public_source,' +
  'infection,family,tag,application,version,event_id';

const FAMILIES = ['avalanche-andromeda', 'mirai', 'ranbyus', 'sality', 'necurs', 'conficker', 'qsnatch', 'virut'];
const APPLICATIONS = ['http', 'dns', 'irc', ''];

/** Numbers below 2³², the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

function rangeOf(prefix: string): { start: number; size: number } {
  const [address, length] = prefix.split('/');
  const start = address!.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { start, size: 2 ** (32 - Number(length ?? 32)) };
}

/** The list without its header, a line a row, each ended by \n. */
export function* sinkholeRows(options: SinkholeOptions): Generator<string> {
  const { rows, prefixes, from = '2026-04-20', days = 1 } = options;
  const random = seeded(options.seed);
  const ranges = prefixes.map(rangeOf);
  const first = Date.parse(`${from}T00:00:00Z`) / 1000;
  for (let row = 0; row < rows; row++) {
    const second = first + Math.floor((row / rows) * days * 86_400);
    const range = ranges.length > 0 && random() % 2 === 0 ? ranges[random() % ranges.length]! : { start: 0xc612_0000, size: 2 ** 17 };
    const family = FAMILIES[random() % FAMILIES.length]!;
    const ip = dotted(range.start + (random() % range.size));
    const event = [random(), random(), random(), random()].map((part) => part.toString(16).padStart(8, '0')).join('');
    const time = new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' ');
    const cells = [
      [
        time,
        'tcp',
        ip,
        1024 + (random() % 64_511),
        7552,
        'VN',
        'NINH BINH',
        'NINH BINH',
        '',
        517_311,
        'Communications, Service Provider, and Hosting Service',
      ],
      ['', '', '', 'critical', '192.0.2.10', 80, 64_496, 'US', 'CALIFORNIA', 'LOS ANGELES', `sinkhole-${random() % 50}.example`, 518_210],
      [
        'Communications, Service Provider, and Hosting Service',
        'ExampleSinkhole',
        family,
        family,
        `${family};b68`,
        APPLICATIONS[random() % 4]!,
        '',
        event,
      ],
    ].flat();
    yield `${cells.map((cell) => `"${cell}"`).join(',')}\n`;
  }
}

/** `count` prefixes of /20 to /28 that do not touch, from 10.0.0.0 on; the same for the same seed. */
export function disjointPrefixes(seed: number, count: number): string[] {
  const random = seeded(seed);
  let next = 0x0a00_0000;
  return Array.from({ length: count }, () => {
    const length = count > 2000 ? 24 + (random() % 5) : 20 + (random() % 9);
    const size = 2 ** (32 - length);
    const start = Math.ceil(next / size) * size;
    next = start + size * 2;
    return `${dotted(start)}/${length}`;
  });
}
