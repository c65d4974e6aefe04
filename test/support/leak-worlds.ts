import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixedClock, fold, newId, type Role } from '@vonggac/kernel';
import { correctDraft, getDirective, issueDirective, readDraft, setExercise } from '@vonggac/rooms/directives';
import { approveAssets, claimAsset } from '@vonggac/rooms/assets';
import { createExercise } from '@vonggac/rooms/exercises';
import { logCall } from '@vonggac/rooms/duty';
import { createPerson } from '@vonggac/rooms/identity';
import { remindOrganisations } from '@vonggac/rooms/notifications';
import { addAlias, addContact, createGroup, mapPhrase, uploadImport } from '@vonggac/rooms/organisations';
import { editReport, getReport, makeReport, scheduleReports } from '@vonggac/rooms/reports';
import {
  addEvidence,
  addPartEvidence,
  answerPart,
  answerTasks,
  ask,
  enterFor,
  exportOwnSheet,
  getWork,
  giveParts,
  keepFile,
  listDeclarations,
  myParts,
  openReceipt,
  receive,
  setFollowUp,
} from '@vonggac/rooms/tasks';
import { pino } from 'pino';
import { readConfig } from '@vonggac/kernel';
import { type Ctx, type Database, openOutbound } from '@vonggac/store';
import { makeCtx, makeProvince, makeTestDatabase, type Province, TEST_NOW } from '@vonggac/testkit';
import { furnish, type House } from '../../apps/server/src/house.ts';
import { makeApp } from '../../apps/server/src/http/app.ts';
import { samplePdf } from '../../apps/server/src/sample/directive.ts';
import { seedList } from './leak-lists.ts';
import { seedFinding } from './leak-findings.ts';
import { seedNotice } from './leak-notices.ts';
import { seedPeriod } from './leak-periods.ts';
import { seedProposal } from './leak-proposals.ts';
import { seedRollup } from './leak-rollups.ts';
import { seedStatuses } from './leak-statuses.ts';
import { MAIL_DOMAIN, type Mailbox, openMailbox } from './leak-mailbox.ts';

/** Something that belongs to one organisation; `marks` are strings that nobody outside may ever read. */
export type Owned = { marks: string[]; ids: Record<string, string[]> };

export type Worlds = {
  house: House;
  database: Database;
  app: ReturnType<typeof makeApp>;
  places: Province & Record<'fdesk' | 'fagency', string>;
  owned: Record<string, Owned>;
  /** What the organisations are called, by their keys. */
  names: Record<string, string>;
  /** An answer sheet of each agency, as it went out; of its findings under `finding ` and its key. */
  sheets: Record<string, Uint8Array>;
  /** Where the mails of the house arrive. */
  mailbox: Mailbox;
  close(): Promise<void>;
};

const AGENCIES = ['soyte', 'sogd', 'benhvien', 'fagency'] as const;

/** Two provinces with work going on in both: directives, answers, evidence, contacts, groups, people, calls, reminders. */
export async function makeWorlds(pool: number): Promise<Worlds> {
  const database = await makeTestDatabase({ pool });
  const province = await makeProvince(database);
  const places = { ...province, ...(await makeForeign(database, province.foreign)) };
  const data = mkdtempSync(path.join(os.tmpdir(), 'vg-leak-'));
  const house = await furnish(readConfig(['--data', data, '--totp', 'optional'], {}), pino({ level: 'silent' }), {
    database,
    release: () => {},
  });
  house.clock = Object.assign(fixedClock(TEST_NOW), { hold: () => {} });
  const owned: Record<string, Owned> = Object.fromEntries(
    ['ubnd', 'sotttt', 'fdesk', ...AGENCIES].map((key) => [key, { marks: [], ids: {} }]),
  );
  const mailbox = await openMailbox();
  house.stores.outbound = openOutbound([mailbox.address]);
  const close = async () => {
    await mailbox.close();
    await database.close();
  };
  const worlds = { house, database, app: makeApp(house), places, owned, names: {}, sheets: {}, mailbox, close };
  await seedDesk(worlds, 'sotttt', ['soyte', 'sogd']);
  await seedDesk(worlds, 'fdesk', ['fagency']);
  await seedDesk(worlds, 'soyte', ['benhvien']);
  await seedPart(worlds);
  for (const key of ['ubnd', 'sotttt', 'fdesk', ...AGENCIES] as const) await seedPeople(worlds, key);
  await lookUp(worlds);
  return worlds;
}

