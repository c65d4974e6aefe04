import type { PageItem } from './page-layout.ts';
import type { Rule } from './page-tables.ts';

type Matrix = readonly [number, number, number, number, number, number];

/** A glyph as pdf.js hands it out; `width` in thousandths of the font size. */
interface Glyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
}

export interface Font {
  readonly vertical?: boolean;
  readonly fontMatrix?: readonly number[] | null;
}

/** A glyph with its place; `turned` where it does not run from left to right. */
export interface PlacedGlyph extends PageItem {
  readonly turned: boolean;
  /** Counts the annotations of the page from 1; 0 for the page itself. */
  readonly annotation: number;
}

interface State {
  matrix: Matrix;
  font: Font;
  size: number;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  /** What is not cut off, in the wanted space. */
  visible: Rule;
}

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
const MAX_GLYPHS = 200_000;

function times(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[2] * b[1],
    a[1] * b[0] + a[3] * b[1],
    a[0] * b[2] + a[2] * b[3],
    a[1] * b[2] + a[3] * b[3],
    a[0] * b[4] + a[2] * b[5] + a[4],
    a[1] * b[4] + a[3] * b[5] + a[5],
  ];
}

function matrixOf(value: unknown): Matrix {
  if (value === null || typeof value !== 'object') return IDENTITY;
  const numbers = Array.from({ length: 6 }, (_, at) => Number((value as Record<number, unknown>)[at]));
  return numbers.every((one) => Number.isFinite(one)) ? (numbers as unknown as Matrix) : IDENTITY;
}

// moveTo, lineTo, curveTo, quadraticCurveTo, closePath of pdf.js, by how many numbers follow.
const NUMBERS_OF_PATH: readonly number[] = [2, 2, 6, 4, 0];
const MAX_RULES = 3000;
const MIDDLE = 0.35;

const EVERYWHERE: Rule = { x0: -Infinity, y0: -Infinity, x1: Infinity, y1: Infinity };

function overlap(a: Rule, b: Rule): Rule {
  return { x0: Math.max(a.x0, b.x0), y0: Math.max(a.y0, b.y0), x1: Math.min(a.x1, b.x1), y1: Math.min(a.y1, b.y1) };
}

function union(a: Rule, b: Rule): Rule {
  return { x0: Math.min(a.x0, b.x0), y0: Math.min(a.y0, b.y0), x1: Math.max(a.x1, b.x1), y1: Math.max(a.y1, b.y1) };
}

/**
 * Follows the text operators of a page (ISO 32000-1 §9.4) and notes where each glyph stands. pdf.js' own text content
 * joins glyphs to words in the order of printing, which tears Vietnamese words apart whose rare letters were printed
 * from a second font after the others.
 */
