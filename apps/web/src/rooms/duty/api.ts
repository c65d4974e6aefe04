import type { Routes } from '../../api/contract.ts';

export type DutyRow = Routes['GET /duty/organisations']['output']['items'][number];
export type DutyShow = NonNullable<NonNullable<Routes['GET /duty/organisations']['query']>['show']>;
export type NewCall = Routes['POST /duty/calls']['body'];
export type CallResult = NewCall['result'];
export type LoggedCall = Routes['GET /duty/calls']['output']['items'][number];

export const RESULTS: readonly CallResult[] = ['picked-up', 'not-picked-up', 'wrong-number'];
