import type { Worlds } from './leak-worlds.ts';

/** A fingerprint of every row of an organisation, by table: every table that has a column for it, and the sessions of its people. */
export async function rowsOf(worlds: Worlds, key: string): Promise<Record<string, string>> {
  const owner = worlds.database.owner();
  await owner.connect();
  try {
    const { rows: tables } = await owner.query<{ table_name: string }>(
      `select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and c.column_name = 'organisation' and t.table_type = 'BASE TABLE' order by 1`,
    );
    const prints: Record<string, string> = {};
    const print = async (name: string, from: string) => {
      const { rows } = await owner.query(`select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as print from ${from}`, [
        worlds.places[key as keyof Worlds['places']],
      ]);
      prints[name] = rows[0].print as string;
    };
    for (const { table_name: name } of tables) await print(name, `"${name}" t where t.organisation = $1`);
    await print('organisations', 'organisations t where t.id = $1');
    await print('requirements', 'requirements t join directives d on d.id = t.directive where d.organisation = $1');
    await print('recipients', 'recipients t join directives d on d.id = t.directive where d.organisation = $1');
    await print('identity.api_token', 'identity.api_token t where t.organisation = $1');
    await print(
      'identity.session',
      '(select s.id, s."user_id" from identity.session s join people p on p.id = s."user_id" where p.organisation = $1) t',
    );
    return prints;
  } finally {
    await owner.end();
  }
}
