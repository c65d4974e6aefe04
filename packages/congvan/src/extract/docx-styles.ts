import type { XmlElement } from '@vonggac/outside';
import { childOf, childrenOf, isOn, valueOf } from './xml-tools.ts';

/** How a paragraph is set, as far as reading needs it. */
export interface ParagraphStyle {
  readonly list: { readonly id: string; readonly level: number } | null;
  readonly centred: boolean;
}

/** How a run is set, as far as reading needs it. */
export interface RunStyle {
  readonly font: string;
  readonly capitals: boolean;
  readonly hidden: boolean;
}

type Properties = readonly (XmlElement | undefined)[];

const DEEPEST = 12;

function isDefaultParagraph(style: XmlElement): boolean {
  return style.attributes.get('type') === 'paragraph' && /^(?:1|true|on)$/u.test(style.attributes.get('default') ?? '');
}

/** The nearest font that is named; one of the theme has no name here and is a Unicode font. */
function fontOf(chain: Properties): string {
  for (const properties of chain) {
    const named = childOf(properties, 'rFonts')?.attributes;
    if (named === undefined) continue;
    const font = named.get('ascii') ?? named.get('hAnsi');
    if (font !== undefined) return font;
    if (named.has('asciiTheme') || named.has('hAnsiTheme')) return '';
  }
  return '';
}

function toggled(chain: Properties, name: string): boolean {
  return isOn(
    chain.find((properties) => childOf(properties, name) !== undefined),
    name,
  );
}

/** Styles of a document: what paragraphs and runs inherit of lists, alignment, font and capitals. ECMA-376 Part 1 §17.7. */
export class Styles {
  readonly #byId: Map<string, XmlElement>;
  readonly #chains = new Map<string, readonly XmlElement[]>();
  readonly #basic: string | undefined;
  readonly #defaults: XmlElement | undefined;

  constructor(styles: XmlElement | undefined) {
    const all = childrenOf(styles, 'style');
    this.#byId = new Map(all.map((style) => [style.attributes.get('styleId') ?? '', style]));
    this.#basic = all.find(isDefaultParagraph)?.attributes.get('styleId');
    this.#defaults = childOf(childOf(childOf(styles, 'docDefaults'), 'rPrDefault'), 'rPr');
  }

  /** A style and those it rests on, nearest first. */
  #chain(id: string | undefined): readonly XmlElement[] {
    if (id === undefined) return [];
    const known = this.#chains.get(id);
    if (known !== undefined) return known;
    const chain: XmlElement[] = [];
    let at: string | undefined = id;
    for (let steps = 0; at !== undefined && steps < DEEPEST; steps++) {
      const style: XmlElement | undefined = this.#byId.get(at);
      if (style !== undefined) chain.push(style);
      at = valueOf(style, 'basedOn');
    }
    this.#chains.set(id, chain);
    return chain;
  }

  #styleOf(paragraph: XmlElement): readonly XmlElement[] {
    return this.#chain(valueOf(childOf(paragraph, 'pPr'), 'pStyle') ?? this.#basic);
  }

  of(paragraph: XmlElement): ParagraphStyle {
    const chain = [childOf(paragraph, 'pPr'), ...this.#styleOf(paragraph).map((style) => childOf(style, 'pPr'))];
    const lists = chain.map((properties) => childOf(properties, 'numPr')).filter((one) => one !== undefined);
    const id = lists.map((one) => valueOf(one, 'numId')).find((one) => one !== undefined);
    const level = lists.map((one) => valueOf(one, 'ilvl')).find((one) => one !== undefined);
    const alignment = chain.map((properties) => valueOf(properties, 'jc')).find((one) => one !== undefined);
    const list = id === undefined || id === '0' ? null : { id, level: Number(level ?? 0) };
    return { list, centred: alignment === 'center' };
  }

  ofRun(run: XmlElement, paragraph: XmlElement): RunStyle {
    const own = childOf(run, 'rPr');
    const styles = [...this.#chain(valueOf(own, 'rStyle')), ...this.#styleOf(paragraph)];
    const chain = [own, ...styles.map((style) => childOf(style, 'rPr')), this.#defaults];
    return { font: fontOf(chain), capitals: toggled(chain, 'caps'), hidden: toggled(chain, 'vanish') };
  }
}
