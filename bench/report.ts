/**
 * Reports on a directive that went to 300 organisations with 12 items, asked through the API in process: a quick report from
 * the click to its PDF (limit 5 s), and a report of results of at least 40 pages with a chart (limit 5 s). The peer in the same
 * run is LibreOffice making a PDF of the very same .docx.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixedClock, fold, newId, readConfig } from '@vonggac/kernel';
import { createPerson } from '@vonggac/rooms/identity';
import type pg from 'pg';
import { pino } from 'pino';
import { openHouse } from '../apps/server/src/house.ts';
import { makeApp } from '../apps/server/src/http/app.ts';
import { sampleCtx } from '../apps/server/src/sample/ctx.ts';
import { machine } from './support.ts';

const ORGANISATIONS = 300;
const REQUIREMENTS = 12;
const ROUNDS = 5;
const LIMIT = 5000;
const LEAST_PAGES = 40;
const NOW = '2024-04-26T07:00:00+07:00';
const NOTE =
  'Đơn vị đã rà soát máy chủ, máy trạm và thiết bị mạng theo cảnh báo; còn thiếu bản quyền phần mềm diệt mã độc cho một số máy trạm.';

const place = mkdtempSync(path.join(os.tmpdir(), 'vg-bench-'));
chmodSync(place, 0o711);
const house = await openHouse(
  readConfig(['--data', path.join(place, 'data'), '--totp', 'optional'], process.env),
  pino({ level: 'silent' }),
);
house.clock = Object.assign(fixedClock(NOW), { hold: () => {} });
const desk = newId();
const agencies = Array.from({ length: ORGANISATIONS }, () => newId());
const directive = newId();

async function fill(owner: pg.Client): Promise<void> {
  const names = ['Sở Thông tin và Truyền thông', ...agencies.map((_, i) => `UBND xã Số ${i + 1}`)];
  const ids = [desk, ...agencies];
  await owner.query(
    'insert into organisations (id, kind, name, folded) select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])',
    [ids, ids.map((_, i) => (i === 0 ? 'department' : 'commune')), names, names.map(fold)],
  );
  await owner.query(
    "insert into organisation_names (id, organisation, kind, name, folded) select gen_random_uuid(), id, 'official', name, folded from organisations",
  );
  await owner.query(
    "insert into supervisions (id, supervisor, organisation, field) select gen_random_uuid(), $1, unnest($2::uuid[]), 'attt'",
    [desk, agencies],
  );
  await owner.query(
    `insert into directives (id, organisation, overseer, status, kind, number, symbol, code, year, day, subject, folded, place, signer, text, reading, issued_at, written_by)
     values ($1, $2, $2, 'issued', 'cong-van', '415', '/STTTT-ATTT', '415/STTTT-ATTT', 2024, '2024-04-20', 'bảo đảm an toàn thông tin mạng dịp nghỉ lễ', 'bao dam', 'Thử', '{"authority":null,"title":"GIÁM ĐỐC","name":null}', 'nội dung',
       '{"spans":[],"date":{"year":2024,"month":4,"day":20},"copies":[],"contacts":[],"attachments":[],"warnings":[]}', '2024-04-20', 'bench')`,
    [directive, desk],
  );
  await owner.query(
    `insert into requirements (id, directive, position, path, text, due) select gen_random_uuid(), $1, r, '1.' || r, 'Rà soát, cập nhật bản vá và báo cáo kết quả đối với nội dung thứ ' || r, timestamptz '2024-04-25 17:00+07' + r * interval '1 day' from generate_series(1, $2) r`,
    [directive, REQUIREMENTS],
  );
  await owner.query(
    "insert into recipients (id, directive, position, text, resolution, organisations) values (gen_random_uuid(), $1, 0, 'UBND các xã', 'group', $2::jsonb)",
    [directive, JSON.stringify(agencies)],
  );
  await owner.query(
    "insert into bindings (requirement, directive, measure) select id, directive, 'contacts.duty' from requirements where position in (1, 2)",
  );
  await owner.query(
    `insert into receipts (id, directive, organisation, overseer, organisation_name, state, arrived_at, opened_at, number, day)
     select gen_random_uuid(), $1, o, $3, 'x', '03', '2024-04-20', '2024-04-21', '1', '2024-04-20' from unnest($2::uuid[]) o`,
    [directive, agencies, desk],
  );
  await owner.query(
    `insert into tasks (id, requirement, directive, organisation, overseer, state, due, answer, answered_at, changed_at)
     select gen_random_uuid(), r.id, r.directive, o, $2, state, r.due, 'kết quả', case state when 'submitted' then timestamptz '2024-04-24' end, '2024-04-24'
     from requirements r, unnest($1::uuid[]) with ordinality as t(o, n),
       lateral (select case when n % 3 = 0 or (n % 3 = 1 and r.position > 6) then 'assigned' else 'submitted' end as state) as s order by r.directive, o, r.position`,
    [agencies, desk],
  );
  await owner.query('analyze');
}

const app = makeApp(house);
let cookie = '';

async function ask(method: string, at: string, body?: unknown): Promise<Response> {
  const answer = await app.request(`http://127.0.0.1/api/v1${at}`, {
    method,
    headers: { host: '127.0.0.1', 'x-vonggac': '1', 'content-type': 'application/json', cookie },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (answer.status !== 200) throw new Error(`${method} ${at}: ${answer.status} ${await answer.text()}`);
  return answer;
}

async function signIn(owner: pg.Client): Promise<void> {
  const person = { organisationId: desk, name: 'Chuyên viên', username: 'chuyen.vien', role: 'desk' as const };
  const { firstPassword } = await createPerson(house.auth, await sampleCtx(house, desk, NOW), person);
  await owner.query('update people set must_change_password = false');
  const answer = await ask('POST', '/sign-in', { username: person.username, password: firstPassword });
  cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .join('; ');
}

type Used = { ms: number; cpu: number };

async function timed(work: () => Promise<void>): Promise<Used> {
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - start, cpu: (user + system) / 1e6 };
}

async function file(id: string, format: 'pdf' | 'docx'): Promise<Buffer<ArrayBuffer>> {
  return Buffer.from(await (await ask('GET', `/reports/${id}/file?format=${format}`)).arrayBuffer());
}

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/gu)?.length ?? 0;

async function make(kind: 'quick' | 'result'): Promise<string> {
  return ((await (await ask('POST', `/directives/${directive}/reports`, { kind })).json()) as { id: string }).id;
}

/** Fills the sections as agencies' notes do, up to what a section may hold. */
async function write(id: string): Promise<void> {
  const { version, symbol, text } = (await (await ask('GET', `/reports/${id}`)).json()) as {
    version: number;
    symbol: string;
    text: object;
  };
  const notes = agencies.map((_, i) => `- UBND xã Số ${i + 1}: ${NOTE}`).join('\n');
  const long = notes.slice(0, 19_900);
  await ask('PUT', `/reports/${id}`, {
    version,
    symbol,
    text: { ...text, measures: long, incidents: long, difficulties: long, proposals: long },
  });
}

