import { AlignmentType, LineRuleType, PageBreak, Paragraph, TextRun } from 'docx';
import type { IRunOptions } from 'docx';
import { closed, dateLine, FONT, kindTitle, listLines, numberLine, printedWidth, SIZE, TEXT_WIDTH } from './form.ts';
import { line, rule } from './head-and-foot.ts';
import type { DirectiveDraft, DraftItem } from './model.ts';

const INDENT = 720;
const RECIPIENT_INDENT = 1700;
const HANGING = 160;

function paragraph(text: string, run: Omit<IRunOptions, 'text'> = {}, last = false): Paragraph {
  return line(text, { size: SIZE.body, ...run }, bodyStyle(last));
}

function bodyStyle(last: boolean): {
  alignment: 'both';
  indent: { firstLine: number };
  spacing: { before: number; after: number; line: number; lineRule: 'auto' };
  keepNext: boolean;
} {
  // The last paragraph stays with the signature: a page with nothing but a signature is not accepted.
  return {
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: INDENT },
    spacing: { before: 120, after: last ? 240 : 0, line: 288, lineRule: LineRuleType.AUTO },
    keepNext: last,
  };
}

/** Box 5a: name of the kind, subject, and a rule of a third of its line; none for a công văn. */
export function kindHeading(draft: DirectiveDraft): Paragraph[] {
  const title = kindTitle(draft.kind);
  if (title === null) return [];
  const bold = { bold: true, size: SIZE.body };
  const width = Math.min(printedWidth(draft.subject, SIZE.body, true), TEXT_WIDTH * 0.8);
  const side = Math.round(TEXT_WIDTH * 0.08);
  return [
    line(title, bold, { spacing: { before: 360, after: 0 } }),
    line(draft.subject.charAt(0).toUpperCase() + draft.subject.slice(1), bold, { indent: { left: side, right: side } }),
    rule(width / 3, TEXT_WIDTH),
  ];
}

/** Box 9a. One recipient stands on the line itself, several one a line; a công điện is wired instead. */
export function recipientLines(draft: DirectiveDraft): Paragraph[] {
  if (draft.recipients.length === 0) return [];
  const wired = draft.kind === 'cong-dien';
  const label = wired ? `${draft.issuer.name.toUpperCase()} điện:` : 'Kính gửi:';
  const left = { alignment: AlignmentType.LEFT, indent: { left: wired ? INDENT : RECIPIENT_INDENT } } as const;
  const run = { size: SIZE.body };
  const first = { ...left, spacing: { before: 240, after: 0 } };
  const [only] = draft.recipients;
  if (!wired && only !== undefined && draft.recipients.length === 1)
    return [line(`${label} ${listLines([only], '')[0]?.slice(0, -1) ?? ''}`, run, first)];
  const under = { ...left, indent: { left: left.indent.left + INDENT, hanging: HANGING } };
  return [line(label, run, first), ...listLines(draft.recipients, '- ').map((text) => line(text, run, under))];
}

/** A decision lists what it rests on line by line; other kinds begin their first sentence with it. */
function openingParagraphs(draft: DirectiveDraft): Paragraph[] {
  const bases = draft.bases.map((base) => base.trim().replace(/[;.,\s]+$/u, ''));
  if (draft.kind === 'quyet-dinh') {
    const lines = listLines(bases, '').map((text) =>
      paragraph(/^(?:Căn cứ|Theo|Xét)/u.test(text) ? text : `Căn cứ ${text}`, { italics: true }),
    );
    const opening = draft.opening === '' ? [] : [paragraph(draft.opening)];
    return [...lines, ...opening, line('QUYẾT ĐỊNH:', { bold: true, size: SIZE.body }, { spacing: { before: 240, after: 120 } })];
  }
  const text = bases.length === 0 ? draft.opening : `Thực hiện ${[...bases, draft.opening].join('; ')}`;
  return text === '' ? [] : [paragraph(text, {})];
}

interface Flat {
  readonly label: string;
  readonly text: string;
  readonly bold: boolean;
}

/** Sections (I., 1. with points below) have their heading in bold, as Phụ lục I has it for titles of parts. */
function flatten(items: readonly DraftItem[]): Flat[] {
  return items.flatMap((item) => {
    const heading = /^[IVXLC]+\.$/u.test(item.label) && item.children !== undefined;
    return [{ label: item.label, text: item.text, bold: heading }, ...flatten(item.children ?? [])];
  });
}

function itemParagraph(item: Flat, last: boolean): Paragraph {
  const article = /^Điều \d/u.test(item.label);
  const label = item.label === '' ? [] : [new TextRun({ text: `${item.label} `, font: FONT, size: SIZE.body, bold: item.bold || article })];
  const text = new TextRun({ text: item.text, font: FONT, size: SIZE.body, bold: item.bold });
  return new Paragraph({ ...bodyStyle(last), children: [...label, text] });
}

/** Box 6. The last sentence ends with `./.`. */
export function bodyParagraphs(draft: DirectiveDraft): Paragraph[] {
  const closing = draft.closing === undefined || draft.closing.trim() === '' ? [] : [{ label: '', text: draft.closing, bold: false }];
  const points = [...flatten(draft.items), ...closing];
  const end = points.length - 1;
  return [
    ...openingParagraphs(draft),
    ...points.map((point, at) => itemParagraph(at === end ? { ...point, text: closed(point.text) } : point, at === end)),
  ];
}

function reference(draft: DirectiveDraft): string {
  const title = kindTitle(draft.kind);
  const kind = title === null ? 'Công văn' : title.charAt(0) + title.slice(1).toLowerCase();
  const date = dateLine(draft).slice(draft.place.length + 2);
  return `(Kèm theo ${kind} ${numberLine(draft).replace('Số:', 'số')} ${date} của ${draft.issuer.name})`;
}

/** Attached lists, each on a page of its own, with a note of the document they go with. */
export function attachmentPages(draft: DirectiveDraft): Paragraph[] {
  return (draft.attachments ?? []).flatMap((list) => [
    new Paragraph({ children: [new PageBreak()] }),
    line(list.title.toUpperCase(), { bold: true, size: SIZE.body }),
    ...(list.subtitle === undefined ? [] : [line(list.subtitle, { bold: true, size: SIZE.body })]),
    line(reference(draft), { italics: true, size: SIZE.number }, { spacing: { before: 0, after: 240 } }),
    ...list.items.map((text, at) => paragraph(`${at + 1}. ${text}`)),
  ]);
}