async function makeForeign(database: Database, root: string): Promise<Record<'fdesk' | 'fagency', string>> {
  const ids = { fdesk: newId(), fagency: newId() };
  const owner = database.owner();
  await owner.connect();
  for (const [key, name, parent] of [
    ['fdesk', 'mk-fdesk-name Sở TTTT tỉnh Khác', root],
    ['fagency', 'mk-fagency-name Sở Y tế tỉnh Khác', root],
  ] as const) {
    await owner.query("insert into organisations (id, kind, name, folded) values ($1, 'department', $2, $3)", [ids[key], name, fold(name)]);
    await owner.query("insert into organisation_names (id, organisation, kind, name, folded) values ($1, $2, 'official', $3, $4)", [
      newId(),
      ids[key],
      name,
      fold(name),
    ]);
    await owner.query('insert into organisation_parents (id, organisation, parent) values ($1, $2, $3)', [newId(), ids[key], parent]);
  }
  await owner.query("insert into supervisions (id, supervisor, organisation, field) values ($1, $2, $3, 'attt')", [
    newId(),
    ids.fdesk,
    ids.fagency,
  ]);
  await owner.end();
  return ids;
}

type Building = Omit<Worlds, 'close'>;
type Key = keyof Worlds['places'];

const ctxOf = (worlds: Building, key: Key, role: Role): Promise<Ctx> => makeCtx(worlds.house.stores, worlds.places[key], role);

function own(worlds: Building, key: string, kind: string, id: string): void {
  (worlds.owned[key]!.ids[kind] ??= []).push(id);
}

function mark(worlds: Building, key: string, what: string): string {
  const made = `mk-${key}-${what}`;
  worlds.owned[key]!.marks.push(made);
  return made;
}

const DOCUMENT = (subject: string) =>
  `UBND TỈNH THỬ\nSỞ THỬ NGHIỆM\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 12/STN-ATTT\nV/v ${subject}\n\nThử, ngày 20 tháng 4 năm 2024\n\nKính gửi: Các đơn vị.\n\nĐề nghị các đơn vị thực hiện:\n\n1. Phân công cán bộ ứng trực 24/7 trước ngày 28/4/2024.\n\n2. Cập nhật bản vá cho các máy chủ.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n`;

/** A desk issues a directive to agencies, and each works on it. */
async function seedDesk(worlds: Building, key: Key, agencies: readonly (typeof AGENCIES)[number][]): Promise<void> {
  const desk = await ctxOf(worlds, key, 'desk');
  const { id } = await readDraft(desk, { text: DOCUMENT(mark(worlds, key, 'subject')) });
  const draft = await getDirective(desk, id);
  const corrected = await correctDraft(desk, id, {
    version: draft.version,
    recipients: [{ text: 'Các đơn vị', organisations: agencies.map((agency) => worlds.places[agency]) }],
  });
  await issueDirective(desk, id, {
    number: '12',
    day: '2024-04-20',
    version: corrected.version,
    leaveUnresolved: false,
    file: { name: 'da-ky.pdf', bytes: samplePdf() },
  });
  own(worlds, key, 'directive', id);
  const second = await readDraft(desk, { text: DOCUMENT(mark(worlds, key, 'draft')) });
  own(worlds, key, 'draft', second.id);
  await seedExercise(worlds, key, desk);
  const group = await createGroup(desk, { name: mark(worlds, key, 'group'), members: agencies.map((agency) => worlds.places[agency]) });
  own(worlds, key, 'group', group.id);
  own(worlds, key, 'phrase', (await mapPhrase(desk, { phrase: mark(worlds, key, 'phrase'), groupId: group.id })).id);
  for (const agency of agencies) await seedAgency(worlds, { agency, directive: id, desk });
  await seedReport(worlds, key, { directive: id, desk });
}

/** An exercise with what it names, and a draft of it. */
async function seedExercise(worlds: Building, key: Key, desk: Ctx): Promise<void> {
  const days = { from: '2024-04-20', to: '2024-05-02' };
  const destinations = [`${mark(worlds, key, 'destination')}@mau.example`];
  const taken = await seedList(desk, (what) => mark(worlds, key, what));
  own(worlds, key, 'list', taken.list);
  own(worlds, key, 'sender', taken.sender);
  own(worlds, key, 'listAlias', taken.alias);
  own(worlds, key, 'rematch', taken.rematch);
  const exercise = await createExercise(desk, { name: mark(worlds, key, 'exercise'), ...days, destinations });
  own(worlds, key, 'exercise', exercise.id);
  const { id } = await readDraft(desk, { text: DOCUMENT(mark(worlds, key, 'exercise-draft')) });
  await setExercise(desk, id, { version: (await getDirective(desk, id)).version, exercise: exercise.id });
  own(worlds, key, 'draft', id);
}

