import type { ReactElement } from 'react';
import type { State } from './state.ts';

const shapes: Record<State, string | null> = {
  met: 'M1.5 5.5l2.3 2.5L8.5 2.5',
  'at-risk': 'M5 1.5v4.5M5 8.3v.2',
  missed: 'M2 2l6 6M8 2L2 8',
  reported: 'M2 2.5h6v3.8H5L3.3 8V6.3H2z',
  'no-data': null,
  'not-concerned': null,
};

/** The shape of a state, so that it is told without colour: tick, exclamation, cross, speech. */
export function StateGlyph({ state }: { state: State }): ReactElement | null {
  const path = shapes[state];
  if (path === null) return null;
  return (
    <svg
      width="10"
      height="10"
      viewBox="0 0 10 10"
      fill="none"
      stroke="currentColor"
      strokeWidth={state === 'reported' ? 1.2 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
