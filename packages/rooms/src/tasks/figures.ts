import { litAt, type LitCounts, noCounts, type Row, taskAt } from './matrix-model.ts';

export type Figure = { value: number; of: number };
export type Figures = {
  organisations: number;
  tasks: number;
  measured: Figure;
  met: Figure;
  opened: Figure;
  receivedInDay: Figure;
  inTime: Figure;
  answered: Figure;
  toReview: number;
  overdue: number;
  /** Answers that the agency did not give itself and has not confirmed, of those answered. */
  declared: Record<'file' | 'desk' | 'contested', Figure>;
  /** Reporting periods that were reported, of those that ended; and those that wait for review. */
  periods: Figure;
  periodsToReview: number;
};

/** The figures at the head of a directive, each with its denominator, from the rows of its matrix. */
export function figuresOf(rows: readonly Row[], columns: number, measuredColumns: ReadonlySet<number>): Figures {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  const counts = noCounts();
  for (const row of rows) addCells(counts, row, columns, measuredColumns);
  const tasks = sum((row) => row.answered[1]);
  const lit = counts.met + counts['at-risk'] + counts.missed;
  const answered = sum((row) => row.answered[0]);
  const declared = (mark: 'f' | 'd' | 'x') => ({ value: sum((row) => declaredIn(row, mark)), of: answered });
  // A document that was sent to the wrong place is neither received nor late there.
  const kept = rows.filter((row) => row.receipt !== 'refused');
  return {
    organisations: rows.length,
    tasks,
    measured: { value: lit, of: tasks },
    met: { value: counts.met, of: lit },
    opened: { value: kept.filter((row) => row.opened !== null).length, of: kept.length },
    receivedInDay: { value: kept.filter((row) => row.receipt === 'in-day').length, of: kept.length },
    inTime: { value: sum((row) => row.inTime[0]), of: sum((row) => row.inTime[1]) },
    answered: { value: answered, of: tasks },
    toReview: sum((row) => row.toReview),
    overdue: sum((row) => row.overdue),
    declared: { file: declared('f'), desk: declared('d'), contested: declared('x') },
    periods: { value: periodsIn(rows, ({ reported }) => reported), of: periodsIn(rows, ({ ended }) => ended) },
    periodsToReview: periodsIn(rows, ({ toReview }) => toReview),
  };
}

/** How many reporting periods of the rows something counts. */
export function periodsIn(rows: readonly Row[], count: (periods: Row['periods'][number]) => number): number {
  return rows.reduce((total, { periods }) => total + periods.reduce((sum, one) => sum + count(one), 0), 0);
}

/** Drafts do not count. */
function declaredIn(row: Row, mark: 'f' | 'd' | 'x'): number {
  return row.declared.filter(([column, one]) => one === mark && ['s', 'q', 'c'].includes(taskAt(row, column))).length;
}

function addCells(counts: LitCounts, row: Row, columns: number, measured: ReadonlySet<number>): void {
  for (let at = 0; at < columns; at++) {
    const lit = litAt(row, at);
    if (lit !== 'not-concerned' && measured.has(at) && taskAt(row, at) !== '-') counts[lit]++;
  }
}
