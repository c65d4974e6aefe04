import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setPriority, tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Works from the sources and from a packed .js build alike.
const CHILD_MAIN = fileURLToPath(new URL(`./child-main${extname(import.meta.url)}`, import.meta.url));
const CPU_SECONDS_OF_A_LIFE = 600;
const LESS_URGENT = 5;
const CLOCK_TICKS = 100;
const PAGE_BYTES = 4096;

function packageFolder(file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** Folders that the child may read: the code it runs and the `node_modules` above that code, nothing else. */
function readableFolders(moduleFile: string): string[] {
  const folders = new Set<string>();
  for (const file of [moduleFile, CHILD_MAIN]) {
    const home = packageFolder(realpathSync(file));
    folders.add(home);
    for (let at = home; ; at = dirname(at)) {
      const modules = join(at, 'node_modules');
      if (existsSync(modules)) folders.add(modules);
      if (dirname(at) === at) break;
    }
  }
  return [...folders];
}

/** Node's own flags: no network, no writing, no other process, no worker, no add-on, no eval; reading only of code. */
function nodeFlags(memoryMb: number, folders: readonly string[]): string[] {
  return [
    `--max-old-space-size=${Math.ceil(memoryMb * 0.75)}`,
    '--permission',
    '--disallow-code-generation-from-strings',
    ...folders.map((folder) => `--allow-fs-read=${join(folder, '/')}`),
  ];
}

/**
 * Starts one child, which loads the module before it says that it is ready. Where there is a shell, the kernel also limits its processor time, so that a child whose parent
 * was killed in the middle of a hang ends all the same, and writes no core file (it could hold text of a document).
 */
export function startChild(memoryMb: number, module: URL): ChildProcess {
  const command = [process.execPath, ...nodeFlags(memoryMb, readableFolders(fileURLToPath(module))), CHILD_MAIN, module.href];
  const limited = ['-c', `ulimit -c 0; ulimit -t ${CPU_SECONDS_OF_A_LIFE}; exec "$@"`, 'sh', ...command];
  const windows = process.platform === 'win32';
  const root = process.env['SystemRoot'];
  const child = spawn(windows ? process.execPath : '/bin/sh', windows ? command.slice(1) : limited, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    env: windows && root !== undefined ? { SystemRoot: root } : {},
    cwd: tmpdir(),
    windowsHide: true,
  });
  if (child.pid !== undefined) beLessUrgent(child.pid);
  return child;
}

/** The server's own answers come first. */
function beLessUrgent(pid: number): void {
  try {
    setPriority(pid, LESS_URGENT);
  } catch {
    // A system that forbids it runs the child at the same priority.
  }
}

export interface Usage {
  readonly memoryMb: number;
  /** Of the main thread, in which the work is done. */
  readonly cpuSeconds: number;
  /** Waiting for something instead of working or waiting for the processor. */
  readonly sleeping: boolean;
}

/** Whether the system tells what a process uses: proc(5). */
export const USAGE_IS_KNOWN = process.platform === 'linux';

/** What a process uses; null where it has ended. */
export async function usageOf(pid: number): Promise<Usage | null> {
  try {
    const [stat, statm] = await Promise.all([readFile(`/proc/${pid}/task/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/statm`, 'utf8')]);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    const memoryMb = (Number(statm.split(' ')[1]) * PAGE_BYTES) / 2 ** 20;
    return { memoryMb, cpuSeconds: ticks / CLOCK_TICKS, sleeping: fields[0] === 'S' };
  } catch {
    return null;
  }
}
