import { addressedBy } from './audience.ts';
import type { Addressed } from './audience.ts';
import type { Range, Source } from './lines.ts';
import { foldText } from './normalise.ts';

const DEMANDS = /(?:^|\s)(?:de nghi|yeu cau|khuyen nghi|khuyen cao|thuc hien|trien khai|nhiem vu|giai phap)(?:\s|:)/;
const ADDRESS = /^(?:rieng\s)?(?:doi voi|ve phia)\s/;
const ORDER = /\s(?:de nghi|yeu cau|khuyen nghi|khuyen cao|chi dao|giao)\s+/g;
const BACK = 12;

/** Whether a paragraph leads in to a list and demands it: "… đề nghị các đơn vị thực hiện:". `fold` is folded, trimmed. */
export function leadsDemand(fold: string): boolean {
  return fold.endsWith(':') && !/^[-+*•]/.test(fold) && DEMANDS.test(fold);
}

/** Whether a paragraph names those whom the list below it addresses: "Đối với các doanh nghiệp viễn thông:", "Sở Y tế:". */
export function leadsAddress(text: string): boolean {
  const fold = foldText(text).trim();
  if (/^[-+*•]/.test(fold) || fold.length > 400) return false;
  if (ADDRESS.test(fold)) return fold.endsWith(':') || (fold.length < 200 && !/[.;,]$/.test(fold));
  return fold.endsWith(':') && addressedBy(text).heading;
}

/** The paragraph directly above a line: from the last gap or new sentence. Null at the beginning of the text. */
export function paragraphAbove(source: Source, index: number): Range | null {
  const last = source.lines[index - 1];
  if (!last) return null;
  let from = index - 1;
  while (from > 0 && index - from < BACK) {
    const line = source.lines[from];
    const before = source.lines[from - 1];
    if (!line || !before || line.gap || (/[.;:]$/.test(before.text) && /^\p{Lu}/u.test(line.text))) break;
    from -= 1;
  }
  return { start: source.lines[from]?.start ?? last.start, end: last.end };
}

/** Whom a paragraph that leads in to a list addresses: those behind "đề nghị", "yêu cầu", "đối với", or a bare name. */
export function addressedInLead(text: string): Addressed {
  const flat = text.replace(/\n/g, ' ');
  const direct = addressedBy(flat);
  if (leadsAddress(flat)) return direct;
  const order = [...foldText(flat).matchAll(ORDER)].at(-1);
  return order ? addressedBy(`Đề nghị ${flat.slice(order.index + order[0].length)}`) : { audience: [], support: [], heading: false };
}
