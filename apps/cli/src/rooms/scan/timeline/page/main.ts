import { drawChart, listenToChart, spanOf } from './chart.ts';
import { LEVEL_ORDER, readFacts, readHits } from './data.ts';
import type { Facts, Shown } from './data.ts';
import { drawDetail } from './detail.ts';
import { byId, element } from './elements.ts';
import { List } from './list.ts';
import { clockOf, counted, isWithin, openFilter, passes, say, timeFrom, wordsOf } from './state.ts';
import type { State, Zone } from './state.ts';
import { COUNTED, TEXTS } from './texts.ts';
import type { TextName } from './texts.ts';

const MOST_PRINTED = 2000;
const SEARCH_WAITS = 200;

const facts = readFacts();
const state: State = {
  hits: [],
  filter: openFilter(),
  passing: [],
  chosen: null,
  language: navigator.language.startsWith('en') ? 'en' : 'vi',
  zone: '+07:00',
  onlyMatched: false,
};

function choose(hit: Shown | null): void {
  state.chosen = hit;
  drawDetail(state, () => {
    choose(null);
    byId('list').focus();
  });
}

const list = new List(state, choose);

/** After a change of the filters. */
function refilter(): void {
  const words = wordsOf(state.filter);
  state.passing = state.hits.filter((hit) => isWithin(hit, state.filter) && passes(hit, state.filter, words));
  drawChart(state);
  drawTimes();
  byId('count').textContent = COUNTED[state.language].passing(counted(state, state.passing.length), counted(state, state.hits.length));
  list.renew();
}

/** After a change of language or zone, and at the start. */
function redraw(): void {
  document.documentElement.lang = state.language;
  document.title = say(state, 'title');
  for (const named of document.querySelectorAll<HTMLElement>('[data-text]')) {
    named.textContent = TEXTS[state.language][named.dataset['text'] as TextName];
  }
  for (const labelled of document.querySelectorAll<HTMLElement>('[data-label]')) {
    labelled.setAttribute('aria-label', TEXTS[state.language][labelled.dataset['label'] as TextName]);
  }
  byId<HTMLInputElement>('search').placeholder = say(state, 'search');
  byId('facts-said').replaceChildren(...sentences(facts).map((sentence) => element('span', {}, sentence)));
  drawChoices();
  drawDetail(state, () => choose(null));
  refilter();
}

function sentences(of: Facts): string[] {
  const texts = COUNTED[state.language];
  const number = (value: number): string => counted(state, value);
  return [
    texts.scan(number(of.events), number(of.files), number(of.loaded)),
    of.refused > 0 ? texts.refused(number(of.refused)) : '',
    of.damaged > 0 ? texts.damaged(number(of.damaged)) : '',
    of.unread > 0 ? texts.unread(number(of.unread)) : '',
    of.unknown > 0 ? texts.unknown(number(of.unknown)) : '',
    of.isStopped ? say(state, 'stopped') : '',
    of.held < of.hits ? texts.held(number(of.held), number(of.hits)) : '',
  ].filter(Boolean);
}

function drawChoices(): void {
  const { filter } = state;
  const levels = LEVEL_ORDER.map((level) => {
    const count = state.hits.filter(({ card }) => card.level === level).length;
    const chip = element('button', { type: 'button', class: `level ${level}` }, `${say(state, level)} ${counted(state, count)}`);
    chip.setAttribute('aria-pressed', String(filter.levels.has(level)));
    chip.addEventListener('click', () => {
      if (!filter.levels.delete(level)) filter.levels.add(level);
      chip.setAttribute('aria-pressed', String(filter.levels.has(level)));
      refilter();
    });
    return chip;
  });
  byId('levels').replaceChildren(...levels);
  fill('rule', ({ card }) => [card.id, card.title]);
  fill('computer', ({ row }) => [row[3] ?? '', row[3] ?? '']);
  fill('file', ({ row }) => [row[0], row[0]]);
}