async function seedReport(worlds: Building, key: Key, { directive, desk }: { directive: string; desk: Ctx }): Promise<void> {
  const report = await makeReport(desk, { directive, kind: 'result' });
  const { version, symbol, text } = await getReport(desk, report);
  await editReport(desk, report, { version, symbol, text: { ...text, incidents: mark(worlds, key, 'report') } });
  await scheduleReports({ ...desk, actor: { ...desk.actor, name: mark(worlds, key, 'scheduler') } }, directive, {
    hour: 7,
    minute: 0,
    until: '2024-05-02',
  });
  own(worlds, key, 'report', report);
}

async function seedAgency(
  worlds: Building,
  { agency, directive, desk }: { agency: (typeof AGENCIES)[number]; directive: string; desk: Ctx },
): Promise<void> {
  const organisation = worlds.places[agency];
  const officer = await ctxOf(worlds, agency, 'officer');
  const part = { directive, organisation };
  await openReceipt(officer, part);
  await receive(officer, { ...part, number: '7', day: '2024-04-22' });
  const { items } = await getWork(officer, part);
  await answerTasks(officer, { ...part, items: [{ task: items[0]!.task, answer: mark(worlds, agency, 'answer') }] });
  const file = await addEvidence(officer, {
    ...part,
    name: `${mark(worlds, agency, 'evidence')}.txt`,
    content: new TextEncoder().encode(mark(worlds, agency, 'content')),
  });
  await ask(officer, { ...part, text: mark(worlds, agency, 'question') });
  const list = `Đơn vị,Họ và tên\n${agency},${mark(worlds, agency, 'import')}`;
  const upload = await uploadImport(officer, { kind: 'contacts', name: 'dau-moi.csv', bytes: new TextEncoder().encode(list) });
  own(worlds, agency, 'import', upload.id);
  await addContact(officer, organisation, {
    role: 'focal',
    name: mark(worlds, agency, 'focal'),
    phones: ['0912345679'],
    emails: [`${mark(worlds, agency, 'mail')}@${MAIL_DOMAIN}`],
    hotline: false,
  });
  const contact = await addContact(officer, organisation, {
    role: 'duty',
    name: mark(worlds, agency, 'contact'),
    phones: ['0912345678'],
    emails: [],
    hotline: true,
  });
  const keys = Object.keys(worlds.places);
  const places = { desk: keys.findIndex((one) => worlds.places[one as Key] === desk.actor.organisation), agency: keys.indexOf(agency) };
  const seeded = await seedStatuses(worlds.database, officer, { desk, directive, places, mark: mark(worlds, agency, 'status') });
  for (const [kind, id] of Object.entries(seeded)) own(worlds, agency, kind, id);
  const issuer = keys.find((one) => worlds.places[one as Key] === desk.actor.organisation) as Key;
  const marks = { agency: mark(worlds, agency, 'rollup'), desk: mark(worlds, issuer, 'arrival') };
  own(worlds, agency, 'rollup', await seedRollup(worlds.database, officer, { directive, desk: desk.actor.organisation, marks }));
  await seedDeclared(worlds, { agency, desk, part, task: items[1]!.task });
  const proposal = await seedProposal(worlds.database, { ...part, task: items[0]!.task, mark: mark(worlds, agency, 'proposal') });
  own(worlds, agency, 'proposal', proposal);
  own(worlds, agency, 'period', await seedPeriod(worlds.database, { task: items[0]!.task, mark: mark(worlds, agency, 'period') }));
  own(worlds, agency, 'task', items[0]!.task);
  own(worlds, agency, 'requirement', items[0]!.requirement);
  own(worlds, agency, 'evidence', file.id);
  own(worlds, agency, 'contact', contact.id);
  own(worlds, agency, 'organisation', organisation);
  await seedAssets(worlds, { agency, desk });
  const told = ['listed', 'family', 'machine', 'scan', 'finding-note', 'finding-sheet'].map((what) => mark(worlds, agency, what));
  const found = await seedFinding({ desk, officer, told, keys: worlds.house.config.keys });
  own(worlds, agency, 'finding', found.finding);
  own(worlds, agency, 'findingFile', found.file);
  own(worlds, agency, 'findingSheetFile', found.sheetFile);
  worlds.sheets[`finding ${agency}`] = found.sheet;
  const noticed = await seedNotice(desk, { organisation, rule: mark(worlds, issuer, `rule${agency}`) });
  for (const key of [agency, issuer]) own(worlds, key, 'noticeRule', noticed.rule);
  own(worlds, agency, 'notice', noticed.notice);
  await seedLeftover(worlds, { agency, contact: contact.id, overseer: desk.actor.organisation });
  await addAlias(await ctxOf(worlds, agency === 'fagency' ? 'fagency' : agency, 'desk'), organisation, { name: `alias ${agency}` });
  await logCall(desk, { organisation, phone: '0912345678', result: 'picked-up', note: mark(worlds, agency, 'call') });
  await remindOrganisations(desk, { directive, organisations: [organisation], way: 'app', note: mark(worlds, agency, 'reminder') });
}

