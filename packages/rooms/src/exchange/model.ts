import { RECEIVED_CODES } from '@vonggac/contract/exchange';
import type { AxisCode } from '../tasks/index.ts';

/** How a receiver stands to a document (QCVN 102:2016/BTTTT): 01 arrived, 02 refused, 03 received, 04 assigned, 05 in progress, 06 done. */
export const PROGRESS = ['01', '02', '03', '04', '05', '06'] as const satisfies readonly AxisCode[];
/** The sender's request to take back or update. */
export const REQUEST = '13';
/** The answer to a request to take back or update (13): 15 agreed, 16 refused. */
export const DECISIONS = ['15', '16'] as const;
export const RECEIVED = RECEIVED_CODES;
export type Received = (typeof RECEIVED_CODES)[number];

const BEFORE: Record<AxisCode, AxisCode | null> = { '01': null, '02': '01', '03': '01', '04': '03', '05': '04', '06': '05' };

/** The states that lead to one, itself last: 01→02 or 01→03→04→05→06. */
export function pathTo(code: AxisCode): AxisCode[] {
  const before = BEFORE[code];
  return [...(before === null ? [] : pathTo(before)), code];
}

/**
 * What is wrong with a status that comes after others: said already, its step before is missing, or it contradicts what was
 * said. null where it may follow.
 * @param known what was said or done before, in any order; 01 goes without saying
 */
export function wrongOrder(code: AxisCode, known: readonly AxisCode[]): 'again' | 'contradicts' | 'too-early' | null {
  if (known.includes(code)) return 'again';
  const isRefused = known.includes('02');
  const isBeyond = known.some((one) => one > '02');
  if ((code > '02' && isRefused) || (code === '02' && isBeyond)) return 'contradicts';
  if (code === '01') return isRefused || isBeyond ? 'contradicts' : null;
  const before = BEFORE[code];
  return before === null || before === '01' || known.includes(before) ? null : 'too-early';
}

/** A receipt as far as its status goes. */
export type ReceiptFacts = {
  state: '01' | '02' | '03';
  arrivedAt: string;
  receivedAt: string | null;
  number: string | null;
  day: string | null;
  refusedReason: string | null;
};
/** When a status was first reached by the tasks; null where it was not. */
export type TaskTimes = Record<'04' | '05' | '06', string | null>;
export type StatusStep = { code: AxisCode; at: string; description: string | null };

/**
 * The statuses up to the one that is reached, each once, in order, none earlier than the one before it.
 * Work that began without anybody being named was assigned when it began.
 */
export function stepsOf(status: AxisCode, receipt: ReceiptFacts, times: TaskTimes): StatusStep[] {
  const received = receipt.receivedAt ?? receipt.arrivedAt;
  const reached: Record<AxisCode, string> = {
    '01': receipt.arrivedAt,
    '02': received,
    '03': received,
    '04': times['04'] ?? times['05'] ?? times['06'] ?? received,
    '05': times['05'] ?? times['06'] ?? received,
    '06': times['06'] ?? received,
  };
  let last = 0;
  return pathTo(status).map((code) => {
    last = Math.max(last, Date.parse(reached[code]));
    return { code, at: new Date(last).toISOString(), description: descriptionOf(code, receipt) };
  });
}

/** What a status says besides its code: why it was refused, or under which số đến it is registered. */
export function descriptionOf(
  code: AxisCode,
  { number, day, refusedReason }: Pick<ReceiptFacts, 'number' | 'day' | 'refusedReason'>,
): string | null {
  if (code === '02') return refusedReason;
  if (code !== '03') return null;
  const parts = [number === null ? null : `Số đến ${number}`, day === null ? null : `ngày đến ${day.split('-').toReversed().join('/')}`];
  return parts.filter(Boolean).join(', ') || null;
}

/** Số đến and ngày đến where a message says them in the words that this system writes itself. */
export function incomingOf(description: string | null): { number: string | null; day: string | null } {
  const number = /số đến[\s:]*([\p{L}\d][\p{L}\d./-]{0,28})/iu.exec(description ?? '')?.[1]?.replace(/[.,;]+$/u, '') ?? null;
  const parts = /ngày đến[\s:]*(\d{1,2})\/(\d{1,2})\/(\d{4})/iu.exec(description ?? '');
  return { number, day: parts === null ? null : dayOrNull(parts[3]!, parts[2]!, parts[1]!) };
}

function dayOrNull(year: string, month: string, day: string): string | null {
  try {
    return Temporal.PlainDate.from({ year: Number(year), month: Number(month), day: Number(day) }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
