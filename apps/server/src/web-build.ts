import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const WEB = path.join(import.meta.dirname, '../../web');
export const WEB_DIST = path.join(WEB, 'dist');

function newest(place: string): number {
  const found = statSync(place);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(
    0,
    ...readdirSync(place)
      .filter((name) => name !== 'node_modules' && name !== 'dist')
      .map((name) => newest(path.join(place, name))),
  );
}

/** Builds the pages when they are missing or older than their sources. Install scripts are off, so nothing else would. */
export async function buildWebWhenStale(): Promise<void> {
  const index = path.join(WEB_DIST, 'index.html');
  if (existsSync(index) && statSync(index).mtimeMs >= newest(WEB)) return;
  let vite: string;
  try {
    vite = path.join(path.dirname(createRequire(path.join(WEB, 'package.json')).resolve('vite/package.json')), 'bin/vite.js');
  } catch {
    return;
  }
  await new Promise<void>((done, fail) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: WEB, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`The pages could not be built (exit code ${code}).`))));
  });
}
