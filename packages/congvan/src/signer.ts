import { isUpper, plain } from './lines.ts';
import type { Line, Source } from './lines.ts';
import type { Signer, Span } from './model.ts';
import { spanOf } from './normalise.ts';

/** The signer as printed, with places in the given text, and how many lines of the searched ones he took. */
export interface SignerBlock {
  signer: Signer;
  spans: { authority: Span | null; title: Span | null; name: Span | null };
  from: number;
  to: number;
}

const AUTHORITY =
  /^(?:t\.?m|k\.?t|t\.?l|t\.?u\.?q)\s?\.\s{0,2}\p{L}|^(?:t\/m|k\/t|t\/l)\.?\s\p{L}|^(?:tm|kt|tl|tuq)\s\p{L}|^(?:thua lenh|thay mat|thua uy quyen)\s/u;
const TITLE =
  /^(?:quyen |q\. ?)?(?:pho )?(?:thu tuong|chu tich|bo truong|thu truong|tong giam doc|giam doc|tong cuc truong|cuc truong|chi cuc truong|vu truong|chanh van phong|chanh thanh tra|chanh an|chu nhiem|vien truong|hieu truong|truong ban|truong phong|truong cong an|truong doan|truong tieu ban|truong dai dien|tong thanh tra|tong kiem toan|thong doc|tu lenh|chinh uy|chi huy truong|tong bi thu|bi thu|tong bien tap|tong thu ky|to truong|doi truong|tram truong|thuong truc|uy vien|dai tuong|thuong tuong|trung tuong|thieu tuong|dai ta|thuong ta|trung ta|thieu ta|chanh vp|nguoi dung dau|tham muu truong|giam doc so|chi cuc pho|cuc pho|vu pho|hieu pho|vien pho)(?![a-z])/;
const SIGNED = /^[\s([]*(?:da ky|ky,? (?:dong dau|ten)|ky dien tu|ky so|chu ky|dau|da ky so)/;
const RANK =
  /^(?:đại tướng|thượng tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|thiếu tá|đại úy|thượng úy|(?:pgs|gs|ts|ths|cn|bs|ks)\.?(?:\s?-?\s?(?:ts|bs|ths)\.?)?)[.\s]+(?=\p{Lu})/iu;
const SURNAMES = new Set(
  'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh doan mai to truong cao lam ta ha luong chu chau tang thai quach kieu la nong vi hua dao dam dong giap khong lo luu mac nghiem ong phung quang sam thach tong trieu tu van vuong y luc lu cu cung bach bo ca cam chuong cong du duc hau hinh ka kha khuc khuong lai liem lieu ma ninh nhu on phi pho phuong quan son tieu than thieu tho ton tra trang trinh ung uong vang viet vien xa'.split(
    ' ',
  ),
);

/**
 * Finds authority prefixes (TM., KT., TL., TUQ., Q.), title and name (NĐ 30/2020/NĐ-CP Điều 13) among lines of the tail.
 * A block needs a prefix, or a title in capitals; null where there is neither.
 */
export function findSigner(source: Source, lines: readonly Line[]): SignerBlock | null {
  for (let from = 0; from < lines.length; from += 1) {
    const line = lines[from];
    if (!line || !opensBlock(line)) continue;
    return readBlock(source, lines, from);
  }
  return null;
}

/** A line with which the block of the signature can begin. */
export function opensBlock(line: Line): boolean {
  if (line.text.length > 90) return false;
  if (isAuthority(line)) return true;
  return TITLE.test(line.fold) && isUpper(line.text) && !/[;:.]$/.test(line.text);
}

function isAuthority(line: Line): boolean {
  if (!AUTHORITY.test(line.fold)) return false;
  const letters = line.text.replace(/^[^\s.]*\.?\s*/, '');
  return isUpper(letters) || /^(?:TM|KT|TL|TUQ|Q|T[./]M|K[./]T|T[./]L)\b/.test(line.text);
}

function readBlock(source: Source, lines: readonly Line[], from: number): SignerBlock {
  const authority: Line[][] = [];
  const title: Line[] = [];
  let name: Line | null = null;
  let index = from;
  for (; index < lines.length && index < from + 12 && !name; index += 1) {
    const line = lines[index];
    if (!line) break;
    for (const part of splitStacked(line)) {
      if (SIGNED.test(part.fold)) {
        const rest = behindBracket(part);
        if (rest && isNameLine(rest, undefined, true)) name = rest;
        continue;
      }
      if (isAuthority(part) && title.length === 0) authority.push([part]);
      else if (isNameLine(part, lines[index + 1], title.length > 0 || authority.length > 0)) name = part;
      else if (part.text.length > 90 || (!isUpper(part.text) && !TITLE.test(part.fold)))
        return block(source, { authority, title, name, from, to: index });
      else if (TITLE.test(part.fold) || title.length > 0 || isComplete(authority.at(-1))) title.push(part);
      else authority.at(-1)?.push(part);
    }
  }
  return block(source, { authority, title, name, from, to: index });
}

/** "(Đã ký) Nguyễn Văn A" on one line. */
function behindBracket(line: Line): Line | null {
  const lead = /^[^)\]]{2,40}[)\]]\s*/.exec(line.text)?.[0].length ?? 0;
  return lead === 0 || lead === line.text.length
    ? null
    : { ...line, start: line.start + lead, text: line.text.slice(lead), fold: line.fold.slice(lead) };
}

