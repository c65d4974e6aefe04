import { dateAt, isoDay } from './dates.ts';
import { ISSUER_HEAD } from './issuer.ts';
import { CITED_KINDS, kindAtStart } from './kinds.ts';
import { squeeze } from './lines.ts';
import type { Range, Source } from './lines.ts';
import type { Basis } from './model.ts';
import { spanOf } from './normalise.ts';
import { readSymbol } from './symbol.ts';

/** Where a citation begins: its kind word, symbol and date, as offsets in the segment. */
interface CitationHead {
  kind: string | null;
  /** Start of the kind word, or of "số" where the kind is not repeated. */
  start: number;
  /** Between kind word and "số"/"ngày": the name of a law, the matter of minutes. */
  nameStart: number;
  nameEnd: number;
  code: string | null;
  date: string | null;
  end: number;
}

const KIND = new RegExp(String.raw`(?<![a-z])(?:${CITED_KINDS})(?![a-z])`, 'g');
const NUMBER_WORD = /(?<![a-z])so\s{0,3}:?\s{0,3}(?=[\d/.…_-])/g;
const LAW = /^(?:luat|bo-luat|phap-lenh|hien-phap)$/;
const AMENDED = /(?:sua doi|bo sung|thay the|dinh chinh|bai bo)[^;]{0,120}\s(?:boi|theo|tai)\s*(?:cac\s*)?$/;
const SIBLING = /(?:^|[,;]|\sva|^va|cung voi|va cac|, cac)\s*$/;
const ISSUER_END =
  /\s(?:v\/v|ve|quy dinh|ban hanh|huong dan|sua doi|dieu chinh|phe duyet|bai bo|trien khai|tai|de nghi|thong bao|cong bo|giao|yeu cau|ke hoach|phan cong|quyet dinh|duoc sua doi|da duoc|kem theo|gui|bao cao|xin|thanh lap|kien toan|thuc hien|tang cuong|ket luan|va (?:cong van|van ban|ke hoach|quyet dinh|chi thi))(?![a-z])|[,;:("]|\.\s|\.$/g;
const SUBJECT_LEAD = /^[\s,:;.]*(?:(?:v\/v|ve viec|ve)(?![a-z])[\s:]*)?["“]?/;
const SUBJECT_END = /\s?\((?:sau day|duoi day|goi tat|gui kem|kem theo)|,?\s(?:da )?duoc (?:sua doi|bo sung|thay the)/;
/** ", Sở A đề nghị …": the main clause after a basis. */
const MAIN_CLAUSE =
  /,\s{1,2}(?=(?:ubnd|uy ban|so|bo|cuc|van phong|cong an|ban|thu tuong|tong cuc|trung tam|phong|tinh uy|thanh uy|nhnn|ngan hang|vien|chi cuc|chinh phu|hoi dong|tap doan|chu tich|pho chu tich|pho thu tuong|giam doc|tong giam doc|bo truong|lanh dao|hoc vien|truong|dang uy|benh vien)\s[^,;.]{0,120}\s?(?:de nghi|yeu cau|huong dan|thong bao|bao cao|ban hanh|xay dung|trien khai|kinh|tran trong|co y kien|nhan thay|chi dao|giao)(?![a-z]))/g;

/** ", Viettel Ninh Bình báo cáo kết quả", ", nay Sở đề nghị": the same of whoever acts. */
const ACTING =
  /,\s{1,2}(?=[^,;.]{2,120}?\s(?:de nghi|yeu cau|huong dan|thong bao|bao cao|khuyen nghi|tran trong|chi thi|co y kien|ban hanh ke hoach|xay dung ke hoach)(?![a-z]))/g;
/** What a comma behind the date may open without "về việc". */
const NAMED = /^[\s,]*(?:quy dinh|ban hanh|phe duyet|sua doi|bo sung|huong dan|quy che|ke hoach|v\/v|ve)(?![a-z])/;

/** Citations of a segment; `amending` are acts that amend what the segment before cited. */
export interface ReadCitations {
  bases: Basis[];
  proposer: string | null;
  amending: string[];
}

/** Every citation of one segment (between semicolons) of an opening. `inherited` is the agency that "… tại" named before. */
export function readCitations(source: Source, segment: Range, inherited: string | null): ReadCitations {
  const fold = source.fold.slice(segment.start, segment.end).replace(/\n/g, ' ');
  const text = source.text.slice(segment.start, segment.end).replace(/\n/g, ' ');
  const heads = findHeads(text, fold);
  const first = heads[0];
  if (!first) return { bases: [], proposer: inherited, amending: [] };
  if (/^[\s,]*(?:da |va )?duoc (?:sua doi|bo sung|thay the)/.test(fold)) {
    return { bases: [], proposer: inherited, amending: heads.flatMap((head) => head.code ?? []) };
  }
  let proposer = proposerBefore(text, fold, first.start) ?? (/^\s*(?:va|so)\s/.test(fold) ? inherited : null);
  const bases: Basis[] = [];
  let chain: 'none' | 'nested' | 'amend' = 'none';
  let current: Basis | null = null;
  heads.forEach((head, index) => {
    const from = index === 0 ? 0 : (heads[index - 1]?.end ?? 0);
    const before = fold.slice(from, head.start);
    const role = index === 0 ? 'main' : roleOf(before, chain);
    if (role === 'amend') current?.amendedBy.push(head.code ?? '');
    if (role !== 'main') {
      chain = role;
      return;
    }
    chain = 'none';
    const to = nextMain(heads, index, fold);
    current = {
      ...describe(text, fold, head, to),
      amendedBy: [],
      span: spanOf(source, segment.start + head.start, segment.start + Math.max(head.end, trimEnd(text, to))),
    };
    if (index === 0) narrated(current, text, fold, head.start);
    if (index > 0 && PROPOSED.test(before)) proposer = proposerBefore(text.slice(from), fold.slice(from), head.start - from);
    if (current.issuer !== null && /:\s*$/.test(text.slice(head.nameStart, head.nameEnd))) proposer = current.issuer;
    current.issuer ??= proposer;
    bases.push(current);
  });
  for (const basis of bases) basis.amendedBy = basis.amendedBy.filter((code) => code !== '');
  return { bases, proposer, amending: [] };
}

/** "Ngày 03/10/2022, Cục A có Công văn số …": day and issuer stand before. */
function narrated(basis: Basis, text: string, fold: string, at: number): void {
  const match = /^[\s\-+]*(?=ngay\s)/.exec(fold);
  const date = match ? dateAt(fold, match[0].length) : null;
  if (!date || date.end >= at) return;
  const verb = /^[\s,]{1,3}(\S.{2,120}?)\s(?:da )?(?:co|ban hanh|gui|ky)(?: ban hanh)?\s*$/.exec(fold.slice(date.end, at));
  if (!verb) return;
  basis.date ??= isoDay(date);
  const start = date.end + verb[0].indexOf(verb[1] ?? '');
  basis.issuer ??= squeeze(text.slice(start, start + (verb[1] ?? '').length));
}

/** "… và ý kiến thẩm định của B tại Văn bản số …": another agency's document on the same level. */
const PROPOSED = /^[\s,]*va\s(?:[^;]{0,80}\s?cua\s|(?=so |cong an |bo |ubnd |uy ban |cuc |van phong ))[^;,]{3,120}\stai\s*(?:cac\s*)?$/;

function roleOf(before: string, chain: 'none' | 'nested' | 'amend'): 'main' | 'nested' | 'amend' {
  if (AMENDED.test(before)) return 'amend';
  if (chain === 'none' && PROPOSED.test(before)) return 'main';
  if (!SIBLING.test(before)) return 'nested';
  return chain === 'none' ? 'main' : chain;
}

/** Where the next citation on the same level begins; the end of the segment when there is none. */
function nextMain(heads: readonly CitationHead[], index: number, fold: string): number {
  let chain: 'none' | 'nested' | 'amend' = 'none';
  for (let k = index + 1; k < heads.length; k += 1) {
    const head = heads[k];
    if (!head) break;
    const role = roleOf(fold.slice(heads[k - 1]?.end ?? 0, head.start), chain);
    const before = fold.slice(heads[k - 1]?.end ?? 0, head.start);
    if (role === 'main') return PROPOSED.test(before) ? (heads[k - 1]?.end ?? head.start) : head.start;
    chain = role;
  }
  return fold.length;
}

function trimEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && /[\s;.,]/.test(text[at - 1] ?? '')) at -= 1;
  return at;
}

function findHeads(text: string, fold: string): CitationHead[] {
  const kinds = [...fold.matchAll(KIND)]
    .filter((match) => !/^\p{Ll}/u.test(text.slice(match.index)) || /^(?:cong van|van ban|to trinh|ke hoach|bao cao)/.test(match[0]))
    .map((match) => ({ at: match.index, end: match.index + match[0].length, slug: kindAtStart(match[0])?.slug ?? null }));
  const heads: CitationHead[] = [];
  let end = 0;
  for (const anchor of anchors(text, fold)) {
    if (anchor.at < end) continue;
    const near = kinds.filter((kind) => kind.at >= end && kind.end <= anchor.at && anchor.at - kind.at < 300);
    const law = near.find((kind) => kind.slug !== null && LAW.test(kind.slug));
    const last = near.at(-1);
    const closeBy = last && !law && anchor.at - last.end < 90 ? last : null;
    const kind = law ?? closeBy;
    if (anchor.code === null && !law) continue;
    if (!kind && !/^(?:so)/.test(fold.slice(anchor.at, anchor.at + 2))) continue;
    const head = {
      kind: kind?.slug ?? anchor.kind,
      start: kind?.at ?? anchor.at,
      nameStart: kind?.end ?? anchor.at,
      nameEnd: anchor.at,
      code: anchor.code,
      date: anchor.date,
      end: anchor.end,
    };
    if (kind?.slug === 'cong-van' && anchor.kind !== null && anchor.kind !== 'luat')
      head.kind = anchor.kind === 'cong-van' ? 'cong-van' : kind.slug;
    heads.push(head);
    end = anchor.end;
  }
  return heads.length > 0 ? heads : unnumbered(text, fold);
}

interface Anchor {
  at: number;
  end: number;
  code: string | null;
  kind: string | null;
  date: string | null;
}

/** Symbols ("số …", or a kind directly before one) and dates of laws that are cited without a number. */
function anchors(text: string, fold: string): Anchor[] {
  const found: Anchor[] = [];
  const symbols: { at: number; from: number }[] = [...fold.matchAll(NUMBER_WORD)].map((match) => ({
    at: match.index,
    from: match.index + match[0].length,
  }));
  for (const match of fold.matchAll(KIND)) {
    const from = match.index + match[0].length;
    if (/^\s\d/.test(fold.slice(from, from + 2))) symbols.push({ at: from + 1, from: from + 1 });
  }
  for (const { at, from } of symbols) {
    const symbol = readSymbol(text, from);
    if (!symbol || symbol.start - from > 8) continue;
    const date = dateAfter(fold, symbol.end);
    found.push({ at, end: date?.end ?? symbol.end, code: symbol.code, kind: symbol.kind, date: date?.iso ?? null });
  }
  for (const match of fold.matchAll(/(?<![a-z])ngay\s/g)) {
    const date = dateAt(fold, match.index);
    if (date) found.push({ at: match.index, end: date.end, code: null, kind: null, date: isoDay(date) });
  }
  return found.sort((a, b) => a.at - b.at);
}

function dateAfter(fold: string, end: number): { end: number; iso: string | null } | null {
  const lead = /^[\s,(]{0,4}(?=ngay)/.exec(fold.slice(end, end + 10));
  if (!lead) return null;
  const date = dateAt(fold, end + lead[0].length);
  return date ? { end: date.end, iso: isoDay(date) } : null;
}

/** "Căn cứ Luật An ninh mạng", "Căn cứ Quy chế làm việc của UBND tỉnh": a kind at the start and no number. */
function unnumbered(text: string, fold: string): CitationHead[] {
  const lead = /^[\s\-+*•]*(?:can cu|thuc hien|va)?\s*/.exec(fold)?.[0].length ?? 0;
  const kind = kindAtStart(fold.slice(lead));
  if (!kind || !/^\p{Lu}/u.test(text.slice(lead)) || kind.slug === 'cong-van') return [];
  const start = lead + kind.length;
  const stop = /,\s|\snam \d{4}|\s?\(|[;.]\s*$/.exec(fold.slice(start));
  const end = stop ? start + stop.index : fold.length;
  if (end - start < 4) return [];
  return [{ kind: kind.slug, start: lead, nameStart: start, nameEnd: end, code: null, date: null, end }];
}

/** "các Nghị định của Chính phủ: số …; số …" */
function listIssuer(text: string): string | null {
  return /^\s*của\s+(.{3,100}?)\s*:\s*$/u.exec(text)?.[1] ?? null;
}

function describe(text: string, fold: string, head: CitationHead, to: number): Omit<Basis, 'amendedBy' | 'span'> {
  const name = cleanSubject(text.slice(head.nameStart, head.nameEnd), fold.slice(head.nameStart, head.nameEnd));
  let at = head.end;
  let issuer: string | null = name === null ? listIssuer(text.slice(head.nameStart, head.nameEnd)) : null;
  const of = /^[\s,)]{0,4}cua\s+/.exec(fold.slice(at, to));
  if (of) {
    const from = at + of[0].length;
    const end = issuerEnd(text.slice(from, to), fold.slice(from, to)) + from;
    issuer = squeeze(text.slice(from, end)).replace(/[\s;.,]+$/, '') || null;
    at = end;
  }
  const rest = cleanSubject(text.slice(at, to), fold.slice(at, to));
  const law = head.kind !== null && LAW.test(head.kind);
  const subject = law && name !== null ? name : (rest ?? name);
  return { kind: head.kind, code: head.code, date: head.date, issuer, subject };
}

const ACTOR = /^(?:chu tich|pho chu tich|giam doc|bo truong|thu truong|thuong truc|lanh dao|nha truong|truong|quy )(?![a-z])/;

/** Names hold commas ("phòng, chống …", "Bộ Văn hóa, Thể thao và Du lịch"): a comma ends one before another agency only. */
function issuerEnd(text: string, fold: string): number {
  for (const match of fold.matchAll(ISSUER_END)) {
    if (match[0] !== ',') return match.index;
    const rest = fold.slice(match.index + 1).trimStart();
    const upper = /^\s\p{Lu}/u.test(text.slice(match.index + 1));
    const inName =
      /^(?:chong|chua|the thao|gia dinh|giao duc|truyen hinh)(?![a-z])/.test(rest) ||
      (upper && !ISSUER_HEAD.test(rest) && !ACTOR.test(rest) && kindAtStart(rest) === null);
    if (!inName) return match.index;
  }
  return fold.length;
}

function cleanSubject(text: string, fold: string): string | null {
  const lead = SUBJECT_LEAD.exec(fold)?.[0].length ?? 0;
  const body = fold.slice(lead);
  if (/^\s*,/.test(fold) && !NAMED.test(fold)) return null;
  const clause =
    [...fold.matchAll(MAIN_CLAUSE)].find((match) => /^,\s+\p{Lu}/u.test(text.slice(match.index))) ??
    [...fold.matchAll(ACTING)].find((match) => /^,\s+(?:\p{Lu}|nay\s)/u.test(text.slice(match.index)));
  if (clause && clause.index < lead) return null;
  const stops = [SUBJECT_END.exec(body)?.index, clause && clause.index - lead, /\.\s+(?=[a-z])/.exec(body)?.index].filter(
    (stop) => stop !== undefined,
  );
  let out = text.slice(lead, lead + Math.min(body.length, ...stops));
  out = squeeze(out).replace(/(?:[\s;.,/:”"]|\s(?:và|và các|các))+$/u, '');
  if (/^(?:và|các|số|của|tại|ngày)$/u.test(out) || /^của\s[^,;]{3,100}$/u.test(out)) return null;
  if (out.length < 2) return null;
  // A quotation inside the subject keeps its end.
  return out.includes('“') && !out.includes('”') ? `${out}”` : out;
}

/** The agency in "Theo đề nghị của X tại Tờ trình …". */
function proposerBefore(text: string, fold: string, at: number): string | null {
  const before = fold.slice(0, at);
  const match =
    /(?:^|\s)(?:cua|do)\s+([^;]{3,160}?)\s+(?:(?:cung cap|gui|thong bao|chuyen)\s+)?tai\s+(?:cac\s+)?$/.exec(before) ??
    /^[\s,]*(?:va)\s+([^;,]{3,160}?)\s+tai\s+(?:cac\s+)?$/.exec(before);
  if (!match) return null;
  const start = match.index + match[0].search(/\S+\s/) + (/\S+\s+/.exec(match[0])?.[0].length ?? 0);
  return squeeze(text.slice(start, start + (match[1] ?? '').length));
}
