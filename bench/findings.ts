/**
 * Every list, filter, order and count at 1,000,000 findings, 10,000 assets and 300 organisations, scope on, asked through the API in
 * process (limit p95 150 ms), and a change of a finding's state (limit p95 30 ms). The peer in the same run is the first page in the order
 * of work asked of PostgreSQL by its owner, without policies: what scope costs. On PostgreSQL of one's own: VONGGAC_POSTGRES,
 * VONGGAC_POSTGRES_APP, VONGGAC_POSTGRES_IDENTITY of an empty database. `FINDINGS=100000` makes fewer.
 */
import { newId } from '@vonggac/kernel';
import { findingsAgain, findingsDays, findingsOpen } from '@vonggac/rooms/findings';
import { inSnapshot } from '@vonggac/store';
import { sampleCtx } from '../apps/server/src/sample/ctx.ts';
import { fillTasks } from '../test/support/many-tasks.ts';
import { openProvince } from './province.ts';
import { machine, measure, memory, print } from './support.ts';

const LIMIT = 150;
const ACT_LIMIT = 30;
/** A matrix asks for it once a reading; nothing was promised. */
const MEASURE_LIMIT = 1000;
const RUNS = 40;
const COUNT = Number(process.env['FINDINGS'] ?? 1_000_000);
const NOW = '2026-05-20T08:00:00+07:00';
const province = await openProvince(NOW);
const { owner, desk } = province;

/** `O` stands for an agency, `L` for a list. */
const LISTS = [
  '/findings',
  '/findings?page=100&size=100',
  '/findings?state=all',
  '/findings?state=all&page=20&sort=-seen',
  '/findings?sort=seen',
  '/findings?sort=-seen',
  '/findings?sort=due',
  '/findings?sort=-due',
  '/findings?sort=organisation',
  '/findings?sort=-organisation&page=50',
  '/findings?sort=organisation&usage=exit',
  '/findings?sort=organisation&usage=exit&page=150',
  '/findings?sort=organisation&state=all&answer=disputed',
  '/findings?newest=true',
  '/findings?newest=false&sort=-seen',
  '/findings?family=family-1',
  '/findings?family=family-39',
  '/findings?family=none-of-them',
  '/findings?family=family-39&state=all&sort=due',
  '/findings?verdict=seen-again',
  '/findings?state=answered&verdict=unverified',
  '/findings?state=closed&verdict=not-seen&sort=-seen',
  '/findings?state=all&answer=cleaned',
  '/findings?state=all&answer=disputed',
  '/findings?state=all&waiting=true',
  '/findings?usage=exit',
  '/findings?usage=carrier&family=family-7',
  '/findings?usage=own',
  '/findings?level=4',
  '/findings?level=4&usage=exit&sort=-seen',
  '/findings?due=overdue',
  '/findings?due=soon&sort=due',
  '/findings?due=none',
  '/findings?list=L',
  '/findings?list=L&state=all',
  '/findings?list=L&sort=-seen',
  '/findings?list=L&sort=organisation',
  '/findings?list=L&usage=exit',
  '/findings?list=L&family=family-3',
  '/findings?organisation=O',
  '/findings?organisation=O&state=all&sort=due',
  '/findings?organisation=O&family=family-2',
  '/findings?q=10.20.30',
  '/findings?q=10.20.30.40&state=all',
  '/findings?q=may-0012',
  '/findings?q=so%2012',
  '/findings?q=khong-co-gi',
  '/findings/F',
  '/findings/overview',
  '/findings/overview?organisation=O',
  '/search?q=10.20.30',
  '/search?q=may-0012',
  '/search?q=so%2012',
];
const AGENCY_LISTS = [
  '/findings',
  '/findings?sort=-seen',
  '/findings?sort=due',
  '/findings?state=all&page=20',
  '/findings?family=family-3',
  '/findings?level=4',
  '/findings/overview',
  '/search?q=10.20.30',
  '/search?q=may-0012',
];

let missed = 0;
async function show(name: string, limit: number, work: (i: number) => Promise<unknown>): Promise<void> {
  const figures = await measure(RUNS, work);
  if (figures.p95 > limit) missed++;
  print(name, figures, limit);
}

