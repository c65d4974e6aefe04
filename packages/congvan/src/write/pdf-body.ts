import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { attachmentParts, type BodyPart, bodyParts, type BodyText, referenceLine } from './content.ts';
import { bodyForm, kindTitle, listLines, printedWidth, SIZE, TEXT_WIDTH } from './form.ts';
import type { DirectiveDraft, DraftPicture, DraftTable } from './model.ts';
import { POINTS, ruleOf, sizeOf } from './pdf-head.ts';

const WIDTH = TEXT_WIDTH * POINTS;
const INDENT = 36;
/** Of a table's lines and cells, in points. */
const LINE = 0.5;
const PADDING = 4;
const RECIPIENT_INDENT = 85;

/** Box 5a. */
export function pdfKind(draft: DirectiveDraft): Content[] {
  const title = kindTitle(draft.kind);
  if (title === null) return [];
  const side = WIDTH * 0.08;
  const length = Math.min(printedWidth(draft.subject, SIZE.body, true) * POINTS, WIDTH * 0.8) / 3;
  return [
    { text: title, bold: true, alignment: 'center', margin: [0, draft.compact ? 12 : 18, 0, 0] },
    { text: draft.subject.charAt(0).toUpperCase() + draft.subject.slice(1), bold: true, alignment: 'center', margin: [side, 0, side, 0] },
    ruleOf(length, WIDTH),
  ];
}

/** Box 9a. */
export function pdfRecipients(draft: DirectiveDraft): Content[] {
  if (draft.recipients.length === 0) return [];
  const wired = draft.kind === 'cong-dien';
  const label = wired ? `${draft.issuer.name.toUpperCase()} điện:` : 'Kính gửi:';
  const left = wired ? INDENT : RECIPIENT_INDENT;
  const above = draft.compact ? 6 : 12;
  const [only] = draft.recipients;
  if (!wired && only !== undefined && draft.recipients.length === 1)
    return [{ text: `${label} ${listLines([only], '')[0]?.slice(0, -1) ?? ''}`, margin: [left, above, 0, 0] }];
  return [
    { text: label, margin: [left, above, 0, 0] },
    ...listLines(draft.recipients, '- ').map((text): Content => ({ text, margin: [left + INDENT, 0, 0, 0] })),
  ];
}

function paragraph({ label, text, style, last }: BodyText, draft: DirectiveDraft): Content {
  const form = bodyForm(draft);
  if (style === 'centred') return { text, bold: true, alignment: 'center', margin: [0, 12, 0, 6] };
  const bold = style === 'heading';
  const labelled = label === '' ? [] : [{ text: `${label} `, bold: bold || style === 'article' }];
  return {
    text: [...labelled, { text, bold }],
    italics: style === 'basis',
    alignment: 'justify',
    leadingIndent: INDENT,
    fontSize: form.size / 2,
    lineHeight: form.line * 0.96,
    margin: [0, form.before * POINTS, 0, last ? 6 : 0],
  };
}

function tableOf(table: DraftTable, { compact = false }: Pick<DirectiveDraft, 'compact'>): Content[] {
  const above = compact ? 0.5 : 1.5;
  const whole = table.columns.reduce((sum, { share }) => sum + share, 0);
  const fontSize = sizeOf('table');
  const row = (cells: readonly string[], bold: boolean): TableCell[] =>
    table.columns.map(({ align = 'left' }, at) => ({ text: cells[at] ?? '', alignment: align, bold, fontSize }));
  const head: TableCell[] = table.columns.map(({ title }) => ({ text: title, bold: true, alignment: 'center', fontSize }));
  // Lines and paddings of a cell are not part of the widths that pdfmake is told.
  const room = WIDTH - LINE * (table.columns.length + 1);
  const widths = table.columns.map(({ share }) => (share / whole) * room - 2 * PADDING);
  const body = [head, ...table.rows.map((cells) => row(cells, false)), ...(table.total ? [row(table.total, true)] : [])];
  const layout = {
    hLineWidth: () => LINE,
    vLineWidth: () => LINE,
    paddingLeft: () => PADDING,
    paddingRight: () => PADDING,
    paddingTop: () => above,
    paddingBottom: () => above,
  };
  return [
    ...(table.caption === undefined
      ? []
      : [
          {
            text: table.caption,
            italics: true,
            alignment: 'center' as const,
            fontSize,
            margin: [0, 6, 0, 3] as [number, number, number, number],
          },
        ]),
    { table: { headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true, widths, body }, layout, margin: [0, 3, 0, 0] },
  ];
}

function pictureOf({ svg, ratio, caption }: DraftPicture): Content {
  return {
    unbreakable: true,
    stack: [
      { svg, width: WIDTH, height: WIDTH * ratio, font: 'Tinos', margin: [0, 6, 0, 0] },
      { text: caption, italics: true, alignment: 'center', fontSize: sizeOf('table'), margin: [0, 3, 0, 3] },
    ],
  };
}

function renderedPart(part: BodyPart, draft: DirectiveDraft): Content[] {
  if (part.kind === 'text') return [paragraph(part, draft)];
  return part.kind === 'table' ? tableOf(part, draft) : [pictureOf(part)];
}

/** Longer text may break over pages; what is shorter can be kept together with its heading. */
const KEPT = 900;

/** A heading stays with the text after it. */
function rendered(parts: readonly BodyPart[], draft: DirectiveDraft): Content[] {
  const done: Content[] = [];
  for (let at = 0; at < parts.length; at++) {
    const [part, next] = [parts[at]!, parts[at + 1]];
    if (part.kind === 'text' && part.style === 'heading' && next?.kind === 'text' && next.text.length <= KEPT) {
      done.push({ unbreakable: true, stack: [paragraph(part, draft), paragraph(next, draft)] });
      at++;
    } else done.push(...renderedPart(part, draft));
  }
  return done;
}

/** Box 6; the last paragraph and `foot` stay on one page. */
export function pdfBody(draft: DirectiveDraft, foot: Content): Content[] {
  const parts = bodyParts(draft);
  const last = parts.at(-1);
  if (last?.kind !== 'text' || last.text.length > KEPT) return [...rendered(parts, draft), foot];
  return [...rendered(parts.slice(0, -1), draft), { unbreakable: true, stack: [paragraph(last, draft), foot] }];
}

/** Attachments, each on a page of its own. */
export function pdfAttachments(draft: DirectiveDraft): Content[] {
  return (draft.attachments ?? []).flatMap((list): Content[] => [
    { text: list.title.toUpperCase(), bold: true, alignment: 'center', pageBreak: 'before' },
    ...(list.subtitle === undefined ? [] : [{ text: list.subtitle, bold: true, alignment: 'center' as const }]),
    { text: referenceLine(draft), italics: true, alignment: 'center', fontSize: sizeOf('number'), margin: [0, 0, 0, 12] },
    ...rendered(attachmentParts(list), draft),
  ]);
}
