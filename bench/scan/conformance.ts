/**
 * Holds the hits of `vonggac scan` against what other engines found over the same files:
 *
 *     node bench/scan/conformance.ts DATA [--jobs N] [--show N]
 *
 * DATA has the folders sigma-rules, sigma-regression and evtx, the latter two with a `pairs.json`. Only rules for Windows are compared, as
 * they were counted. Exit code 1 where the regression set is not met exactly or an agreed pair is not.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

type Pair = { rule: string; file: string; hits: number; channel: string };
type RuleNote = { title: string; logsource: string; isWindows: boolean };
type Compared = { name: string; right: number; wrong: Difference[]; missing: Difference[]; extra: Difference[] };
type Difference = { rule: string; file: string; wanted: readonly number[]; got: number; channel: string; note: string };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string', default: '1' }, show: { type: 'string', default: '5' } },
});
const data = positionals[0] ?? process.env['DATA'];
if (data === undefined) throw new Error('node bench/scan/conformance.ts DATA');
const shown = Number(values.show);
const rules = readRuleNotes(join(data, 'sigma-rules'));

/** Log sources by rule id, read with patterns of its own: not by the reader that is on trial. */
function readRuleNotes(folder: string): Map<string, RuleNote> {
  const notes = new Map<string, RuleNote>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.yml')) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    const said = (key: string): string => new RegExp(`^ *${key}: *['"]?([^'"\\r\\n#]*)`, 'mu').exec(text)?.[1]?.trim() ?? '';
    const block = /^logsource:\r?\n(?:[ \t]+.*\r?\n)+/mu.exec(text)?.[0] ?? '';
    const of = (key: string): string => new RegExp(`^ +${key}: *['"]?([\\w-]+)`, 'mu').exec(block)?.[1] ?? '';
    const logsource = ['product', 'category', 'service'].map(of).filter(Boolean).join('/');
    notes.set(said('id'), { title: said('title'), logsource, isWindows: of('product') === 'windows' });
  }
  return notes;
}

/** Runs the command and counts hits by rule and file. */
async function scan(path: string): Promise<Map<string, Pair>> {
  const args = [MAIN, 'scan', '--json', '--jobs', values.jobs, '--rules', join(data!, 'sigma-rules'), path];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const pairs = new Map<string, Pair>();
  for await (const line of createInterface({ input: child.stdout })) {
    const hit = JSON.parse(line) as { rule_id: string; file: string; channel: string | null };
    if (rules.get(hit.rule_id)?.isWindows !== true) continue;
    const key = `${hit.rule_id}\t${hit.file}`;
    const pair = pairs.get(key) ?? { rule: hit.rule_id, file: hit.file, hits: 0, channel: hit.channel ?? '' };
    pair.hits++;
    pairs.set(key, pair);
  }
  const code = await closed;
  if (code !== 0) throw new Error(`scan ended with ${code}`);
  return pairs;
}

/** Any of the counts is right: two engines that agree on a pair may count it differently. */
type Wanted = ReadonlyMap<string, readonly number[]>;

/** Only files that `isCompared` chooses; `known` says what another engine found where the wanted pairs have nothing. */
function compare(options: { name: string; got: ReadonlyMap<string, Pair>; wanted: Wanted; known?: ReadonlyMap<string, string> }): Compared {
  const { name, got, wanted, known } = options;
  const result: Compared = { name, right: 0, wrong: [], missing: [], extra: [] };
  for (const [key, hits] of wanted) {
    const pair = got.get(key);
    const [rule = '', file = ''] = key.split('\t');
    const difference = { rule, file, wanted: hits, got: pair?.hits ?? 0, channel: pair?.channel ?? '', note: '' };
    if (pair === undefined) result.missing.push(difference);
    else if (hits.includes(pair.hits)) result.right++;
    else result.wrong.push(difference);
  }
  for (const [key, { rule, file, hits, channel }] of got) {
    if (wanted.has(key)) continue;
    result.extra.push({ rule, file, wanted: [0], got: hits, channel, note: known?.get(key) ?? 'no other engine' });
  }
  return result;
}

