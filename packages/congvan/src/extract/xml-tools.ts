import type { XmlElement } from '@vonggac/outside';

/** Child elements, optionally of one local name. */
export function childrenOf(element: XmlElement | undefined, name?: string): XmlElement[] {
  return (element?.children ?? []).filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
  );
}

/** First child element of a local name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0];
}

/** All descendants of a local name, in document order; does not look inside a match. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  return childrenOf(element).flatMap((child) => (child.name === name ? [child] : descendants(child, name)));
}

/** The `w:val` of a child such as `<w:jc w:val="center"/>`. */
export function valueOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.attributes.get('val');
}

/** Whether a toggle such as `<w:vanish/>` is on (ECMA-376 Part 1 §17.17.4). */
export function isOn(properties: XmlElement | undefined, name: string): boolean {
  const toggle = childOf(properties, name);
  return toggle !== undefined && !/^(?:0|false|off)$/u.test(toggle.attributes.get('val') ?? 'true');
}

/** The characters directly inside an element. */
export function ownText(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('');
}
