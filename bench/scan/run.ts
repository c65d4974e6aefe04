/**
 * The scan beside its peers, in one run: CPU seconds, peak memory, ratios. Medians of three interleaved rounds.
 *
 *     PEERS=<folder with evtx_dump and rsigma> node bench/scan/run.ts RULES EVTX
 *
 * RULES: a folder of Sigma rules, EVTX: one of event logs. Peers are taken from PATH where PEERS is not set.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine } from '../support.ts';
import { copiesOf, windowsRules } from './corpus.ts';
import { interleaved, timed } from './timed.ts';
import type { Command, Cost } from './timed.ts';

const ROUNDS = 3;
const COPIES = 5;
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const MAIN = here('../../apps/cli/src/main.ts');

const [rules, corpus] = process.argv.slice(2);
if (rules === undefined || corpus === undefined) throw new Error('node bench/scan/run.ts RULES EVTX');
const peer = (name: string): string => (process.env['PEERS'] === undefined ? name : join(process.env['PEERS'], name));
const folder = mkdtempSync(join(tmpdir(), 'vonggac-bench-scan-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** One file, without events: what starting, reading the rules and compiling costs. */
function nothing(): string {
  const path = join(folder, 'nothing.jsonl');
  writeFileSync(path, '{"nothing": 1}\n');
  return path;
}

type Flat = { readonly path: string; readonly events: number };

function flattened(from: string): Flat {
  const path = `${from}.jsonl`;
  execFileSync('sh', ['-c', '"$0" "$1" "$2" > "$3"', process.execPath, here('flatten.ts'), from, path]);
  return { path, events: Number(execFileSync('wc', ['-l', path], { encoding: 'utf8' }).split(' ')[0]) };
}

const scanOf = (name: string, words: readonly string[]): Command => ({ name, words: [process.execPath, MAIN, 'scan', '--json', ...words] });
const rsigmaOf = (name: string, rulesAt: string, { path }: Flat): Command => ({
  name,
  words: [peer('rsigma'), 'engine', 'eval', '-q', '--logsource-routing', '-r', rulesAt, '-e', `@${path}`],
});
const dumpOf = (name: string, at: string): Command => ({
  name,
  words: ['sh', '-c', 'find "$0" -name "*.evtx" -print0 | xargs -0 -n1 "$1" -t1 -o jsonl || true', at, peer('evtx_dump')],
});

function print(name: string, { wall, cpu, peak }: Cost): void {
  process.stdout.write(
    `${name.padEnd(44)} ${cpu.toFixed(2).padStart(7)} s CPU  ${wall.toFixed(2).padStart(7)} s wall  ${peak.toFixed(0).padStart(5)} MiB\n`,
  );
}

function verdict(name: string, value: number, limit: { atMost: number } | { atLeast: number }): void {
  const isMet = 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast;
  const said = 'atMost' in limit ? `≤ ${limit.atMost}` : `≥ ${limit.atLeast}`;
  process.stdout.write(`  ${name}: ${value.toFixed(2)} (${said}: ${isMet ? 'met' : 'MISSED'})\n`);
}

process.stdout.write(`${machine()}\n`);
const windows = windowsRules(rules, folder);
const [once, fold] = [copiesOf(corpus, 1, folder), copiesOf(corpus, COPIES, folder)];
const [flatOnce, flatFold] = [flattened(once), flattened(fold)];
process.stdout.write(`${flatOnce.events} events, ${COPIES} times: ${flatFold.events}\n\n`);

const costs = await interleaved(
  [
    scanOf('vonggac, Windows rules', ['--rules', windows, once]),
    dumpOf('evtx_dump', once),
    rsigmaOf('rsigma, Windows rules', windows, flatOnce),
    scanOf(`vonggac, Windows rules, × ${COPIES}`, ['--rules', windows, fold]),
    dumpOf(`evtx_dump, × ${COPIES}`, fold),
    rsigmaOf(`rsigma, Windows rules, × ${COPIES}`, windows, flatFold),
    rsigmaOf('rsigma, all rules', rules, flatOnce),
    rsigmaOf(`rsigma, all rules, × ${COPIES}`, rules, flatFold),
    scanOf('vonggac, all rules, one event', ['--rules', rules, nothing()]),
  ],
  ROUNDS,
);
for (const [name, cost] of costs) print(name, cost);
const of = (name: string): Cost => costs.get(name)!;
/** What each further event costs. @unit microseconds of CPU */
const marginal = (name: string): number => ((of(`${name}, × ${COPIES}`).cpu - of(name).cpu) / (flatFold.events - flatOnce.events)) * 1e6;

const ours = marginal('vonggac, Windows rules');
const theirs = marginal('evtx_dump') + marginal('rsigma, Windows rules');
process.stdout.write(`\nDecode and match: ${ours.toFixed(1)} µs of CPU an event, evtx_dump + rsigma ${theirs.toFixed(1)}\n`);
verdict('whole run, ratio', of('vonggac, Windows rules').cpu / (of('evtx_dump').cpu + of('rsigma, Windows rules').cpu), { atMost: 1.5 });
verdict(`whole run, × ${COPIES}, ratio`, of(`vonggac, Windows rules, × ${COPIES}`).cpu / (of(`evtx_dump, × ${COPIES}`).cpu + of(`rsigma, Windows rules, × ${COPIES}`).cpu), { atMost: 1.5 }); // prettier-ignore
verdict('each further event, ratio', ours / theirs, { atMost: 1.5 });

const alone = { path: join(folder, 'alone.json'), words: [process.execPath, here('match-alone.ts'), rules, flatOnce.path] };
await timed({ name: 'matching alone', words: alone.words, output: alone.path });
const figures = JSON.parse(readFileSync(alone.path, 'utf8')) as Record<'events' | 'hits' | 'load' | 'decode' | 'first' | 'later', number>;
const rsigma = marginal('rsigma, all rules');
process.stdout.write(
  `\nMatching alone, all rules: ${figures.later.toFixed(1)} µs an event (the first time over ${figures.first.toFixed(1)}; JSON ${figures.decode.toFixed(1)}), ` +
    `rsigma with JSON ${rsigma.toFixed(1)}; ${figures.hits} hits\n`,
);
verdict('ratio', figures.later / rsigma, { atMost: 1.5 });
process.stdout.write('\nReading and compiling all rules\n');
verdict('seconds of CPU, in a process that is up', figures.load, { atMost: 1.5 });
verdict('seconds of CPU, the whole command on one event', of('vonggac, all rules, one event').cpu, { atMost: 1.5 });
process.stdout.write('\nMemory, however long the input\n');
verdict('MiB', of('vonggac, Windows rules').peak, { atMost: 350 });
verdict(`MiB, × ${COPIES}`, of(`vonggac, Windows rules, × ${COPIES}`).peak, { atMost: 350 });
