import { addressedBy } from './audience.ts';
import { leadsDemand } from './leads.ts';
import type { Range, Source } from './lines.ts';
import { plain } from './lines.ts';

const DEMAND = /(?:^|\s)(?:de nghi|yeu cau|giao|chiu trach nhiem|co trach nhiem|bao cao|truoc ngay|cham nhat)(?:\s|$)/;
const BULLET = /^[-+*•–—]\s?/;
/** "Thông tin chi tiết liên hệ …", "… thông báo để các đơn vị biết": addressed to everybody, demanding nothing. */
const NOTICE = /^(?:thong tin chi tiet|moi chi tiet|moi thong tin|chi tiet|rat mong|tran trong|tren day la)|thong bao (?:de|den)\s/;
const MAX_LINES = 300;
/** A line shorter than this was not ended by its width. */
const SHORT_LINE = 45;

/** Whether a folded paragraph demands something or sets a time. */
export function demands(fold: string): boolean {
  return DEMAND.test(fold) && !fold.startsWith('rat mong');
}

/**
 * Demands of a body without any number, for the officer to decide: paragraphs that demand or address a unit, and each bullet
 * of a list that a demand leads in to. They get no path, for none is printed.
 */
export function unnumberedDemands(source: Source, from: number, to: number): Range[] {
  const out: Range[] = [];
  let lead: Range | null = null;
  let listed = false;
  for (const range of paragraphs(source, from, to)) {
    const text = plain(source, range);
    const fold = source.fold.slice(range.start, range.end).replace(/\s+/g, ' ').trim();
    const bullet = BULLET.test(text);
    if (bullet && lead !== null) {
      out.push(range);
      listed = true;
      continue;
    }
    // A lead whose list did not come demands by itself.
    if (lead !== null && !listed) out.push(lead);
    lead = leadsDemand(fold) ? range : null;
    listed = false;
    if (lead === null && !NOTICE.test(fold) && (demands(fold) || addressedBy(text).audience.length > 0)) out.push(range);
  }
  if (lead !== null && !listed) out.push(lead);
  return out;
}

function paragraphs(source: Source, from: number, to: number): Range[] {
  const out: Range[] = [];
  let before = '';
  for (const line of source.lines.slice(from, Math.min(to, from + MAX_LINES))) {
    const last = out.at(-1);
    const listed = last !== undefined && BULLET.test(source.text.slice(last.start, last.start + 2));
    const sentence = /[.;:]$/.test(before) && (listed || source.flowing || before.length < SHORT_LINE) && /^\p{Lu}/u.test(line.text);
    if (last && !line.gap && !sentence && !BULLET.test(line.text)) last.end = line.end;
    else out.push({ start: line.start, end: line.end });
    before = line.text;
  }
  return out;
}
