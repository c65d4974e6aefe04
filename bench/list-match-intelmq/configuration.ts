/** What IntelMQ is told: its default chain, the columns of event4_sinkhole, one rule a range. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type Bot = { readonly id: string; readonly module: string };

/** In the order in which a message passes them. */
export const CHAIN: readonly Bot[] = [
  { id: 'collector', module: 'intelmq.bots.collectors.file.collector_file' },
  { id: 'parser', module: 'intelmq.bots.parsers.shadowserver.parser' },
  { id: 'deduplicator', module: 'intelmq.bots.experts.deduplicator.expert' },
  { id: 'taxonomy', module: 'intelmq.bots.experts.taxonomy.expert' },
  { id: 'sieve', module: 'intelmq.bots.experts.sieve.expert' },
  { id: 'output', module: 'intelmq.bots.outputs.file.output' },
];

export type Range = { readonly prefix: string; readonly organisation: string };

type Field = readonly [key: string, column: string, converter?: string];

const REQUIRED: readonly Field[] = [
  ['time.source', 'timestamp', 'add_UTC_to_timestamp'],
  ['source.ip', 'src_ip', 'validate_ip'],
];

/** Of the columns that both ends have, under the prefixes src_ and dst_. */
const ofEnd = (end: 'source' | 'destination', short: 'src' | 'dst'): Field[] => [
  [`${end}.port`, `${short}_port`, 'convert_int'],
  [`${end}.asn`, `${short}_asn`, 'invalidate_zero'],
  [`${end}.geolocation.cc`, `${short}_geo`],
  [`${end}.geolocation.region`, `${short}_region`],
  [`${end}.geolocation.city`, `${short}_city`],
  [`${end}.reverse_dns`, `${short}_hostname`],
  ['extra.', `${short}_naics`, 'convert_int'],
  ['extra.', `${short}_sector`, 'validate_to_none'],
];

const PLAIN = ['device_vendor', 'device_type', 'device_model', 'severity', 'public_source', 'tag', 'application', 'version', 'event_id'];

const OPTIONAL: readonly Field[] = [
  ...ofEnd('source', 'src'),
  ['destination.ip', 'dst_ip', 'validate_ip'],
  ...ofEnd('destination', 'dst'),
  ['protocol.transport', 'protocol'],
  ['classification.identifier', 'infection'],
  ['malware.name', 'family'],
  ...PLAIN.map((column): Field => ['extra.', column, 'validate_to_none']),
];

const REPORT = {
  feed_name: 'Sinkhole',
  file_name: 'event4_sinkhole',
  url: 'https://www.shadowserver.org/what-we-do/network-reporting/sinkhole-events-report/',
  constant_fields: { 'classification.type': 'infected-system' },
  required_fields: REQUIRED,
  optional_fields: OPTIONAL,
};

function runtime(root: string, port: number): Record<string, unknown> {
  const cache = { redis_cache_host: '127.0.0.1', redis_cache_port: port, redis_cache_db: 6, redis_cache_ttl: 86_400 };
  const own: Record<string, object> = {
    collector: { name: 'bench', provider: 'bench', path: path.join(root, 'in'), postfix: '.csv', chunk_size: 1_000_000 },
    deduplicator: { ...cache, filter_type: 'blacklist', filter_keys: 'raw,time.observation' },
    sieve: { file: path.join(root, 'ranges.sieve') },
    output: { file: path.join(root, 'out/events.txt') },
  };
  const bots = CHAIN.map(({ id, module }, at): [string, object] => {
    const next = CHAIN[at + 1];
    const queues = next === undefined ? {} : { destination_queues: { _default: [`${next.id}-queue`] } };
    // A scheduled bot does one round and ends: what the collector should.
    const runs = id === 'collector' ? 'scheduled' : 'continuous';
    return [id, { module, enabled: true, run_mode: runs, parameters: { ...own[id], ...queues } }];
  });
  const ports = { source_pipeline_port: port, destination_pipeline_port: port, statistics_port: port };
  return { global: ports, ...Object.fromEntries(bots) };
}

const rule = ({ prefix, organisation }: Range, at: number): string =>
  `${at === 0 ? 'if' : 'elif'} source.ip << '${prefix}' { add! extra.agency = '${organisation}' add! source.abuse_contact = 'soc@${organisation}.example' }\n`;

/** Writes the root directory of an instance. @param packaged where the installed package keeps its own etc/ */
export function configure(root: string, packaged: string, { port, ranges }: { port: number; ranges: readonly Range[] }): void {
  for (const name of ['etc', 'in', 'out', 'var/log', 'var/run', 'var/lib/bots']) mkdirSync(path.join(root, name), { recursive: true });
  copyFileSync(path.join(packaged, 'harmonization.conf'), path.join(root, 'etc/harmonization.conf'));
  // JSON is YAML too.
  writeFileSync(path.join(root, 'etc/runtime.yaml'), JSON.stringify(runtime(root, port), null, 1));
  writeFileSync(path.join(root, 'var/lib/bots/shadowserver-schema.json'), JSON.stringify({ event4_sinkhole: REPORT }));
  writeFileSync(path.join(root, 'ranges.sieve'), ranges.map(rule).join(''));
}
