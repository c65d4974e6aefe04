import { type Ctx, type Database, inSnapshot, on } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftFor } from '../directives/docx.ts';
import { draftsOf, makeGroups, PDF } from '../directives/fixture.ts';
import {
  correctDraft,
  deriveDirective,
  type DirectiveIssued,
  type DirectiveView,
  getDirective,
  issueDirective,
  listDirectives,
  setExercise,
} from '../directives/index.ts';
import { fetchDirective } from '../directives/internal.ts';
import { dutyCallsPickedUp, listCalls, listDuty, logCall } from '../duty/index.ts';
import { myReminders } from '../notifications/index.ts';
import { assignTasks, getWork, giveParts, myParts, myWork, openParts, openTasks, receive, workCounts } from '../tasks/index.ts';
import { isNamed, stateOn } from './model.ts';
import { changeExercise, createExercise, destinationsWithin, listExercises } from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let agency: Ctx;
let draft: () => Promise<DirectiveView>;
const page = { page: 1, size: 50 };
const DAYS = { from: '2024-04-20', to: '2024-05-02' };

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  await makeGroups(database, province);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
  agency = await makeCtx(desk.stores, province.soyte, 'officer');
  draft = draftsOf(desk);
  on<DirectiveIssued>('directives.issued', assignTasks);
});
afterAll(() => database.close());

const opened = (more: Partial<Parameters<typeof createExercise>[1]> = {}) =>
  createExercise(desk, { name: 'Diễn tập ứng cứu 2024', ...DAYS, destinations: ['desk@so.example', '@TEST.example'], ...more });
async function inExercise(): Promise<DirectiveView> {
  const view = await draft();
  return setExercise(desk, view.id, { version: view.version, exercise: (await opened()).id });
}
let next = 100;
const issue = (view: DirectiveView) =>
  issueDirective(desk, view.id, {
    version: view.version,
    number: String(next++),
    day: '2024-04-22',
    leaveUnresolved: true,
    file: { name: 'ky.pdf', bytes: PDF },
  });

describe('an exercise', () => {
  it('is kept by its organisation alone, with what it names', async () => {
    const { id } = await opened();
    await expectAudit(desk, 'exercises.created', id);
    const mine = (await listExercises(desk, page)).items.find((one) => one.id === id);
    expect(mine).toMatchObject({ state: 'running', destinations: ['desk@so.example', 'test.example'], version: 1 });
    for (const who of [province.soyte, province.foreign]) {
      const other = await makeCtx(desk.stores, who, 'desk');
      expect(await listExercises(other, page)).toMatchObject({ items: [], total: 0 });
      await expect(changeExercise(other, id, { version: 1, to: '2024-05-03', destinations: [] })).rejects.toThrow('exercise.not_found');
    }
  });
  it('changes its last day and destinations once for each version, and is refused to a reading role', async () => {
    const { id } = await opened();
    await changeExercise(desk, id, { version: 1, to: '2024-05-03', destinations: ['A@so.example', 'a@so.example'] });
    await expectAudit(desk, 'exercises.changed', id);
    await expect(changeExercise(desk, id, { version: 1, to: '2024-05-04', destinations: [] })).rejects.toThrow(
      'exercises.changed_meanwhile',
    );
    await expect(changeExercise(desk, id, { version: 2, to: '2024-04-01', destinations: [] })).rejects.toThrow('exercises.days');
    const auditor = await makeCtx(desk.stores, province.sotttt, 'auditor');
    await expect(createExercise(auditor, { name: 'x', ...DAYS, destinations: [] })).rejects.toThrow('access.role');
    await expect(changeExercise(auditor, id, { version: 2, to: '2024-05-04', destinations: [] })).rejects.toThrow('access.role');
    expect((await listExercises(desk, page)).items.find((one) => one.id === id)?.destinations).toEqual(['a@so.example']);
  });
  it('names addresses and whole domains, on its days', async () => {
    expect(isNamed(['so.example'], 'Desk@So.example')).toBe(true);
    expect(isNamed(['so.example'], 'desk@a.so.example')).toBe(false);
    expect(isNamed(['desk@so.example'], 'other@so.example')).toBe(false);
    expect(
      ['2024-04-19', '2024-04-20', '2024-05-02', '2024-05-03'].map((at) => stateOn({ validFrom: DAYS.from, validTo: DAYS.to }, at)),
    ).toEqual(['planned', 'running', 'running', 'over']);
    const { id } = await opened();
    const house = await makeHouseCtx(desk.stores);
    const asked = (day: string) =>
      inSnapshot(house, (tx) => destinationsWithin(tx, id, { addresses: ['desk@so.example', 'x@real.example', 'y@test.example'], day }));
    expect(await asked('2024-05-02')).toEqual(['desk@so.example', 'y@test.example']);
    expect(await asked('2024-05-03')).toEqual([]);
    expect(await inSnapshot(agency, (tx) => destinationsWithin(tx, id, { addresses: ['desk@so.example'], day: '2024-05-02' }))).toEqual([]);
  });
});

