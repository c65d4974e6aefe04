import { workRoutes } from '@vonggac/contract/work';
import { fold, newId, type Role } from '@vonggac/kernel';
import { type Ctx, inTransaction, type Stores } from '@vonggac/store';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { directives, requirements } from '../directives/index.ts';
import { addEvidence, assignTasks, getWork, receive, submitReport } from './index.ts';

/** For tests: a file that is a PDF, the deadlines of the issued directive. */
export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
export const END_26 = '2024-04-26T23:59:59.999+07:00';
export const END_30 = '2024-04-30T23:59:59.999+07:00';

export type Issued = { directive: string; requirements: string[] };
type Names = Record<'sotttt' | 'soyte' | 'sogd' | 'foreign', string>;
export type People = Record<'desk' | 'officer' | 'auditor' | 'sogd' | 'foreign', Ctx>;

/** The desk of Sở TTTT; officer and auditor of Sở Y tế, another Sở, another province. */
export const peopleOf = async (province: Names, make: (organisation: string, role: Role) => Promise<Ctx>): Promise<People> => ({
  desk: await make(province.sotttt, 'desk'),
  officer: await make(province.soyte, 'officer'),
  auditor: await make(province.soyte, 'auditor'),
  sogd: await make(province.sogd, 'officer'),
  foreign: await make(province.foreign, 'desk'),
});

/** What a test file takes from the testkit, which rooms do not know. */
type Kit<D, P> = {
  makeTestDatabase(): Promise<D>;
  makeProvince(database: D): Promise<P>;
  makeStores(database: D): Stores;
  makeCtx(stores: Stores, organisation: string, role: Role): Promise<Ctx>;
};
type Held<D, P> = { database: D; province: P; issued: Issued } & People & ReturnType<typeof makePart>;

/**
 * For a test file: a database and its people once, and before each test a new directive for Sở Y tế and Sở GD&ĐT with three items.
 * @returns filled when a test runs: the people, and the part of Sở Y tế
 */
export function setUpWork<D extends { close(): Promise<unknown> }, P extends Names>(kit: Kit<D, P>): Held<D, P> {
  const held = {} as Held<D, P>;
  beforeAll(async () => {
    const database = await kit.makeTestDatabase();
    const province = await kit.makeProvince(database);
    const stores = kit.makeStores(database);
    const people = await peopleOf(province, (organisation, role) => kit.makeCtx(stores, organisation, role));
    Object.assign(held, { database, province, ...people });
  });
  afterAll(() => held.database.close());
  beforeEach(async () => {
    const { desk, province } = held;
    const issued = await issueForTest(desk, [province.soyte, province.sogd], [END_26, END_30, null]);
    Object.assign(held, { issued, ...makePart(held.officer, issued) });
  });
  return held;
}

let counter = 100;
/** A số đến that no other test has used. */
export const nextNumber = () => String(counter++);

/** The part of Sở Y tế, and what its officer does with it. */
function makePart(officer: Ctx, issued: Issued) {
  const part = { directive: issued.directive, organisation: officer.actor.organisation };
  /** As the API gives it: what the contract does not admit fails here. */
  const work = async (ctx = officer) => workRoutes['GET /work/{directive}/{organisation}'].output.parse(await getWork(ctx, part));
  const tasksOf = async () => (await work()).items.map(({ task }) => task);
  const received = (number: string) => receive(officer, { ...part, number, day: '2024-04-22' });
  const submitted = async (): Promise<string[]> => {
    await received(nextNumber());
    const report = newId();
    await addEvidence(officer, { ...part, report, name: 'bc.pdf', content: PDF });
    return (await submitReport(officer, { ...part, report: { id: report, code: '45/BC-SYT', day: '2024-04-25', signer: 'KT. GIÁM ĐỐC' } }))
      .tasks;
  };
  return { part: () => part, work, tasksOf, received, submitted };
}

/** What recurs, as the reader of documents gives it. */
type Recurring = { phrase: string; recurrence: string };

/** A directive of the actor's organisation, issued to `receivers` with one requirement for each of `dues` (null: no date). */
export const issueForTest = async (
  ctx: Ctx,
  receivers: readonly string[],
  dues: readonly (string | Recurring | null)[],
  exercise: string | null = null,
): Promise<Issued> => {
  const directive = newId();
  const ids = dues.map(() => newId());
  const subject = `${exercise === null ? '' : '[DIỄN TẬP] '}V/v tăng cường bảo đảm an toàn thông tin mạng dịp lễ`;
  const organisation = ctx.actor.organisation;
  await inTransaction(ctx, async (tx) => {
    await tx.insert(directives).values({
      id: directive,
      organisation,
      overseer: organisation,
      status: 'issued',
      kind: 'cong-van',
      number: '12',
      symbol: 'STTTT-CNBCVT',
      code: `${directive.slice(-6)}/STTTT-CNBCVT`,
      year: 2024,
      day: '2024-04-20',
      subject,
      folded: fold(subject),
      signer: { authority: null, title: 'GIÁM ĐỐC', name: null },
      text: subject,
      reading: { spans: [], date: { year: 2024, month: 4, day: 20 }, copies: [], contacts: [], attachments: [], warnings: [] },
      writtenBy: 'test',
      issuedAt: '2024-04-20T08:00:00+07:00',
      exercise,
      exerciseName: exercise === null ? null : 'Diễn tập',
    });
    await tx.insert(requirements).values(
      dues.map((due, at) => ({
        id: ids[at]!,
        directive,
        position: at,
        path: `1.${'abcdeghiklmn'[at] ?? at}`,
        text: `Nội dung ${at + 1}`,
        ...(typeof due === 'string' || due === null ? { due } : due),
      })),
    );
    await assignTasks(tx, ctx, {
      name: 'directives.issued',
      directive,
      overseer: organisation,
      receivers: [...receivers],
      assignments: receivers.flatMap((receiver) => ids.map((requirement) => ({ requirement, organisation: receiver }))),
    });
  });
  return { directive, requirements: ids };
};
