import { unzipSync } from 'fflate';
import { type Route, type RouteKey, routes } from '@vonggac/contract';
import { ROLES, type Role } from '@vonggac/kernel';
import { createPerson } from '@vonggac/rooms/identity';
import { makeCtx } from '@vonggac/testkit';
import { z } from 'zod';
import type { Worlds } from './leak-worlds.ts';

/** One's own sessions and password, and what acts on nobody else's rows. */
const LEFT_OUT = new Set<RouteKey>([
  'POST /sign-in',
  'POST /sign-out',
  'POST /password',
  'POST /session/acting',
  'POST /first-run',
  'DELETE /sessions/{id}',
]);

/** Which kind of thing an `{id}` in a path is. */
const KIND_OF_PATH: [RegExp, string[]][] = [
  [/^\/directives\//, ['directive', 'draft']],
  [/^\/organisations\//, ['organisation']],
  [/^\/groups\//, ['group']],
  [/^\/contacts\//, ['contact']],
  [/^\/phrases\//, ['phrase']],
  [/^\/people\//, ['person']],
  [/^\/evidence\//, ['evidence']],
];
const NEVER = '01890000-0000-7000-8000-000000000000';

export type Caller = { place: string; role: Role; cookie: string; forbidden: string[] };

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
      cookie: answer.headers
        .getSetCookie()
        .map((one) => one.split(';')[0]!)
        .join('; '),
      forbidden,
    });
  }
  return callers;
}

async function ask(
  worlds: Worlds,
  cookie: string,
  call: { method: string; path: string; body?: unknown; upload?: boolean },
): Promise<Response> {
  return worlds.app.request(`http://127.0.0.1/api/v1${call.path}`, {
    method: call.method,
    headers: { host: '127.0.0.1', 'x-vonggac': '1', cookie, 'content-type': call.upload ? 'application/octet-stream' : 'application/json' },
    ...(call.method === 'GET' ? {} : { body: call.upload ? new TextEncoder().encode('mot tep thu') : JSON.stringify(call.body ?? {}) }),
  });
}

export type Leak = { caller: string; route: string; path: string; mark: string };

/** Everything that an answer says, spreadsheets and documents unpacked. */
async function textOf(answer: Response): Promise<string> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return new TextDecoder().decode(bytes);
  return Object.values(unzipSync(bytes))
    .map((part) => new TextDecoder().decode(part))
    .join('\n');
}

type Try = { key: RouteKey; data: Route; method: string; path: string; body: unknown };

/** Every way to call one route at a foreign thing: its ids in path, query and body, and a search for its marks. */
export function triesOf(worlds: Worlds, key: RouteKey, victim: string): Try[] {
  const data = routes[key] as Route;
  const [method, template] = key.split(' ') as [string, string];
  const { ids, marks } = worlds.owned[victim]!;
  const idOf = (name: string): string => ids[name]?.[0] ?? NEVER;
  const kinds = KIND_OF_PATH.find(([pattern]) => pattern.test(template))?.[1] ?? ['organisation'];
  const paths = (template.includes('{id}') ? kinds.map((kind) => template.replace('{id}', idOf(kind))) : [template]).map((path) =>
    path
      .replace('{directive}', idOf('directive') === NEVER ? directiveFor(worlds, victim) : idOf('directive'))
      .replace('{organisation}', worlds.places[victim as keyof Worlds['places']])
      .replace('{requirement}', idOf('requirement'))
      .replace('{figure}', 'answered')
      .replace(/\{\w+\}/g, NEVER),
  );
  const body =
    data.body && !data.upload
      ? sample(z.toJSONSchema(data.body, { io: 'input', unrepresentable: 'any' }), '', (name) => idFor(worlds, victim, name))
      : {};
  const required = data.query
    ? sample(z.toJSONSchema(data.query, { io: 'input', unrepresentable: 'any' }), '', (name) => idFor(worlds, victim, name), true)
    : {};
  const queries =
    method === 'GET' && data.query && 'q' in data.query.shape ? [required, { ...(required as object), q: marks[0] ?? 'mk-' }] : [required];
  return paths.flatMap((path) => queries.map((query) => ({ key, data, method, path: `${path}${queryString(query)}`, body })));
}

/** The directive that the victim works on, where it has none of its own. */
function directiveFor(worlds: Worlds, victim: string): string {
  const desk = victim === 'fagency' ? 'fdesk' : victim === 'benhvien' ? 'soyte' : 'sotttt';
  return worlds.owned[desk]!.ids['directive']![0]!;
}

function queryString(query: unknown): string {
  const entries = Object.entries(query as Record<string, unknown>).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString()}`;
}

function idFor(worlds: Worlds, victim: string, name: string): string {
  const { ids } = worlds.owned[victim]!;
  const lower = name.toLowerCase();
  const kind = ['task', 'contact', 'group', 'person', 'evidence', 'directive', 'requirement', 'draft'].find((one) => lower.includes(one));
  if (kind) return ids[kind]?.[0] ?? NEVER;
  return worlds.places[victim as keyof Worlds['places']];
}

type Schema = {
  type?: string;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  minLength?: number;
  minimum?: number;
  pattern?: string;
};

/** A value that the schema takes, ids drawn from the victim. */
function sample(schema: unknown, name: string, id: (name: string) => string, onlyRequired = false): unknown {
  const s = schema as Schema;
  if (s.const !== undefined) return s.const;
  if (s.enum) return s.enum[0];
  const choice = (s.anyOf ?? s.oneOf)?.find((one) => one.type !== 'null');
  if (choice) return sample(choice, name, id, onlyRequired);
  switch (s.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(s.properties ?? {})
          .filter(([key]) => !onlyRequired || s.required?.includes(key) || key === 'organisation')
          .map(([key, value]) => [key, sample(value, key, id, onlyRequired)]),
      );
    case 'array':
      return [sample(s.items, name, id, onlyRequired)];
    case 'integer':
    case 'number':
      return Math.max(1, s.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return textFor(s, name, id);
  }
}

function textFor(s: Schema, name: string, id: (name: string) => string): string {
  if (s.format === 'uuid') return id(name);
  if (s.format === 'date') return '2024-04-26';
  if (s.format === 'date-time') return '2024-04-26T08:00:00+07:00';
  if (s.format === 'email') return 'thu@mau.example';
  if (/phone/i.test(name)) return '0912345678';
  if (/number/i.test(name)) return '99';
  if (/username/i.test(name)) return `tai.khoan.${Math.random().toString(36).slice(2, 8)}`;
  return 'noi dung thu';
}

const KEYS = (Object.keys(routes) as RouteKey[]).filter((key) => !LEFT_OUT.has(key));

/** Calls every route as one caller at everything it must not see. `mayFail`: the database raises where a verb would have refused. @returns what leaked, and how many answers were 200 */
export async function tryAll(
  worlds: Worlds,
  caller: Caller,
  more: { mayFail?: boolean } = {},
): Promise<{ leaks: Leak[]; calls: number; answered: Set<RouteKey> }> {
  const leaks: Leak[] = [];
  const answered = new Set<RouteKey>();
  let calls = 0;
  const forbiddenMarks = caller.forbidden.flatMap((key) => worlds.owned[key]!.marks);
  for (const key of KEYS) {
    for (const victim of caller.forbidden) {
      for (const one of triesOf(worlds, key, victim)) {
        const answer = await ask(worlds, caller.cookie, {
          method: one.method,
          path: one.path,
          body: one.body,
          upload: one.data.upload !== undefined,
        });
        calls++;
        if (answer.status === 401) throw new Error(`${caller.place}/${caller.role} was signed out before ${key}`);
        if (answer.status >= 500 && !more.mayFail)
          throw new Error(`${caller.place}/${caller.role}: ${one.method} ${one.path} failed: ${await answer.text()}`);
        if (answer.status === 200) answered.add(key);
        const said = await textOf(answer);
        // The search that was asked for comes back in no answer; the path would not count.
        for (const mark of forbiddenMarks)
          if (said.includes(mark)) leaks.push({ caller: `${caller.place}/${caller.role}`, route: key, path: one.path, mark });
      }
    }
  }
  return { leaks, calls, answered };
}

const TABLES = [
  'people',
  'memberships',
  'groups',
  'group_members',
  'phrases',
  'contacts',
  'receipts',
  'tasks',
  'history',
  'reports',
  'evidence',
  'reminders',
  'duty_calls',
  'directives',
  'acts',
  'organisation_names',
  'organisation_parents',
  'supervisions',
];

/** A fingerprint of every row of an organisation, by table. */
export async function rowsOf(worlds: Worlds, key: string): Promise<Record<string, string>> {
  const owner = worlds.database.owner();
  await owner.connect();
  try {
    const prints: Record<string, string> = {};
    for (const table of TABLES) {
      const { rows } = await owner.query(
        `select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from ${table} t where t.organisation = $1`,
        [worlds.places[key as keyof Worlds['places']]],
      );
      prints[table] = rows[0].print as string;
    }
    return prints;
  } finally {
    await owner.end();
  }
}
