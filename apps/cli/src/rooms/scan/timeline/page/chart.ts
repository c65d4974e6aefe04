import { LEVEL_ORDER } from './data.ts';
import type { Shown } from './data.ts';
import { byId, drawing } from './elements.ts';
import { clockOf, passes, wordsOf } from './state.ts';
import type { State } from './state.ts';

const BARS = 120;
const HEIGHT = 100;

type Span = { readonly from: number; readonly to: number };

/** Draws the hits over time, stacked by level; a drag across it zooms in. */
export function drawChart(state: State): void {
  const span = spanOf(state);
  const svg = byId('chart') as unknown as SVGElement;
  svg.replaceChildren();
  byId('axis').replaceChildren();
  if (span === null) return;
  const counts = countsOf(state, span);
  const sums = counts.map((levels) => levels.reduce((sum, count) => sum + count, 0));
  const highest = Math.sqrt(Math.max(1, ...sums));
  for (const [bar, levels] of counts.entries()) {
    // The root keeps a quiet day visible beside one with thousands of hits.
    const whole = Math.max(2, (Math.sqrt(sums[bar]!) / highest) * HEIGHT);
    let below = HEIGHT;
    for (const [level, count] of levels.entries()) {
      if (count === 0) continue;
      const height = (count / sums[bar]!) * whole;
      below -= height;
      svg.append(drawing('rect', { x: bar + 0.08, y: below, width: 0.84, height, class: LEVEL_ORDER.toReversed()[level]! }));
    }
  }
  svg.append(drawing('rect', { id: 'brush', x: 0, y: 0, width: 0, height: HEIGHT }));
  const ends = [span.from, (span.from + span.to) / 2, span.to].map((time) => clockOf(state, time));
  byId('axis').append(...ends.map((text) => Object.assign(document.createElement('span'), { textContent: text })));
}

/** What the chart spans: what was zoomed into, else from the first hit to the last. */
export function spanOf({ hits, filter }: State): Span | null {
  const first = hits[0]?.time ?? null;
  const last = hits.findLast(({ time }) => time !== null)?.time ?? null;
  if (first === null || last === null) return null;
  const from = Math.max(first, filter.from);
  return { from, to: Math.max(from + 1000, Math.min(last + 1, filter.to)) };
}

/** Per bar the hits of each level, the least severe first. */
function countsOf(state: State, { from, to }: Span): number[][] {
  const counts = Array.from({ length: BARS }, () => LEVEL_ORDER.map(() => 0));
  const words = wordsOf(state.filter);
  for (const hit of state.hits) {
    if (hit.time === null || hit.time < from || hit.time >= to || !passes(hit, state.filter, words)) continue;
    const bar = Math.min(BARS - 1, Math.floor(((hit.time - from) / (to - from)) * BARS));
    counts[bar]![rankOf(hit)]!++;
  }
  return counts;
}

function rankOf({ card }: Shown): number {
  return LEVEL_ORDER.length - 1 - LEVEL_ORDER.indexOf(card.level);
}

export function listenToChart(state: State, zoom: (span: Span) => void): void {
  const svg = byId('chart') as unknown as SVGElement;
  let start: number | null = null;
  const at = (event: PointerEvent): number => {
    const { left, width } = svg.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  svg.addEventListener('pointerdown', (event) => {
    start = at(event);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener('pointermove', (event) => {
    if (start === null) return;
    const brush = svg.querySelector('#brush');
    brush?.setAttribute('x', String(Math.min(start, at(event)) * BARS));
    brush?.setAttribute('width', String(Math.abs(at(event) - start) * BARS));
  });
  svg.addEventListener('pointerup', (event) => {
    const span = spanOf(state);
    const [low, high] = [Math.min(start ?? 0, at(event)), Math.max(start ?? 0, at(event))];
    start = null;
    svg.querySelector('#brush')?.setAttribute('width', '0');
    if (span === null || high - low < 0.005) return;
    const width = span.to - span.from;
    zoom({ from: Math.floor(span.from + low * width), to: Math.ceil(span.from + high * width) });
  });
}