/** Processor seconds and peak memory of a process and its children, looked at every 20 ms. */
function watched(root: number): { end: () => { cpu: number; peak: number } } {
  const seen = new Map<number, number>();
  let peak = 0;
  const look = (): void => {
    const stats = readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .flatMap((name) => {
        try {
          const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
            .replace(/^.*\) /su, '')
            .split(' ');
          return [
            { pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]), pages: Number(fields[21]) },
          ];
        } catch {
          return [];
        }
      });
    const family = new Set([root]);
    for (let grew = true; grew;) {
      const children = stats.filter(({ pid, parent }) => family.has(parent) && !family.has(pid));
      for (const { pid } of children) family.add(pid);
      grew = children.length > 0;
    }
    const own = stats.filter(({ pid }) => family.has(pid));
    for (const { pid, ticks } of own) seen.set(pid, ticks);
    peak = Math.max(
      peak,
      own.reduce((sum, { pages }) => sum + pages * 4096, 0),
    );
  };
  const timer = setInterval(look, 20);
  return {
    end: () => {
      clearInterval(timer);
      return { cpu: [...seen.values()].reduce((sum, ticks) => sum + ticks / 100, 0), peak: Math.round(peak / 1_048_576) };
    },
  };
}

async function libreOffice(docx: string): Promise<Used & { peak: number }> {
  const start = performance.now();
  const profile = `-env:UserInstallation=file://${path.join(place, 'office')}`;
  const child = spawn('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', place, docx], { stdio: 'ignore' });
  const watch = watched(child.pid!);
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`soffice ended with ${String(code)}`);
  return { ms: performance.now() - start, ...watch.end() };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

function tell(name: string, used: readonly (Used & { peak?: number })[], more = ''): void {
  const times = used.map(({ ms }) => ms);
  const peak = used.flatMap((one) => (one.peak === undefined ? [] : [one.peak]));
  process.stdout.write(
    `${name.padEnd(52)} median ${median(times).toFixed(0).padStart(6)} ms, max ${Math.max(...times)
      .toFixed(0)
      .padStart(
        6,
      )} ms, CPU ${median(used.map(({ cpu }) => cpu)).toFixed(2)} s${peak.length > 0 ? `, peak ${Math.max(...peak)} MiB` : ''}${more}\n`,
  );
}

const verdict = (used: readonly Used[]): string =>
  `  limit ${LIMIT} ms: ${Math.max(...used.map(({ ms }) => ms)) <= LIMIT ? 'met' : 'MISSED'}`;

try {
  const owner = house.database.owner();
  await owner.connect();
  await fill(owner);
  await signIn(owner);
  process.stdout.write(`${ORGANISATIONS} organisations × ${REQUIREMENTS} items\n${machine()}\n\n`);
  for (const kind of ['quick', 'result'] as const) {
    const [own, peer]: [Used[], (Used & { peak: number })[]] = [[], []];
    let pages = 0;
    for (let round = 0; round < ROUNDS; round++) {
      let id = '';
      const making = await timed(async () => void (id = await make(kind)));
      if (kind === 'result') await write(id);
      let pdf = Buffer.alloc(0);
      const printing = await timed(async () => void (pdf = await file(id, 'pdf')));
      own.push({ ms: making.ms + printing.ms, cpu: making.cpu + printing.cpu });
      pages = pagesOf(pdf);
      const docx = path.join(place, `${kind}.docx`);
      writeFileSync(docx, await file(id, 'docx'));
      peer.push(await libreOffice(docx));
    }
    if (kind === 'result' && pages < LEAST_PAGES) throw new Error(`the report has ${pages} pages`);
    tell(`${kind}: figures frozen, PDF of ${pages} page${pages === 1 ? '' : 's'}`, own, verdict(own));
    tell(`peer: LibreOffice, the same .docx to PDF`, peer);
    process.stdout.write(
      `${'ratio of the medians, LibreOffice : own'.padEnd(52)} ${(median(peer.map(({ ms }) => ms)) / median(own.map(({ ms }) => ms))).toFixed(1)}\n`,
    );
  }
  process.stdout.write(
    `\npeak memory of the whole server process ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB; ${machine()}\n`,
  );
  await owner.end();
} finally {
  await house.close();
  rmSync(place, { recursive: true, force: true });
}
process.exit(0);
