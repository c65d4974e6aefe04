import { decodeFontText } from '@vonggac/outside';
import type { XmlElement } from '@vonggac/outside';
import type { RunStyle, Styles } from './docx-styles.ts';
import { childrenOf, ownText } from './xml-tools.ts';

/** What a walk through a paragraph finds. */
export interface Inline {
  text: string;
  /** Text boxes anchored in the paragraph, such as stamps. */
  readonly boxes: XmlElement[];
  /** Whether a font of an old encoding was converted. */
  legacy: boolean;
}

const SKIPPED = new Set([
  'del',
  'moveFrom',
  'pPr',
  'rPr',
  'instrText',
  'delText',
  'footnoteReference',
  'endnoteReference',
  'commentReference',
  'rubyPr',
  'rt',
]);
const GREEK_BULLETS = /[\uF000-\uF0FF]/gu;

/** Fonts whose letters are not Unicode: .VnTime and its sisters are TCVN3, those with H only have capitals; VNI-Times is VNI. */
function fromFont(text: string, font: string): string | null {
  if (/^\.vn/iu.test(font)) {
    const decoded = decodeFontText(text, 'tcvn3');
    return decoded !== null && /^\.vn\w*h$/iu.test(font.replaceAll(' ', '')) ? decoded.toUpperCase() : decoded;
  }
  return /^vni[- ]/iu.test(font) ? decodeFontText(text, 'vni') : null;
}

function charactersOf(element: XmlElement): string {
  switch (element.name) {
    case 't':
      return ownText(element);
    case 'tab':
    case 'ptab':
      return '\t';
    case 'br':
    case 'cr':
      return '\n';
    case 'noBreakHyphen':
      return '-';
    default:
      return '';
  }
}

function addRun(run: XmlElement, style: RunStyle, inline: Inline): void {
  let text = '';
  for (const child of childrenOf(run)) {
    if (SKIPPED.has(child.name)) continue;
    if (child.name === 't' || child.children.length === 0) text += charactersOf(child);
    else collectBoxes(child, inline);
  }
  if (style.hidden) return;
  const converted = fromFont(text, style.font);
  if (converted !== null && converted !== text) inline.legacy = true;
  const shown = (converted ?? text).replace(GREEK_BULLETS, '•');
  inline.text += style.capitals ? shown.toUpperCase() : shown;
}

/** Of the two versions in mc:AlternateContent one is taken: the first that holds text. */
function collectBoxes(element: XmlElement, inline: Inline): void {
  if (element.name === 'AlternateContent') {
    for (const version of childrenOf(element)) {
      const before = inline.boxes.length;
      collectBoxes(version, inline);
      if (inline.boxes.length > before) return;
    }
    return;
  }
  for (const child of childrenOf(element)) {
    if (child.name === 'txbxContent') inline.boxes.push(child);
    else collectBoxes(child, inline);
  }
}

function walk(element: XmlElement, inline: Inline, styleOf: (run: XmlElement) => RunStyle): void {
  for (const child of childrenOf(element)) {
    if (SKIPPED.has(child.name)) continue;
    if (child.name === 'r') addRun(child, styleOf(child), inline);
    else if (child.name === 'AlternateContent') collectBoxes(child, inline);
    else if (child.name !== 'txbxContent') walk(child, inline, styleOf);
  }
}

/**
 * The text of a paragraph as a reader sees it: tracked deletions, hidden text, comments and field codes are left out,
 * tracked insertions and results of fields are kept, capitals by formatting become capitals.
 */
export function readInline(paragraph: XmlElement, styles: Styles): Inline {
  const inline: Inline = { text: '', boxes: [], legacy: false };
  // A paragraph whose mark is deleted or hidden still shows the runs that are not.
  walk(paragraph, inline, (run) => styles.ofRun(run, paragraph));
  return inline;
}
