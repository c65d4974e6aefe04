import type { Text } from '@vonggac/kernel';
import type { TaskState } from '../model.ts';

/** One item of a sheet as it went out: `before` is the answer that stood then, '' where there was none. */
export type SheetRow = { key: string; task: string; path: string; before: string };

/** How far the agency says that it is with an item. */
export type DoneState = 'done' | 'doing' | 'nothing';

type DeclaredState = 'file' | 'desk' | 'contested' | null;

/** What is declared beside the answer itself. `extra`: columns that the sheet did not have, by their heads. */
export type DeclaredData = {
  answer: string;
  done: DoneState | null;
  day: string | null;
  code: string | null;
  remark: string | null;
  extra: Record<string, string>;
  /** The task before, so that it can be taken back. */
  before: {
    state: TaskState;
    answer: string | null;
    answeredAt: string | null;
    declared: DeclaredState;
    requestedDue?: string | null;
  };
  /** Of an answer that stood with another organisation first: there, and who had said it. */
  moved?: { task: string; declared: DeclaredState };
};

/** One row that came back. `line`: its line in the file; `refused` says why nothing of it can be taken. */
export type AnswerRow = {
  key: string;
  task: string;
  path: string;
  line: number;
  answer: string;
  done: DoneState | null;
  day: string | null;
  code: string | null;
  remark: string | null;
  extra: Record<string, string>;
  refused: Text | null;
  /** What the officer should look at: how a date was understood, merged cells. */
  doubts: Text[];
};

/** Longest answer. @unit characters */
export const ANSWER_LIMIT = 20_000;
