import { shownInstant, type Text } from '@vonggac/kernel';
import type { Finding } from '../internal.ts';
import type { CameRow, RowState, Said, SheetRow } from './model.ts';

/** A finding as it stands now, as far as a sheet may know. */
export type Now = Pick<
  Finding,
  'state' | 'answer' | 'answeredAt' | 'approval' | 'note' | 'postponedTo' | 'machinesDone' | 'machinesTotal' | 'lastSeen' | 'organisation'
>;

export type Planned = { state: RowState; doubts: Text[] };

/**
 * What a row of a sheet comes to: as it went out, as it came back, as its finding stands now.
 * @param can whether that may be answered now
 */
export function planRow(row: SheetRow, came: CameRow | undefined, { now, can }: { now: Now | undefined; can: boolean }): Planned {
  const doubts = came?.doubts ?? [];
  if (came === undefined) return { state: 'missing', doubts };
  if (came.refused !== null) return { state: 'refused', doubts };
  if (came.isEmpty) return { state: 'same', doubts };
  if (now === undefined) return { state: 'closed', doubts };
  if (stands(came, now)) return { state: 'same', doubts };
  if (!sameAsThen(row, now)) return { state: 'changed', doubts };
  if (!can) return { state: 'closed', doubts };
  return { state: 'take', doubts: now.lastSeen > row.seen ? [...doubts, seenSince(now.lastSeen)] : doubts };
}

/** Said before, and nothing has happened to it since. */
function stands(said: Said, now: Now): boolean {
  const isOpenAgain = now.state === 'open' && said.answer !== 'postponed';
  return (
    !isOpenAgain &&
    now.answer === said.answer &&
    now.note === said.note &&
    now.machinesDone === said.machinesDone &&
    now.machinesTotal === said.machinesTotal &&
    (said.answer !== 'postponed' || now.postponedTo === said.postponedTo)
  );
}

const sameAsThen = (row: SheetRow, now: Now): boolean =>
  row.state === now.state && row.answer === now.answer && row.answeredAt === now.answeredAt && row.approval === now.approval;

const seenSince = (at: string): Text => {
  const shown = shownInstant(Temporal.Instant.from(at));
  return {
    vi: `Máy còn được ghi nhận lúc ${shown}, sau khi lập phiếu. Hỏi lại đơn vị đã xử lý trước hay sau thời điểm này.`,
    en: `The machine was seen at ${shown}, after the sheet was made. Ask whether it was dealt with before or after that.`,
  };
};
