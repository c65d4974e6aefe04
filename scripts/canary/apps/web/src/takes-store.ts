import { stolen } from '../../../packages/store/src/stolen.ts';

export const taken = stolen;
