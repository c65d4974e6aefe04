// Documents for tests, made here byte by byte so that they can be as wrong as wanted.
import { crc32, deflateRawSync } from 'node:zlib';

export interface TestEntry {
  readonly name: string;
  readonly content: Uint8Array | string;
  readonly declaredSize?: number;
}

function zipHeader(entry: TestEntry, packed: Uint8Array, content: Uint8Array, offset: number | null): Buffer {
  const name = Buffer.from(entry.name);
  const fixed = Buffer.alloc(offset === null ? 30 : 46);
  const shift = offset === null ? 0 : 2;
  fixed.writeUInt32LE(offset === null ? 0x04034b50 : 0x02014b50, 0);
  fixed.writeUInt16LE(8, 8 + shift);
  fixed.writeUInt32LE(crc32(content), 14 + shift);
  fixed.writeUInt32LE(packed.length, 18 + shift);
  fixed.writeUInt32LE(entry.declaredSize ?? content.length, 22 + shift);
  fixed.writeUInt16LE(name.length, 26 + shift);
  if (offset !== null) fixed.writeUInt32LE(offset, 42);
  return Buffer.concat([fixed, name]);
}

/** A zip archive of deflated entries; `declaredSize` lets the headers lie. */
export function makeZip(entries: readonly TestEntry[]): Uint8Array {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const content = typeof entry.content === 'string' ? Buffer.from(entry.content) : entry.content;
    const packed = deflateRawSync(content);
    central.push(zipHeader(entry, packed, content, at));
    const block = Buffer.concat([zipHeader(entry, packed, content, null), packed]);
    local.push(block);
    at += block.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...local, directory, end]));
}

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const NAMESPACES = `xmlns:w="${W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:wps"`;

export interface TestDocx {
  /** Content of w:body. */
  readonly body: string;
  readonly numbering?: string;
  readonly styles?: string;
  readonly header?: string;
  readonly contentType?: string;
  /** Further relations of the document: type, target, external. */
  readonly relations?: readonly (readonly [string, string, boolean])[];
  readonly more?: readonly TestEntry[];
  /** Text put before the document part, such as a DOCTYPE. */
  readonly prolog?: string;
}

function relation(id: number, type: string, target: string, external: boolean): string {
  return `<Relationship Id="x${id}" Type="${R}/${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`;
}

