export { type PrintableFile } from './model.ts';
export { downloadPrintable, listPrintable } from './read.ts';
export { type PrintablePlace, writeEvening, writePrintable } from './write.ts';
