export type { Reading, Span } from './model.ts';
export { acts, bases, bindings, directives, recipients, requirements } from './tables.ts';
