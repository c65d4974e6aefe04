/**
 * Prints what matching alone costs: microseconds of CPU an event on events that are decoded, the first time over them (what is built and
 * compiled on the way included) and afterwards; and with reading JSON.
 *
 *     node bench/scan/match-alone.ts RULES EVENTS.jsonl
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, EventReader, readRules } from '@vonggac/sigma';
import type { SigmaEvent } from '@vonggac/sigma';

const ROUNDS = 3;
const [rulesFolder, eventsFile] = process.argv.slice(2);
if (rulesFolder === undefined || eventsFile === undefined) throw new Error('node bench/scan/match-alone.ts RULES EVENTS.jsonl');

const names = readdirSync(rulesFolder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yml'));
const files = names.map((name) => ({ name, text: readFileSync(join(rulesFolder, name), 'utf8') }));
let engine = compile([]);
const load = cpuOf(() => (engine = compile(readRules(files).rules)));
const lines = readFileSync(eventsFile, 'utf8').trimEnd().split('\n');
const reader = new EventReader();
let events: SigmaEvent[] = [];
const decode = cpuOf(() => (events = lines.map((line) => reader.of(JSON.parse(line))).filter((event) => event !== null)));
let hits = 0;
const first = cpuOf(() => (hits = matchAll()));
const later = Array.from({ length: ROUNDS }, () => cpuOf(matchAll)).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
const each = (seconds: number): number => (seconds / events.length) * 1e6;
const figures = {
  rules: engine.rules.length,
  events: events.length,
  hits,
  load,
  decode: each(decode),
  first: each(first),
  later: each(later),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);

function matchAll(): number {
  let sum = 0;
  for (const event of events) sum += engine.match(event).length;
  return sum;
}

/** @unit seconds, user and system, of all threads of this process: the collector's work counts */
function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
