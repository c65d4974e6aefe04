import type { Bilingual, OutsideWarning } from '@vonggac/outside';

/** What the text was taken from; `scan` went through character recognition. */
export type DocumentFormat = 'text' | 'docx' | 'pdf' | 'scan';

/** A doubt about the reading: code, place (page, part) and a text for people. */
export type ExtractWarning = OutsideWarning;

export interface ExtractedText {
  /** Unicode NFC, one line a paragraph or printed line, an empty line between blocks. */
  readonly text: string;
  readonly format: DocumentFormat;
  /** Of plain text: utf-8, utf-16le, tcvn3, … */
  readonly encoding?: string;
  readonly warnings: ExtractWarning[];
}

export interface ExtractLimits {
  /** Size of the file in bytes. */
  readonly fileBytes: number;
  /** Length of the text in UTF-16 units. */
  readonly textLength: number;
  readonly pages: number;
  /** Pages that go through character recognition. */
  readonly scannedPages: number;
  /** Time for a small file in ms; each megabyte adds as much again. */
  readonly timeMs: number;
  /** Time for the recognition of one page in ms. */
  readonly scannedPageMs: number;
  readonly memoryMb: number;
}

export const EXTRACT_LIMITS: ExtractLimits = {
  fileBytes: 50 * 2 ** 20,
  textLength: 5_000_000,
  pages: 400,
  scannedPages: 40,
  timeMs: 1600,
  scannedPageMs: 60_000,
  memoryMb: 1024,
};

/**
 * Why a file was not read:
 * - `empty`, `too-big`, `text-too-long`, `too-many-pages`
 * - `old-doc`, `rtf`, `odt`, `spreadsheet`, `presentation`, `archive`, `markup`, `unknown-format`: a format that is not taken
 * - `encrypted`, `macro`, `external-content`, `docx-broken`, `pdf-broken`, `image-too-big`
 * - `scan-needs-ocr`, `scan-unreadable`
 * - and those of @vonggac/outside (`zip-…`, `xml-…`, `unknown-encoding`, `too-slow`, `out-of-memory`, `crashed`, `cancelled`)
 */
export type UnreadableCode = string;

/** A file that was not read. `message` is Vietnamese, `messages` holds both languages; no text of the document is in it. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly code: UnreadableCode;
  /** The part of the file, a page; the file's name where it is the whole file. */
  readonly place: string;
  readonly messages: Bilingual;

  constructor(problem: { code: UnreadableCode; place: string; messages: Bilingual }) {
    super(problem.messages.vi);
    this.code = problem.code;
    this.place = problem.place;
    this.messages = problem.messages;
  }
}
