/**
 * Every list and every act on tasks at 300 organisations × 50 directives × 12 requirements = 180,000 tasks, scope on, asked through
 * the API in process (limit p95 100 ms). The peer in the same run is the same count of a desk's tasks asked of PostgreSQL by its
 * owner, without policies: what scope costs. On PostgreSQL of one's own: VONGGAC_POSTGRES, VONGGAC_POSTGRES_APP,
 * VONGGAC_POSTGRES_IDENTITY of an empty database.
 */
import { newId } from '@vonggac/kernel';
import { fillTasks } from '../test/support/many-tasks.ts';
import { type Asker, openProvince } from './province.ts';
import { machine, measure, memory, print } from './support.ts';

const LIMIT = 100;
const RUNS = 40;
const province = await openProvince('2024-04-26T08:00:00+07:00');
const { owner, desk } = province;

/** The lists of the desk and of an agency; `D` stands for a directive, `O` for an agency. */
const DESK_LISTS = [
  '/directives',
  '/directives?q=van%20ban%204',
  '/directives/D',
  '/directives/D/standing',
  '/directives/D/matrix',
  '/directives/D/matrix?q=so%2012',
  '/directives/D/figures/opened',
  '/directives/D/figures/answered',
  '/directives/D/figures/overdue',
  '/directives/D/reminders',
  '/directives/D/answer-sheets',
  '/directives/D/answer-files',
  '/directives/D/reports',
  '/work/D/O',
  '/work/D/O/declarations',
  '/organisations?q=so%2012',
  '/organisations/tree',
  '/organisations/O',
  '/contacts',
  '/groups',
  '/people',
  '/duty/organisations',
  '/duty/calls',
  '/status-messages',
  '/import-runs',
  '/exercises',
  '/search?q=xa%20so%2012',
  '/my-work/counts',
];
const AGENCY_LISTS = [
  '/my-work',
  '/my-work?tab=waiting',
  '/my-work?tab=done',
  '/my-work?page=10',
  '/my-work/counts',
  '/my-parts',
  '/work/D/O',
  '/search?q=van%20ban%204',
];
const AUDITOR_LISTS = ['/audit', '/audit?page=20', '/sessions'];

let missed = 0;
async function show(name: string, work: (i: number) => Promise<unknown>, runs = RUNS): Promise<void> {
  const figures = await measure(runs, work);
  if (figures.p95 > LIMIT) missed++;
  print(name, figures, LIMIT);
}

try {
  const { tasks, directives, agencies } = await fillTasks(owner, desk, { organisations: 300, directives: 50, requirements: 12 });
  const agency = agencies[7]!;
  process.stdout.write(`${tasks} tasks\n${machine()}\n\n`);
  const asDesk = await province.signedIn(desk, 'desk', 'ban.chi.dao');
  const asAgency = await province.signedIn(agency, 'officer', 'can.bo.xa');
  const asAuditor = await province.signedIn(desk, 'auditor', 'kiem.toan');
  const at = (place: string, i: number) =>
    place.replace('D', directives[i % directives.length]!).replace('O', place.startsWith('/work') ? agency : agencies[i % 300]!);
  for (const [who, lists, ask] of [
    ['desk', DESK_LISTS, asDesk],
    ['agency', AGENCY_LISTS, asAgency],
    ['auditor', AUDITOR_LISTS, asAuditor],
  ] as const) {
    for (const place of lists) await show(`${who}: GET ${place}`, async (i) => (await ask('GET', at(place, i))).text());
  }
  await acts(directives, agency, asAgency, asDesk);
  await show('peer: count of the tasks that the desk follows, no policies', () =>
    owner.query('select state, count(*) from tasks where overseer = $1 and directive = $2 group by 1', [desk, directives[3]]),
  );
  const { node, postgres } = memory();
  process.stdout.write(`\n${missed} over the limit of ${LIMIT} ms; memory: server ${node} MiB, PostgreSQL ${postgres} MiB; ${machine()}\n`);
} finally {
  await province.close();
}
process.exit(0);

/** An agency and the desk do their day: each act on a directive of its own, so that it always finds what it starts from. */
async function acts(directives: readonly string[], agency: string, asAgency: Asker, asDesk: Asker): Promise<void> {
  const rows = await owner.query<{ directive: string; ids: string[] }>(
    'select directive, array_agg(id order by id) as ids from tasks where organisation = $1 group by 1 order by 1',
    [agency],
  );
  const firsts = await owner.query<{ directive: string; id: string }>('select directive, id from requirements where position = 1');
  const requirements = new Map(firsts.rows.map(({ directive, id }) => [directive, id]));
  const tasksOf = new Map(rows.rows.map(({ directive, ids }) => [directive, ids]));
  await owner.query("update tasks set state = 'assigned', answer = null, answered_at = null where organisation = $1", [agency]);
  await owner.query("update receipts set state = '01', number = null, day = null, opened_at = null where organisation = $1", [agency]);
  const place = (i: number) => `/work/${directives[i]}/${agency}`;
  const tasks = (i: number) => tasksOf.get(directives[i]!)!;
  // An act is done once on each directive: `measure` warms up on the first ten of them.
  const runs = directives.length - 10;
  const once = (work: (i: number) => Promise<unknown>) => {
    let next = 0;
    return () => work(next++);
  };
  await show(
    'agency: receive',
    once((i) => asAgency('POST', `${place(i)}/receive`, { number: String(i + 1), day: '2024-04-26' })),
    runs,
  );
  await show(
    'agency: save 12 answers',
    once((i) => asAgency('POST', `${place(i)}/answers`, { items: tasks(i).map((task) => ({ task, answer: `Đã rà soát lần ${i}` })) })),
    runs,
  );
  await show(
    'agency: ask for an extension of 12',
    once((i) => asAgency('POST', `${place(i)}/extension`, { tasks: tasks(i), until: '2024-05-20', reason: 'Chờ vật tư' })),
    runs,
  );
  await show(
    'desk: decide an extension of 12',
    once((i) => asDesk('POST', '/work/extension', { tasks: tasks(i), granted: true })),
    runs,
  );
  await show(
    'desk: follow-up day of an item',
    once((i) =>
      asDesk('POST', '/work/follow-up', { directive: directives[i], requirement: requirements.get(directives[i]!), day: '2024-05-02' }),
    ),
    runs,
  );
  await show(
    'desk: remind one agency in the application',
    once((i) => asDesk('POST', `/directives/${directives[i]}/reminders`, { organisations: [agency], way: 'app' })),
    runs,
  );
  await show(
    'agency: submit 12',
    once((i) => asAgency('POST', `${place(i)}/submit`, {})),
    runs,
  );
  await show(
    'desk: ask for more on 12',
    once((i) => asDesk('POST', '/work/ask-more', { tasks: tasks(i), reason: 'Bổ sung số máy' })),
    runs,
  );
  await show(
    'agency: submit 12 again',
    once((i) => asAgency('POST', `${place(i)}/submit`, {})),
    runs,
  );
  await show(
    'desk: accept 12',
    once((i) => asDesk('POST', '/work/accept', { tasks: tasks(i) })),
    runs,
  );
  await show(
    'agency: ask a question',
    once((i) => asAgency('POST', `${place(i)}/questions`, { text: `Câu hỏi ${newId()}` })),
    runs,
  );
}
