/**
 * A list in the form of Shadowserver's event4_sinkhole, all 31 columns, taken into the embedded store: read, matched, every row
 * kept with its reason, compared with what was known, folded into findings. First into an empty store, then a second list that
 * repeats half of it. Each register in a process of its own (limits: 12 s, 20 CPU seconds, 600 MB RssAnon of server and
 * database together; 20,000 ranges at most 1.2 × of 200). ROWS and RANGES may be given.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fold, newId } from '@vonggac/kernel';
import { runList, uploadList } from '@vonggac/rooms/intelligence';
import type { Ctx } from '@vonggac/store';
import { sampleCtx } from '../apps/server/src/sample/ctx.ts';
import { disjointPrefixes, SINKHOLE_HEADER, sinkholeRows } from '../test/support/sinkhole-list.ts';
import { openProvince } from './province.ts';
import { machine } from './support.ts';

const ROWS = Number(process.env['ROWS'] ?? 200_000);
const NOW = '2026-06-01T08:00:00+07:00';
const TICKS = 100;

type Figures = { wall: number; cpu: number; rows: number; matched: number; same: number; findings: number };
type Told = { first: Figures; second: Figures; peak: number };

/** This process and those below it: the embedded database. */
function family(): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/u.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It has ended.
    }
  }
  const mine = [process.pid];
  for (const pid of mine) for (const [child, parent] of parents) if (parent === pid) mine.push(child);
  return mine;
}

/** @unit CPU seconds of all of them, ended children of theirs included */
function cpuOf(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      ticks += fields[11]! + fields[12]! + fields[13]! + fields[14]!;
    } catch {
      // It has ended; its parent's figures have it.
    }
  }
  return ticks / TICKS;
}

/** @unit MiB */
function anonymous(pids: readonly number[]): number {
  let kb = 0;
  for (const pid of pids) {
    try {
      kb += Number(/^RssAnon:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It has ended.
    }
  }
  return kb / 1024;
}

async function fill(province: Awaited<ReturnType<typeof openProvince>>, prefixes: readonly string[]): Promise<void> {
  const { owner, desk } = province;
  const agencies = Array.from({ length: 300 }, () => newId());
  for (const [n, id] of agencies.entries()) {
    const name = `UBND xã số ${n}`;
    await owner.query("insert into organisations (id, kind, name, folded) values ($1, 'commune', $2, $3)", [id, name, fold(name)]);
    await owner.query(
      "insert into organisation_names (id, organisation, kind, name, folded) values (gen_random_uuid(), $1, 'official', $2, $3)",
      [id, name, fold(name)],
    );
    await owner.query('insert into organisation_parents (id, organisation, parent) values (gen_random_uuid(), $1, $2)', [id, desk]);
  }
  await owner.query(
    `insert into assets (id, organisation, organisation_name, overseer, kind, name, folded, key, network, usage, state, claimed_by, claimed_by_name, claimed_at)
     select gen_random_uuid(), ($1::uuid[])[1 + n % 300], 'UBND xã số ' || n % 300, $2, 'range', p, p, 'range:' || p, p::cidr, 'own', 'approved', 'x', 'x', now()
     from unnest($3::text[]) with ordinality as t(p, n)`,
    [agencies, desk, prefixes],
  );
  await owner.query('analyze');
}

async function takeIn(ctx: Ctx, file: string): Promise<Figures> {
  const { createReadStream } = await import('node:fs');
  const cpu = cpuOf(family());
  const start = performance.now();
  const name = '2026-05-30-event4_sinkhole-viet-nam.csv';
  const { id, recognition } = await uploadList(ctx, { name, sender: 'Shadowserver', title: null, content: createReadStream(file) });
  const settings = { mapping: recognition.mapping, title: name, families: null, coversFrom: null, coversTo: null };
  const none = { supersedes: null, directive: null, requirement: null, due: null };
  const done = await runList(ctx, id, { ...settings, ...none }, { refresh: async (same) => same, wait: 600_000 });
  if (done.state !== 'done') throw new Error(`${done.state}: ${done.fault?.en}`);
  const { rows, matched, same, findingsNew } = done.counts;
  return { wall: (performance.now() - start) / 1000, cpu: cpuOf(family()) - cpu, rows, matched, same, findings: findingsNew };
}

const listAt = (place: string, at: number): string => path.join(place, `${at}.csv`);

/** Two lists; the second repeats the second half of the first. */
async function makeLists(place: string, ranges: number): Promise<void> {
  const all = [...sinkholeRows({ seed: 5, rows: Math.round(ROWS * 1.5), prefixes: disjointPrefixes(7, ranges), days: 30 })];
  for (const [at, rows] of [all.slice(0, ROWS), all.slice(ROWS / 2)].entries())
    await pipeline(Readable.from([`${SINKHOLE_HEADER}\n`, ...rows]), createWriteStream(listAt(place, at)));
}

async function one(ranges: number): Promise<Told> {
  const place = mkdtempSync(path.join(os.tmpdir(), 'vg-bench-'));
  const prefixes = disjointPrefixes(7, ranges);
  // In a process of their own, whose memory is not that of the server.
  spawnSync(process.execPath, [import.meta.filename], { env: { ...process.env, MAKE: place }, stdio: 'inherit' });
  const province = await openProvince(NOW);
  try {
    await fill(province, prefixes);
    const ctx = { ...(await sampleCtx(province.house, province.desk, NOW)) };
    globalThis.gc?.();
    let peak = 0;
    // Looking through all processes is dear, and counted: rarely; those known are asked often.
    let pids = family();
    let ticks = 0;
    const watch = setInterval(() => {
      if (++ticks % 20 === 0) pids = family();
      peak = Math.max(peak, anonymous(pids));
    }, 100);
    const first = await takeIn(ctx, listAt(place, 0));
    const second = await takeIn(ctx, listAt(place, 1));
    clearInterval(watch);
    return { first, second, peak };
  } finally {
    await province.close();
    rmSync(place, { recursive: true, force: true });
  }
}

function say(name: string, { wall, cpu, rows, matched, same, findings }: Figures): void {
  const counts = `${rows} rows, ${matched} matched, ${same} known, ${findings} findings`;
  process.stdout.write(`${name.padEnd(34)} ${wall.toFixed(1).padStart(6)} s  ${cpu.toFixed(1).padStart(6)} CPU s  ${counts}\n`);
}

if (process.env['MAKE']) {
  await makeLists(process.env['MAKE'], Number(process.env['RANGES']));
  process.exit(0);
}
if (process.env['RANGES']) {
  process.stdout.write(`${JSON.stringify(await one(Number(process.env['RANGES'])))}\n`);
  process.exit(0);
}
process.stdout.write(`${ROWS} rows\n${machine()}\n\n`);
const told = [200, 20_000].map((ranges) => {
  const done = spawnSync(process.execPath, ['--expose-gc', import.meta.filename], {
    env: { ...process.env, RANGES: String(ranges) },
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 24,
  });
  const answer = JSON.parse(done.stdout.toString().trim().split('\n').at(-1)!) as Told;
  say(`${ranges} ranges, first list`, answer.first);
  say(`${ranges} ranges, half known`, answer.second);
  process.stdout.write(`${''.padEnd(34)} peak ${answer.peak.toFixed(0)} MiB RssAnon, server and database together (limit 600)\n`);
  return answer;
});
const ratio = told[1]!.first.cpu / told[0]!.first.cpu;
process.stdout.write(`\n20,000 ranges cost ${ratio.toFixed(2)} × of 200 (limit 1.2)\n`);
