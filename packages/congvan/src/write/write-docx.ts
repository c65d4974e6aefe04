import { AlignmentType, Document, Header, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import type { Table } from 'docx';
import { attachmentPages, bodyParagraphs, kindHeading, recipientLines } from './body.ts';
import { FONT, PAGE, SIZE } from './form.ts';
import { footTable, headTable } from './head-and-foot.ts';
import type { DirectiveDraft } from './model.ts';

function pageNumber(): Header {
  const run = new TextRun({ children: [PageNumber.CURRENT], font: FONT, size: SIZE.page });
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [run] })] });
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
        headers: { default: pageNumber(), first: new Header({ children: [new Paragraph({})] }) },
        children: contentOf(draft),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}
