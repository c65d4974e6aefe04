export type { DirectiveDraft, DraftAttachment, DraftItem, DraftKind } from './model.ts';
export { writeDirectiveDocx } from './write-docx.ts';