/** The most frequent first. */
function fill(name: 'rule' | 'computer' | 'file', valueOf: (hit: Shown) => [value: string, text: string]): void {
  const counts = new Map<string, { text: string; count: number }>();
  for (const hit of state.hits) {
    const [value, text] = valueOf(hit);
    const known = counts.get(value);
    if (known === undefined) counts.set(value, { text, count: 1 });
    else known.count++;
  }
  const sorted = [...counts].filter(([value]) => value !== '').sort((a, b) => b[1].count - a[1].count);
  const options = sorted.map(([value, { text, count }]) => element('option', { value }, `${text} (${counted(state, count)})`));
  const select = byId<HTMLSelectElement>(name);
  select.replaceChildren(element('option', { value: '' }, say(state, 'all')), ...options);
  select.value = state.filter[name];
}

function drawTimes(): void {
  const span = spanOf(state);
  const said = (time: number | undefined): string => (time === undefined ? '' : clockOf(state, time).replace(' ', 'T'));
  byId<HTMLInputElement>('from').value = said(span?.from);
  byId<HTMLInputElement>('to').value = said(span?.to);
  byId<HTMLButtonElement>('whole').disabled = state.filter.from === -Infinity && state.filter.to === Infinity;
}

function listen(): void {
  const { filter } = state;
  for (const name of ['rule', 'computer', 'file'] as const) {
    byId<HTMLSelectElement>(name).addEventListener('change', ({ target }) => {
      filter[name] = (target as HTMLSelectElement).value;
      refilter();
    });
  }
  let waiting = 0;
  byId<HTMLInputElement>('search').addEventListener('input', ({ target }) => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      filter.search = (target as HTMLInputElement).value;
      refilter();
    }, SEARCH_WAITS);
  });
  for (const end of ['from', 'to'] as const) {
    byId<HTMLInputElement>(end).addEventListener('change', ({ target }) => {
      filter[end] = timeFrom(state, (target as HTMLInputElement).value) ?? (end === 'from' ? -Infinity : Infinity);
      refilter();
    });
  }
  byId('whole').addEventListener('click', () => {
    Object.assign(filter, { from: -Infinity, to: Infinity });
    refilter();
  });
  byId('reset').addEventListener('click', () => {
    Object.assign(filter, openFilter());
    byId<HTMLInputElement>('search').value = '';
    drawChoices();
    refilter();
  });
  byId('more').addEventListener('click', () => {
    const isOpen = byId('more').getAttribute('aria-expanded') === 'true';
    byId('more').setAttribute('aria-expanded', String(!isOpen));
  });
  byId('language').addEventListener('click', () => {
    state.language = state.language === 'vi' ? 'en' : 'vi';
    redraw();
  });
  byId('zone').addEventListener('change', ({ target }) => {
    state.zone = (target as HTMLSelectElement).value as Zone;
    redraw();
  });
  byId('print').addEventListener('click', () => print());
  addEventListener('beforeprint', drawPrinted);
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape' && state.chosen !== null) choose(null);
  });
  listenToChart(state, (span) => {
    Object.assign(filter, span);
    refilter();
  });
}

/** Paper has no view to scroll: it gets the hits as a table of their own. */
function drawPrinted(): void {
  const rows = state.passing.slice(0, MOST_PRINTED).map(({ time, card, row: [file, record, , computer], row, matched }) =>
    element(
      'tr',
      {},
      element('td', {}, time === null ? '' : clockOf(state, time)),
      element('td', {}, say(state, card.level)),
      element('td', {}, card.author === null ? card.title : `${card.title} (${card.author})`),
      element('td', {}, computer ?? ''),
      element('td', {}, `${file} #${record}`),
      element(
        'td',
        {},
        matched
          .map((at) => row[5][at]?.join('='))
          .join('; ')
          .slice(0, 300),
      ),
    ),
  );
  const said = COUNTED[state.language].printed(counted(state, rows.length), counted(state, state.passing.length));
  byId('printed').replaceChildren(element('caption', {}, `${said} ${state.zone}. ${say(state, 'sigmaLicense')}`), ...rows);
}

try {
  state.hits = await readHits(facts);
  listen();
  redraw();
  document.body.classList.remove('is-opening');
} catch (error) {
  byId('opening').textContent = `${TEXTS.vi.broken} ${TEXTS.en.broken} (${String(error)})`;
}
