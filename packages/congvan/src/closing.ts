import type { Range, Source } from './lines.ts';
import type { Outline, OutlineItem, TextPart } from './outline.ts';

const CLOSING =
  /^(?:tren day la|yeu cau |de nghi |trong qua trinh|qua trinh |nhan duoc|ngay (?:sau )?khi nhan|giao |van phong |uy ban nhan dan|ubnd |so |bo |cuc |ban |cong an |chu tich |thu tuong |tran trong|thua lenh|dau moi |moi chi tiet|chi tiet|cac (?:co quan|don vi|so|bo|to chuc|doanh nghiep)|can cu |thu truong |ke hoach nay|cong dien nay|chi thi nay|thong bao nay|noi dung |moi |thong tin |neu |mong |rat mong|kinh de nghi|\((?:co |kem |gui kem|dinh kem|xin gui)|.{2,80}\s(?:kinh|xin) bao cao)/;
/** The formula of adoption behind the last article of an assembly's act. */
const PASSED = /^(?:nghi quyet|luat|phap lenh|bo luat) nay (?:da )?duoc .{3,160} thong qua/;
const BULLET = /^[-+*•–—|]/;

/**
 * Moves the paragraphs behind the last item that speak to everybody out of it. Articles close with the adoption only;
 * elsewhere a paragraph closes by its words, or where no other item of the list has a second paragraph.
 */
export function takeClosing(source: Source, outline: Outline, articles: boolean): void {
  const item = outline.items.at(-1);
  if (!item) return;
  const single = !articles && !outline.items.some((one) => one !== item && one.level === item.level && isLong(source, one));
  const whole = endsSentence(source, headOf(item));
  for (let at = 1; at < item.parts.length; at += 1) {
    const part = item.parts[at];
    const before = item.parts[at - 1];
    if (!part || !before || !part.sentence) continue;
    const text = source.text.slice(part.start, part.end);
    if (BULLET.test(text) || !/^\(?\p{Lu}/u.test(text) || !endsSentence(source, before)) continue;
    const worded = (articles ? PASSED : CLOSING).test(source.fold.slice(part.start, part.end));
    if (!worded && !(single && whole && part.paragraph)) continue;
    outline.closing = joinParts(item.parts.slice(at));
    item.parts = item.parts.slice(0, at);
    return;
  }
}

/** The last line of the first paragraph of an item. */
function headOf(item: OutlineItem): Range {
  const next = item.parts.findIndex((part, index) => index > 0 && part.paragraph);
  return item.parts.at(next < 0 ? -1 : next - 1) ?? { start: 0, end: 0 };
}

/** Whether an item whose first paragraph is a sentence goes on with paragraphs that are no bullets. */
function isLong(source: Source, item: OutlineItem): boolean {
  return (
    endsSentence(source, headOf(item)) &&
    item.parts.some(
      (part, index) => index > 0 && part.paragraph && !part.quoted && !BULLET.test(source.text.slice(part.start, part.start + 2)),
    )
  );
}

function endsSentence(source: Source, range: Range): boolean {
  return /[.;/]["”)]?$/.test(source.text.slice(Math.max(range.start, range.end - 3), range.end));
}

/** Consecutive lines of one paragraph as one range, so that a phrase may run over the end of a line. */
export function joinParts(parts: readonly TextPart[]): Range[] {
  const out: Range[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last && !part.paragraph) last.end = part.end;
    else out.push({ start: part.start, end: part.end });
  }
  return out;
}