async function fill(agencies: readonly string[]): Promise<{ lists: string[] }> {
  const lists = Array.from({ length: 12 }, () => newId());
  const sender = newId();
  for (const [at, list] of lists.entries())
    await owner.query(
      `insert into finding_lists (id, organisation, sender, sender_name, title, covers_from, covers_to, taken_at, finished_at)
       values ($1, $2, $3, 'Nơi gửi', $4, $5::date, $5::date + 28, $5::date + 28, $5::date + 28)`,
      [list, desk, sender, `Danh sách ${at + 1}`, `2025-${String(at + 1).padStart(2, '0')}-01`],
    );
  await owner.query(
    `insert into assets (id, organisation, organisation_name, overseer, kind, name, folded, key, network, usage, state, claimed_by, claimed_by_name, claimed_at)
     select gen_random_uuid(), ($2::uuid[])[1 + i % 300], '', $1, 'range', 'Dải ' || i, 'dai ' || i, 'range:' || i, network(('10.' || i / 256 || '.' || i % 256 || '.0/24')::inet), 'own', 'approved', 'x', 'x', now()
     from generate_series(0, 9999) i`,
    [desk, agencies],
  );
  // Families by how common they are; a third of the organisations have most of the findings; one in twenty has a level, and so on.
  await owner.query(
    `insert into findings (id, organisation, overseer, kind, family, machine_key, address, port, machine, machine_folded, usage, level, matched_by, first_seen, last_seen,
       sightings, lists, list, sender, in_newest, state, answer, answered_at, answered_by_name, approval, verdict, verdict_why, due, changed_at)
     select gen_random_uuid(), ($2::uuid[])[1 + floor(300 * r.a * r.a)::int], $1, 'botnet', 'family-' || floor(40 * r.b * r.b * r.b)::int, 'ip:' || i, '10.0.0.0'::inet + i, 50000,
       case when i % 10 = 0 then 'MAY-' || lpad((i / 10)::text, 6, '0') end, case when i % 10 = 0 then 'may-' || lpad((i / 10)::text, 6, '0') end,
       case when r.c < 0.9 then 'own' when r.c < 0.95 then 'exit' when r.c < 0.98 then 'carrier' else 'dynamic' end, case when r.d < 0.05 then 1 + i % 5 end, 'address',
       '2025-01-01'::timestamptz + i * interval '20 seconds', '2025-06-01'::timestamptz + (i::bigint * 7919 % 1000000) * interval '20 seconds', 1, 1, ($3::uuid[])[l], $4, l = 12,
       s.state, s.answer, case when s.answer is not null then '2025-12-01'::timestamptz end, 'x', case when s.answer = 'disputed' then 'asked' end,
       case when s.answer = 'cleaned' then case s.state when 'open' then 'seen-again' when 'closed' then 'not-seen' else 'unverified' end end,
       case when s.answer = 'cleaned' and s.state = 'answered' then 'no-list' end, case when i % 3 = 0 then '2026-01-01'::date + i % 300 end, now()
     from generate_series(1, ${COUNT}) i,
       lateral (select random() as a, random() as b, random() as c, random() as d, random() as e, random() as f, i as own) r,
       lateral (select 1 + floor(12 * sqrt(r.e))::int as l) x,
       lateral (select case when r.f < 0.55 then 'open' when r.f < 0.6 then 'open' when r.f < 0.75 then 'answered' else 'closed' end as state,
         case when r.f < 0.55 then null when r.f between 0.6 and 0.602 then 'disputed' else 'cleaned' end as answer) s`,
    [desk, agencies, lists, sender],
  );
  await owner.query(
    `insert into sightings (list, row, finding, organisation, overseer, key, seen_at, is_timed, port)
     select list, row_number() over (partition by list), id, organisation, overseer, gen_random_uuid(), last_seen, true, 50000 from findings`,
  );
  await owner.query(
    `insert into list_shares (list, organisation, overseer, family, title, sender_name, covers_to, finished_at, findings, sightings)
     select f.list, f.organisation, f.overseer, f.family, l.title, l.sender_name, l.covers_to, l.finished_at, count(*), count(*)
     from findings f join finding_lists l on l.id = f.list group by 1, 2, 3, 4, 5, 6, 7, 8`,
  );
  await owner.query(
    `update finding_lists l set totals = jsonb_build_object('organisations', 300, 'families', t.families)
     from (select list, jsonb_object_agg(family, n) as families from (select list, family, sum(findings) as n from list_shares group by 1, 2) f group by 1) t where t.list = l.id`,
  );
  await owner.query('vacuum analyze findings, sightings, list_shares, finding_counts, finding_lists, assets');
  return { lists };
}

try {
  const { agencies } = await fillTasks(owner, desk, { organisations: 300, directives: 1, requirements: 1 });
  const started = performance.now();
  const { lists } = await fill(agencies);
  process.stdout.write(`${COUNT} findings in ${Math.round((performance.now() - started) / 1000)} s\n${machine()}\n\n`);
  const { rows: some } = await owner.query<{ id: string }>("select id from findings where state = 'open' and answer is null limit 500");
  const asDesk = await province.signedIn(desk, 'desk', 'ban.chi.dao');
  const asAgency = await province.signedIn(agencies[3]!, 'officer', 'can.bo.xa');
  const at = (place: string, i: number): string =>
    place
      .replace('=O', `=${agencies[(i * 7) % 300]!}`)
      .replace('=L', `=${lists[i % 12]!}`)
      .replace('/F', `/${some[i]!.id}`);
  for (const [who, places, ask] of [
    ['desk', LISTS, asDesk],
    ['agency', AGENCY_LISTS, asAgency],
  ] as const)
    for (const place of places) await show(`${who}: GET ${place}`, LIMIT, async (i) => (await ask('GET', at(place, i))).text());
  let next = 0;
  await show('desk: answer a finding', ACT_LIMIT, () =>
    asDesk('POST', '/findings/answer', {
      findings: [some[next++]!.id],
      answer: 'cleaned',
      machinesDone: 1,
      machinesTotal: 1,
      entered: { via: 'phone', who: 'Đơn vị', at: '2026-05-20T08:00:00+07:00' },
    }),
  );
  const ctx = await sampleCtx(province.house, desk, NOW);
  for (const one of [findingsOpen, findingsAgain, findingsDays])
    await show(`desk: measure ${one.id} of 300 organisations`, MEASURE_LIMIT, () =>
      inSnapshot(ctx, (tx) => one.compute(tx, ctx, agencies, { from: null, to: null })),
    );
  await show('peer: the first page in the order of work, no policies', LIMIT, () =>
    owner.query("select * from findings where overseer = $1 and state = 'open' order by rank, last_seen desc, id limit 50", [desk]),
  );
  const { node, postgres } = memory();
  process.stdout.write(`\n${missed} over their limit; memory: server ${node} MiB, PostgreSQL ${postgres} MiB; ${machine()}\n`);
} finally {
  await province.close();
}
process.exit(0);
