import { byId, element } from './elements.ts';
import { clockOf, say } from './state.ts';
import type { State } from './state.ts';

/** Shows the chosen hit: its rule with author and licence, where the event stands, and its fields. */
export function drawDetail(state: State, close: () => void): void {
  const box = byId('detail');
  const hit = state.chosen;
  document.body.classList.toggle('has-detail', hit !== null);
  if (hit === null) return box.replaceChildren(element('p', { class: 'hint' }, say(state, 'choose')));
  const { card, row, time } = hit;
  const [file, record, , computer, channel] = row;
  const button = element('button', { type: 'button', class: 'close' }, say(state, 'close'));
  button.addEventListener('click', close);
  const facts: [string, string | null][] = [
    [say(state, 'time'), time === null ? null : `${clockOf(state, time)} ${state.zone === 'UTC' ? 'UTC' : 'GMT+7'}`],
    [say(state, 'computer'), computer],
    [say(state, 'channel'), channel],
    [say(state, 'file'), file],
    [say(state, 'record'), String(record)],
    [say(state, 'author'), card.author],
    [say(state, 'license'), card.license],
    [say(state, 'status'), card.status],
    ['ID', card.id],
  ];
  box.replaceChildren(
    element('header', {}, element('span', { class: `level ${card.level}` }, say(state, card.level)), button),
    element('h2', {}, card.title),
    described(facts),
    ...fieldsOf(state),
    ...section(say(state, 'description'), card.description === null ? [] : [element('p', {}, card.description)]),
    ...section(say(state, 'falsepositives'), listed(card.falsepositives)),
    ...section(say(state, 'references'), listed(card.references)),
    ...section(say(state, 'tags'), card.tags.length > 0 ? [element('p', {}, card.tags.join(', '))] : []),
    element('p', { class: 'hint' }, say(state, 'sigmaLicense')),
  );
  box.scrollTop = 0;
}

function described(pairs: readonly (readonly [string, string | null])[]): HTMLElement {
  const said = pairs.filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== '');
  return element('dl', {}, ...said.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
}

function fieldsOf(state: State): HTMLElement[] {
  const { row, matched } = state.chosen!;
  const box = element('input', { type: 'checkbox' }) as HTMLInputElement;
  box.checked = state.onlyMatched;
  const table = element('table', { class: 'fields' });
  const draw = (): void => {
    const all = row[5].map(([name, value], at) => ({ name, value, isMatched: matched.includes(at) }));
    all.sort((a, b) => Number(b.isMatched) - Number(a.isMatched));
    const shown = all.filter(({ isMatched }) => isMatched || !state.onlyMatched);
    table.replaceChildren(
      ...shown.map(({ name, value, isMatched }) => {
        const cell = isMatched ? element('mark', {}, value) : value;
        return element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, cell));
      }),
    );
  };
  box.addEventListener('change', () => {
    state.onlyMatched = box.checked;
    draw();
  });
  draw();
  return [element('h3', {}, say(state, 'fields')), element('label', { class: 'only' }, box, ` ${say(state, 'onlyMatched')}`), table];
}

function section(title: string, content: readonly HTMLElement[]): HTMLElement[] {
  return content.length === 0 ? [] : [element('h3', {}, title), ...content];
}

/** Addresses lead out of the page only when somebody clicks on them, and only to the web. */
function listed(texts: readonly string[]): HTMLElement[] {
  if (texts.length === 0) return [];
  const item = (text: string): HTMLElement => {
    const isWeb = /^https?:\/\//u.test(text);
    return element('li', {}, isWeb ? element('a', { href: text, rel: 'noreferrer noopener', target: '_blank' }, text) : text);
  };
  return [element('ul', {}, ...texts.map(item))];
}