type Declared = { agency: (typeof AGENCIES)[number]; desk: Ctx; part: { directive: string; organisation: string }; task: string };

/** A sheet that went out and came back, and an answer that the desk took down from the telephone. */
async function seedDeclared(worlds: Building, { agency, desk, part, task }: Declared): Promise<void> {
  const { keys } = worlds.house.config;
  const { content } = await exportOwnSheet(desk, keys, part);
  worlds.sheets[agency] = content;
  const file = await keepFile(desk, keys, { name: `${mark(worlds, agency, 'sheet')}.xlsx`, content });
  own(worlds, agency, 'answerfile', file.id);
  const item = { task, answer: mark(worlds, agency, 'declared'), done: 'doing' as const };
  await enterFor(desk, { ...part, via: 'phone', who: mark(worlds, agency, 'said'), at: TEST_NOW, items: [item] });
  own(worlds, agency, 'declaration', (await listDeclarations(desk, part)).items[0]!.id);
}

/** A system with its range, one approved by who oversees it, and a claim that waits. */
async function seedAssets(worlds: Building, { agency, desk }: { agency: (typeof AGENCIES)[number]; desk: Ctx }): Promise<void> {
  const officer = await ctxOf(worlds, agency, 'officer');
  const base = { organisation: worlds.places[agency], from: null, to: null, note: mark(worlds, agency, 'asset-note') };
  const third = AGENCIES.indexOf(agency);
  const system = await claimAsset(officer, { ...base, kind: 'system', name: mark(worlds, agency, 'system'), level: 3 });
  const network = `14.240.${third}.0/24`;
  const range = await claimAsset(officer, { ...base, kind: 'range', name: mark(worlds, agency, 'range'), network, system: system.id });
  await claimAsset(officer, { ...base, kind: 'domain', domain: `${mark(worlds, agency, 'domain')}.mau.vn` });
  const { undo } = await approveAssets(desk, { ids: [system.id, range.id] });
  own(worlds, agency, 'assetAct', undo!);
  own(worlds, agency, 'system', system.id);
  own(worlds, agency, 'asset', range.id);
}

type Left = { agency: (typeof AGENCIES)[number]; contact: string; overseer: string };

/** A contact that is left to the desk, as if the agency had ended. */
async function seedLeftover(worlds: Building, { agency, contact, overseer }: Left): Promise<void> {
  const id = newId();
  await asOwner(
    worlds,
    `insert into leftovers (id, organisation, overseer, kind, "row", text, folded, act, act_kind, "on", basis, left_at)
     values ($1, $2, $3, 'contacts', $4, jsonb_build_object('vi', $5::text, 'en', $5::text), $5, $1, 'dissolve', '2024-04-20', 'x', '2024-04-20T00:00:00Z')`,
    [id, worlds.places[agency], overseer, contact, mark(worlds, agency, 'leftover')],
  );
  own(worlds, agency, 'leftover', id);
}

