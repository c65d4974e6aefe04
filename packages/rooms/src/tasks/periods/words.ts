import { shownDay, type Text } from '@vonggac/kernel';
import type { CellPeriods } from './matrix-periods.ts';

/** "kỳ 3 (26/5/2024–25/6/2024)". */
export function periodWord(periods: Pick<CellPeriods, 'number' | 'from' | 'to'> | undefined): Text | undefined {
  if (periods === undefined) return undefined;
  const days = periods.from === periods.to ? shownDay(periods.to) : `${shownDay(periods.from)}–${shownDay(periods.to)}`;
  return { vi: `kỳ ${periods.number} (${days})`, en: `period ${periods.number} (${days})` };
}

/** "đã báo cáo 2/3 kỳ đã qua, không báo cáo kỳ 2". */
export function pastWord(periods: CellPeriods | undefined): Text | undefined {
  if (periods === undefined || periods.ended === 0) return undefined;
  const { reported, ended, missed } = periods;
  return {
    vi: `đã báo cáo ${reported}/${ended} kỳ đã qua${missed === '' ? '' : `, không báo cáo kỳ ${missed}`}`,
    en: `${reported} of ${ended} past periods reported${missed === '' ? '' : `, not period ${missed}`}`,
  };
}
