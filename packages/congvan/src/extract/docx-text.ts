import { scoreVietnamese } from '@vonggac/outside';
import type { XmlElement } from '@vonggac/outside';
import { Numbering } from './docx-numbering.ts';
import { openDocx } from './docx-package.ts';
import { readInline } from './docx-runs.ts';
import { Styles } from './docx-styles.ts';
import type { ExtractWarning } from './model.ts';
import { findStamps } from './stamps.ts';
import { childOf, childrenOf, descendants } from './xml-tools.ts';

interface Line {
  readonly text: string;
  readonly centred: boolean;
}

const BULLET = /^[-–+•]/u;
const SPACED = 0.15;
const ROW_NUMBER = /^(?:stt|tt|số tt|\d{1,4}[.)]?)$/iu;

class BodyReader {
  readonly #numbering: Numbering;
  readonly #styles: Styles;
  readonly #spaced: boolean;
  legacy = false;

  /** `spaced`: the document puts empty paragraphs between its blocks, as plain text does. */
  constructor(numbering: Numbering, styles: Styles, spaced: boolean) {
    this.#spaced = spaced;
    this.#numbering = numbering;
    this.#styles = styles;
  }

  /** Blocks of a body, cell or text box, in reading order; lines of one block belong together. */
  read(container: XmlElement): Line[][] {
    const blocks: Line[][] = [];
    for (const child of childrenOf(container)) {
      if (child.name === 'p') this.#addParagraph(child, blocks);
      else if (child.name === 'tbl') append(blocks, [...this.#table(child), []]);
      else if (child.name === 'sdt')
        append(
          blocks,
          childrenOf(child, 'sdtContent').flatMap((content) => this.read(content)),
        );
      else if (child.name === 'ins' || child.name === 'smartTag' || child.name === 'customXml') append(blocks, this.read(child));
    }
    return blocks;
  }

  #addParagraph(paragraph: XmlElement, blocks: Line[][]): void {
    const inline = readInline(paragraph, this.#styles);
    this.legacy ||= inline.legacy;
    for (const box of inline.boxes) append(blocks, this.read(box));
    const style = this.#styles.of(paragraph);
    const text = inline.text.trim();
    const counted = style.list !== null && (text !== '' || !isDeleted(paragraph));
    const number = counted && style.list !== null ? this.#numbering.next(style.list.id, style.list.level) : '';
    const line = { text: (text === '' ? '' : `${number}${inline.text.trimStart()}`).replace(/[ \t]+$/gmu, ''), centred: style.centred };
    const last = blocks.at(-1);
    const before = last?.at(-1);
    if (line.text.trim() === '') {
      if (before !== undefined) blocks.push([]);
    } else if (last !== undefined && (before === undefined || this.#spaced || continues(before, line))) last.push(line);
    else blocks.push([line]);
  }

  #cell(cell: XmlElement): Line[] {
    return this.read(cell).flat();
  }

  /** Tables that only place things side by side give their cells one after another; tables of data keep their rows. */
  #table(table: XmlElement): Line[][] {
    const rows = rowsOf(table).map((row) => cellsOf(row).map((cell) => this.#cell(cell)));
    const widest = rows.reduce((most, row) => Math.max(most, row.filter((cell) => cell.length > 0).length), 0);
    const numbered = rows.length > 1 && rows.every((row, at) => at === 0 || ROW_NUMBER.test(row[0]?.[0]?.text ?? ''));
    if (widest <= 2 && !numbered) return rows.flat().filter((cell) => cell.length > 0);
    const lines = rows.map((row) =>
      row
        .map((cell) =>
          cell
            .map((line) => line.text)
            .join(' ')
            .replace(/\s+/gu, ' ')
            .trim(),
        )
        .join(' | ')
        .trimEnd(),
    );
    return [lines.filter((text) => /[^\s|]/u.test(text)).map((text) => ({ text, centred: false }))];
  }
}

/** Like push(...more), for any number. */
function append(blocks: Line[][], more: readonly Line[][]): void {
  for (const block of more) blocks.push(block);
}

/** Bullets of one list and lines of one centred title stay together; any other paragraph stands by itself. */
function continues(before: Line, line: Line): boolean {
  return (BULLET.test(before.text) && BULLET.test(line.text)) || (before.centred && line.centred);
}

function isSpaced(document: XmlElement): boolean {
  const paragraphs = childrenOf(document, 'body').flatMap((body) => childrenOf(body, 'p'));
  const empty = paragraphs.filter((paragraph) => descendants(paragraph, 't').length === 0).length;
  return empty >= 3 && empty > paragraphs.length * SPACED;
}

/** A paragraph whose end was deleted with changes tracked. */
function isDeleted(paragraph: XmlElement): boolean {
  return childOf(childOf(childOf(paragraph, 'pPr'), 'rPr'), 'del') !== undefined;
}

function rowsOf(table: XmlElement): XmlElement[] {
  return childrenOf(table).flatMap((child) => (child.name === 'tr' ? [child] : child.name === 'tbl' ? [] : rowsOf(child)));
}

/** Cells of a row; the lower parts of a cell merged over several rows are empty anyway. */
function cellsOf(row: XmlElement): XmlElement[] {
  return childrenOf(row).flatMap((child) => (child.name === 'tc' ? [child] : child.name === 'tbl' ? [] : cellsOf(child)));
}

/** Headers and footers repeat on every page and are not text of the document, but a stamp may stand there. */
function stampsOf(margins: readonly XmlElement[], styles: Styles): string[] {
  const texts = margins.flatMap((part) => [
    ...descendants(part, 'p').flatMap((paragraph) => {
      const inline = readInline(paragraph, styles);
      return [inline.text, ...inline.boxes.flatMap((box) => descendants(box, 'p').map((one) => readInline(one, styles).text))];
    }),
    ...descendants(part, 'textpath').map((path) => path.attributes.get('string') ?? ''),
  ]);
  return findStamps(texts);
}

/**
 * The text of a .docx: paragraphs with their automatic numbers, tables of the head and the foot left cell before right
 * cell, tables of data row by row, text boxes before the paragraph they hang on, stamps of headers and footers first.
 *
 * @throws OutsideError see `openDocx`
 */
export function readDocx(bytes: Uint8Array, name: string): { text: string; warnings: ExtractWarning[] } {
  const parts = openDocx(bytes, name);
  const styles = new Styles(parts.styles);
  const reader = new BodyReader(new Numbering(parts.numbering), styles, isSpaced(parts.document));
  const blocks = childrenOf(parts.document, 'body').flatMap((body) => reader.read(body));
  const watermarks = descendants(parts.document, 'textpath').map((path) => path.attributes.get('string') ?? '');
  const stamps = [...stampsOf(parts.margins, styles), ...findStamps(watermarks)];
  const body = blocks.filter((block) => block.length > 0).map((block) => block.map((line) => line.text).join('\n'));
  const text = [...new Set(stamps), ...body].join('\n\n').normalize('NFC');
  const warnings = reader.legacy && scoreVietnamese(text).words > 0 ? [legacyFont(name)] : [];
  return { text, warnings };
}

function legacyFont(place: string): ExtractWarning {
  return {
    code: 'legacy-encoding',
    place,
    messages: {
      vi: 'Văn bản dùng phông chữ cũ (.VnTime, VNI) và đã được chuyển sang Unicode. Hãy đối chiếu với bản gốc.',
      en: 'The document uses an old font (.VnTime, VNI) and was converted to Unicode. Compare it with the original.',
    },
  };
}