function print(result: Compared): void {
  const { name, right, wrong, missing, extra } = result;
  process.stdout.write(`\n${name}: ${right} right, ${wrong.length} with another count, ${missing.length} missing, ${extra.length} extra\n`);
  for (const [title, differences] of Object.entries({ 'another count': wrong, missing, extra })) printKinds(title, differences);
}

/** A kind is a rule's log source, the channel of the event, and who else found it. */
function printKinds(title: string, differences: readonly Difference[]): void {
  const kinds = Map.groupBy(differences, ({ rule, channel, note }) =>
    [rules.get(rule)?.logsource, channel, note].filter(Boolean).join(' · '),
  );
  for (const [kind, all] of [...kinds].sort((a, b) => b[1].length - a[1].length)) {
    process.stdout.write(`  ${title}: ${kind}: ${all.length}\n`);
    for (const { rule, file, wanted, got } of all.slice(0, shown))
      process.stdout.write(`    ${rule} ${rules.get(rule)?.title ?? '?'}: ${got}, not ${wanted.join(' or ')}: ${file}\n`);
  }
}

function only(pairs: ReadonlyMap<string, Pair>, isIn: (file: string) => boolean, rename: (file: string) => string): Map<string, Pair> {
  const chosen = [...pairs.values()].filter(({ file }) => isIn(file));
  return new Map(chosen.map((pair) => [`${pair.rule}\t${rename(pair.file)}`, { ...pair, file: rename(pair.file) }]));
}

/** The same events lie there as EVTX and as JSON: both must give the same pairs. */
async function regression(folder: string): Promise<Compared[]> {
  const pairs = JSON.parse(readFileSync(join(folder, 'pairs.json'), 'utf8')) as [string, string, number][];
  const wanted = new Map(pairs.map(([rule, file, hits]) => [`${rule}\t${file}`, [hits]]));
  const got = await scan(folder);
  const json = only(got, (file) => file.endsWith('.json'), (file) => basename(file).replace(/\.json$/u, '.evtx')); // prettier-ignore
  return [
    compare({ name: 'sigma-regression, EVTX', got: only(got, (file) => file.endsWith('.evtx'), (file) => basename(file)), wanted }),
    compare({ name: 'sigma-regression, JSON', got: json, wanted }),
  ]; // prettier-ignore
}

async function corpus(folder: string): Promise<Compared> {
  type Row = [rule: string, file: string, rsigma: number, zircolite: number];
  const pairs = JSON.parse(readFileSync(join(folder, 'pairs.json'), 'utf8')) as Record<'agree' | 'rsigma_only' | 'zircolite_only', Row[]>;
  const got = await scan(folder);
  const known = new Map<string, string>();
  for (const [rule, file, rsigma, zircolite] of [...pairs.rsigma_only, ...pairs.zircolite_only]) {
    const hits = got.get(`${rule}\t${file}`)?.hits;
    const who = rsigma > 0 ? 'rsigma only' : 'Zircolite only';
    known.set(`${rule}\t${file}`, hits === Math.max(rsigma, zircolite) ? `${who}, same count` : `${who}, another count`);
  }
  const wanted = new Map(pairs.agree.map(([rule, file, ...hits]) => [`${rule}\t${file}`, hits]));
  const lacking = [...known.keys()].filter((key) => !got.has(key));
  const unmet = lacking.map((key) => {
    const [rule = '', file = ''] = key.split('\t');
    return { rule, file, wanted: [1], got: 0, channel: '', note: known.get(key)!.split(',')[0]! };
  });
  process.stdout.write(`\nfound by one other engine alone and not here: ${unmet.length}\n`);
  printKinds('not here', unmet);
  return compare({ name: 'evtx, agreed pairs', got, wanted, known });
}

const [evtx, json] = await regression(join(data, 'sigma-regression'));
const agreed = await corpus(join(data, 'evtx'));
for (const result of [evtx!, json!, agreed]) print(result);
const isMet =
  [evtx!, json!].every(({ wrong, missing, extra }) => wrong.length + missing.length + extra.length === 0) &&
  agreed.wrong.length + agreed.missing.length === 0;
process.exitCode = isMet ? 0 : 1;
