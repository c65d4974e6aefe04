import { newId } from '@vonggac/kernel';
import { readTable } from '@vonggac/outside';
import { type Ctx, type Database, type Measure, offer } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportMatrix } from './export-matrix.ts';
import { rowsOf } from './figures-rows.ts';
import { matrix } from './matrix.ts';
import { standing } from './standing.ts';
import { standingCell } from './standing-cell.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let directive: string;
let items: string[];

const STATES: Record<string, 'met' | 'missed' | 'no-data'> = {};
const measure: Measure = {
  id: 'test.lit',
  name: { vi: 'Thử', en: 'Test' },
  unit: { vi: 'dòng', en: 'rows' },
  proposes: () => false,
  compute: async (_tx, _ctx, organisations) =>
    organisations.flatMap((organisation) => {
      const state = STATES[organisation];
      return state === undefined
        ? []
        : [
            {
              organisation,
              state,
              value: state === 'no-data' ? null : 3,
              of: state === 'no-data' ? null : 4,
              target: 4,
              text: { vi: 'vì', en: 'because' },
            },
          ];
    }),
  rows: async (_tx, _ctx, organisation) => [
    { id: organisation, subject: { kind: 'test', id: organisation }, at: null, text: { vi: 'một dòng', en: 'a row' } },
  ],
};

beforeEach(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
  offer(measure);
  for (const key of Object.keys(STATES)) delete STATES[key];
  ({ directive, items } = await issued());
});
afterEach(() => database.close());

async function sql(statement: string, values: unknown[] = []): Promise<void> {
  const owner = database.owner();
  await owner.connect();
  await owner.query(statement, values);
  await owner.end();
}

/** Three items: 1.a measured, 1.b not, 2.a for operators only; sent on 22/4, due on 25/4. */
async function issued(): Promise<{ directive: string; items: string[] }> {
  const id = newId();
  const made = [newId(), newId(), newId()];
  const { soyte, giavien, viettel, sotttt } = province;
  await sql(
    `insert into directives (id, organisation, overseer, status, kind, code, day, subject, folded, signer, text, reading, issued_at, written_by)
     values ($1, $2, $2, 'issued', 'cong-van', '12/STTTT-CNBCVT', '2024-04-22', 'V/v thử', 'v/v thu', '{}', 'toàn văn', '{"spans":[]}', '2024-04-22T01:00:00Z', 'x')`,
    [id, sotttt],
  );
  await sql(
    `insert into recipients (id, directive, position, text, resolution, organisations) values
    (gen_random_uuid(), $1, 0, '- Các Sở, UBND huyện;', 'group', $2), (gen_random_uuid(), $1, 1, '- Doanh nghiệp viễn thông.', 'group', $3)`,
    [id, JSON.stringify([soyte, giavien]), JSON.stringify([viettel])],
  );
  await sql(
    `insert into bases (id, directive, position, code, day, issuer) values (gen_random_uuid(), $1, 0, '342/UBND-VP6', '2024-04-19', 'UBND tỉnh'), (gen_random_uuid(), $1, 1, '1465/BTTTT-CATTT', '2024-04-17', 'Bộ')`,
    [id],
  );
  for (const [at, path] of ['1.a', '1.b', '2.a'].entries()) {
    await sql(`insert into requirements (id, directive, position, path, text, due) values ($1, $2, $3, $4, 'nội dung', $5)`, [
      made[at],
      id,
      at,
      path,
      at === 1 ? null : '2024-04-25T16:59:59.999Z',
    ]);
  }
  await sql(`insert into bindings (requirement, directive, measure) values ($1, $2, 'test.lit')`, [made[0], id]);
  for (const organisation of [soyte, giavien, viettel]) {
    await sql(
      `insert into receipts (id, directive, organisation, overseer, organisation_name, arrived_at) select gen_random_uuid(), $1, o.id, $2, o.name, '2024-04-22T01:00:00Z' from organisations o where o.id = $3`,
      [id, sotttt, organisation],
    );
    for (const [at, requirement] of made.entries()) {
      if (at === 2 && organisation !== viettel) continue;
      await sql(
        `insert into tasks (id, requirement, directive, organisation, overseer, due, changed_at) values (gen_random_uuid(), $1, $2, $3, $4, $5, now())`,
        [requirement, id, organisation, sotttt, at === 1 ? null : '2024-04-25T16:59:59.999Z'],
      );
    }
  }
  return { directive: id, items: made };
}

const setTask = (organisation: string, item: number, set: string) =>
  sql(`update tasks set ${set} where organisation = $1 and requirement = $2`, [organisation, items[item]]);
