import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';

export type Figures = { p50: number; p95: number; max: number; runs: number };

/** Runs `work` after a warm-up and sums up the times. @unit milliseconds */
export async function measure(runs: number, work: (i: number) => Promise<unknown>): Promise<Figures> {
  for (let i = 0; i < Math.min(10, runs); i++) await work(i);
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await work(i);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { p50: times[Math.floor(runs * 0.5)]!, p95: times[Math.min(runs - 1, Math.floor(runs * 0.95))]!, max: times.at(-1)!, runs };
}

export function print(name: string, figures: Figures, limit?: number): void {
  const ms = (value: number) => value.toFixed(1).padStart(8);
  process.stdout.write(
    `${name.padEnd(58)} p50 ${ms(figures.p50)}  p95 ${ms(figures.p95)}  max ${ms(figures.max)} ms  (${figures.runs} runs)${limit === undefined ? '' : `  limit p95 ${limit} ms: ${figures.p95 <= limit ? 'met' : 'MISSED'}`}\n`,
  );
}

/** Resident memory of this process, and the proportional share of every PostgreSQL process on the machine. @unit MiB */
export function memory(): { node: number; postgres: number } {
  let postgres = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')) continue;
      const smaps = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      postgres += Number(/^Pss:\s+(\d+)/m.exec(smaps)?.[1] ?? 0) / 1024;
    } catch {
      // A process that has ended, or is not ours to read.
    }
  }
  return { node: Math.round(process.memoryUsage().rss / 1_048_576), postgres: Math.round(postgres) };
}

export function machine(): string {
  return `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'cpu'}, load ${os.loadavg()[0]!.toFixed(1)} (over ${os.cpus().length} means that it was noisy)`;
}
