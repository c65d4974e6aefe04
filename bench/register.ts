/**
 * The register at 10,000 systems and hosts and 20,000 ranges of 300 organisations, scope on, asked through the API in process
 * (limit p95 150 ms a list, 30 ms a change). The peer in the same run is the same list under the policy written as elsewhere,
 * `= any((select …))`, whose list of organisations is searched from its start for every row. On PostgreSQL of one's own:
 * VONGGAC_POSTGRES, VONGGAC_POSTGRES_APP, VONGGAC_POSTGRES_IDENTITY of an empty database.
 */
import { fold, newId } from '@vonggac/kernel';
import { openProvince } from './province.ts';
import { machine, measure, memory, print } from './support.ts';

const ORGANISATIONS = 300;
const RANGES = 20_000;
const OTHERS = 10_000;

const province = await openProvince('2024-04-26T08:00:00+07:00');
const { owner, desk } = province;

async function fill(): Promise<string[]> {
  const agencies = Array.from({ length: ORGANISATIONS }, () => newId());
  for (const [n, id] of agencies.entries()) {
    const name = `UBND xã số ${n}`;
    await owner.query("insert into organisations (id, kind, name, folded) values ($1, 'commune', $2, $3)", [id, name, fold(name)]);
    await owner.query(
      "insert into organisation_names (id, organisation, kind, name, folded) values (gen_random_uuid(), $1, 'official', $2, $3)",
      [id, name, fold(name)],
    );
    await owner.query('insert into organisation_parents (id, organisation, parent) values (gen_random_uuid(), $1, $2)', [id, desk]);
  }
  await owner.query(
    `insert into assets (id, organisation, organisation_name, overseer, kind, name, folded, key, network, address, level, usage, state, valid_from, claimed_by, claimed_by_name, claimed_at)
     select gen_random_uuid(), ($1::uuid[])[1 + n % $3], 'UBND xã số ' || n % $3, $2, case when n <= $4 then 'range' when n <= $4 + 6000 then 'host' else 'system' end,
       'Tài sản ' || n, 'tai san ' || n, 'k' || n, case when n <= $4 then ('14.' || (n / 256) || '.' || (n % 256) || '.0/24')::cidr end,
       case when n > $4 and n <= $4 + 6000 then ('10.0.' || (n % 250) || '.' || (n % 200))::inet end, case when n > $4 + 6000 then 1 + n % 5 end, 'own',
       case when n % 10 = 0 then 'claimed' else 'approved' end, '2020-01-01'::date + n % 1000, 'x', 'x', '2024-04-01'::timestamptz - n * interval '1 minute'
     from generate_series(1, $5::int) n`,
    [agencies, desk, ORGANISATIONS, RANGES, RANGES + OTHERS],
  );
  await owner.query('analyze');
  return agencies;
}

const hashed = 'organisation in (select unnest(vg_scope())) or overseer in (select unnest(vg_scope()))';
const searched = 'organisation = any((select vg_scope())::uuid[]) or overseer = any((select vg_scope())::uuid[])';

try {
  const agencies = await fill();
  process.stdout.write(`${RANGES + OTHERS} assets\n${machine()}\n\n`);
  const asDesk = await province.signedIn(desk, 'desk', 'ban.chi.dao');
  const asAgency = await province.signedIn(agencies[7]!, 'officer', 'can.bo.xa');
  const reads: [string, string][] = [
    ['ranges by address', '/assets?kind=range&sort=value'],
    ['ranges by organisation', '/assets?kind=range&sort=organisation'],
    ['everything, page 300', '/assets?sort=-claimed&page=300'],
    ['waiting for approval', '/assets?kind=range&state=claimed'],
    ['search by name', '/assets?q=tai%20san%201999'],
    ['search by organisation', '/assets?q=xa%20so%2029'],
    ['search by address', '/assets?q=14.20.7.9'],
    ['one organisation', `/assets?organisation=${agencies[7]}`],
    ['check while typing', '/assets/check?kind=range&value=14.20.0.0/16'],
    ['not registered', '/assets/silent'],
  ];
  for (const [name, at] of reads) {
    print(`authority: ${name}`, await measure(40, async () => (await asDesk('GET', at)).text()), 150);
    print(`agency: ${name}`, await measure(40, async () => (await asAgency('GET', at)).text()), 150);
  }
  let n = 0;
  const claim = async (): Promise<string> => {
    const body = { kind: 'range', network: `15.${Math.floor(n / 250)}.${n++ % 250}.0/24`, organisation: agencies[7], from: null, to: null };
    return ((await (await asAgency('POST', '/assets', body)).json()) as { id: string }).id;
  };
  print('claim', await measure(40, claim), 30);
  const waiting: string[] = [];
  for (let at = 0; at < 60; at++) waiting.push(await claim());
  print('approve', await measure(40, (i) => asDesk('POST', '/assets/approve', { assets: [waiting[i] ?? waiting[0]] })), 30);
  await owner.query(`alter policy seen on assets using (${searched})`);
  print('peer: ranges by address under `= any((select …))`', await measure(20, async () => (await asDesk('GET', reads[0]![1])).text()));
  await owner.query(`alter policy seen on assets using (${hashed})`);
  const { node, postgres } = memory();
  process.stdout.write(`\nmemory: server ${node} MiB, PostgreSQL ${postgres} MiB\n`);
} finally {
  await province.close();
}
process.exit(0);
