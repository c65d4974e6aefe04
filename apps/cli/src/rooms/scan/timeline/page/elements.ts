type Attributes = Readonly<Record<string, string | number | boolean>>;

/** An element with text and elements in it. Text from outside is only ever text here. */
export function element(tag: string, attributes: Attributes = {}, ...children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  set(made, attributes);
  made.append(...children);
  return made;
}

export function drawing(tag: string, attributes: Attributes = {}, ...children: readonly Node[]): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  set(made, attributes);
  made.append(...children);
  return made;
}

function set(made: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false) made.setAttribute(name, String(value));
  }
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}