const cellsOf = async (organisation: string) => (await matrix(desk, directive, {})).rows.find(({ id }) => id === organisation)?.cells;

describe('a cell', () => {
  it('is not lit by an accepted answer: reported, with the paperwork beside it', async () => {
    await setTask(province.soyte, 1, `state = 'accepted', answered_at = '2024-04-23T02:00:00Z', accepted_at = now()`);
    expect(await cellsOf(province.soyte)).toBe('navrcn---');
  });
  it('that is bound to a measure stays without data when only the agency speaks', async () => {
    await setTask(province.soyte, 0, `state = 'accepted', answered_at = '2024-04-23T02:00:00Z'`);
    expect((await cellsOf(province.soyte))?.slice(0, 3)).toBe('nci');
    STATES[province.soyte] = 'missed';
    expect((await cellsOf(province.soyte))?.slice(0, 3)).toBe('xci');
  });
  it('answered on the very day is on the day, after it is overdue', async () => {
    await setTask(province.soyte, 0, `state = 'submitted', answered_at = '2024-04-25T10:00:00Z'`);
    await setTask(province.giavien, 0, `state = 'submitted', answered_at = '2024-04-25T17:00:00Z'`);
    expect((await cellsOf(province.soyte))?.slice(1, 3)).toBe('so');
    expect((await cellsOf(province.giavien))?.slice(1, 3)).toBe('sv');
  });
  it('whose task was withdrawn concerns nobody', async () => {
    await setTask(province.soyte, 1, `state = 'withdrawn'`);
    expect((await cellsOf(province.soyte))?.slice(3, 6)).toBe('---');
  });
});

describe('of several measures the worst decides', () => {
  it('and silence of one outweighs another that is met', async () => {
    offer({ ...measure, id: 'test.silent', compute: async () => [] });
    await sql(`insert into bindings (requirement, directive, measure) values ($1, $2, 'test.silent')`, [items[0], directive]);
    STATES[province.soyte] = 'met';
    expect((await cellsOf(province.soyte))?.[0]).toBe('n');
    STATES[province.soyte] = 'missed';
    expect((await cellsOf(province.soyte))?.[0]).toBe('x');
  });
});

describe('the matrix', () => {
  it('groups by the recipients of the document, filters without diacritics and by state, and keeps totals', async () => {
    const all = await matrix(desk, directive, {});
    expect(all.groups.map(({ label, organisations }) => [label, organisations])).toEqual([
      ['Các Sở, UBND huyện', 2],
      ['Doanh nghiệp viễn thông', 1],
    ]);
    expect(all.rows.map(({ name }) => name)).toEqual(['Sở Y tế', 'UBND huyện Gia Viễn', 'Viettel Thử Nghiệm']);
    const found = await matrix(desk, directive, { q: 'gia vien' });
    expect([found.total, found.of, found.rows[0]?.name]).toEqual([1, 3, 'UBND huyện Gia Viễn']);
    STATES[province.viettel] = 'missed';
    expect((await matrix(desk, directive, { state: 'missed' })).rows.map(({ id }) => id)).toEqual([province.viettel]);
    expect((await matrix(desk, directive, { state: 'missed', requirement: items[1] })).total).toBe(0);
    expect((await matrix(desk, directive, { group: 1 })).total).toBe(1);
  });
  it('sorts the latest first within its group', async () => {
    await setTask(province.soyte, 0, `state = 'submitted', answered_at = '2024-04-23T02:00:00Z'`);
    expect((await matrix(desk, directive, { sort: 'late' })).rows.map(({ name }) => name)).toEqual([
      'UBND huyện Gia Viễn',
      'Sở Y tế',
      'Viettel Thử Nghiệm',
    ]);
  });
  it('shows an agency only itself, a stranger nothing, and a reading role everything of its house', async () => {
    const agency = await makeCtx(desk.stores, province.soyte, 'officer');
    expect((await matrix(agency, directive, {})).rows.map(({ id }) => id)).toEqual([province.soyte]);
    expect((await standing(agency, directive)).figures.organisations).toBe(1);
    expect((await rowsOf(agency, directive, { figure: 'organisations', page: 1, size: 50 })).total).toBe(1);
    await expect(standingCell(agency, { directive, organisation: province.giavien, requirement: items[0]! })).rejects.toThrow(
      'organisation.not_found',
    );
    const stranger = await makeCtx(desk.stores, province.foreign, 'desk');
    for (const read of [
      () => matrix(stranger, directive, {}),
      () => standing(stranger, directive),
      () => exportMatrix(stranger, directive, {}),
    ])
      await expect(read()).rejects.toThrow('directive.not_found');
    const auditor = await makeCtx(desk.stores, province.sotttt, 'auditor');
    expect(await standing(auditor, directive)).toMatchObject({ figures: { organisations: 3 }, can: { remind: false, review: false } });
  });
  it('of a draft does not exist yet', async () => {
    await sql(`update directives set status = 'draft' where id = $1`, [directive]);
    await expect(matrix(desk, directive, {})).rejects.toThrow('directive.draft');
  });
});

