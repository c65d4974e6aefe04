import { planted } from '../tasks/inner.ts';

export const up = planted;
