import { unzipSync } from 'fflate';
import { type Route, type RouteKey, routes } from '@vonggac/contract';
import { ROLES, type Role } from '@vonggac/kernel';
import { createPerson } from '@vonggac/rooms/identity';
import { makeCtx } from '@vonggac/testkit';
import type { z } from 'zod';
import { samplePdf } from '../../apps/server/src/sample/directive.ts';
import { queriesOf, samplesOf } from './leak-samples.ts';
import type { Worlds } from './leak-worlds.ts';

/** What says nothing of anybody: signing in and out, one's own password and code (which delay who guesses), the first run of the house. */
const LEFT_OUT = new Set<RouteKey>([
  'POST /sign-in',
  'POST /sign-out',
  'POST /sign-in/oidc',
  'POST /sign-in/oidc/finish',
  'POST /sign-in/ldap',
  'POST /password',
  'POST /session/code',
  'POST /second-factor/confirm',
  'POST /first-run',
  'POST /printable',
]);

/** Which kind of thing an `{id}` in a path is. */
const KIND_OF_PATH: [RegExp, string[]][] = [
  [/^\/directives\//, ['directive', 'draft']],
  [/^\/organisations\//, ['organisation']],
  [/^\/groups\//, ['group']],
  [/^\/contacts\//, ['contact']],
  [/^\/phrases\//, ['phrase']],
  [/^\/people\/import\//, ['import']],
  [/^\/people\//, ['person']],
  [/^\/evidence\//, ['evidence']],
  [/^\/parts\//, ['part']],
  [/^\/proposals\//, ['proposal']],
  [/^\/memberships\//, ['membership']],
  [/^\/supervisions\//, ['supervision']],
  [/^\/organisation-imports\//, ['import']],
  [/^\/import-runs\//, ['import']],
  [/^\/reminders\//, ['reminder']],
  [/^\/sessions\//, ['session']],
  [/^\/api-tokens\//, ['api-token']],
  [/^\/second-factor-resets\//, ['reset']],
  [/^\/reports\//, ['report']],
  [/^\/rollups\//, ['rollup']],
  [/^\/exercises\//, ['exercise']],
  [/^\/status-messages\//, ['statusMessage']],
  [/^\/status-files\//, ['statusFile']],
  [/^\/answer-files\//, ['answerfile']],
  [/^\/declarations\//, ['declaration']],
  [/^\/assets\/acts\//, ['assetAct']],
  [/^\/assets\//, ['asset', 'system']],
  [/^\/asset-imports\//, ['import']],
  [/^\/lists\//, ['list']],
  [/^\/list-aliases\//, ['listAlias']],
  [/^\/findings\//, ['finding']],
  [/^\/finding-files\//, ['findingFile']],
  [/^\/finding-sheet-files\//, ['findingSheetFile']],
  [/^\/notice-rules\//, ['noticeRule']],
  [/^\/notices\//, ['notice']],
];
const NEVER = '01890000-0000-7000-8000-000000000000';

export type Caller = { place: string; role: Role; person: string; cookie: string; forbidden: string[] };

/** A signed-in person of an organisation in each role. @param forbidden the keys of organisations whose things it must not see */
export async function makeCallers(worlds: Worlds, place: keyof Worlds['places'], forbidden: string[]): Promise<Caller[]> {
  const { house } = worlds;
  const admin = await makeCtx(house.stores, worlds.places[place], 'administrator');
  const callers: Caller[] = [];
  for (const role of ROLES) {
    const username = `goi.${place.toLowerCase()}.${role}`;
    const { id, firstPassword } = await createPerson(house.auth, admin, {
      organisationId: worlds.places[place],
      name: username,
      username,
      role,
    });
    const owner = worlds.database.owner();
    await owner.connect();
    await owner.query('update people set must_change_password = false where id = $1', [id]);
    await owner.end();
    const answer = await ask(worlds, '', { method: 'POST', path: '/sign-in', body: { username, password: firstPassword } });
    callers.push({
      place,
      role,
      person: id,
      cookie: answer.headers
        .getSetCookie()
        .map((one) => one.split(';')[0]!)
        .join('; '),
      forbidden,
    });
  }
  return callers;
}

/** A request as the screens make it. */
export async function ask(
  worlds: Worlds,
  cookie: string,
  call: { method: string; path: string; body?: unknown; file?: File | undefined },
): Promise<Response> {
  return worlds.app.request(`http://127.0.0.1/api/v1${call.path}`, {
    method: call.method,
    headers: { host: '127.0.0.1', 'x-vonggac': '1', cookie, 'content-type': call.file ? 'application/octet-stream' : 'application/json' },
    ...(call.method === 'GET' ? {} : { body: call.file ? Buffer.from(call.file.bytes) : JSON.stringify(call.body ?? {}) }),
  });
}

export type Tried = { leaks: Leak[]; calls: number; answered: Set<RouteKey>; understood: Set<RouteKey> };
export type Leak = { caller: string; route: string; path: string; mark: string };

/** Everything that an answer says, spreadsheets and documents unpacked. */
async function textOf(answer: Response): Promise<string> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return new TextDecoder().decode(bytes);
  return Object.values(unzipSync(bytes))
    .map((part) => new TextDecoder().decode(part))
    .join('\n');
}

type Try = { key: RouteKey; data: Route; method: string; path: string; body: unknown; file: File | undefined };

/**
 * The ways to call one route at a foreign thing: its ids in path, query and body, and a search for a part of its marks (what one
 * looked for oneself stands in one's own log). `broad`: every choice that the route leaves, too.
 */
export function triesOf(worlds: Worlds, key: RouteKey, { victim, broad }: { victim: string; broad: boolean }): Try[] {
  const data = routes[key] as Route;
  const [method, template] = key.split(' ') as [string, string];
  const { marks } = worlds.owned[victim]!;
  const id = (name: string): string => idFor(worlds, victim, name);
  const bodies = data.body && !data.upload ? samplesOf(data.body, id, broad) : [{}];
  const file = data.upload ? fileFor(worlds, key, victim) : undefined;
  const queries = (data.query ? queriesOf(data.query, id, broad) : [{}]).map((query) => (file ? { ...query, name: file.name } : query));
  const searches = data.query && 'q' in data.query.shape ? [{ ...queries[0], q: marks[0]!.slice(3) }] : [];
  return pathsOf(worlds, { template, data, victim }).flatMap((path) => [
    ...bodies.map((body) => ({ key, data, method, path: `${path}${queryString(queries[0])}`, body, file })),
    ...[...queries.slice(1), ...searches].map((query) => ({
      key,
      data,
      method,
      path: `${path}${queryString(query)}`,
      body: bodies[0],
      file,
    })),
  ]);
}

function pathsOf(worlds: Worlds, { template, data, victim }: { template: string; data: Route; victim: string }): string[] {
  const idOf = (name: string): string => idsOf(worlds, victim, name);
  const kinds = KIND_OF_PATH.find(([pattern]) => pattern.test(template))?.[1] ?? ['organisation'];
  const figures = data.params && template.includes('{figure}') ? figureNames(data.params) : [''];
  return (template.includes('{id}') ? kinds : ['']).flatMap((kind) =>
    figures.map((figure) =>
      template
        .replace('{id}', idOf(kind))
        .replace('{figure}', figure)
        .replace('{alias}', idOf('alias'))
        .replace('{directive}', idOf('directive'))
        .replace('{organisation}', worlds.places[victim as keyof Worlds['places']])
        .replace('{requirement}', idOf('requirement'))
        .replace('{task}', idOf('task'))
        .replace('{period}', idOf('period'))
        .replace('{rematch}', idOf('rematch'))
        .replace('{position}', '1')
        .replace('{day}', '2024-09-02')
        .replace(/\{\w+\}/g, NEVER),
    ),
  );
}

const figureNames = (params: z.ZodObject): string[] => (params.shape['figure'] as z.ZodEnum).options as string[];

/** The directive that the victim works on, where it has none of its own. */
function directiveFor(worlds: Worlds, victim: string): string {
  const desk = victim === 'fagency' ? 'fdesk' : victim === 'benhvien' ? 'soyte' : 'sotttt';
  return worlds.owned[desk]!.ids['directive']![0]!;
}

function queryString(query: unknown): string {
  const entries = Object.entries(query as Record<string, unknown>).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString()}`;
}

type File = { name: string; bytes: Uint8Array };

/** A file that the route takes and that speaks of the victim. */
function fileFor(worlds: Worlds, key: RouteKey, victim: string): File {
  const text = (name: string, lines: string[]): File => ({ name, bytes: new TextEncoder().encode(lines.join('\n')) });
  const name = worlds.names[victim]!;
  if (key.includes('/people/import'))
    return text('can-bo.csv', ['Họ và tên,Tên tài khoản,Đơn vị,Vai trò', `Người Thử,tai.khoan.${victim},"${name}",Cán bộ`]);
  if (key === 'POST /finding-sheet-files') return { name: 'phieu.xlsx', bytes: worlds.sheets[`finding ${victim}`] ?? samplePdf() };
  if (key.endsWith('/answer-files')) return { name: 'phieu.xlsx', bytes: worlds.sheets[victim] ?? samplePdf() };
  if (key.includes('/organisation-imports')) return text('don-vi.csv', ['Tên đơn vị,Tên gọi khác', `"${name}",ten la`]);
  if (key === 'POST /lists') return text('danh-sach.csv', ['timestamp,ip,unit', `2024-04-20 01:00:00,14.240.0.7,"${name}"`]);
  if (key.includes('/asset-imports')) return text('tai-san.csv', ['Loại,Đơn vị,Địa chỉ IP', `Dải địa chỉ,"${name}",14.241.0.0/24`]);
  if (/\/(issue|complete)$/.test(key)) return { name: 'da-ky.pdf', bytes: samplePdf() };
  return text('tep.txt', ['một tệp thử']);
}

const KINDS = [
  'proposal',
  'period',
  'leftover',
  'exercise',
  'task',
  'contact',
  'group',
  'person',
  'evidence',
  'directive',
  'requirement',
  'draft',
  'phrase',
  'recipient',
  'report',
  'asset',
  'system',
  'finding',
  'sender',
  'list',
];

/** What belongs to the victim; a directive is also the one that it works on together with others. */
function idsOf(worlds: Worlds, victim: string, kind: string): string {
  return worlds.owned[victim]!.ids[kind]?.[0] ?? (kind === 'directive' ? directiveFor(worlds, victim) : NEVER);
}

function idFor(worlds: Worlds, victim: string, name: string): string {
  const lower = name.toLowerCase();
  const kind = KINDS.find((one) => lower.includes(one));
  if (kind) return idsOf(worlds, victim, kind);
  return worlds.places[victim as keyof Worlds['places']];
}

/** Together they may do everything that any role may. */
const BROADLY: readonly Role[] = ['administrator', 'desk', 'leader'];

export const KEYS = (Object.keys(routes) as RouteKey[]).filter((key) => !LEFT_OUT.has(key));

/**
 * Which of those that it must not see a caller tries a route at: whoever may do most all of them, the other roles one, another
 * with each route. `VONGGAC_LEAK=whole` lets every role try all (twice as long).
 */
function victimsFor({ role, forbidden }: Caller, at: number): readonly string[] {
  if (BROADLY.includes(role) || process.env['VONGGAC_LEAK'] === 'whole') return forbidden;
  return [forbidden[(at + ROLES.indexOf(role)) % forbidden.length]!];
}

/**
 * Calls every route as one caller at everything it must not see. `mayFail`: the database raises where a verb would have refused.
 * @returns what leaked, which routes answered with 200, and which took an input at all
 */
export async function tryAll(worlds: Worlds, caller: Caller, more: { mayFail?: boolean } = {}): Promise<Tried> {
  const leaks: Leak[] = [];
  const answered = new Set<RouteKey>();
  const understood = new Set<RouteKey>();
  let calls = 0;
  const forbiddenMarks = caller.forbidden.flatMap((key) => worlds.owned[key]!.marks);
  for (const [at, key] of KEYS.entries()) {
    for (const victim of victimsFor(caller, at)) {
      for (const one of triesOf(worlds, key, { victim, broad: victim === caller.forbidden[0] && BROADLY.includes(caller.role) })) {
        const answer = await ask(worlds, caller.cookie, one);
        calls++;
        if (answer.status === 401) throw new Error(`${caller.place}/${caller.role} was signed out before ${key}`);
        if (answer.status >= 500 && !more.mayFail)
          throw new Error(`${caller.place}/${caller.role}: ${one.method} ${one.path} failed: ${await answer.text()}`);
        if (answer.status === 200) answered.add(key);
        if (answer.status !== 422) understood.add(key);
        const said = await textOf(answer);
        // The search that was asked for comes back in no answer; the path would not count.
        for (const mark of forbiddenMarks)
          if (said.includes(mark)) leaks.push({ caller: `${caller.place}/${caller.role}`, route: key, path: one.path, mark });
      }
    }
  }
  return { leaks, calls, answered, understood };
}
