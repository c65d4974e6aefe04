import { fold, newId } from '@vonggac/kernel';
import type pg from 'pg';

export type Size = { organisations: number; directives: number; requirements: number };
export type Filled = { tasks: number; directives: string[]; agencies: string[] };

/** Agencies under the supervision of `desk`, directives issued to all of them, and a task for each requirement of each. */
export async function fillTasks(owner: pg.Client, desk: string, size: Size): Promise<Filled> {
  const agencies = await fillAgencies(owner, desk, size.organisations);
  const directives = Array.from({ length: size.directives }, () => newId());
  await owner.query(
    `insert into directives (id, organisation, overseer, status, kind, number, symbol, code, year, day, subject, folded, signer, text, reading, issued_at, written_by)
     select d, $2, $2, 'issued', 'cong-van', n::text, '/UBND', n || '/UBND', 2024, '2024-04-20', 'Văn bản số ' || n, 'van ban so ' || n, '{"authority":null,"title":null,"name":null}', 'nội dung',
       '{"spans":[],"date":{"year":2024,"month":4,"day":20},"copies":[],"contacts":[],"attachments":[],"warnings":[]}', '2024-04-20', 'test'
     from unnest($1::uuid[]) with ordinality as t(d, n)`,
    [directives, desk],
  );
  await owner.query(
    `insert into requirements (id, directive, position, path, text, due) select gen_random_uuid(), d, r, '1.' || r, 'Nội dung ' || r, timestamptz '2024-04-25 17:00+07' + r * interval '1 day' from unnest($1::uuid[]) d, generate_series(1, $2) r`,
    [directives, size.requirements],
  );
  await owner.query(
    `insert into receipts (id, directive, organisation, overseer, organisation_name, state, arrived_at, opened_at, number, day)
     select gen_random_uuid(), d, o, $3, 'x', '03', '2024-04-20', '2024-04-21', '1', '2024-04-20' from unnest($1::uuid[]) d, unnest($2::uuid[]) o`,
    [directives, agencies, desk],
  );
  const { rowCount } = await owner.query(
    `insert into tasks (id, requirement, directive, organisation, overseer, state, due, answer, answered_at, changed_at)
     select gen_random_uuid(), r.id, r.directive, o, $2, (array['assigned','in-progress','submitted','accepted'])[1 + (r.position + ('x' || substr(o::text, 30, 4))::bit(16)::int) % 4], r.due, 'Kết quả: ' || gen_random_uuid(), case when r.position % 2 = 0 then timestamptz '2024-04-24' end, '2024-04-24'
     from requirements r, unnest($1::uuid[]) o order by r.directive, o, r.position`,
    [agencies, desk],
  );
  await owner.query('analyze');
  return { tasks: rowCount ?? 0, directives, agencies };
}

async function fillAgencies(owner: pg.Client, desk: string, count: number): Promise<string[]> {
  const agencies = Array.from({ length: count }, () => newId());
  const names = agencies.map((_, i) => `UBND xã Số ${i + 1}`);
  await owner.query(
    "insert into organisations (id, kind, name, folded) select i, 'commune', n, f from unnest($1::uuid[], $2::text[], $3::text[]) as t(i, n, f)",
    [agencies, names, names.map(fold)],
  );
  await owner.query(
    "insert into organisation_names (id, organisation, kind, name, folded) select gen_random_uuid(), id, 'official', name, folded from organisations where id = any($1::uuid[])",
    [agencies],
  );
  await owner.query(
    "insert into supervisions (id, supervisor, organisation, field) select gen_random_uuid(), $1, unnest($2::uuid[]), 'attt'",
    [desk, agencies],
  );
  await owner.query(
    `insert into contacts (id, organisation, role, phones, emails, valid_from, confirmed_at) select gen_random_uuid(), unnest($1::uuid[]), 'focal', '["+842400000100"]', '["dau.moi@xa.example"]', '2023-01-01', '2024-04-01'`,
    [agencies],
  );
  return agencies;
}

/** Reminders by mail that wait to be sent: one for each agency about one directive. */
export async function fillWaitingMails(owner: pg.Client, desk: string, { directives, agencies }: Filled): Promise<number> {
  const { rowCount } = await owner.query(
    `with told as (
       insert into reminders (id, directive, organisation, overseer, way, ticket, open, sent_at, sent_by, sent_by_name)
       select gen_random_uuid(), $1, o, $3, 'mail', 'ĐĐ-2024-0001', 1, '2024-04-26', 'test', 'test' from unnest($2::uuid[]) o returning id, organisation)
     insert into outbox (id, key, kind, organisation, overseer, payload, due_at)
     select gen_random_uuid(), 'reminder:' || id, 'mail', organisation, $3,
       jsonb_build_object('reminder', id, 'directive', $1::text, 'organisation', organisation, 'ticket', 'ĐĐ-2024-0001', 'person', null), '2024-04-26' from told`,
    [directives[0], agencies, desk],
  );
  return rowCount ?? 0;
}
