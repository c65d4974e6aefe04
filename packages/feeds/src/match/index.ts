export { NoSuchColumns } from '../named-table.ts';
export { ListMatcher, REASONS } from './matcher.ts';
export type { Reason } from './matcher.ts';
export { piecesOf } from '../source.ts';
export { RegisterReader } from './register.ts';
export type { Bilingual, Holding, RegisterRemark } from './register.ts';