describe('the figures', () => {
  it('each have a denominator and open the rows they were counted from', async () => {
    await sql(
      `update receipts set opened_at = '2024-04-22T02:00:00Z', state = '03', number = '7', day = '2024-04-22', received_at = '2024-04-22T03:00:00Z' where organisation = $1`,
      [province.soyte],
    );
    await sql(
      `update receipts set opened_at = '2024-04-23T02:00:00Z', state = '03', number = '8', day = '2024-04-23', received_at = '2024-04-23T03:00:00Z' where organisation = $1`,
      [province.giavien],
    );
    await setTask(province.soyte, 0, `state = 'submitted', answered_at = '2024-04-23T02:00:00Z'`);
    STATES[province.soyte] = 'met';
    STATES[province.giavien] = 'missed';
    const { figures, requirements, chain } = await standing(desk, directive);
    expect(figures).toEqual({
      organisations: 3,
      tasks: 7,
      measured: { value: 2, of: 7 },
      met: { value: 1, of: 2 },
      opened: { value: 2, of: 3 },
      receivedInDay: { value: 1, of: 3 },
      inTime: { value: 1, of: 4 },
      answered: { value: 1, of: 7 },
      toReview: 1,
      periods: { value: 0, of: 0 },
      periodsToReview: 0,
      overdue: 3,
      declared: { file: { value: 0, of: 1 }, desk: { value: 0, of: 1 }, contested: { value: 0, of: 1 } },
    });
    expect(requirements[0]?.counts).toEqual({ met: 1, 'at-risk': 0, missed: 1, reported: 0, 'no-data': 1 });
    expect(chain.map(({ code }) => code)).toEqual(['1465/BTTTT-CATTT', '342/UBND-VP6']);
    for (const [figure, count] of [
      ['organisations', 3],
      ['tasks', 7],
      ['opened', 2],
      ['received-in-day', 1],
      ['in-time', 1],
      ['overdue', 3],
      ['met', 1],
      ['measured', 2],
      ['to-review', 1],
    ] as const) {
      expect([figure, (await rowsOf(desk, directive, { figure, page: 1, size: 50 })).total]).toEqual([figure, count]);
    }
    const missed = await rowsOf(desk, directive, { figure: 'missed', requirement: items[0], page: 1, size: 50 });
    expect(missed.items.map(({ organisation }) => organisation.id)).toEqual([province.giavien]);
  });
  it('of a refused receipt count neither as opened nor as late to receive', async () => {
    await sql(`update receipts set state = '02', refused_reason = 'x' where organisation = $1`, [province.viettel]);
    expect((await standing(desk, directive)).figures.opened.of).toBe(2);
  });
});

describe('one cell', () => {
  it('says why, with the rows of its measure', async () => {
    STATES[province.soyte] = 'missed';
    const cell = await standingCell(desk, { directive, organisation: province.soyte, requirement: items[0]! });
    expect(cell).toMatchObject({
      state: 'missed',
      measures: [{ value: 3, of: 4, total: 1, rows: [{ kind: 'test' }] }],
      task: { state: 'assigned', time: 'overdue' },
      receipt: { state: '01' },
    });
    expect((await standingCell(desk, { directive, organisation: province.soyte, requirement: items[2]! })).state).toBe('not-concerned');
  });
});

describe('the export', () => {
  it('holds exactly what is shown, says source and time, and is in the log', async () => {
    STATES[province.soyte] = 'met';
    const { name, content } = await exportMatrix(desk, directive, { q: 'so y te' });
    expect(name).toBe('12-STTTT-CNBCVT-2024-04-26.xlsx');
    const table = await readTable(content, name);
    const cells = table.sheets[0]!.rows.map((row) => row.map(String));
    expect(cells.flat().some((cell) => cell.includes('1/3 đơn vị') && cell.includes('8:00 26/4/2024'))).toBe(true);
    expect(cells.filter(([first]) => first === 'Sở Y tế')).toHaveLength(1);
    expect(cells.flat()).not.toContain('UBND huyện Gia Viễn');
    expect(cells.find(([first]) => first === 'Sở Y tế')).toContain('Đạt 3/4 · quá hạn trả lời');
    await expectAudit(desk, 'standing.exported', directive);
  });
});
