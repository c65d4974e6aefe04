export { StateBar } from './StateBar.tsx';
export { StateCell, StateChip, StateLegend } from './StateChip.tsx';
export { STATES } from './state.ts';
export type { State, StateValue } from './state.ts';
