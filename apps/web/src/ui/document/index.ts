export { DocumentPaper } from './DocumentPaper.tsx';
export { ForeignText } from './ForeignText.tsx';
export type { Mark, MarkKind } from './marks.ts';
