import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { MappingError, readMapping, readPipeline, readRules } from '@vonggac/sigma';
import type { Level, MappingFile, ReadOptions, RuleSet } from '@vonggac/sigma';
import { Correlations } from './correlations.ts';
import { Gauges } from './gauges.ts';
import { findInputs, inParts, jobsFor, sizeOfAll, STDIN, unreadable } from './inputs.ts';
import type { Input } from './inputs.ts';
import { readOptions } from './options.ts';
import type { Options } from './options.ts';
import { Output } from './output.ts';
import { Progress } from './progress.ts';
import { ruleFiles } from './rule-files.ts';
import { isAtLeast, RuleUses, usedFrom } from './rule-uses.ts';
import { Scanner } from './scanner.ts';
import type { Batch, Setup } from './scanner.ts';
import { CSV_HEADER, writerOf } from './shown-hit.ts';
import { Stopped } from './stopped.ts';
import { remarksOf, summaryOf } from './summary.ts';
import type { Summary } from './summary.ts';
import { emptyTally } from './tally.ts';
import type { Tally } from './tally.ts';
import { scanAll, Threads } from './threads.ts';
import type { Run } from './threads.ts';
import { Timeline } from './timeline/timeline.ts';

/** The heap may grow by so much of what lives in it before it is cleaned up; a short scan would feel the tighter one. @unit percent */
const HEAP_GROWTH = { usual: 30, long: 10 };
/** @unit bytes */
const LONG = 2 ** 27;
const EXIT = { done: 0, hits: 1, interrupted: 130 };

/**
 * Does what the words behind `scan` ask.
 * @returns the exit code: 0, 1 with hits at or above `--fail-on`, 130 when it was interrupted
 * @throws Stopped where it cannot be done
 */
export async function runScan(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  // Left to itself the heap grows to twice what lives in it, at no gain in speed.
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH.usual}`);
  const inputs = findInputs(options.paths);
  if (inputs.length === 0) throw noInputs(options.paths);
  await using threads = threadsFor(options, inputs);
  const set = readRules(await ruleFiles(options.rules), pipelineOf(options.pipeline));
  if (set.rules.length === 0) throw noRules(options.rules, set);
  const setup: Setup = {
    ...usedFrom(set, options.minLevel),
    minLevel: options.minLevel,
    form: options.form,
    hasTimeline: options.timeline !== null,
    events: { mappings: options.mappings.map(mappingOf), logsources: options.logsource === null ? [] : [options.logsource] },
  };
  const summary = await scanned({ options, inputs, set, setup, threads });
  process.stderr.write(remarksOf(set, summary.tally));
  const isForReading = options.form === 'table' || options.form === 'summary';
  (isForReading ? process.stdout : process.stderr).write(`${options.form === 'table' ? '\n' : ''}${summaryOf(summary)}`);
  if (summary.isStopped) return EXIT.interrupted;
  return options.failOn !== null && hasHitFrom(summary, options.failOn) ? EXIT.hits : EXIT.done;
}

type Scan = {
  readonly options: Options;
  readonly inputs: readonly Input[];
  readonly set: RuleSet;
  readonly setup: Setup;
  readonly threads: Threads | null;
};

/** null where this thread scans: a thread of its own cannot read standard input. */
function threadsFor({ jobs }: Options, inputs: readonly Input[]): Threads | null {
  const wanted = jobs === 'auto' ? jobsFor(inputs, availableParallelism()) : jobs;
  const count = inputs.some(({ path }) => path === STDIN) ? 1 : Math.min(wanted, inParts(inputs).length);
  return count > 1 ? new Threads(count) : null;
}

async function scanned({ options, inputs, set, setup, threads }: Scan): Promise<Summary> {
  const start = performance.now();
  const gauges = new Gauges();
  const uses = new RuleUses(setup);
  const correlations = new Correlations(setup, uses, await writerOf(options.form));
  const timeline = options.timeline === null ? null : await Timeline.create(options.timeline);
  const output = new Output();
  const progress = new Progress(gauges, inputs);
  const take = async ({ text, rows, rowHits, bases }: Batch): Promise<void> => {
    if (text !== '') progress.clear();
    await output.write(text);
    await timeline?.add(rows, rowHits);
    await correlations.take(bases);
  };
  const stop = stopOnInterrupt(gauges);
  try {
    if (options.form === 'csv') await output.write(CSV_HEADER);
    if (sizeOfAll(inputs) > LONG) setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH.long}`);
    const run: Run = { setup, inputs: threads === null ? inputs : inParts(inputs), gauges, take };
    const tally = await (threads === null ? scanAll(await Scanner.of(setup, gauges), inputs, run) : threads.scan(run));
    await correlations.finish(tally, take);
    const abouts = [...setup.rules, ...setup.correlations];
    const summary = { set, abouts, tally, files: inputs.length, isStopped: gauges.isStopped, took: performance.now() - start };
    await timeline?.finish(summary);
    return summary;
  } finally {
    stop.off();
    progress.end();
    await correlations.close();
    await timeline?.close();
  }
}

/** The first Ctrl+C ends the scan where it is, with its summary; a second one ends the process. */
function stopOnInterrupt(gauges: Gauges): { off(): void } {
  const stop = (): void => {
    gauges.stop();
    if (process.stdin.listenerCount('readable') > 0) process.stdin.destroy();
  };
  process.once('SIGINT', stop);
  return { off: () => process.off('SIGINT', stop) };
}

function hasHitFrom({ abouts, tally }: { abouts: Summary['abouts']; tally: Tally }, least: Level): boolean {
  return [...tally.hits.keys()].some((rule) => isAtLeast(abouts[rule]!.level, least));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

function mappingOf(path: string): MappingFile {
  try {
    return readMapping(textOf(path), path);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    throw new Stopped({ vi: `Không dùng được --mapping: ${error.message}`, en: `--mapping cannot be used: ${error.message}` });
  }
}

/** A pipeline of which a part cannot be used would quietly change what rules mean: it is refused whole. */
function pipelineOf(path: string | null): ReadOptions {
  if (path === null) return {};
  const { pipeline, errors } = readPipeline({ name: path, text: textOf(path) });
  if (errors.length === 0) return pipeline;
  const said = errors.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('; ');
  throw new Stopped({ vi: `Không dùng được --pipeline: ${said}`, en: `--pipeline cannot be used: ${said}` });
}

function noInputs(paths: readonly string[]): Stopped {
  return new Stopped({
    vi: `${paths.join(', ')}: không có tệp .evtx, .json, .jsonl, .ndjson (hay .gz của chúng).`,
    en: `${paths.join(', ')}: no .evtx, .json, .jsonl, .ndjson file (or .gz of one).`,
  });
}

function noRules(paths: readonly string[], set: RuleSet): Stopped {
  process.stderr.write(remarksOf(set, emptyTally()));
  return new Stopped({
    vi: `${paths.join(', ')}: không có luật nào dùng được (${set.errors.length} luật không dùng được).`,
    en: `${paths.join(', ')}: no rule that can be used (${set.errors.length} refused).`,
  });
}
