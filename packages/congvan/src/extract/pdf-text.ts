import type { OutsideWarning } from '@vonggac/outside';
import * as pdfjs from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { ExtractLimits } from './model.ts';
import { joinPages, textOfPages } from './page-text.ts';
import { refuse } from './refusals.ts';
import { ActualTexts } from './pdf-actual-text.ts';
import { readPdfPage } from './pdf-page.ts';
import type { PdfPage } from './pdf-page.ts';

/** Either the text, or that there is none and how many pages would have to be recognised. */
export type PdfResult =
  | { readonly kind: 'text'; readonly text: string; readonly warnings: OutsideWarning[] }
  | { readonly kind: 'scan'; readonly pages: number };

// The worker runs in this very process (it is a child already), so it is given instead of being looked for.
const workerModule = 'pdfjs-dist/legacy/build/pdf.worker.mjs';
Object.assign(globalThis, { pdfjsWorker: (await import(workerModule)) as unknown });

const LITTLE_TEXT = 400;
const SCAN_PIXELS = 700_000;
const DICTIONARY = 600;

/**
 * Whether the file holds an image large enough for a scanned page. Dictionaries of images are never inside compressed
 * objects (ISO 32000-1 §7.5.7), so the bytes tell without decoding one.
 */
function holdsPageImage(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = file.indexOf('/Image'); at >= 0; at = file.indexOf('/Image', at + 6)) {
    const around = file.toString('latin1', Math.max(0, at - DICTIONARY), at + DICTIONARY);
    const width = Number(/\/Width\s+(\d{1,6})/u.exec(around)?.[1] ?? 0);
    const height = Number(/\/Height\s+(\d{1,6})/u.exec(around)?.[1] ?? 0);
    if (width * height >= SCAN_PIXELS) return true;
  }
  return false;
}

/** Whether a page is a picture of a page: hardly any text, such as that of a digital signature, and no head. */
function isPicture(text: string): boolean {
  return text.replace(/\s/gu, '').length < LITTLE_TEXT && !/CỘNG H(?:ÒA|OÀ) XÃ HỘI/u.test(text);
}

function unreadPages(pages: readonly number[]): OutsideWarning[] {
  if (pages.length === 0) return [];
  const list = pages.slice(0, 20).join(', ');
  return [
    {
      code: 'page-without-text',
      place: list,
      messages: {
        vi: `Trang ${list} là ảnh, không có lớp chữ nên chưa đọc được. Hãy đối chiếu với bản gốc.`,
        en: `Page ${list} is an image without a text layer and was not read. Compare it with the original.`,
      },
    },
  ];
}

function problemOf(error: unknown, name: string): unknown {
  const kind = error instanceof Error ? error.name : '';
  if (kind === 'PasswordException') return refuse('encrypted', name);
  return kind === 'OutsideError' ? error : refuse('pdf-broken', name);
}

/**
 * The text layer of a PDF in reading order (pdf.js; nothing of the file is run or fetched), or that it is a scan.
 *
 * @throws OutsideError `encrypted`, `pdf-broken`, `too-many-pages`, `text-too-long`
 */
export async function readPdf(bytes: Uint8Array, name: string, limits: ExtractLimits): Promise<PdfResult> {
  const images = holdsPageImage(bytes);
  const actualTexts = new ActualTexts(bytes);
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes),
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    disableAutoFetch: true,
    // Images are not wanted and their decoders are the part most often attacked.
    maxImageSize: 1,
    verbosity: 0,
  });
  try {
    const document = await task.promise;
    if (document.numPages > limits.pages) throw refuse('too-many-pages', name);
    const pages: PdfPage[] = [];
    let glyphs = 0;
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      const read = await readPdfPage(page, pdfjs.OPS, actualTexts);
      glyphs += read.items.length;
      if (glyphs > limits.textLength) throw refuse('text-too-long', name);
      pages.push(read);
      page.cleanup();
    }
    const texts = textOfPages(pages).map((text, at) => [...(pages[at]?.stamps ?? []), text].join('\n\n').trim());
    const pictures = texts.flatMap((text, at) => (images && isPicture(text) ? [at + 1] : []));
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    if (length === 0) return { kind: 'scan', pages: document.numPages };
    // A first page without text means that the head would have to be guessed: the whole is taken for a scan.
    if (pictures.includes(1) || pictures.length * 2 > document.numPages) return { kind: 'scan', pages: document.numPages };
    return { kind: 'text', text: joinPages(texts), warnings: unreadPages(pictures) };
  } catch (error) {
    throw problemOf(error, name);
  } finally {
    await task.destroy();
  }
}
