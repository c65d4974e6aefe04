import { AlignmentType, Document, Footer, Header, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import type { Table } from 'docx';
import { attachmentPages, bodyParagraphs, kindHeading, recipientLines } from './body.ts';
import { FONT, PAGE, SIZE } from './form.ts';
import { footTable, headTable } from './head-and-foot.ts';
import type { DirectiveDraft } from './model.ts';

function atRight(text: string, size: number): Paragraph {
  return new Paragraph({ alignment: AlignmentType.RIGHT, children: [new TextRun({ text, font: FONT, size, bold: true })] });
}

/** TLP 2.0: in head and foot of each page, at the right, in 12 point. */
const LABEL = 24;

function pageTop({ mark, label }: DirectiveDraft, isNumbered: boolean): Header {
  const number = new TextRun({ children: [PageNumber.CURRENT], font: FONT, size: SIZE.page });
  return new Header({
    children: [
      new Paragraph({ alignment: AlignmentType.CENTER, children: isNumbered ? [number] : [] }),
      ...(mark === undefined ? [] : [atRight(mark, SIZE.copies)]),
      ...(label === undefined ? [] : [atRight(label, LABEL)]),
    ],
  });
}

function pageBottom({ label }: DirectiveDraft): { footers?: { default: Footer; first: Footer } } {
  if (label === undefined) return {};
  const foot = () => new Footer({ children: [atRight(label, LABEL)] });
  return { footers: { default: foot(), first: foot() } };
}

function contentOf(draft: DirectiveDraft): (Paragraph | Table)[] {
  return [
    headTable(draft),
    ...kindHeading(draft),
    ...recipientLines(draft),
    ...bodyParagraphs(draft),
    footTable(draft),
    ...attachmentPages(draft),
  ];
}

/**
 * An administrative document as .docx in the form of NĐ 30/2020/NĐ-CP, Phụ lục I: A4, Times New Roman, national motto and
 * issuer side by side, number, place and date (gaps where they are open), subject, recipients, body, Nơi nhận and signer,
 * page number from page 2 on in the top margin, a stamp for urgent documents. Nothing is signed or sealed.
 */
export async function writeDirectiveDocx(draft: DirectiveDraft): Promise<Uint8Array> {
  const { width, height, top, bottom, left, right, header } = PAGE;
  const document = new Document({
    title: draft.subject,
    creator: draft.issuer.name,
    description: '',
    styles: { default: { document: { run: { font: FONT, size: SIZE.body, language: { value: 'vi-VN' } } } } },
    sections: [
      {
        properties: {
          titlePage: true,
          page: { size: { width, height }, margin: { top, bottom, left, right, header, footer: header } },
        },
        headers: { default: pageTop(draft, true), first: pageTop(draft, false) },
        ...pageBottom(draft),
        children: contentOf(draft),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
