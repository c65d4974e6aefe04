import { fold, newId } from '@vonggac/kernel';
import type { Database } from '@vonggac/store';

/** A small province of 2024: the names under which tests know its organisations, and their ids. */
export type Province = Record<
  'ubnd' | 'sotttt' | 'soyte' | 'benhvien' | 'sogd' | 'giavien' | 'nhoquan' | 'xaA' | 'xaB' | 'viettel' | 'vnpt' | 'foreign',
  string
>;

const ROWS: [keyof Province, string, string, keyof Province | null, boolean][] = [
  ['ubnd', 'province', 'UBND tỉnh Thử Nghiệm', null, false],
  ['sotttt', 'department', 'Sở Thông tin và Truyền thông', 'ubnd', false],
  ['soyte', 'department', 'Sở Y tế', 'ubnd', true],
  ['benhvien', 'unit', 'Bệnh viện Đa khoa tỉnh', 'soyte', false],
  ['sogd', 'department', 'Sở Giáo dục và Đào tạo', 'ubnd', true],
  ['giavien', 'district', 'UBND huyện Gia Viễn', 'ubnd', true],
  ['nhoquan', 'district', 'UBND huyện Nho Quan', 'ubnd', true],
  ['xaA', 'commune', 'UBND xã Gia Lạc', 'giavien', false],
  ['xaB', 'commune', 'UBND xã Gia Lạc', 'nhoquan', false],
  ['viettel', 'operator', 'Viettel Thử Nghiệm', null, true],
  ['vnpt', 'operator', 'Viễn thông Thử Nghiệm', null, true],
  ['foreign', 'province', 'UBND tỉnh Khác', null, false],
];

/** Puts the tree in as the owner: UBND tỉnh above all, Sở TTTT supervising the other Sở, the districts and the operators. */
export async function makeProvince(database: Database): Promise<Province> {
  const ids = Object.fromEntries(ROWS.map(([key]) => [key, newId()])) as Province;
  const owner = database.owner();
  await owner.connect();
  try {
    for (const [key, kind, name, parent, supervised] of ROWS) {
      await owner.query('insert into organisations (id, kind, name, folded) values ($1, $2, $3, $4)', [ids[key], kind, name, fold(name)]);
      await owner.query("insert into organisation_names (id, organisation, kind, name, folded) values ($1, $2, 'official', $3, $4)", [
        newId(),
        ids[key],
        name,
        fold(name),
      ]);
      if (parent)
        await owner.query('insert into organisation_parents (id, organisation, parent) values ($1, $2, $3)', [
          newId(),
          ids[key],
          ids[parent],
        ]);
      if (supervised)
        await owner.query("insert into supervisions (id, supervisor, organisation, field) values ($1, $2, $3, 'attt')", [
          newId(),
          ids.sotttt,
          ids[key],
        ]);
    }
    await owner.query("insert into settings (key, value) values ('root', to_jsonb($1::text)) on conflict do nothing", [ids.ubnd]);
  } finally {
    await owner.end();
  }
  return ids;
}