/** A task that Sở Y tế handed to its hospital, answered with a file; and a date that the desk follows for itself. */
async function seedPart(worlds: Building): Promise<void> {
  const { directive, task, requirement } = Object.fromEntries(
    (['directive', 'task', 'requirement'] as const).map((kind) => [
      kind,
      worlds.owned[kind === 'directive' ? 'sotttt' : 'soyte']!.ids[kind]![0]!,
    ]),
  ) as Record<'directive' | 'task' | 'requirement', string>;
  const { soyte, benhvien } = worlds.places;
  const officer = await ctxOf(worlds, 'soyte', 'officer');
  await giveParts(officer, { directive, organisation: soyte, tasks: [task], units: [benhvien], note: mark(worlds, 'benhvien', 'told') });
  const hospital = await ctxOf(worlds, 'benhvien', 'officer');
  const [part] = (await myParts(hospital, { tab: 'open', page: 1, size: 1 })).items;
  await answerPart(hospital, { part: part!.id, answer: mark(worlds, 'benhvien', 'part') });
  await addPartEvidence(hospital, {
    part: part!.id,
    name: `${mark(worlds, 'benhvien', 'proof')}.txt`,
    content: new TextEncoder().encode(mark(worlds, 'benhvien', 'proven')),
  });
  own(worlds, 'benhvien', 'part', part!.id);
  const day = '2024-04-27';
  await setFollowUp(await ctxOf(worlds, 'sotttt', 'desk'), {
    directive,
    requirement,
    organisation: soyte,
    day,
    note: mark(worlds, 'sotttt', 'followed'),
  });
}

async function seedPeople(worlds: Building, key: Key): Promise<void> {
  const admin = await ctxOf(worlds, key, 'administrator');
  const username = `nguoi.${key.toLowerCase()}`;
  const { id, firstPassword } = await createPerson(worlds.house.auth, admin, {
    organisationId: worlds.places[key],
    name: mark(worlds, key, 'person'),
    username,
    role: 'officer',
  });
  await worlds.app.request('http://127.0.0.1/api/v1/sign-in', {
    method: 'POST',
    headers: { host: '127.0.0.1', 'x-vonggac': '1', 'content-type': 'application/json', 'user-agent': mark(worlds, key, 'agent') },
    body: JSON.stringify({ username, password: firstPassword }),
  });
  own(worlds, key, 'person', id);
  own(worlds, key, 'organisation', worlds.places[key]);
  await seedFactors(worlds, key, id);
}

/** A token of the person, and a proposal to reset the second factor. */
async function seedFactors(worlds: Building, key: Key, person: string): Promise<void> {
  const token = newId();
  const reset = newId();
  await asOwner(
    worlds,
    `insert into identity.api_token (id, user_id, organisation, role, name, prefix, hash, act, fresh, permissions, created_at, expires_at)
     values ($1::uuid, $2, $3, 'officer', $4, $1::uuid::text, 'x', true, false, '{}', now(), now() + interval '1 day')`,
    [token, person, worlds.places[key], mark(worlds, key, 'token')],
  );
  await asOwner(
    worlds,
    `insert into second_factor_resets (id, person, organisation, reason, proposed_by, proposed_by_name, proposed_at, state)
     values ($1, $2, $3, $4, $1, 'x', '2024-04-26T00:00:00Z', 'proposed')`,
    [reset, person, worlds.places[key], mark(worlds, key, 'reset')],
  );
  own(worlds, key, 'api-token', token);
  own(worlds, key, 'reset', reset);
}

/** The rest of what belongs to each: read from the tables, as the verbs that made it do not say its id. */
const LOOKED_UP: Record<string, string> = {
  membership: 'select id from memberships where organisation = $1',
  supervision: 'select id from supervisions where $1 in (organisation, supervisor)',
  reminder: 'select id from reminders where organisation = $1',
  alias: "select id from organisation_names where organisation = $1 and kind = 'alias'",
  recipient: 'select r.id from recipients r join directives d on d.id = r.directive where d.organisation = $1',
  session: 'select s.id from identity.session s join people p on p.id = s.user_id where p.organisation = $1',
};

async function lookUp(worlds: Building): Promise<void> {
  // A mail goes to an organisation as often as somebody asks for it.
  await asOwner(worlds, "insert into settings (key, value) values ('reminders.mail-hours', '0')");
  for (const key of Object.keys(worlds.owned)) {
    const place = worlds.places[key as Key];
    for (const [kind, query] of Object.entries(LOOKED_UP))
      for (const { id } of await asOwner(worlds, query, [place])) own(worlds, key, kind, id as string);
    const [row] = await asOwner(worlds, 'select name from organisations where id = $1', [place]);
    worlds.names[key] = row!['name'] as string;
  }
}

/** A statement past all policies. @returns its rows */
export async function asOwner(
  worlds: Pick<Worlds, 'database'>,
  statement: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const owner = worlds.database.owner();
  await owner.connect();
  try {
    return (await owner.query<Record<string, unknown>>(statement, values)).rows;
  } finally {
    await owner.end();
  }
}
