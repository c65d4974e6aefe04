import { rollups, summaries } from './tables.ts';

/** Files that rows of this room name. */
export const reportFiles = [summaries.docxFile, summaries.pdfFile, summaries.edxmlFile, rollups.file];
