import { AlignmentType, LineRuleType, PageBreak, Paragraph, type Table, TextRun } from 'docx';
import { blockOf } from './blocks.ts';
import { attachmentParts, type BodyPart, bodyParts, type BodyText, referenceLine } from './content.ts';
import { bodyForm, FONT, kindTitle, listLines, printedWidth, SIZE, TEXT_WIDTH } from './form.ts';
import { line, rule } from './head-and-foot.ts';
import type { DirectiveDraft } from './model.ts';

const INDENT = 720;
const RECIPIENT_INDENT = 1700;
const HANGING = 160;

/** Box 5a: name of the kind, subject, and a rule of a third of its line; none for a công văn. */
export function kindHeading(draft: DirectiveDraft): Paragraph[] {
  const title = kindTitle(draft.kind);
  if (title === null) return [];
  const bold = { bold: true, size: SIZE.body };
  const width = Math.min(printedWidth(draft.subject, SIZE.body, true), TEXT_WIDTH * 0.8);
  const side = Math.round(TEXT_WIDTH * 0.08);
  return [
    line(title, bold, { spacing: { before: draft.compact ? 240 : 360, after: 0 } }),
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
  const first = { ...left, spacing: { before: draft.compact ? 120 : 240, after: 0 } };
  const [only] = draft.recipients;
  if (!wired && only !== undefined && draft.recipients.length === 1)
    return [line(`${label} ${listLines([only], '')[0]?.slice(0, -1) ?? ''}`, run, first)];
  const under = { ...left, indent: { left: left.indent.left + INDENT, hanging: HANGING } };
  return [line(label, run, first), ...listLines(draft.recipients, '- ').map((text) => line(text, run, under))];
}

function textParagraph({ label, text, style, last }: BodyText, draft: DirectiveDraft): Paragraph {
  const form = bodyForm(draft);
  if (style === 'centred') return line(text, { bold: true, size: form.size }, { spacing: { before: 240, after: 120 } });
  const run = { font: FONT, size: form.size, italics: style === 'basis' };
  const labelled = label === '' ? [] : [new TextRun({ ...run, text: `${label} `, bold: style === 'heading' || style === 'article' })];
  return new Paragraph({
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: INDENT },
    spacing: {
      before: form.before,
      after: last ? (draft.compact ? 120 : 240) : 0,
      line: Math.round(form.line * 240),
      lineRule: LineRuleType.AUTO,
    },
    keepNext: last || style === 'heading',
    children: [...labelled, new TextRun({ ...run, text, bold: style === 'heading' })],
  });
}

function rendered(parts: readonly BodyPart[], draft: DirectiveDraft): (Paragraph | Table)[] {
  return parts.flatMap((part) => (part.kind === 'text' ? [textParagraph(part, draft)] : blockOf(part, draft.compact)));
}

/** Box 6. */
export function bodyParagraphs(draft: DirectiveDraft): (Paragraph | Table)[] {
  return rendered(bodyParts(draft), draft);
}

/** Attachments, each on a page of its own, with a note of the document they go with. */
export function attachmentPages(draft: DirectiveDraft): (Paragraph | Table)[] {
  return (draft.attachments ?? []).flatMap((list) => [
    new Paragraph({ children: [new PageBreak()] }),
    line(list.title.toUpperCase(), { bold: true, size: SIZE.body }),
    ...(list.subtitle === undefined ? [] : [line(list.subtitle, { bold: true, size: SIZE.body })]),
    line(referenceLine(draft), { italics: true, size: SIZE.number }, { spacing: { before: 0, after: 240 } }),
    ...rendered(attachmentParts(list), draft),
  ]);
}