export class GlyphTracker {
  readonly glyphs: PlacedGlyph[] = [];
  /** Boxes of the paths that were drawn, in the wanted space. */
  readonly rules: Rule[] = [];
  #state: State = {
    matrix: IDENTITY,
    font: {},
    size: 0,
    charSpacing: 0,
    wordSpacing: 0,
    scale: 1,
    leading: 0,
    rise: 0,
    visible: EVERYWHERE,
  };
  readonly #saved: State[] = [];
  readonly #base: Matrix;
  #text: Matrix = IDENTITY;
  #line = { x: 0, y: 0 };
  #at = { x: 0, y: 0 };
  #annotations = 0;
  #inAnnotation = 0;
  #clips = false;
  readonly #marked: { readonly text: string | null; readonly first: number }[] = [];

  /** `base` leads from the space of the page to the one in which the glyphs are wanted. */
  constructor(base: readonly number[]) {
    this.#base = matrixOf(base);
    this.#state.matrix = this.#base;
  }

  save(): void {
    if (this.#saved.length < 1000) this.#saved.push({ ...this.#state });
  }

  restore(): void {
    this.#state = this.#saved.pop() ?? this.#state;
  }

  transform(matrix: unknown): void {
    this.#state.matrix = times(this.#state.matrix, matrixOf(matrix));
  }

  beginAnnotation(transform: unknown, matrix: unknown): void {
    this.save();
    this.#inAnnotation = ++this.#annotations;
    this.#state.matrix = times(times(this.#base, matrixOf(transform)), matrixOf(matrix));
  }

  endAnnotation(): void {
    this.#inAnnotation = 0;
    this.restore();
  }

  /** Marked content; `text` is what its glyphs stand for, null where they stand for themselves. */
  beginMarked(text: string | null): void {
    if (this.#marked.length < 1000) this.#marked.push({ text, first: this.glyphs.length });
  }

  endMarked(): void {
    const marked = this.#marked.pop();
    const first = marked && this.glyphs[marked.first];
    if (!marked || marked.text === null || first === undefined) return;
    const end = this.glyphs.slice(marked.first).reduce((most, glyph) => Math.max(most, glyph.x + glyph.width), 0);
    // Parts of one letter are printed over one another, whatever their advance says.
    const width = marked.text.length === 1 ? first.width : end - first.x;
    this.glyphs.splice(marked.first, Infinity, { ...first, text: marked.text, width });
  }

  beginText(): void {
    this.setTextMatrix(IDENTITY);
  }

  setTextMatrix(matrix: unknown): void {
    this.#text = matrixOf(matrix);
    this.#line = { x: 0, y: 0 };
    this.#at = { x: 0, y: 0 };
  }

  moveText(x: number, y: number): void {
    this.#line = { x: this.#line.x + x, y: this.#line.y + y };
    this.#at = { ...this.#line };
  }

  nextLine(): void {
    this.moveText(0, this.#state.leading);
  }

  set(change: Partial<Omit<State, 'matrix'>>): void {
    Object.assign(this.#state, change);
  }

  setLeading(leading: number): void {
    this.#state.leading = -leading;
  }

  show(glyphs: readonly unknown[]): void {
    const { size, font, charSpacing, wordSpacing, scale } = this.#state;
    const advance = size * (font.fontMatrix?.[0] ?? 0.001);
    const direction = size < 0 ? -1 : 1;
    for (const one of glyphs) {
      if (typeof one === 'number') this.#move(-one * size * 0.001 * scale);
      else if (one !== null && typeof one === 'object') {
        const glyph = one as Glyph;
        const spacing = (glyph.isSpace ? wordSpacing : 0) + charSpacing;
        const width = (Number(glyph.width) || 0) * advance;
        this.#place(glyph, width * scale);
        this.#move((width + spacing * direction) * scale);
      }
    }
  }

  /** The next path cuts out what follows. */
  clip(): void {
    this.#clips = true;
  }

  /** A path, `data` in the operator codes of pdf.js: notes the box of each part if it is painted, or cuts out. */
  path(data: ArrayLike<number>, painted: boolean): void {
    const boxes = this.#boxesOf(data);
    if (this.#clips && boxes.length > 0) this.#state.visible = overlap(this.#state.visible, boxes.reduce(union));
    this.#clips = false;
    for (const box of painted ? boxes : []) if (this.rules.length < MAX_RULES) this.rules.push(box);
  }

  #boxesOf(data: ArrayLike<number>): Rule[] {
    const boxes: Rule[] = [];
    let box: Rule | undefined;
    const end = (): void => {
      if (box !== undefined && boxes.length < MAX_RULES) boxes.push(box);
      box = undefined;
    };
    const [a, b, c, d, e, f] = this.#state.matrix;
    for (let at = 0; at < data.length;) {
      const code = data[at] ?? -1;
      const numbers = NUMBERS_OF_PATH[code];
      if (numbers === undefined) break;
      if (code === 0) end();
      for (let next = at + 1; next + 1 <= at + numbers; next += 2) {
        const [x, y] = [data[next] ?? 0, data[next + 1] ?? 0];
        const point = { x0: a * x + c * y + e, y0: b * x + d * y + f };
        const dot = { ...point, x1: point.x0, y1: point.y0 };
        box = box === undefined ? dot : union(box, dot);
      }
      at += numbers + 1;
    }
    end();
    return boxes;
  }

  #move(by: number): void {
    if (this.#state.font.vertical) this.#at.y -= by;
    else this.#at.x += by;
  }

  /** Whether the middle of a letter is not cut off; y grows downwards here. */
  #isVisible(item: Omit<PageItem, 'text'>): boolean {
    const { x0, y0, x1, y1 } = this.#state.visible;
    const [x, y] = [item.x + item.width / 2, item.y - MIDDLE * item.size];
    return x >= x0 - 1 && x <= x1 + 1 && y >= y0 - 1 && y <= y1 + 1;
  }

  #place(glyph: Glyph, width: number): void {
    if (typeof glyph.unicode !== 'string' || this.glyphs.length >= MAX_GLYPHS) return;
    const { matrix, rise, size } = this.#state;
    const whole = times(times(matrix, this.#text), [1, 0, 0, 1, this.#at.x, this.#at.y + rise]);
    const turned = whole[0] <= 0 || Math.abs(whole[1]) > whole[0] * 0.02 || this.#state.font.vertical === true;
    const item = {
      x: whole[4],
      y: whole[5],
      width: Math.abs(width) * Math.hypot(whole[0], whole[1]),
      size: Math.abs(size) * Math.hypot(whole[2], whole[3]),
    };
    if (![item.x, item.y, item.width, item.size].every((one) => Number.isFinite(one)) || item.size === 0) return;
    if (!turned && !this.#isVisible(item)) return;
    this.glyphs.push({ ...item, text: glyph.unicode, turned, annotation: this.#inAnnotation });
  }
}
