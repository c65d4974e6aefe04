export { handOverCalls } from './hand-over.ts';
export { type CallsQuery, listCalls, type LoggedCall } from './list-calls.ts';
export { type DutyQuery, type DutyRow, listDuty } from './list-duty.ts';
export { type DutyCall, logCall } from './log-call.ts';
export { dutyCallsPickedUp } from './measures.ts';
export { CALL_RESULTS, type CallResult } from './model.ts';
export { type DutyPick, latestPick, pickForCalls } from './pick.ts';
export { dutyCalls, dutyPicks } from './tables.ts';
