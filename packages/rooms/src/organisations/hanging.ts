import type { Text } from '@vonggac/kernel';
import type { Tx } from '@vonggac/store';
import { sql } from 'drizzle-orm';
import { uuids } from './dated.ts';

const WORDS: Readonly<Record<string, Text>> = {
  assets: { vi: 'tài sản', en: 'assets' },
  people: { vi: 'tài khoản', en: 'accounts' },
  memberships: { vi: 'vai trò của tài khoản', en: 'roles of accounts' },
  contacts: { vi: 'đầu mối liên hệ', en: 'contacts' },
  groups: { vi: 'nhóm nơi nhận', en: 'recipient groups' },
  group_members: { vi: 'nhóm nơi nhận', en: 'recipient groups' },
  phrases: { vi: 'cụm từ nơi nhận', en: 'recipient phrases' },
  directives: { vi: 'văn bản', en: 'documents' },
  recipients: { vi: 'nơi nhận của văn bản', en: 'recipients of documents' },
  receipts: { vi: 'văn bản đã nhận', en: 'documents received' },
  tasks: { vi: 'nhiệm vụ', en: 'tasks' },
  duty_calls: { vi: 'cuộc gọi kiểm tra trực', en: 'duty calls' },
  duty_picks: { vi: 'lượt chọn gọi kiểm tra', en: 'picks for duty calls' },
};

type Column = { table: string; column: string; type: 'uuid' | 'jsonb' };

/** Every column that may name something by its id, whichever room owns it. */
async function namingColumns(tx: Tx, except: readonly string[]): Promise<Column[]> {
  const { rows } = await tx.execute<Column>(sql`
    select c.relname as table, a.attname as column, t.typname as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid
    where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
      and ((t.typname = 'uuid' and a.attname <> 'id') or (t.typname = 'jsonb' and a.attname = 'organisations'))
      and has_table_privilege(c.oid, 'select')
    order by 1, 2`);
  return rows.filter(({ table }) => table !== 'imports' && table !== 'import_rows' && !except.includes(table));
}

/**
 * What in the whole house names these ids; `tx` must see it. Those that nothing names are left out.
 * @param except tables whose rows belong to the thing itself
 */
export async function hangingOn(tx: Tx, ids: readonly string[], except: readonly string[]): Promise<Map<string, Text>> {
  const found = new Map<string, Text>();
  if (ids.length === 0) return found;
  const wanted = uuids(ids);
  const parts = (await namingColumns(tx, except)).map(({ table, column, type }) => {
    const [from, name] = [sql.identifier(table), sql.identifier(column)];
    return type === 'uuid'
      ? sql`select distinct ${name} as id, ${table}::text as "table" from ${from} where ${name} = any(${wanted})`
      : sql`select distinct w.id, ${table}::text from ${from} x cross join lateral jsonb_array_elements_text(x.${name}) e join unnest(${wanted}) as w(id) on w.id::text = e`;
  });
  const { rows } = await tx.execute<{ id: string; table: string }>(sql.join(parts, sql` union all `));
  for (const row of rows) {
    const word = WORDS[row.table] ?? { vi: 'dữ liệu khác', en: 'other data' };
    found.set(row.id, { vi: `Đã có ${word.vi} gắn với mục này.`, en: `There are ${word.en} hanging on it.` });
  }
  return found;
}
