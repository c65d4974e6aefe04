/**
 * Two jobs beside one, by the length of the input: wall, CPU seconds, peak memory, medians of three interleaved rounds. Beside it what the
 * machine gives two processes that scan half each and know nothing of one another.
 *
 *     node bench/scan/jobs.ts RULES EVTX
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine } from '../support.ts';
import { copiesOf, windowsRules } from './corpus.ts';
import { interleaved } from './timed.ts';
import type { Command, Cost } from './timed.ts';

const ROUNDS = 3;
const COPIES = [1, 20, 60];
const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

const [rules, corpus] = process.argv.slice(2);
if (rules === undefined || corpus === undefined) throw new Error('node bench/scan/jobs.ts RULES EVTX');
const folder = mkdtempSync(join(tmpdir(), 'vonggac-bench-scan-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const windows = windowsRules(rules, folder);
const scan = (jobs: number, at: string): string[] => [
  process.execPath,
  MAIN,
  'scan',
  '--json',
  '--rules',
  windows,
  '--jobs',
  String(jobs),
  at,
];
const both = '"$1" "$2" scan --json --rules "$3" "$4" & "$1" "$2" scan --json --rules "$3" "$4" & wait';

function commandsFor(copies: number): Command[] {
  const at = copiesOf(corpus!, copies, folder);
  const commands = [
    { name: `one job, × ${copies}`, words: scan(1, at) },
    { name: `two jobs, × ${copies}`, words: scan(2, at) },
  ];
  if (copies % 2 === 1) return commands;
  const half = copiesOf(corpus!, copies / 2, folder);
  return [...commands, { name: `two processes, × ${copies}`, words: ['sh', '-c', both, 'sh', process.execPath, MAIN, windows, half] }];
}

const costs = await interleaved(COPIES.flatMap(commandsFor), ROUNDS);
process.stdout.write(`${machine()}\n\n`);
for (const [name, { wall, cpu, peak }] of costs)
  process.stdout.write(
    `${name.padEnd(24)} ${wall.toFixed(1).padStart(6)} s  ${cpu.toFixed(1).padStart(6)} s CPU  ${peak.toFixed(0).padStart(5)} MiB\n`,
  );
const wall = (name: string, copies: number): number => (costs.get(`${name}, × ${copies}`) as Cost).wall;
process.stdout.write('\n');
for (const copies of COPIES)
  process.stdout.write(`two jobs, × ${copies}: ${(wall('one job', copies) / wall('two jobs', copies)).toFixed(2)} × one\n`);
const [, less, more] = COPIES as [number, number, number];
const further = (name: string): number => wall(name, more) - wall(name, less);
process.stdout.write(`each further event: ${(further('one job') / further('two jobs')).toFixed(2)} × one (limit 1.7); `);
process.stdout.write(`two processes ${(further('one job') / further('two processes')).toFixed(2)} ×\n`);
