import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command cost, all of its processes together. */
export type Cost = {
  /** @unit seconds */
  readonly wall: number;
  /** User and system. @unit seconds */
  readonly cpu: number;
  /** Of the largest of its processes. @unit MiB */
  readonly peak: number;
};

export type Command = { readonly name: string; readonly words: readonly string[]; readonly input?: string; readonly output?: string };

/** Runs a command once under GNU time (apt-get install time). @throws where it is missing, or the command fails */
export async function timed({ name, words, input = '/dev/null', output = '/dev/null' }: Command): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'vonggac-bench-'));
  const note = join(folder, 'time');
  const files = [openSync(input, 'r'), openSync(output, 'w'), openSync('/dev/null', 'w')];
  try {
    const child = spawn('/usr/bin/time', ['-o', note, '-f', '%e %U %S %M', ...words], { stdio: files });
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    const [wall = 0, user = 0, system = 0, kib = 0] = readFileSync(note, 'utf8').trim().split('\n').at(-1)!.split(' ').map(Number);
    if (code !== 0) throw new Error(`${name} ended with ${code}: ${words.join(' ')}`);
    return { wall, cpu: user + system, peak: kib / 1024 };
  } finally {
    for (const file of files) closeSync(file);
    rmSync(folder, { recursive: true });
  }
}

/** Every command once a round, one after another, so that what else the machine does falls on all of them. */
export async function interleaved(commands: readonly Command[], rounds: number): Promise<ReadonlyMap<string, Cost>> {
  const costs = new Map<string, Cost[]>(commands.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) for (const command of commands) costs.get(command.name)!.push(await timed(command));
  return new Map([...costs].map(([name, all]) => [name, medianOf(all)]));
}

function medianOf(costs: readonly Cost[]): Cost {
  const of = (key: keyof Cost): number => costs.map((cost) => cost[key]).sort((a, b) => a - b)[Math.floor(costs.length / 2)]!;
  return { wall: of('wall'), cpu: of('cpu'), peak: Math.max(...costs.map(({ peak }) => peak)) };
}
