import type { Shown } from './data.ts';
import { byId, element } from './elements.ts';
import { clockOf, say } from './state.ts';
import type { State } from './state.ts';

const MORE = 8;

/** A list of any length of which only what is in view exists. */
export class List {
  readonly #state: State;
  readonly #choose: (hit: Shown) => void;
  readonly #view = byId('list');
  readonly #rows = byId('rows-shown');
  #at = 0;

  constructor(state: State, choose: (hit: Shown) => void) {
    this.#state = state;
    this.#choose = choose;
    this.#view.addEventListener('scroll', () => requestAnimationFrame(() => this.draw()));
    this.#view.addEventListener('keydown', (event) => this.#press(event));
    this.#view.addEventListener('click', (event) => this.#click(event));
    // Also where only what stands above it grows: the filters wrap once they are filled.
    new ResizeObserver(() => this.draw()).observe(this.#view);
  }

  /** Back to the top, with other hits. */
  renew(): void {
    this.#at = Math.max(0, this.#state.passing.indexOf(this.#state.chosen!));
    this.#view.scrollTop = this.#state.chosen === null ? 0 : Math.max(0, (this.#at - 3) * this.#height);
    this.draw();
  }

  draw(): void {
    const { passing, hits } = this.#state;
    const height = this.#height;
    const first = Math.max(0, Math.floor(this.#view.scrollTop / height) - MORE);
    const last = Math.min(passing.length, first + Math.ceil(this.#view.clientHeight / height) + 2 * MORE);
    this.#rows.style.height = `${passing.length * height}px`;
    this.#rows.replaceChildren(...passing.slice(first, last).map((hit, i) => this.#row(hit, first + i)));
    byId('nothing').textContent = passing.length > 0 ? '' : say(this.#state, hits.length > 0 ? 'none' : 'empty');
    this.#view.setAttribute('aria-activedescendant', `hit-${this.#at}`);
  }

  /** As the style sheet has it: a row takes two lines on a phone. */
  get #height(): number {
    return Number.parseFloat(getComputedStyle(this.#view).getPropertyValue('--row')) || 32;
  }

  #row(hit: Shown, at: number): HTMLElement {
    const [file, record, , computer] = hit.row;
    const row = element(
      'div',
      { class: 'row', role: 'option', id: `hit-${at}`, 'aria-selected': hit === this.#state.chosen, 'data-at': at },
      element('time', {}, hit.time === null ? say(this.#state, 'noTime') : clockOf(this.#state, hit.time)),
      element('span', { class: `level ${hit.card.level}` }, say(this.#state, hit.card.level)),
      element('span', { class: 'rule', title: hit.card.title }, hit.card.title),
      element('span', { class: 'computer', title: computer ?? '' }, computer ?? '–'),
      element('span', { class: 'file', title: `${file} #${record}` }, `${file.split('/').at(-1)} #${record}`),
    );
    row.setAttribute('aria-selected', String(hit === this.#state.chosen));
    row.style.top = `${at * this.#height}px`;
    return row;
  }

  #click(event: Event): void {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
    if (row !== null) this.#go(Number(row.dataset['at']));
  }

  #press(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#view.clientHeight / this.#height) - 1);
    const last = this.#state.passing.length - 1;
    const to: Record<string, number> = {
      ArrowDown: this.#at + 1,
      ArrowUp: this.#at - 1,
      PageDown: this.#at + page,
      PageUp: this.#at - page,
      Home: 0,
      End: last,
      Enter: this.#at,
    };
    const next = to[event.key];
    if (next === undefined || last < 0) return;
    event.preventDefault();
    const at = Math.min(last, Math.max(0, this.#state.chosen === null && event.key === 'ArrowDown' ? 0 : next));
    const top = at * this.#height;
    if (top < this.#view.scrollTop) this.#view.scrollTop = top;
    const under = top + this.#height - this.#view.clientHeight;
    if (under > this.#view.scrollTop) this.#view.scrollTop = under;
    this.#go(at);
  }

  #go(at: number): void {
    const hit = this.#state.passing[at];
    if (hit === undefined) return;
    this.#at = at;
    this.#choose(hit);
    this.draw();
  }
}