describe('a directive of an exercise', () => {
  it('bears the mark in its subject, also when the subject is corrected, and in its document', async () => {
    const view = await inExercise();
    await expectAudit(desk, 'directives.exercise_set', view.id);
    expect([view.subject.startsWith('[DIỄN TẬP] '), view.exerciseName]).toEqual([true, 'Diễn tập ứng cứu 2024']);
    const again = await correctDraft(desk, view.id, { version: view.version, head: { subject: 'Trực lễ' } });
    expect(again.subject).toBe('[DIỄN TẬP] Trực lễ');
    const document = await inSnapshot(desk, async (tx) =>
      draftFor(tx, await fetchDirective(tx, view.id), Temporal.PlainDate.from('2024-04-26')),
    );
    expect([document.mark, document.subject]).toEqual(['[DIỄN TẬP]', '[DIỄN TẬP] Trực lễ']);
    const out = await setExercise(desk, view.id, { version: again.version, exercise: null });
    expect([out.subject, out.exercise]).toEqual(['Trực lễ', null]);
  });
  it('cannot change sides once issued, not even past the verb, and what carries it out stays on its side', async () => {
    const view = await inExercise();
    await issue(view);
    const { version } = await getDirective(desk, view.id);
    await expect(setExercise(desk, view.id, { version, exercise: null })).rejects.toThrow('directives.not_draft');
    const owner = database.owner();
    await owner.connect();
    await expect(owner.query('update directives set exercise = null, exercise_name = null where id = $1', [view.id])).rejects.toThrow(
      'exercise',
    );
    await expect(owner.query(`update directives set subject = 'x' where id = $1`, [view.id])).rejects.toThrow('directives_exercise_marked');
    await owner.end();
    const below = await getDirective(agency, await deriveDirective(await makeCtx(desk.stores, province.soyte, 'leader'), view.id)).catch(
      () => null,
    );
    expect(below).toMatchObject({ exercise: view.exercise });
    expect(below?.subject.match(/DIỄN TẬP/g)).toHaveLength(1);
    const leader = await makeCtx(desk.stores, province.soyte, 'leader');
    await expect(setExercise(leader, below!.id, { version: below!.version, exercise: null })).rejects.toThrow(
      'directives.exercise_inherited',
    );
  });
  it('is joined by drafts of its own organisation only, while it is not over', async () => {
    const [view, { id }, over] = [await draft(), await opened(), await opened({ to: '2024-04-20' })];
    const foreign = await makeCtx(desk.stores, province.foreign, 'desk');
    await expect(setExercise(foreign, view.id, { version: view.version, exercise: id })).rejects.toThrow('not_found');
    const auditor = await makeCtx(desk.stores, province.sotttt, 'auditor');
    await expect(setExercise(auditor, view.id, { version: view.version, exercise: id })).rejects.toThrow('access.role');
    await expect(setExercise(desk, view.id, { version: view.version, exercise: over.id })).rejects.toThrow('exercises.over');
    await expect(setExercise(desk, view.id, { version: view.version + 1, exercise: id })).rejects.toThrow('directives.changed_meanwhile');
  });
});

