/**
 * A botnet list matched by IntelMQ 3.5 (file collector, Shadowserver parser, deduplicator, taxonomy, sieve with a rule a range,
 * file output), by `vonggac list match`, and taken whole into our embedded store: the very same rows, one after the other.
 * Queues of IntelMQ are drained one bot at a time, so that each has its figure; what counts is CPU seconds, redis included.
 * ROWS may be given; INTELMQ_VENV names a venv with the packages, to go without the network.
 */
import { chmodSync, createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { disjointPrefixes, SINKHOLE_HEADER, sinkholeRows } from '../../test/support/sinkhole-list.ts';
import { machine } from '../support.ts';
import { install, runChain, type Chain, type Stage } from './chain.ts';
import type { Range } from './configuration.ts';
import { endAll, finish, timed, type Cost } from './processes.ts';

const ROWS = Number(process.env['ROWS'] ?? 200_000);
const RANGES = 200;
const RUNS = 3;
const MAIN = path.join(import.meta.dirname, '../../apps/cli/src/main.ts');
const IMPORT = path.join(import.meta.dirname, '../list-import.ts');

type Input = { readonly list: string; readonly register: string; readonly ranges: readonly Range[]; readonly ids: readonly string[] };
type Imported = { first: { cpu: number; wall: number; rows: number; matched: number }; peak: number };

/** The rows are those of the first list of list-import.ts, which makes half as many more for its second. */
function make(place: string): Input {
  const prefixes = disjointPrefixes(7, RANGES);
  const ranges = prefixes.map((prefix, at) => ({ prefix, organisation: `agency-${at % 100}` }));
  const lines = [`${SINKHOLE_HEADER}\n`];
  const ids: string[] = [];
  for (const line of sinkholeRows({ seed: 5, rows: Math.round(ROWS * 1.5), prefixes, days: 30 })) {
    if (ids.length === ROWS) break;
    lines.push(line);
    ids.push(line.slice(line.lastIndexOf(',') + 2, -2));
  }
  mkdirSync(path.join(place, 'input'));
  const list = path.join(place, 'input/2026-05-30-event4_sinkhole-viet-nam.csv');
  const register = path.join(place, 'input/register.csv');
  writeFileSync(list, lines.join(''));
  writeFileSync(
    register,
    `organisation,cidr,valid_from,valid_to\n${ranges.map((one) => `${one.organisation},${one.prefix},,\n`).join('')}`,
  );
  return { list, register, ranges, ids };
}

async function eachLine(file: string, take: (line: string) => void): Promise<void> {
  for await (const line of readline.createInterface({ input: createReadStream(file), crlfDelay: Infinity })) if (line !== '') take(line);
}

/** Event id → organisation, of the rows that got one; and how many rows came out. */
async function saidByPeer(file: string): Promise<{ rows: number; found: Map<string, string> }> {
  const found = new Map<string, string>();
  let rows = 0;
  await eachLine(file, (line) => {
    const event = JSON.parse(line) as Record<string, unknown>;
    rows += 1;
    if (typeof event['extra.agency'] === 'string') found.set(String(event['extra.event_id']), event['extra.agency']);
  });
  return { rows, found };
}

async function saidByUs(file: string, ids: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  await eachLine(file, (line) => {
    const { row, organisation } = JSON.parse(line) as { row: number; organisation: string | null };
    if (organisation !== null) found.set(ids[row - 1]!, organisation);
  });
  return found;
}

function say(name: string, { cpu, wall, peak }: Cost, rest = ''): void {
  const figures = `CPU ${cpu.toFixed(2).padStart(7)} s  wall ${wall.toFixed(1).padStart(6)} s  peak ${peak.toFixed(0).padStart(5)} MiB`;
  process.stdout.write(`${name.padEnd(44)} ${figures}${rest === '' ? '' : `  ${rest}`}\n`);
}

const rate = (cpu: number): string => `${Math.round(ROWS / cpu).toLocaleString('en')} rows/CPU s`;

const tell = (stage: Stage): void =>
  say(`  ${stage.id}`, { ...stage, cpu: stage.cpu + stage.redis }, `redis ${stage.redis.toFixed(2)} s of it`);

function sayChain({ stages, redisPeak }: Chain): number {
  const sum = (pick: (one: Chain['stages'][number]) => number): number => stages.reduce((all, one) => all + pick(one), 0);
  const cpu = sum((one) => one.cpu + one.redis);
  const peak = redisPeak + Math.max(...stages.map((one) => one.peak));
  say('IntelMQ, the chain', { cpu, wall: sum((one) => one.wall), peak }, `${rate(cpu)}, redis ${redisPeak.toFixed(0)} MiB of it`);
  return cpu;
}

async function ours({ list, register }: Input, out: string): Promise<Cost> {
  const args = [MAIN, 'list', 'match', '--register', register, '--list', list, '--json'];
  const runs: Cost[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await timed(process.execPath, args, { out }));
  return runs.toSorted((a, b) => a.cpu - b.cpu)[Math.floor(RUNS / 2)]!;
}

async function imported(): Promise<Imported> {
  const env = { ...process.env, ROWS: String(ROWS), RANGES: String(RANGES) };
  const said = await finish(process.execPath, ['--expose-gc', IMPORT], { env });
  return JSON.parse(said.split('\n').findLast((line) => line.startsWith('{'))!) as Imported;
}

async function bench(place: string): Promise<void> {
  process.stdout.write(`${ROWS} rows of event4_sinkhole, ${RANGES} ranges\n${machine()}\n\n`);
  const input = make(place);
  const venv = process.env['INTELMQ_VENV'] ?? (await install(place));
  const chain = await runChain(place, venv, { ...input, tell });
  const peer = sayChain(chain);
  const match = await ours(input, path.join(place, 'ours.jsonl'));
  say('vonggac list match', match, `${rate(match.cpu)}, median of ${RUNS} runs`);
  const { first, peak } = await imported();
  say('whole import into the embedded store', { ...first, peak }, `${rate(first.cpu)}, RssAnon of server and database`);
  process.stdout.write(`\nIntelMQ's CPU: ${(peer / match.cpu).toFixed(0)} × list match, ${(peer / first.cpu).toFixed(1)} × whole import\n`);

  const theirs = await saidByPeer(chain.events);
  const mine = await saidByUs(path.join(place, 'ours.jsonl'), input.ids);
  const other = input.ids.filter((id) => theirs.found.get(id) !== mine.get(id)).length;
  const same = theirs.rows === ROWS && other === 0 && first.rows === ROWS && first.matched === mine.size;
  process.stdout.write(`rows out: IntelMQ ${theirs.rows}, import ${first.rows}\n`);
  process.stdout.write(`rows matched: IntelMQ ${theirs.found.size}, list match ${mine.size}, import ${first.matched}\n`);
  process.stdout.write(`answers ${same ? 'equal, row by row' : `DIFFER (${other} rows to another organisation)`}\n${machine()}\n`);
}

const place = mkdtempSync(path.join(os.tmpdir(), 'vg-bench-'));
chmodSync(place, 0o755);
const leave = (): void => {
  endAll();
  rmSync(place, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    leave();
    process.exit(1);
  });
try {
  await bench(place);
} finally {
  leave();
}
