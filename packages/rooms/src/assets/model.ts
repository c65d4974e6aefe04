import type { Text } from '@vonggac/kernel';

export const ASSET_KINDS = ['system', 'host', 'range', 'domain'] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

/** `own`; `exit`: a shared exit, findings go to the unit that runs it; `carrier`: an operator's; `dynamic`: changes its user. */
export const USAGES = ['own', 'exit', 'carrier', 'dynamic'] as const;
export type Usage = (typeof USAGES)[number];

export const ASSET_STATES = ['claimed', 'approved', 'refused', 'withdrawn'] as const;
export type AssetState = (typeof ASSET_STATES)[number];

/** As lists show it: an approved row whose last day is over has ended. */
export type ShownState = AssetState | 'ended';

export const ASSET_ACTS = ['approve', 'refuse', 'end', 'withdraw', 'transfer'] as const;
export type AssetAct = (typeof ASSET_ACTS)[number];

/** From a day to a day (exclusive); null is open. */
export type Period = { from: string | null; to: string | null };

export const KIND_NAMES: Readonly<Record<AssetKind, Text>> = {
  system: { vi: 'Hệ thống thông tin', en: 'System' },
  host: { vi: 'Máy, thiết bị', en: 'Host' },
  range: { vi: 'Dải địa chỉ', en: 'Address range' },
  domain: { vi: 'Tên miền', en: 'Domain' },
};

export const USAGE_NAMES: Readonly<Record<Usage, Text>> = {
  own: { vi: 'Sử dụng riêng', en: 'Own use' },
  exit: { vi: 'Cổng ra dùng chung', en: 'Shared exit' },
  carrier: { vi: 'Của doanh nghiệp viễn thông', en: 'Operator’s' },
  dynamic: { vi: 'Cấp phát động', en: 'Dynamic' },
};

export const STATE_NAMES: Readonly<Record<ShownState, Text>> = {
  claimed: { vi: 'Chờ duyệt', en: 'Waiting for approval' },
  approved: { vi: 'Đã duyệt', en: 'Approved' },
  refused: { vi: 'Không duyệt', en: 'Refused' },
  withdrawn: { vi: 'Đơn vị rút', en: 'Withdrawn' },
  ended: { vi: 'Đã kết thúc', en: 'Ended' },
};

const START = '';
const END = '\u{10ffff}';
const startOf = (period: Period): string => period.from ?? START;
const endOf = (period: Period): string => period.to ?? END;

/** Whether two periods share a day; an empty one shares none. */
export function meets(a: Period, b: Period): boolean {
  return [startOf(a), startOf(b)].toSorted().at(-1)! < [endOf(a), endOf(b)].toSorted()[0]!;
}

/** Whether a day is one of a period. */
export function holdsOn(period: Period, day: string): boolean {
  return startOf(period) <= day && day < endOf(period);
}

export function isEmpty(period: Period): boolean {
  return startOf(period) >= endOf(period);
}

/** The state as shown on a day. */
export function shownState(row: { state: AssetState; validTo: string | null }, day: string): ShownState {
  return row.state === 'approved' && row.validTo !== null && row.validTo <= day ? 'ended' : row.state;
}

/** Days without a holder between the first and the last day that periods name. */
export function gapsOf(periods: readonly Period[]): { from: string; to: string }[] {
  const sorted = periods.filter((one) => !isEmpty(one)).toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
  const gaps: { from: string; to: string }[] = [];
  let reached = END;
  for (const [at, one] of sorted.entries()) {
    if (at > 0 && reached < startOf(one)) gaps.push({ from: reached, to: startOf(one) });
    reached = at === 0 || endOf(one) > reached ? endOf(one) : reached;
  }
  return gaps;
}
