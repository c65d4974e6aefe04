import { closed, dateLine, kindTitle, listLines, numberLine } from './form.ts';
import type { DirectiveDraft, DraftAttachment, DraftBlock, DraftItem } from './model.ts';

/** A paragraph of the body; `label` is printed before the text, bold where it is the head of an article or a section. */
export interface BodyText {
  readonly kind: 'text';
  readonly label: string;
  readonly text: string;
  readonly style: 'plain' | 'heading' | 'article' | 'basis' | 'centred';
  /** The last one stays with the signature: a page with nothing but a signature is not accepted. */
  readonly last: boolean;
}

export type BodyPart = BodyText | DraftBlock;

const text = (content: string, style: BodyText['style'] = 'plain', label = ''): BodyText => ({
  kind: 'text',
  label,
  text: content,
  style,
  last: false,
});

/** A decision lists what it rests on line by line; other kinds begin their first sentence with it. */
function openingParts(draft: DirectiveDraft): BodyText[] {
  const bases = draft.bases.map((base) => base.trim().replace(/[;.,\s]+$/u, ''));
  if (draft.kind === 'quyet-dinh') {
    const lines = listLines(bases, '').map((basis) => text(/^(?:Căn cứ|Theo|Xét)/u.test(basis) ? basis : `Căn cứ ${basis}`, 'basis'));
    return [...lines, ...(draft.opening === '' ? [] : [text(draft.opening)]), text('QUYẾT ĐỊNH:', 'centred')];
  }
  const opening = bases.length === 0 ? draft.opening : `Thực hiện ${[...bases, draft.opening].join('; ')}`;
  return opening === '' ? [] : [text(opening)];
}

/** Sections (I., 1. with points below) have their heading in bold, as Phụ lục I has it for titles of parts. */
function styleOf(item: DraftItem): BodyText['style'] {
  if (/^Điều \d/u.test(item.label)) return 'article';
  return /^[IVXLC]+\.$/u.test(item.label) && item.children !== undefined ? 'heading' : 'plain';
}

function itemParts(items: readonly DraftItem[]): BodyPart[] {
  return items.flatMap((item) => [text(item.text, styleOf(item), item.label), ...(item.blocks ?? []), ...itemParts(item.children ?? [])]);
}

/** Box 6 (NĐ 30/2020/NĐ-CP, Phụ lục I) as plain parts in their order. The last sentence ends with `./.`. */
export function bodyParts(draft: DirectiveDraft): BodyPart[] {
  const closing = draft.closing === undefined || draft.closing.trim() === '' ? [] : [text(draft.closing)];
  const parts = [...itemParts(draft.items), ...closing];
  const end = parts.findLastIndex((part) => part.kind === 'text');
  return [
    ...openingParts(draft),
    ...parts.map((part, at) =>
      at === end && part.kind === 'text' ? { ...part, text: closed(part.text), last: at === parts.length - 1 } : part,
    ),
  ];
}

/** `(Kèm theo Công văn số 342/UBND-VP6 ngày 19 tháng 4 năm 2024 của …)`, under the title of an attachment. */
export function referenceLine(draft: DirectiveDraft): string {
  const title = kindTitle(draft.kind);
  const kind = title === null ? 'Công văn' : title.charAt(0) + title.slice(1).toLowerCase();
  const date = dateLine(draft).slice(draft.place.length + 2);
  return `(Kèm theo ${kind} ${numberLine(draft).replace('Số:', 'số')} ${date} của ${draft.issuer.name})`;
}

/** The list of an attachment, numbered, and its tables and pictures. */
export function attachmentParts(attachment: DraftAttachment): BodyPart[] {
  return [...attachment.items.map((item, at) => text(item, 'plain', `${at + 1}.`)), ...(attachment.blocks ?? [])];
}
