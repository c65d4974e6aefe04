import type { XmlElement } from '@vonggac/outside';
import { childOf, childrenOf, valueOf } from './xml-tools.ts';

/** How a paragraph is set, as far as reading needs it. */
export interface ParagraphStyle {
  readonly list: { readonly id: string; readonly level: number } | null;
  readonly centred: boolean;
}

/** Styles of a document: what a paragraph inherits of list and alignment. ECMA-376 Part 1 §17.7. */
export class Styles {
  readonly #byId: Map<string, XmlElement>;

  constructor(styles: XmlElement | undefined) {
    this.#byId = new Map(childrenOf(styles, 'style').map((style) => [style.attributes.get('styleId') ?? '', style]));
  }

  /** Properties of a paragraph and of the styles it rests on, nearest first. */
  #chain(paragraph: XmlElement): (XmlElement | undefined)[] {
    const own = childOf(paragraph, 'pPr');
    const chain = [own];
    let id = valueOf(own, 'pStyle');
    for (let steps = 0; id !== undefined && steps < 12; steps++) {
      const style: XmlElement | undefined = this.#byId.get(id);
      chain.push(childOf(style, 'pPr'));
      id = valueOf(style, 'basedOn');
    }
    return chain;
  }

  of(paragraph: XmlElement): ParagraphStyle {
    const chain = this.#chain(paragraph);
    const lists = chain.map((properties) => childOf(properties, 'numPr')).filter((one) => one !== undefined);
    const id = lists.map((one) => valueOf(one, 'numId')).find((one) => one !== undefined);
    const level = lists.map((one) => valueOf(one, 'ilvl')).find((one) => one !== undefined);
    const alignment = chain.map((properties) => valueOf(properties, 'jc')).find((one) => one !== undefined);
    const list = id === undefined || id === '0' ? null : { id, level: Number(level ?? 0) };
    return { list, centred: alignment === 'center' };
  }
}
