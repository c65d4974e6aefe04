import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { FONT_FILES } from './fonts.ts';
import { PAGE } from './form.ts';
import type { DirectiveDraft } from './model.ts';
import { pdfAttachments, pdfBody, pdfKind, pdfRecipients } from './pdf-body.ts';
import { MARGINS, pdfFoot, pdfHead, POINTS, sizeOf } from './pdf-head.ts';

const FONTS = new Set<string>(Object.values(FONT_FILES));

function pageTop(draft: DirectiveDraft, page: number): Content {
  const number: Content = { text: page > 1 ? String(page) : '', alignment: 'center', fontSize: sizeOf('page') };
  const mark: Content = { text: draft.mark ?? '', alignment: 'right', bold: true, fontSize: sizeOf('copies'), margin: [0, -14, 0, 0] };
  return { stack: [number, mark, ...labelOf(draft)], margin: [MARGINS[0], PAGE.header * POINTS, MARGINS[2], 0] };
}

/** TLP 2.0: in head and foot of each page, at the right, in 12 point. */
function labelOf({ label, mark }: DirectiveDraft): Content[] {
  // The head already has a line for the mark.
  const up = mark === undefined ? -sizeOf('copies') - 2 : 0;
  return label === undefined ? [] : [{ text: label, alignment: 'right', bold: true, fontSize: 12, margin: [0, up, 0, 0] }];
}

function pageBottom({ label }: DirectiveDraft): Content {
  return { text: label ?? '', alignment: 'right', bold: true, fontSize: 12, margin: [MARGINS[0], 18, MARGINS[2], 0] };
}

/**
 * An administrative document as PDF, in the same form as `writeDirectiveDocx` (NĐ 30/2020/NĐ-CP, Phụ lục I) and with the
 * same text: A4, Tinos embedded, page number from page 2 on in the top margin. Unsigned. Nothing is fetched or read but the
 * fonts. Pictures must be SVG that we drew ourselves.
 */
export async function writeDirectivePdf(draft: DirectiveDraft): Promise<Uint8Array> {
  pdfmake.setFonts({ Tinos: FONT_FILES });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => FONTS.has(path));
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: MARGINS,
    info: { title: draft.subject, author: draft.issuer.name },
    language: 'vi-VN',
    defaultStyle: { font: 'Tinos', fontSize: sizeOf('body'), color: 'black' },
    header: (page) => pageTop(draft, page),
    ...(draft.label === undefined ? {} : { footer: () => pageBottom(draft) }),
    content: [...pdfHead(draft), ...pdfKind(draft), ...pdfRecipients(draft), ...pdfBody(draft, pdfFoot(draft)), ...pdfAttachments(draft)],
  };
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer());
}
