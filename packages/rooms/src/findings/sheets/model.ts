import type { Text } from '@vonggac/kernel';
import { ANSWERS, type Approval, type FindingAnswer, type FindingState } from '../model.ts';

/** Which open findings a sheet holds: those that stand in these lists, all where null; in the newest list alone. */
export type SheetFilter = { lists: readonly string[] | null; directive: string | null; newest: boolean };

/** What an answer from a sheet takes the place of. */
export type Stood = { state: FindingState; answer: FindingAnswer | null; answeredAt: string | null; approval: Approval | null };

/** One finding of a sheet as it went out. `seen`: when it had last been seen. */
export type SheetRow = { key: string; finding: string; name: string; seen: string } & Stood;

export const SHEET_ANSWERS = ANSWERS;
export type SheetAnswer = (typeof SHEET_ANSWERS)[number];

/** What a filled-in row says. */
export type Said = {
  answer: SheetAnswer | null;
  postponedTo: string | null;
  machinesDone: number | null;
  machinesTotal: number | null;
  note: string | null;
};

/** One row that came back. `refused` says why nothing of it can be taken, and at which cell. */
export type CameRow = Said & {
  key: string;
  line: number;
  isEmpty: boolean;
  extra: Record<string, string>;
  refused: { cell: string; text: Text } | null;
  /** What the officer should look at. */
  doubts: Text[];
};

/**
 * What a row comes to. `take`: it becomes the answer; `same`: it says nothing new; `missing`: its row was deleted; `closed`: nothing can
 * be answered there now; `changed`: somebody answered since the sheet went out.
 */
export const ROW_STATES = ['take', 'same', 'missing', 'refused', 'closed', 'changed'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** The most rows of one sheet, and of all that are made at once. */
export const MOST_ROWS = 5000;
export const MOST_AT_ONCE = 20_000;
export const NOTE_LIMIT = 2000;
export const MOST_MACHINES = 1_000_000;
