/**
 * `vonggac list match` on a five-column list (limit 200,000 rows per CPU second, start included; 400,000 is the aim) and on
 * all 31 columns of event4_sinkhole, against 200 and 20,000 ranges; its memory at ten times the rows. The peer in the same
 * run is `list-match-peer.py`; both must say the same of every row.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { disjointPrefixes, SINKHOLE_HEADER, sinkholeRows } from '../test/support/sinkhole-list.ts';
import { machine } from './support.ts';

const ROWS = Number(process.env['ROWS'] ?? 200_000);
const RUNS = Number(process.env['RUNS'] ?? 5);
const MAIN = path.join(import.meta.dirname, '../apps/cli/src/main.ts');
const PEER = path.join(import.meta.dirname, 'list-match-peer.py');
const FIVE = [0, 2, 3, 17, 26];
const place = mkdtempSync(path.join(os.tmpdir(), 'vg-bench-'));

function write(name: string, lines: Iterable<string>): string {
  const file = path.join(place, name);
  const to = openSync(file, 'w');
  let waiting = '';
  for (const line of lines) {
    waiting += line;
    if (waiting.length > 2 ** 20) waiting = (writeSync(to, waiting), '');
  }
  writeSync(to, waiting);
  closeSync(to);
  return file;
}

function* lists(rows: number, prefixes: readonly string[], columns: readonly number[] | null): Generator<string> {
  const pick = (line: string): string =>
    columns === null ? line : `${columns.map((at) => line.trimEnd().split('","')[at]!.replaceAll('"', '')).join(',')}\n`;
  yield columns === null ? `${SINKHOLE_HEADER}\n` : `${columns.map((at) => SINKHOLE_HEADER.split(',')[at]).join(',')}\n`;
  for (const line of sinkholeRows({ seed: 5, rows, prefixes, days: 30 })) yield pick(line);
}

function* registers(prefixes: readonly string[]): Generator<string> {
  yield 'organisation,cidr,valid_from,valid_to\n';
  for (const [at, prefix] of prefixes.entries())
    yield `Đơn vị ${at % 300},${prefix},${at % 3 === 0 ? '2026-01-01' : ''},${at % 5 === 0 ? '2026-05-01' : ''}\n`;
}

type Run = { cpu: number; wall: number; peak: number };

function run(command: string, args: readonly string[], out: string): Run {
  const to = openSync(out, 'w');
  const done = spawnSync('/usr/bin/time', ['-f', '%U %S %e %M', command, ...args], { stdio: ['ignore', to, 'pipe'] });
  closeSync(to);
  const said = done.stderr.toString().trim();
  if (done.status !== 0) throw new Error(said);
  const [user, system, wall, peak] = said.split(/\s+/u).slice(-4).map(Number);
  return { cpu: user! + system!, wall: wall!, peak: peak! / 1024 };
}

function say(name: string, rows: number, all: readonly Run[]): number {
  const median = (pick: (one: Run) => number): number => all.map(pick).toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
  const rate = rows / median(({ cpu }) => cpu);
  process.stdout.write(
    `${name.padEnd(64)} ${Math.round(rate).toLocaleString('en').padStart(9)} rows/CPU s   CPU ${median(({ cpu }) => cpu).toFixed(2)} s  wall ${median(({ wall }) => wall).toFixed(2)} s  peak ${Math.round(Math.max(...all.map(({ peak }) => peak)))} MiB  (${all.length} runs)\n`,
  );
  return rate;
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

const ours = (register: string, list: string): string[] => [MAIN, 'list', 'match', '--register', register, '--list', list, '--json'];
const [out, peerOut] = [path.join(place, 'ours.jsonl'), path.join(place, 'peer.jsonl')];

try {
  process.stdout.write(`${machine()}\n`);
  for (const ranges of [200, 20_000]) {
    const prefixes = disjointPrefixes(7, ranges);
    const register = write('register.csv', registers(prefixes));
    for (const [name, columns] of [
      ['5 columns', FIVE],
      ['31 columns, quoted', null],
    ] as const) {
      const list = write('list.csv', lists(ROWS, prefixes, columns));
      const runs = Array.from({ length: RUNS }, () => run(process.execPath, ours(register, list), out));
      const peers = [run('python3', [PEER, register, list], peerOut)];
      const rate = say(`list match, ${ROWS} rows × ${ranges} ranges, ${name}`, ROWS, runs);
      const peer = say('  peer: Python', ROWS, peers);
      const same = (await digest(out)) === (await digest(peerOut));
      const met = columns === null ? '' : `, limit 200,000: ${rate >= 200_000 ? 'met' : 'MISSED'}`;
      process.stdout.write(`  ratio ${(rate / peer).toFixed(1)}${met}; answers ${same ? 'equal' : 'DIFFER'}\n`);
      if (ranges === 200 && columns !== null) {
        const long = write('list.csv', lists(ROWS * 10, prefixes, columns));
        say(`list match, ${ROWS * 10} rows: memory`, ROWS * 10, [run(process.execPath, ours(register, long), out)]);
      }
    }
  }
  process.stdout.write(`${machine()}\n`);
} finally {
  rmSync(place, { recursive: true, force: true });
}
