export { documentParts, type DocumentParts } from './document-parts.ts';
export type { DirectiveDraft, DraftAttachment, DraftBlock, DraftItem, DraftKind, DraftPicture, DraftTable } from './model.ts';
export { writeDirectiveDocx } from './write-docx.ts';
export { writeDirectivePdf } from './write-pdf.ts';
export { type ListColumn, type ListGroup, type PrintedList, writeListPdf } from './write-list-pdf.ts';
