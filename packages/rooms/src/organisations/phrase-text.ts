import { fold } from '@vonggac/kernel';

/** Abbreviations that offices use in names, folded, with what they stand for. */
const SHORT: readonly [RegExp, string][] = [
  [/\b(?:uy ban nhan dan)\b/g, 'ubnd'],
  [/\b(?:hoi dong nhan dan)\b/g, 'hdnd'],
  [/\btp\b\.?/g, 'thanh pho'],
  [/\btx\b\.?/g, 'thi xa'],
  [/\btt ?va ?tt\b|\btttt\b/g, 'thong tin va truyen thong'],
  [/\bkh ?va ?cn\b|\bkhcn\b/g, 'khoa hoc va cong nghe'],
  [/\bkh ?va ?dt\b|\bkhdt\b/g, 'ke hoach va dau tu'],
  [/\bgd ?va ?dt\b|\bgddt\b/g, 'giao duc va dao tao'],
  [/\bnn ?va ?ptnt\b|\bnnptnt\b/g, 'nong nghiep va phat trien nong thon'],
  [/\bnn ?va ?mt\b|\bnnmt\b/g, 'nong nghiep va moi truong'],
  [/\btn ?va ?mt\b|\btnmt\b/g, 'tai nguyen va moi truong'],
  [/\bvh ?va ?tt\b|\bvhtt\b/g, 'van hoa va the thao'],
  [/\bvh ?,? ?tt ?va ?dl\b|\bvhttdl\b/g, 'van hoa the thao va du lich'],
  [/\bld ?-? ?tb ?va ?xh\b|\bldtbxh\b/g, 'lao dong thuong binh va xa hoi'],
  [/\bgtvt\b/g, 'giao thong van tai'],
  [/\bctcp\b/g, 'cong ty co phan'],
  [/\bcty\b/g, 'cong ty'],
  [/\bcn\b/g, 'chi nhanh'],
];

/** A recipient phrase as it stands in a document, without its dash, end mark and purpose: `- UBND tỉnh (để b/c);` → `UBND tỉnh`. */
export function bareOf(text: string): string {
  return text
    .normalize('NFC')
    .replace(/^[\s\-–—+•*\d.)]*(?=\p{L})/u, '')
    .replace(/\s*\((?:để|đề|de)\s[^)]*\)/giu, '')
    .replace(/(?:\.?\/\.|[\s;.,:])+$/u, '')
    .trim();
}

/** The key under which two spellings of the same name meet: no diacritics, abbreviations written out, one space. */
export function keyOf(text: string): string {
  let key = fold(bareOf(text))
    .replace(/\s*&\s*/g, ' va ')
    .replace(/[“”"'().,;:/-]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  for (const [pattern, full] of SHORT) key = key.replace(pattern, full);
  return key.replace(/\s+/g, ' ').trim();
}

/** The keys of a name: as written, without `tỉnh` before a province's name, without the province at its end. */
export function keysOf(text: string, provinces: readonly string[]): string[] {
  const key = keyOf(text);
  const keys = [key];
  for (const province of provinces) {
    const bare = key.replace(` tinh ${province}`, ` ${province}`);
    keys.push(bare, key.replace(` tinh ${province}`, ' tinh'));
    if (bare.endsWith(` ${province}`) && bare.split(' ').length > province.split(' ').length + 1)
      keys.push(bare.slice(0, -province.length - 1));
  }
  const shorter = keys
    .filter((one) => / (?:cua )?tinh$/.test(one) && one.split(' ').length > 2)
    .map((one) => one.replace(/ (?:cua )?tinh$/, ''));
  return [...new Set([...keys, ...shorter])];
}

/** Whose something is, said at its end: `thuộc tỉnh`, `trực thuộc UBND tỉnh`, `cấp tỉnh`, `tỉnh` alone; `UBND tỉnh` is somebody itself. */
const ownedBy = (level: string) =>
  new RegExp(
    String.raw`(?<=\p{L})(?:\s+(?:(?:truc\s+)?thuoc|cua|cap|trong|toan)\s+(?:ubnd\s+)?|(?<!\b(?:ubnd|hdnd))\s+)(?:${level})(?=\s*(?:[,;]|$)|\s+va\s)`,
    'gu',
  );
const OF_PROVINCE = ownedBy('tinh');
/** Rooms are a district's by nature, as departments are the province's. */
const OF_DISTRICT = ownedBy('huyen|thanh pho|thi xa');
/** Who is at the head of something stands for it. */
const HEADS = /\b(?:thu truong|giam doc|chu tich|nguoi dung dau|lanh dao)\s+(?=cac\b|ubnd\b)/g;
const NOISE =
  /\b(?:cac|ubnd|co quan|cua tinh|thuoc tinh|trong tinh|toan tinh|tren dia ban tinh|tren dia ban|thuoc|cung cap dich vu|don vi)\b/g;

/** The key of a group: its parts in any order; `các Sở, ngành` is `các Sở, ban, ngành của tỉnh`. */
export function groupKeyOf(text: string, provinces: readonly string[]): string {
  let folded = fold(bareOf(text))
    .replace(/\s*&\s*/g, ' va ')
    .replace(/["“”().:]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  for (const [pattern, full] of SHORT) folded = folded.replace(pattern, full);
  for (const province of provinces) folded = folded.replaceAll(` tinh ${province}`, ' tinh').replaceAll(` ${province}`, ' ');
  folded = folded.trim().replace(HEADS, '').replace(OF_PROVINCE, '');
  if (/\bphong\b/.test(folded)) folded = folded.replace(OF_DISTRICT, '');
  const parts = folded
    .replace(NOISE, ' ')
    .split(/[,;]|\sva\s/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
  const set = new Set(parts.flatMap((part) => (part === 'so ban nganh' ? ['so', 'ban', 'nganh'] : [part])));
  if (set.has('so') && set.has('nganh')) set.add('ban');
  return [...set].toSorted().join(',');
}

/** What a name says about where its bearer belongs: `UBND xã Gia Lạc (huyện Gia Viễn cũ)`, `UBND xã Gia Lạc, huyện Gia Viễn`. */
export function splitContext(text: string): { name: string; context: string | null } {
  const bare = bareOf(text);
  const match = /^(.*?)\s*(?:\(\s*([^)]+?)\s*\)|,\s*((?:huyện|thành phố|TP\.?|thị xã|tỉnh)\s.+))$/iu.exec(bare);
  if (!match) return { name: bare, context: null };
  return { name: match[1]!, context: keyOf((match[2] ?? match[3]!).replace(/\s+cũ$/iu, '').split(',')[0]!) };
}
