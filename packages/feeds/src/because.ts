import type { OutsideWarning } from '@vonggac/outside';
import type { DateEvidence } from './date-evidence.ts';
import type { ListKind, Text } from './model.ts';
import type { OpenedList } from './open-list.ts';

const KINDS: Record<ListKind, Text> = {
  xlsx: { vi: 'Bảng tính .xlsx', en: 'An .xlsx workbook' },
  csv: { vi: 'Văn bản chia cột', en: 'Text in columns' },
  tsv: {
    vi: 'Văn bản chia cột bằng TAB (thường do dán từ bảng tính)',
    en: 'Text in columns divided by TAB (usually pasted from a spreadsheet)',
  },
  plain: { vi: 'Địa chỉ trong văn bản, mỗi địa chỉ một dòng dữ liệu', en: 'Addresses in running text, a row for each' },
  docx: { vi: 'Văn bản .docx', en: 'A .docx document' },
  pdf: { vi: 'Văn bản .pdf', en: 'A .pdf document' },
  jsonl: { vi: 'Các đối tượng JSON, mỗi dòng một đối tượng', en: 'JSON objects, one a line' },
};
const DELIMITERS: Record<string, Text> = {
  ',': { vi: 'dấu phẩy', en: 'commas' },
  ';': { vi: 'dấu chấm phẩy', en: 'semicolons' },
  '\t': { vi: 'TAB', en: 'TAB' },
  '|': { vi: 'dấu gạch đứng', en: 'bars' },
};

function formOf({ kind, delimiter, encoding, sheet, sheets }: OpenedList): Text {
  const { vi, en } = KINDS[kind];
  if (sheet !== null) {
    const [of, among] = sheets.length > 1 ? [`, trong ${sheets.length}`, ` of ${sheets.length}`] : ['', ''];
    return kind === 'xlsx'
      ? { vi: `${vi}, trang “${sheet}”${of}`, en: `${en}, sheet “${sheet}”${among}` }
      : { vi: `${vi}, bảng thứ ${sheet}${of}`, en: `${en}, table ${sheet}${among}` };
  }
  if (encoding === null) return { vi, en };
  const by = kind === 'csv' && delimiter !== null ? DELIMITERS[delimiter] : undefined;
  const [code, divided] = [encoding.toUpperCase(), by ? [` bằng ${by.vi}`, ` divided by ${by.en}`] : ['', '']];
  return { vi: `${vi}${divided[0]}, bảng mã ${code}`, en: `${en}${divided[1]}, encoding ${code}` };
}

function datesOf(dates: DateEvidence): Text | null {
  const { dayFirst, monthFirst, either, certainty, order } = dates;
  if (dayFirst + monthFirst + either === 0) return null;
  const sample = dates.forms[0]?.sample ?? '';
  if (certainty === 'open')
    return {
      vi: `Ngày như “${sample}” đọc được cả hai cách; đang hiểu là ngày/tháng/năm. Hãy xác nhận.`,
      en: `Dates such as “${sample}” can be read both ways; they are taken as day/month/year. Confirm it.`,
    };
  if (certainty === 'mixed')
    return {
      vi: `Cột thời gian lẫn hai cách viết: ${dayFirst} ô chỉ có thể là ngày/tháng, ${monthFirst} ô chỉ có thể là tháng/ngày.`,
      en: `The column of times mixes two orders: ${dayFirst} cells can only be day/month, ${monthFirst} only month/day.`,
    };
  return order === 'dmy'
    ? { vi: `Ngày/tháng/năm: ${dayFirst} ô có số đầu lớn hơn 12`, en: `Day/month/year: in ${dayFirst} cells the first number is above 12` }
    : {
        vi: `Tháng/ngày/năm: ${monthFirst} ô có số thứ hai lớn hơn 12`,
        en: `Month/day/year: in ${monthFirst} cells the second number is above 12`,
      };
}

/** What was recognised and by what, for the officer. */
export function reasonsOf(list: OpenedList, dates: DateEvidence | null): Text[] {
  const reasons = [formOf(list)];
  const { report } = list;
  if (report !== null) {
    const name = report.id.slice(report.id.indexOf(':') + 1);
    reasons.push({
      vi: `${report.name.vi} (${name}, bảng ghép cột ${report.version})`,
      en: `${report.name.en} (${name}, mapping of ${report.version})`,
    });
  }
  const order = dates === null ? null : datesOf(dates);
  if (order !== null) reasons.push(order);
  return reasons;
}

export function damagedText(rows: number): OutsideWarning {
  return {
    code: 'damaged-text',
    messages: {
      vi: `${rows} dòng có chữ bị hỏng mã, hiện là \uFFFD. Hãy lưu lại tệp ở bảng mã UTF-8 hoặc đối chiếu với bản gốc.`,
      en: `${rows} rows hold damaged text, shown as \uFFFD. Save the file as UTF-8, or compare it with the original.`,
    },
  };
}