describe('the counts', () => {
  it('leave exercises out of lists, of my work and of the register of documents', async () => {
    const real = await listDirectives(desk, { ...page, exercise: false });
    const work = await workCounts(agency);
    const printed = (await openTasks(desk)).length;
    const view = await inExercise();
    await issue(view);
    expect((await listDirectives(desk, { ...page, exercise: false })).total).toBe(real.total);
    expect((await listDirectives(desk, { ...page, exercise: true })).items.some((one) => one.id === view.id)).toBe(true);
    expect((await listDirectives(desk, { ...page, q: 'dien tap' })).items.some((one) => one.id === view.id)).toBe(true);
    expect(await workCounts(agency)).toEqual({ ...work, exercise: work.exercise + 1 });
    expect((await openTasks(desk)).length).toBe(printed);
    const cards = await myWork(agency, { ...page, tab: 'todo', mine: false, exercise: true });
    expect(cards.items.find((card) => card.directive === view.id)?.subject).toContain('[DIỄN TẬP]');
    expect((await myWork(agency, { ...page, tab: 'todo', mine: false })).items.some((card) => card.directive === view.id)).toBe(false);
    await receive(agency, { directive: view.id, organisation: province.soyte, number: '900', day: '2024-04-22' });
    const another = await draft();
    await issue(another);
    const got = await receive(agency, { directive: another.id, organisation: province.soyte, number: '1', day: '2024-04-22' });
    expect(got.number).toBe('1');
  });
  it('leave exercises out of what is handed to a unit and of unseen reminders, which are shown apart and marked', async () => {
    const unit = await makeCtx(desk.stores, province.benhvien, 'officer');
    const give = async (directive: string) => {
      const part = { directive, organisation: province.soyte };
      const [item] = (await getWork(agency, part)).items;
      await giveParts(agency, { ...part, tasks: [item!.task], units: [province.benhvien] });
    };
    const remind = async (directive: string) => {
      const owner = database.owner();
      await owner.connect();
      await owner.query(
        `insert into reminders (id, directive, organisation, overseer, way, ticket, open, sent_at, sent_by, sent_by_name)
         values (gen_random_uuid(), $1::uuid, $2, $3, 'app', $1::text, 1, '2024-04-26T01:00:00Z', 'x', 'x')`,
        [directive, province.soyte, province.sotttt],
      );
      await owner.end();
    };
    const [view, real] = [await inExercise(), await draft()];
    for (const one of [real, view]) {
      await issue(one);
      await give(one.id);
      await remind(one.id);
    }
    const open = async (exercise: boolean) => (await myParts(unit, { tab: 'open', exercise, ...page })).items.map((one) => one.directive);
    expect([await open(false), await open(true)]).toEqual([[real.id], [view.id]]);
    expect(await workCounts(unit)).toMatchObject({ parts: 1, exercise: 1, overdue: 0 });
    expect((await openParts(agency)).length).toBe(1);
    const unseen = await myReminders(agency, { ...page, unseen: true });
    expect(unseen).toMatchObject({ total: 1, items: [{ directive: { exercise: false } }, { directive: { id: view.id, exercise: true } }] });
  });
  it('keep the calls of an exercise from lighting the real measure', async () => {
    const drafted = await inExercise();
    const view = await correctDraft(desk, drafted.id, { version: drafted.version, head: { windowFrom: '2024-04-24' } });
    await issue(view);
    const window = { from: '2024-04-01', to: null };
    const lit = async (exercise: string | null) =>
      (await inSnapshot(desk, (tx) => dutyCallsPickedUp.compute(tx, desk, [province.soyte], { ...window, exercise })))[0]?.state;
    const call = { organisation: province.soyte, phone: '1', result: 'picked-up' as const };
    const before = (await listCalls(desk, { ...page, exercise: false })).total;
    const { id } = await logCall(desk, { ...call, directive: view.id });
    await expectAudit(desk, 'duty.called', id);
    expect([await lit(null), await lit(view.exercise)]).toEqual(['no-data', 'met']);
    expect((await listCalls(desk, { ...page, exercise: false })).total).toBe(before);
    expect((await listCalls(desk, { ...page, exercise: true })).items[0]).toMatchObject({ id, exercise: true });
    expect((await listDuty(desk, { ...page, show: 'called', directive: view.id })).total).toBe(1);
    const foreign = await makeCtx(desk.stores, province.foreign, 'desk');
    await expect(logCall(foreign, { ...call, organisation: province.foreign, directive: view.id })).rejects.toThrow('directive.not_found');
  });
});