/** "KT. GIÁM ĐỐC" needs no second line; "TM. ỦY BAN NHÂN DÂN" may have one. */
function isComplete(group: readonly Line[] | undefined): boolean {
  const last = group?.at(-1);
  if (!last || /[,-]$/.test(last.text)) return false;
  return TITLE.test(last.fold.replace(/^(?:kt|tl|tuq|q|k\/t|t\/l)\s?\.?\s*/, '')) && !last.fold.startsWith('tm');
}

/** "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH" flattened to one line. */
function splitStacked(line: Line): Line[] {
  const cuts = [...line.text.matchAll(/\s(?=(?:KT|TL|TUQ|Q)\.\s?\p{Lu})|(?<=(?:KT|TL|TUQ)\..{4,60})\s(?=PHÓ\s)/gu)].map(
    (match) => match.index,
  );
  const parts: Line[] = [];
  let at = 0;
  for (const cut of [...cuts, line.text.length]) {
    const text = line.text.slice(at, cut);
    parts.push({ ...line, start: line.start + at, end: line.start + cut, text, fold: line.fold.slice(at, cut) });
    at = cut + 1;
  }
  return parts;
}

/** Whether a line looks like a person's name: two to seven capitalised words, no digits, no title. */
function isNameLine(line: Line, next: Line | undefined, inBlock: boolean): boolean {
  const text = line.text.replace(RANK, '').replace(/[.,;]$/, '');
  const words = text.split(/\s+/);
  if (!inBlock || words.length < 2 || words.length > 7) return false;
  if (!words.every((word) => /^\p{Lu}[\p{L}.']*$/u.test(word))) return false;
  if (text === line.text && TITLE.test(line.fold)) return false;
  if (!isUpper(text)) return true;
  if (SURNAMES.has((words[0] ?? '').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd'))) {
    return !(next && next.text.length < 60 && isNameLine(next, undefined, true) && !isUpper(next.text));
  }
  return false;
}

interface BlockParts {
  authority: Line[][];
  title: Line[];
  name: Line | null;
  from: number;
  to: number;
}

function block(source: Source, parts: BlockParts): SignerBlock {
  const { authority, title, name, from, to } = parts;
  const flat = authority.flat();
  const cover = (list: readonly Line[]): Span | null =>
    list.length > 0 ? spanOf(source, list[0]?.start ?? 0, list.at(-1)?.end ?? 0) : null;
  return {
    signer: {
      authority: authority.length > 0 ? authority.map((group) => group.map((line) => plain(source, line)).join(' ')).join(' / ') : null,
      title: title.length > 0 ? title.map((line) => plain(source, line)).join(' ') : null,
      name: name ? personName(plain(source, name)) : null,
    },
    spans: { authority: cover(flat), title: cover(title), name: name ? cover([name]) : null },
    from,
    to,
  };
}

/** Without rank and degree; capitals made ordinary. */
export function personName(printed: string): string {
  const text = printed
    .replace(RANK, '')
    .replace(/[.,;]+$/, '')
    .trim();
  if (!isUpper(text)) return text;
  return text.toLowerCase().replace(/(^|[\s'-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}
