import type { PDFPageProxy } from 'pdfjs-dist';
import type { Page, PageItem } from './page-layout.ts';
import type { ActualTexts } from './pdf-actual-text.ts';
import { GlyphTracker } from './pdf-glyphs.ts';
import type { Font, PlacedGlyph } from './pdf-glyphs.ts';
import { findStamps } from './stamps.ts';

/** A page with the stamps found in its turned text. */
export interface PdfPage extends Page {
  readonly stamps: string[];
}

type Operators = Record<string, number>;
type Act = (tracker: GlyphTracker, args: readonly unknown[], page: PDFPageProxy) => void;

const END_PATH = 28;

// The visible text of a digital signature is not text of the document; a number or date put on by the records office is.
const SIGNATURE = /ký bởi|người ký|thời gian ký|ngày ký|ký số|digitally signed|signature|signed by/iu;

function fontOf(page: PDFPageProxy, name: unknown): Font {
  const found: unknown = typeof name === 'string' && page.commonObjs.has(name) ? page.commonObjs.get(name) : undefined;
  return found !== null && typeof found === 'object' ? (found as Font) : {};
}

function glyphsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What each operator of the content stream does to the tracker; operators that print nothing are left out. */
const ACTS: Record<string, Act> = {
  save: (tracker) => tracker.save(),
  restore: (tracker) => tracker.restore(),
  transform: (tracker, args) => tracker.transform(args),
  paintFormXObjectBegin: (tracker, [matrix]) => {
    tracker.save();
    tracker.transform(matrix);
  },
  paintFormXObjectEnd: (tracker) => tracker.restore(),
  beginAnnotation: (tracker, [, , transform, matrix]) => tracker.beginAnnotation(transform, matrix),
  endAnnotation: (tracker) => tracker.endAnnotation(),
  clip: (tracker) => tracker.clip(),
  eoClip: (tracker) => tracker.clip(),
  constructPath: (tracker, [painted, paths]) => {
    const data: unknown = Array.isArray(paths) ? paths[0] : undefined;
    if (ArrayBuffer.isView(data)) tracker.path(data as Float32Array, painted !== END_PATH);
  },
  beginMarkedContent: (tracker) => tracker.beginMarked(null),
  endMarkedContent: (tracker) => tracker.endMarked(),
  beginText: (tracker) => tracker.beginText(),
  setTextMatrix: (tracker, args) => tracker.setTextMatrix(args.length === 1 ? args[0] : args),
  moveText: (tracker, [x, y]) => tracker.moveText(Number(x), Number(y)),
  setLeadingMoveText: (tracker, [x, y]) => {
    tracker.setLeading(-Number(y));
    tracker.moveText(Number(x), Number(y));
  },
  setFont: (tracker, [name, size], page) => tracker.set({ font: fontOf(page, name), size: Number(size) }),
  setCharSpacing: (tracker, [value]) => tracker.set({ charSpacing: Number(value) }),
  setWordSpacing: (tracker, [value]) => tracker.set({ wordSpacing: Number(value) }),
  setHScale: (tracker, [value]) => tracker.set({ scale: Number(value) / 100 }),
  setLeading: (tracker, [value]) => tracker.setLeading(Number(value)),
  setTextRise: (tracker, [value]) => tracker.set({ rise: Number(value) }),
  nextLine: (tracker) => tracker.nextLine(),
  showText: (tracker, [glyphs]) => tracker.show(glyphsOf(glyphs)),
  showSpacedText: (tracker, [glyphs]) => tracker.show(glyphsOf(glyphs)),
  nextLineShowText: (tracker, [glyphs]) => {
    tracker.nextLine();
    tracker.show(glyphsOf(glyphs));
  },
  nextLineSetSpacingShowText: (tracker, [word, char, glyphs]) => {
    tracker.set({ wordSpacing: Number(word), charSpacing: Number(char) });
    tracker.nextLine();
    tracker.show(glyphsOf(glyphs));
  },
};

function textOf(glyphs: readonly PlacedGlyph[]): string {
  return glyphs
    .map((glyph) => glyph.text)
    .join('')
    .normalize('NFC');
}

function annotationsOf(glyphs: readonly PlacedGlyph[]): Map<number, PlacedGlyph[]> {
  const byAnnotation = new Map<number, PlacedGlyph[]>();
  for (const glyph of glyphs) {
    const own = byAnnotation.get(glyph.annotation);
    if (own === undefined) byAnnotation.set(glyph.annotation, [glyph]);
    else own.push(glyph);
  }
  byAnnotation.delete(0);
  return byAnnotation;
}

/** Turned glyphs that were printed one after another and close together. */
function turnedTexts(glyphs: readonly PlacedGlyph[]): string[] {
  const texts: string[] = [];
  let before: PlacedGlyph | undefined;
  for (const glyph of glyphs.filter((one) => one.turned)) {
    const close = before !== undefined && Math.hypot(glyph.x - before.x, glyph.y - before.y) < before.width + 1.5 * glyph.size;
    if (close) texts[texts.length - 1] += glyph.text;
    else texts.push(glyph.text);
    before = glyph;
  }
  return texts.map((text) => text.normalize('NFC'));
}

/** Bold is sometimes faked by printing a letter twice, a little aside: the second one is dropped. */
function withoutDoubles(items: readonly PageItem[]): PageItem[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const step = Math.max(0.5, item.size * 0.1);
    const key = `${item.text} ${Math.round(item.x / step)} ${Math.round(item.y / step)}`;
    const double = item.text.trim() !== '' && seen.has(key);
    seen.add(key);
    return !double;
  });
}

/**
 * The printed text of a PDF page, glyph by glyph with its place, and stamps among turned text (watermarks).
 * `operators` is the table OPS of pdf.js, `texts` what the file says of its letters.
 */
export async function readPdfPage(page: PDFPageProxy, operators: Operators, texts: ActualTexts): Promise<PdfPage> {
  const { width, height, transform } = page.getViewport({ scale: 1 });
  const names = new Map(Object.entries(operators).map(([name, code]) => [code, name]));
  const list = await page.getOperatorList();
  const tracker = new GlyphTracker(transform);
  const marked = list.fnArray.flatMap((code, at) =>
    names.get(code) === 'beginMarkedContentProps' ? [String(list.argsArray[at]?.[0])] : [],
  );
  const actual = texts.of(marked);
  for (const [at, code] of list.fnArray.entries()) {
    if (names.get(code) === 'beginMarkedContentProps') tracker.beginMarked(actual.shift() ?? null);
    const args: unknown = list.argsArray[at];
    ACTS[names.get(code) ?? '']?.(
      tracker,
      Array.isArray(args) ? args : ArrayBuffer.isView(args) ? Array.from(args as Float32Array) : [],
      page,
    );
  }
  const signed = new Set(
    [...annotationsOf(tracker.glyphs)].filter(([, glyphs]) => SIGNATURE.test(textOf(glyphs))).map(([number]) => number),
  );
  const glyphs = tracker.glyphs.filter((glyph) => !signed.has(glyph.annotation));
  // The space of the viewport has y downwards.
  const items = glyphs
    .filter((glyph) => !glyph.turned)
    .map(({ text, x, y, width: across, size }) => ({ text, x, y: height - y, width: across, size }));
  const stamps = findStamps(turnedTexts(glyphs));
  const rules = tracker.rules.map(({ x0, y0, x1, y1 }) => ({ x0, x1, y0: height - y1, y1: height - y0 }));
  return { width, height, items: withoutDoubles(items), rules, stamps };
}
