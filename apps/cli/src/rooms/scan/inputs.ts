import { readdirSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { Stopped } from './stopped.ts';

/** A file to scan; `path` is `-` for standard input. */
export type Input = {
  readonly path: string;
  /** As hits name it: relative to the path that was given, with forward slashes. */
  readonly name: string;
  /** @unit bytes; 0 where it is not known */
  readonly size: number;
  /** Of a large event log: which part of it. */
  readonly part?: { readonly index: number; readonly of: number };
};

/** @unit bytes */
const PART_SIZE = 2 ** 24;

/** The same inputs with large event logs in parts, in the same order. */
export function inParts(inputs: readonly Input[]): Input[] {
  return inputs.flatMap((input) => {
    const of = /\.evtx$/iu.test(input.path) ? Math.floor(input.size / PART_SIZE) : 0;
    if (of < 2) return [input];
    return Array.from({ length: of }, (_, index) => ({ ...input, size: Math.ceil(input.size / of), part: { index, of } }));
  });
}

/** A thread warms up its own compiled code, some seconds of CPU: so much has to be there for each. @unit bytes */
const WORTH_A_THREAD = 2 ** 27;

/** How many threads pay for these inputs. */
export function jobsFor(inputs: readonly Input[], most: number): number {
  return Math.max(1, Math.min(most, Math.floor(sizeOfAll(inputs) / WORTH_A_THREAD)));
}

/** @unit bytes */
export const sizeOfAll = (inputs: readonly Input[]): number => inputs.reduce((sum, { size }) => sum + size, 0);

export const STDIN = '-';
const EVENT_FILE = /\.(?:evtx|json|jsonl|ndjson)(?:\.gz)?$/iu;

/**
 * The files to scan, in the order of the paths given and by name within a folder. A folder gives its .evtx, .json, .jsonl, .ndjson and
 * those packed as .gz, however deep; a file is taken whatever its name.
 * @throws Stopped where a path is not there
 */
export function findInputs(paths: readonly string[]): Input[] {
  return paths.flatMap((path) => {
    if (path === STDIN) return [{ path, name: STDIN, size: 0 }];
    const stat = statOf(path);
    if (!stat.isDirectory()) return [{ path, name: basename(path), size: stat.isFile() ? stat.size : 0 }];
    return filesBelow(path)
      .filter((name) => EVENT_FILE.test(name))
      .flatMap((name) => {
        const size = sizeOf(join(path, name));
        return size === null ? [] : [{ path: join(path, name), name: sep === '/' ? name : name.replaceAll(sep, '/'), size }];
      });
  });
}

/** Names below a folder in the order of their code units, the same on every machine. Folders behind links are not entered. */
export function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** @throws Stopped with what the system said */
export function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** A file that cannot be read, in the words of the command. */
export function unreadable(path: string, error: unknown): Stopped {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new Stopped({ vi: `${path}: không đọc được (${code}).`, en: `${path}: it could not be read (${code}).` });
}

/** null for what is not a file: a folder, a link that leads nowhere. */
function sizeOf(path: string): number | null {
  try {
    const stat = statSync(path);
    return stat.isFile() ? stat.size : null;
  } catch {
    return null;
  }
}
