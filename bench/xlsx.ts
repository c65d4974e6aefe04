/**
 * Answer sheets of 300 organisations × 12 requirements, in a house of 180,000 tasks: 300 .xlsx out (limit 10 s), 300 filled ones read,
 * confirmed and taken in one after another (limit 30 s), through the verbs and the real database with its synced files. The peer in the
 * same run is exceljs: writing the same cells with the same hidden sheet and list, and reading the same filled files, without any database.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixedClock, fold, newId, readConfig } from '@vonggac/kernel';
import { endIdleChildren } from '@vonggac/outside';
import { exportSheets, importFile, keepFile } from '@vonggac/rooms/tasks';
import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import { pino } from 'pino';
import { openHouse } from '../apps/server/src/house.ts';
import { sampleCtx } from '../apps/server/src/sample/ctx.ts';
import { openBook, text, withCells } from '../packages/rooms/src/sheets/fixture.ts';
import { fillTasks } from '../test/support/many-tasks.ts';
import { machine, memory } from './support.ts';

const NOW = '2024-04-26T08:00:00+07:00';
const RUNS = 3;
const place = mkdtempSync(path.join(os.tmpdir(), 'vg-bench-'));
chmodSync(place, 0o711);
const house = await openHouse(readConfig(['--data', path.join(place, 'data')], process.env), pino({ level: 'silent' }));
house.clock = Object.assign(fixedClock(NOW), { hold: () => {} });
const desk = newId();
const { keys } = house.config;

async function prepare(): Promise<string[]> {
  const owner = house.database.owner();
  await owner.connect();
  await owner.query("insert into organisations (id, kind, name, folded) values ($1, 'province', 'UBND tỉnh', $2)", [
    desk,
    fold('UBND tỉnh'),
  ]);
  await owner.query(
    "insert into organisation_names (id, organisation, kind, name, folded) values (gen_random_uuid(), $1, 'official', 'UBND tỉnh', $2)",
    [desk, fold('UBND tỉnh')],
  );
  const { directives } = await fillTasks(owner, desk, { organisations: 300, directives: 50, requirements: 12 });
  await owner.query("update tasks set state = 'assigned', answer = null, answered_at = null where directive = any($1::uuid[])", [
    directives.slice(0, RUNS),
  ]);
  await owner.query('analyze');
  await owner.end();
  return directives.slice(0, RUNS);
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number; cpu: number }> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const { user, system } = process.cpuUsage(used);
  return { value, ms: performance.now() - start, cpu: (user + system) / 1e6 };
}

function filled(sheet: Uint8Array): Uint8Array {
  const book = openBook(sheet);
  const said = {
    E: text('Đã rà soát toàn bộ máy chủ, máy trạm của đơn vị'),
    F: text('đã thực hiện'),
    G: text('25/4/2024'),
    H: text('45/BC'),
  };
  book.set(book.rows().map((row) => (row.includes('>VG-') ? withCells(row, said) : row)));
  return book.save();
}

/** The same cells, hidden sheet and list, by the peer. */
async function writtenByPeer(sheets: readonly Uint8Array[]): Promise<void> {
  for (const bytes of sheets) {
    const rows = openBook(bytes)
      .rows()
      .map((row) => [...row.matchAll(/<t[^>]*>([^<]*)</gu)].map((match) => match[1]));
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Báo cáo');
    for (const row of rows) sheet.addRow(row).alignment = { wrapText: true };
    for (let at = 12; at < 24; at++) sheet.getCell(`F${at}`).dataValidation = { type: 'list', formulae: ['"a,b,c"'] };
    book.addWorksheet('VongGac', { state: 'hidden' }).addRow(['vonggac', '1']);
    await sheet.protect('', {});
    await book.xlsx.writeBuffer();
  }
}

async function readByPeer(files: readonly Uint8Array[]): Promise<void> {
  for (const bytes of files) await new ExcelJS.Workbook().xlsx.load(bytes as never);
}

function say(name: string, all: readonly { ms: number; cpu: number }[], limit?: number): void {
  const times = all.map(({ ms }) => ms / 1000).toSorted((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)]!;
  const cpu = all.map((one) => one.cpu).toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
  const verdict = limit === undefined ? '' : `  limit ${limit} s: ${times.at(-1)! <= limit ? 'met' : 'MISSED'}`;
  process.stdout.write(
    `${name.padEnd(52)} median ${median.toFixed(2)} s  worst ${times.at(-1)!.toFixed(2)} s  CPU of this process ${cpu.toFixed(1)} s  (${times.length} runs)${verdict}\n`,
  );
}

process.stdout.write(`${machine()}\n`);
const figures = { out: [], in: [], peerOut: [], peerIn: [] } as Record<string, { ms: number; cpu: number }[]>;
for (const directive of await prepare()) {
  const ctx = await sampleCtx(house, desk, NOW);
  const out = await timed(() => exportSheets(ctx, keys, { directive }));
  figures['out']!.push(out);
  const sheets = Object.values(unzipSync(out.value.content));
  if (sheets.length !== 300) throw new Error(`${sheets.length} sheets`);
  const back = sheets.map(filled);
  const taken = await timed(async () => {
    for (const content of back) {
      const { id } = await keepFile(ctx, keys, { name: 'phieu.xlsx', content });
      const { counts } = await importFile(ctx, id, {});
      if (counts.submit !== 12) throw new Error(JSON.stringify(counts));
    }
  });
  figures['in']!.push(taken);
  figures['peerOut']!.push(await timed(() => writtenByPeer(sheets)));
  figures['peerIn']!.push(await timed(() => readByPeer(back)));
}
say('300 sheets written, signed and recorded, one .zip', figures['out']!, 10);
say('  peer: exceljs writes the same cells', figures['peerOut']!);
say('300 filled sheets read, confirmed, taken in', figures['in']!, 30);
say('  peer: exceljs reads the same files', figures['peerIn']!);
const { node, postgres } = memory();
process.stdout.write(`memory: this process ${node} MiB, PostgreSQL ${postgres} MiB; ${machine()}\n`);
endIdleChildren();
await house.close();
rmSync(place, { recursive: true, force: true });
