import { refuse } from './refusals.ts';
import type { ExtractedText, ExtractLimits } from './model.ts';
import type { ImageKind } from './image-size.ts';
import type { Page } from './page-layout.ts';
import { joinPages, textOfPages } from './page-text.ts';
import { NotInstalled, runTool } from './run-tool.ts';
import { pageOfTsv } from './tesseract-tsv.ts';

export interface Scan {
  readonly source: 'pdf' | ImageKind;
  readonly pages: number;
  readonly name: string;
  readonly limits: ExtractLimits;
  readonly signal?: AbortSignal;
}

// A4 at 300 dpi has 3508 pixels on its long side; a page of any other size is brought to the same.
const LONG_SIDE = '3508';
const MAX_PAGE_BYTES = 64 * 2 ** 20;
const MAX_TSV_BYTES = 8 * 2 ** 20;
const MIN_WORDS = 3;

async function pageImage(bytes: Uint8Array, number: number, scan: Scan): Promise<Uint8Array> {
  if (scan.source !== 'pdf') return bytes;
  const page = String(number);
  return runTool({
    command: 'pdftoppm',
    args: ['-q', '-f', page, '-l', page, '-scale-to', LONG_SIDE, '-gray', '-png', '-'],
    input: bytes,
    outputBytes: MAX_PAGE_BYTES,
    timeMs: scan.limits.scannedPageMs,
    place: `${scan.name}, ${page}`,
    ...(scan.signal ? { signal: scan.signal } : {}),
  });
}

async function recognisePage(image: Uint8Array, number: number, scan: Scan): Promise<Page> {
  const tsv = await runTool({
    command: 'tesseract',
    args: ['stdin', 'stdout', '-l', 'vie', '--dpi', '300', 'tsv'],
    input: image,
    outputBytes: MAX_TSV_BYTES,
    timeMs: scan.limits.scannedPageMs,
    place: `${scan.name}, ${number}`,
    ...(scan.signal ? { signal: scan.signal } : {}),
  });
  return pageOfTsv(new TextDecoder().decode(tsv));
}

// One scan at a time: each takes a core and much memory.
let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}

async function recognisePages(bytes: Uint8Array, scan: Scan): Promise<Page[]> {
  const pages: Page[] = [];
  for (let number = 1; number <= scan.pages; number++) {
    const image = await pageImage(bytes, number, scan);
    pages.push(await recognisePage(image, number, scan));
  }
  return pages;
}

/**
 * Text of a scan through tesseract (language `vie`), pages of a PDF drawn by pdftoppm. Both are programs of their own
 * with limits on time and memory; image and text pass through pipes, so that nothing is put on disk.
 *
 * @throws OutsideError `scan-needs-ocr` where a program or the language is not installed, `scan-unreadable`,
 *   `too-many-scanned-pages`, `too-slow`, `cancelled`
 */
export async function recogniseScan(bytes: Uint8Array, scan: Scan): Promise<ExtractedText> {
  if (scan.pages > scan.limits.scannedPages) throw refuse('too-many-scanned-pages', scan.name);
  try {
    const text = joinPages(textOfPages(await inTurn(() => recognisePages(bytes, scan))));
    if (text.split(/\s+/u).length < MIN_WORDS) throw refuse('scan-unreadable', scan.name);
    return { text, format: 'scan', warnings: [recognised(scan.name)] };
  } catch (error) {
    if (error instanceof NotInstalled) throw refuse('scan-needs-ocr', error.tool);
    throw error;
  }
}

function recognised(place: string): ExtractedText['warnings'][number] {
  return {
    code: 'recognised-text',
    place,
    messages: {
      vi: 'Chữ được nhận dạng từ bản quét và có thể sai. Hãy đối chiếu với bản gốc, nhất là số, ngày và tên riêng.',
      en: 'The text was recognised from a scan and may contain errors. Compare it with the original, above all numbers, dates and names.',
    },
  };
}
