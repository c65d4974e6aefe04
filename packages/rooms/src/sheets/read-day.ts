import type { Text } from '@vonggac/kernel';
import { shownDay } from '@vonggac/kernel';
import { isoOfSerial } from '@vonggac/outside';

/** A day as it was understood, with what the officer should look at; or why it cannot be understood. */
export type ReadDay = { day: string | null; doubt: Text | null } | { refused: Text };

const EARLIEST = '2000-01-01';

/** `coming`: a day after today is meant, not one that has been. */
type When = { today: string; from1904: boolean; coming?: boolean | undefined };

/**
 * The day that a cell means: written day first as Vietnam does, in words, as a cell of dates, or as the bare number of a spreadsheet,
 * which counts from 1900 or from 1904. What could mean something else is told; what has not come yet, or has been though a day to come
 * is meant, is refused.
 */
export function readDay(given: string, when: When): ReadDay {
  const text = given.normalize('NFC').trim().replace(/\s+/gu, ' ');
  if (text === '') return { day: null, doubt: null };
  if (/^\d{4}-\d{2}-\d{2}(?:T.*)?$/u.test(text)) return fromDateCell(text.slice(0, 10), when);
  if (/^\d{5}(?:\.\d+)?$/u.test(text)) return fromSerial(Number(text), when);
  const match =
    /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$/u.exec(text) ?? /^(?:ngày )?(\d{1,2}) tháng (\d{1,2}),? năm (\d{4})\.?$/iu.exec(text);
  if (match === null) return notADay(text);
  const [first, second, year] = match.slice(1).map(Number) as [number, number, number];
  const day = isoOf(year, second, first);
  if (day !== null) return inTime(day, when, null);
  const turned = isoOf(year, first, second);
  if (turned === null) return notADay(text);
  return inTime(turned, when, {
    vi: `“${text}” viết theo thứ tự tháng/ngày; hiểu là ${shownDay(turned)}.`,
    en: `“${text}” is written month first; understood as ${shownDay(turned)}.`,
  });
}

/** A program turned what was typed into a date, perhaps by the order of another country. */
function fromDateCell(day: string, when: When): ReadDay {
  const turned = turnedOf(day);
  if (isoOf(...partsOf(day)) === null) return notADay(day);
  if (turned === null || turned === day) return inTime(day, when, null);
  return inTime(day, when, {
    vi: `Ô ngày đã bị phần mềm đổi định dạng; hiểu là ${shownDay(day)}. Nếu đơn vị muốn ghi ${shownDay(turned)} thì hỏi lại.`,
    en: `The program turned this cell into a date; understood as ${shownDay(day)}. If the agency meant ${shownDay(turned)}, ask.`,
  });
}

function fromSerial(serial: number, when: When): ReadDay {
  const { today, from1904 } = when;
  const by = (system: boolean): string | null => isoOfSerial(Math.floor(serial), 'date', system);
  const likely = (day: string | null): day is string => day !== null && (when.coming ? day > today : day >= EARLIEST && day <= today);
  const [own, other] = [by(from1904), by(!from1904)];
  const day = likely(own) ? own : likely(other) ? other : null;
  if (day === null) return notADay(String(serial));
  const first = (day === own) === from1904 ? '1904' : '1900';
  return {
    day,
    doubt: {
      vi: `Ô ngày chỉ còn là số ${serial}; hiểu là ${shownDay(day)} (hệ ngày ${first}).`,
      en: `The cell only holds the number ${serial}; understood as ${shownDay(day)} (${first} date system).`,
    },
  };
}

function inTime(day: string, { today, coming = false }: When, doubt: Text | null): ReadDay {
  const fits = (one: string): boolean => (coming ? one > today : one <= today);
  if (fits(day)) return { day, doubt };
  const turned = turnedOf(day);
  const hint =
    turned !== null && fits(turned)
      ? { vi: ` Có thể ngày và tháng bị đảo (${shownDay(turned)}).`, en: ` Day and month may be turned round (${shownDay(turned)}).` }
      : { vi: '', en: '' };
  if (coming)
    return {
      refused: {
        vi: `Ngày ${shownDay(day)} đã qua.${hint.vi} Ghi một ngày sau hôm nay rồi gửi lại phiếu.`,
        en: `The day ${shownDay(day)} has passed.${hint.en} Write a day after today and send the sheet again.`,
      },
    };
  return {
    refused: {
      vi: `Ngày hoàn thành ${shownDay(day)} chưa tới.${hint.vi} Sửa lại ngày rồi gửi phiếu.`,
      en: `The day of completion ${shownDay(day)} has not come yet.${hint.en} Correct it and send the sheet again.`,
    },
  };
}

function notADay(text: string): ReadDay {
  const shown = text.slice(0, 40);
  return {
    refused: {
      vi: `“${shown}” không phải là ngày. Ghi như 26/4/2024.`,
      en: `“${shown}” is not a day. Write it like 26/4/2024.`,
    },
  };
}

function partsOf(day: string): [number, number, number] {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return [year, month, date];
}

function turnedOf(day: string): string | null {
  const [year, month, date] = partsOf(day);
  return isoOf(year, date, month);
}

function isoOf(year: number, month: number, day: number): string | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}
