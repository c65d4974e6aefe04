import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ROOT } from './product.ts';

/** `seconds` by the clock, `cpu` in seconds and `peak` in MiB of the command's own process (Linux), not of PostgreSQL. */
export type Ran = { code: number | null; stdout: string; stderr: string; seconds: number; cpu: number; peak: number };

/** Runs `vonggac …` as an operator would. @param killWhen ends it with SIGKILL as soon as this holds */
export function vonggac(args: readonly string[], env: Record<string, string> = {}, killWhen?: () => boolean): Promise<Ran> {
  const started = performance.now();
  const child = spawn(process.execPath, ['apps/cli/src/main.ts', ...args], { cwd: ROOT, env: { ...process.env, ...env } });
  const ran: Ran = { code: null, stdout: '', stderr: '', seconds: 0, cpu: 0, peak: 0 };
  child.stdout.on('data', (chunk: Buffer) => (ran.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (ran.stderr += chunk.toString()));
  const look = setInterval(() => {
    Object.assign(ran, usageOf(child.pid!, ran));
    if (killWhen?.()) child.kill('SIGKILL');
  }, 50);
  return new Promise((done) =>
    child.once('close', (code) => {
      clearInterval(look);
      done({ ...ran, code, seconds: (performance.now() - started) / 1000 });
    }),
  );
}

function usageOf(pid: number, before: Pick<Ran, 'cpu' | 'peak'>): Pick<Ran, 'cpu' | 'peak'> {
  try {
    const ticks = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    return { cpu: (Number(ticks[11]) + Number(ticks[12])) / 100, peak: Math.max(peak, before.peak) };
  } catch {
    return before;
  }
}