/** The parts of a .docx. */
export function docxEntries(docx: TestDocx): TestEntry[] {
  const own = [
    ['numbering', 'numbering.xml', false],
    ['styles', 'styles.xml', false],
    ['header', 'header1.xml', false],
  ] as const;
  const relations = [...own, ...(docx.relations ?? [])]
    .map(([type, target, external], at) => relation(at, type, target, external))
    .join('');
  return [
    {
      name: '[Content_Types].xml',
      content: `<Types><Override PartName="/word/document.xml" ContentType="${docx.contentType ?? TYPE}"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content: `<Relationships xmlns="${RELATIONSHIPS}">${relation(0, 'officeDocument', 'word/document.xml', false)}</Relationships>`,
    },
    { name: 'word/_rels/document.xml.rels', content: `<Relationships xmlns="${RELATIONSHIPS}">${relations}</Relationships>` },
    { name: 'word/document.xml', content: `${docx.prolog ?? ''}<w:document ${NAMESPACES}><w:body>${docx.body}</w:body></w:document>` },
    { name: 'word/numbering.xml', content: `<w:numbering ${NAMESPACES}>${docx.numbering ?? ''}</w:numbering>` },
    { name: 'word/styles.xml', content: `<w:styles ${NAMESPACES}>${docx.styles ?? ''}</w:styles>` },
    { name: 'word/header1.xml', content: `<w:hdr ${NAMESPACES}>${docx.header ?? ''}</w:hdr>` },
    ...(docx.more ?? []),
  ];
}

export function makeDocx(docx: TestDocx): Uint8Array {
  return makeZip(docxEntries(docx));
}

/** A paragraph with one run. */
export function p(text: string, paragraph = '', run = ''): string {
  return `<w:p><w:pPr>${paragraph}</w:pPr><w:r><w:rPr>${run}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** A table of cells, each given as its content. */
export function table(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]): string => row.map((cell) => `<w:tc><w:tcPr/>${cell}</w:tc>`).join('');
  return `<w:tbl><w:tblPr/>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
}

export interface PdfText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  /** Degrees, counterclockwise. */
  readonly turn?: number;
  /** What the file says that the text stands for (/ActualText). */
  readonly actual?: string;
}

export interface TestPdf {
  /** The texts of each page, placed in points on A4. */
  readonly pages: readonly (readonly PdfText[])[];
  /** Rules drawn on every page: x, y, width, height. */
  readonly rules?: readonly (readonly [number, number, number, number])[];
  /** Texts put on the first page afterwards, as records offices and signing programs do. */
  readonly annotations?: readonly PdfText[];
  /** Adds an /Encrypt dictionary whose password nobody knows. */
  readonly encrypted?: boolean;
  /** Draws an image of this many pixels square over every page. */
  readonly image?: number;
}

// Every letter is 0.5 em wide here; what matters is where things stand.
const GLYPH_WIDTH = 500;

/** Width in points at which `makePdf` prints a text. */
export function pdfWidth(text: string, size = 14): number {
  return (text.normalize('NFC').length * GLYPH_WIDTH * size) / 1000;
}

function contentOf(texts: readonly PdfText[], codes: Map<string, number>): string {
  const shown = texts.map(({ text, x, y, size = 14, turn = 0, actual }) => {
    const hex = [...text.normalize('NFC')].map((letter) => {
      const code = codes.get(letter) ?? codes.size + 33;
      codes.set(letter, code);
      return code.toString(16).padStart(2, '0');
    });
    const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
    const shown = `BT /F1 ${size} Tf ${cos} ${sin} ${-sin} ${cos} ${x} ${y} Tm <${hex.join('')}> Tj ET`;
    if (actual === undefined) return shown;
    return `/Span <</ActualText <FEFF${Buffer.from(actual, 'utf16le').swap16().toString('hex')}>>> BDC ${shown} EMC`;
  });
  return shown.join('\n');
}

function fontOf(codes: Map<string, number>): string {
  const names = [...codes.keys()].map((letter) => `/uni${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`);
  const widths = names.map(() => GLYPH_WIDTH).join(' ');
  const encoding = `<< /Type /Encoding /Differences [33 ${names.join(' ')}] >>`;
  return `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 33 /LastChar ${32 + names.length} /Widths [${widths}] /Encoding ${encoding} >>`;
}

/** A PDF 1.4 with a real cross-reference table. At most 220 different letters. */
export function makePdf(pdf: TestPdf): Uint8Array {
  const codes = new Map<string, number>();
  const rules = (pdf.rules ?? []).map((rule) => `${rule.join(' ')} re f\n`).join('');
  const draw = rules + (pdf.image === undefined ? '' : 'q 595 0 0 842 0 0 cm /I1 Do Q\n');
  const contents = pdf.pages.map((texts) => draw + contentOf(texts, codes));
  const notes = (pdf.annotations ?? []).map((note) => contentOf([{ ...note, x: 0, y: 2 }], codes));
  const first = 5;
  const noteAt = first + pdf.pages.length * 2;
  const listed = notes.map((_, at) => `${noteAt + at * 2} 0 R`).join(' ');
  const pages = contents.map(
    (_, at) =>
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${first + at * 2 + 1} 0 R /Annots [${at === 0 ? listed : ''}] /Resources << /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>`,
  );
  const side = pdf.image ?? 1;
  const image = `<< /Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${first + at * 2} 0 R`).join(' ')}] >>`,
    fontOf(codes),
    image,
  ];
  for (const [at, page] of pages.entries())
    objects.push(page, `<< /Length ${contents[at]?.length ?? 0} >>\nstream\n${contents[at] ?? ''}\nendstream`);
  for (const [at, { x, y, size = 14, text }] of (pdf.annotations ?? []).entries()) {
    const [width, height] = [pdfWidth(text, size), size + 4];
    const box = `[${x} ${y - 2} ${x + width} ${y - 2 + height}]`;
    objects.push(`<< /Type /Annot /Subtype /FreeText /Rect ${box} /F 4 /DA (/F1 ${size} Tf) /AP << /N ${noteAt + at * 2 + 1} 0 R >> >>`);
    const content = notes[at] ?? '';
    objects.push(
      `<< /Type /XObject /Subtype /Form /BBox [0 0 ${width} ${height}] /Resources << /Font << /F1 3 0 R >> >> /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  const key = 'ab'.repeat(32);
  const encrypt = pdf.encrypted ? ` /Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >> /ID [<00> <00>]` : '';
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${encrypt} >>\nstartxref\n${file.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, 'latin1'));
}
