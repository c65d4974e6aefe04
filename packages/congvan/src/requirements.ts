import { addressedBy } from './audience.ts';
import type { Addressed } from './audience.ts';
import { joinParts } from './closing.ts';
import { readDeadlines } from './deadlines.ts';
import type { DeadlineContext } from './deadlines.ts';
import { addressedInLead } from './leads.ts';
import { plain } from './lines.ts';
import type { Source } from './lines.ts';
import type { Requirement, RequirementNature } from './model.ts';
import { foldText, spanOf } from './normalise.ts';
import type { Outline, OutlineItem } from './outline.ts';

const STATEMENT =
  /^(?:danh gia (?:chung|tinh hinh)|tinh hinh|ket qua|nhung ket qua|ton tai|han che|nguyen nhan|khai quat|thuc trang|dac diem|muc dich|muc tieu|quan diem|nguyen tac|pham vi(?: dieu chinh)?|doi tuong(?: ap dung)?|giai thich tu ngu|can cu|su can thiet|hieu luc|dieu khoan (?:thi hanh|chuyen tiep|cuoi cung)|uu diem|bo cuc|noi dung chinh|thanh phan|kien nghi cua)(?![a-z])/;

/** "Kết quả thực hiện gửi về … trước ngày …" begins like a statement and is a demand. */
const HANDED_IN = /(?<![a-z])(?:gui|bao cao|hoan thanh|de nghi|yeu cau) (?:ve|cho|truoc|cham nhat|so|uy ban|ubnd|bo|cuc|ket qua)(?![a-z])/;

/** Who is bound under a heading that demands nothing ("Hiệu lực thi hành") is bound all the same. */
const BOUND = /(?<![a-z])(?:chiu trach nhiem|co trach nhiem)(?![a-z])/;

/** The numbered items as requirements, in the order of the document. Children inherit audience from their parent. */
export function readRequirements(source: Source, outline: Outline, context: DeadlineContext): Requirement[] {
  const out: Requirement[] = [];
  const addressed: Addressed[] = [];
  outline.items.forEach((item, index) => {
    const text = itemText(source, item);
    const above = leadOf(source, item) ?? (item.parent === null ? undefined : addressed[item.parent]);
    const parentNature = item.parent === null ? undefined : out[item.parent]?.nature;
    const own = ownAddress(source, item, parentNature);
    addressed[index] = own.audience.length > 0 ? own : (above ?? own);
    const deadlines = deadlinesOf(source, item, context);
    out.push({
      path: item.path,
      text,
      audience: [...(addressed[index]?.audience ?? [])],
      support: [...(addressed[index]?.support ?? [])],
      deadlines,
      nature: deadlines.length > 0 && HANDED_IN.test(foldText(text)) ? 'demand' : natureOf(text, own.audience, parentNature),
      span: itemSpan(source, item),
    });
  });
  return out;
}

/** What the paragraph above its list says of an item; items below it inherit from their parent. */
function leadOf(source: Source, item: OutlineItem): Addressed | undefined {
  if (!item.lead || item.level !== 'arabic') return undefined;
  const found = addressedInLead(source.text.slice(item.lead.start, item.lead.end));
  return found.audience.length > 0 ? found : undefined;
}

/** A bare name is an address as the heading of a demand, not in a list of those concerned nor as title of an article. */
function ownAddress(source: Source, item: OutlineItem, parent: RequirementNature | undefined): Addressed {
  const own = addressedBy(itemText(source, { ...item, parts: item.parts.filter((part) => !part.quoted) }));
  const bare = (parent === 'statement' && !BOUND.test(foldText(itemText(source, item)))) || (own.heading && item.level === 'article');
  return bare ? { audience: [], support: [], heading: false } : own;
}

function natureOf(text: string, own: readonly string[], parent: RequirementNature | undefined): RequirementNature {
  if (own.length > 0) return 'demand';
  if (STATEMENT.test(foldText(text.slice(0, 80)))) return 'statement';
  return parent === 'statement' ? 'statement' : 'demand';
}

function deadlinesOf(source: Source, item: OutlineItem, context: DeadlineContext): Requirement['deadlines'] {
  const own = { ...item, parts: item.parts.filter((part) => !part.quoted) };
  return joinParts(own.parts).flatMap((range) => readDeadlines(source, range, context));
}

function itemText(source: Source, item: OutlineItem): string {
  return joinParts(item.parts)
    .map((range) => tableRow(plain(source, range)))
    .filter((text) => text !== '')
    .join('\n')
    .replace(/\s*\.\/\.$|\s*\/\.$/, (mark) => (mark.trim() === './.' ? '.' : ''));
}

function tableRow(text: string): string {
  if (!text.startsWith('|')) return text;
  return text
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(' | ');
}

function itemSpan(source: Source, item: OutlineItem): Requirement['span'] {
  const first = item.parts[0];
  const last = item.parts.at(-1);
  const line = source.lines[item.line];
  return spanOf(source, first?.start ?? line?.start ?? 0, last?.end ?? line?.end ?? 0);
}
