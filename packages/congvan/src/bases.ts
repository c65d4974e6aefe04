import { readCitations } from './citation.ts';
import { isUpper } from './lines.ts';
import type { Line, Range, Source } from './lines.ts';
import type { Basis } from './model.ts';

const TRIGGER =
  /^[\s\-+*•"]*(?:can cu|thuc hien|thi hanh|trien khai|xet|theo|tiep theo|tiep tuc (?:thuc hien|trien khai)|phuc dap|tra loi|nhan duoc|de (?:thuc hien|trien khai)|cu the hoa|va |cua )/;
const NARRATED =
  /(?:^|\s)(?:co|ban hanh|nhan duoc|da co|gui|ky)\s+(?:cac\s+)?(?:cong van|van ban|cong dien|thong bao|chi thi|ke hoach|quyet dinh)\s/;
const LIST_LABEL = /^can cu\s?:?$/;
const MAX_SEGMENT = 3000;

/**
 * The documents that this one rests on, in the order of the opening: every citation of sentences that begin with Căn cứ,
 * Thực hiện, Theo đề nghị, Xét and the like. Citations inside the subject of another and amending acts are no bases.
 */
export function readBases(source: Source, opening: readonly Line[]): Basis[] {
  const out: Basis[] = [];
  let listed = false;
  for (const paragraph of paragraphs(opening)) {
    const fold = source.fold.slice(paragraph.start, paragraph.end);
    if (LIST_LABEL.test(fold.trim())) {
      listed = true;
      continue;
    }
    const bullet = /^[-+*•]/.test(fold);
    if (!bullet) listed = false;
    for (const sentence of sentences(source, paragraph)) {
      const part = source.fold.slice(sentence.start, sentence.end).replace(/\n/g, ' ');
      if (!listed && !TRIGGER.test(part) && !NARRATED.test(part)) continue;
      out.push(...readSentence(source, sentence));
    }
  }
  return out;
}

function readSentence(source: Source, sentence: Range): Basis[] {
  const out: Basis[] = [];
  let proposer: string | null = null;
  for (const segment of segments(source, sentence)) {
    const read = readCitations(source, segment, proposer);
    proposer = read.proposer;
    out.at(-1)?.amendedBy.push(...read.amending);
    out.push(...read.bases);
  }
  return out;
}

/** Lines to paragraphs: a gap, a bullet or a new opening word begins one. */
function paragraphs(lines: readonly Line[]): Range[] {
  const out: Range[] = [];
  for (const line of lines) {
    const last = out.at(-1);
    const opens =
      line.gap ||
      /^[-+*•–—]\s/.test(line.text) ||
      (/^\p{Lu}/u.test(line.text) && TRIGGER.test(line.fold)) ||
      LIST_LABEL.test(line.fold) ||
      (isUpper(line.text) && line.text.length < 80);
    if (last && !opens) last.end = line.end;
    else out.push({ start: line.start, end: line.end });
  }
  return out;
}

function sentences(source: Source, paragraph: Range): Range[] {
  const text = source.text.slice(paragraph.start, paragraph.end);
  return split(text, /\.\s+(?=\p{Lu})/gu, paragraph.start);
}

function segments(source: Source, sentence: Range): Range[] {
  const text = source.text.slice(sentence.start, sentence.end);
  return split(text, /;\s*/g, sentence.start).map((range) => ({ start: range.start, end: Math.min(range.end, range.start + MAX_SEGMENT) }));
}

function split(text: string, pattern: RegExp, offset: number): Range[] {
  const out: Range[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    // "TP. Hồ Chí Minh" and "P. CNBCVT" do not end a sentence.
    if (match[0].startsWith('.') && /(?:^|[\s(])(?:TP|P|Q|TT|Th|TS|Đ|KT|TM)$/.test(text.slice(Math.max(0, match.index - 4), match.index)))
      continue;
    out.push({ start: offset + from, end: offset + match.index });
    from = match.index + match[0].length;
  }
  if (from < text.length) out.push({ start: offset + from, end: offset + text.length });
  return out;
}
