export { extractText } from './extract-text.ts';
export { EXTRACT_LIMITS, UnreadableFile } from './model.ts';
export type { DocumentFormat, ExtractedText, ExtractLimits, ExtractWarning, UnreadableCode } from './model.ts';
