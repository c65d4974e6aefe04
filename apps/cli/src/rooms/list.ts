import { isUtf8 } from 'node:buffer';
import { writeSync } from 'node:fs';
import { ListMatcher, NoSuchColumns, piecesOf, REASONS, RegisterReader } from '@vonggac/feeds/match';
import type { Bilingual, Reason, RegisterRemark } from '@vonggac/feeds/match';
import { defineCommand } from 'citty';

const EXIT_REFUSED_LINES = 1;
const EXIT_NOT_DONE = 2;
const MOST_REGISTER_BYTES = 2 ** 28;
const SHOWN = { refused: 200, doubts: 20 };

const MEANINGS: Record<Reason, Bilingual> = {
  'longest-prefix': { vi: 'dải hẹp nhất có hiệu lực vào ngày đó', en: 'the longest prefix that holds on that day' },
  'no-range': { vi: 'không dải nào chứa địa chỉ', en: 'no range holds the address' },
  'not-valid-at-time': {
    vi: 'có dải chứa địa chỉ nhưng không dải nào có hiệu lực vào ngày đó',
    en: 'ranges hold the address, none on that day',
  },
  'no-address': { vi: 'ô địa chỉ để trống', en: 'the address is empty' },
  'bad-address': { vi: 'không phải một địa chỉ IP', en: 'not an IP address' },
  'no-time': { vi: 'ô thời gian để trống', en: 'the time is empty' },
  'bad-time': { vi: 'không đọc được thời gian', en: 'the time cannot be read' },
  'bad-row': { vi: 'dòng quá dài hoặc dấu nháy kép không đóng', en: 'the row is too long or its quotation marks do not close' },
};

const HELP = `Đối chiếu danh sách địa chỉ với sổ đăng ký dải địa chỉ, không cần mạng và không cần hệ thống / match a list of addresses against a register of ranges, offline

  Sổ đăng ký / register: organisation,cidr,valid_from,valid_to
    Ngày theo giờ Việt Nam; kể cả valid_from, không kể valid_to; để trống là không giới hạn. cidr: a/24, một địa chỉ, hoặc a-b.
    Days of Asia/Ho_Chi_Minh; valid_from inclusive, valid_to exclusive; empty is open. cidr: a/24, one address, or a-b.
  Danh sách / list: cột / columns ip (src_ip), timestamp
    Thời gian là UTC trừ khi trong ô hoặc tên cột ghi khác (Z, +07:00, GMT+7); 04/03/2026 là ngày 4 tháng 3.
    Times are UTC unless the cell or the header says otherwise (Z, +07:00, GMT+7); 04/03/2026 is the 4th of March.
  Cột theo tên, thứ tự bất kỳ; phân cách , ; TAB |; UTF-8, UTF-16; .gz; “-” là đầu vào chuẩn.
  Columns by name in any order; delimiter , ; TAB |; UTF-8, UTF-16; .gz; “-” is standard input.
  Được chọn / chosen: dải hẹp nhất có hiệu lực vào ngày đó; cùng dải thì valid_from muộn hơn, rồi dòng sau.
    The longest prefix that holds on that day; on equal prefixes the later valid_from, then the later line.
  --json: {row, ip, time, organisation, cidr, reason}; row: 1 là dòng dữ liệu đầu tiên sau dòng tiêu đề / is the first row of data, the header not counted
    reason: ${REASONS.join(', ')}
  Mã thoát / exit code: 0 xong / done; 1 xong, nhưng có dòng của sổ đăng ký không dùng được / done, but lines of the register were refused; 2 không làm được / not done`;

type Args = { register: string; list: string; json?: boolean | undefined };

/** `vonggac list match --register FILE --list FILE [--json]`: offline and streaming; exit code 1 when register lines were refused, 2 when it was not done. */
export const listMatch = defineCommand({
  meta: { name: 'match', description: HELP },
  args: {
    register: { type: 'string', required: true, description: 'sổ đăng ký dải địa chỉ (.csv) / the register of ranges', valueHint: 'FILE' },
    list: { type: 'string', required: true, description: 'danh sách địa chỉ (.csv) / the list of addresses', valueHint: 'FILE' },
    json: { type: 'boolean', description: 'mỗi dòng của danh sách một dòng JSON / one JSON object a row' },
  },
  async run({ args }) {
    try {
      await match(args);
    } catch (error) {
      const text = failureOf(error);
      if (text !== null) process.stderr.write(`${text.vi}\n${text.en}\n`);
      process.exitCode = EXIT_NOT_DONE;
    }
  },
});

/** What stopped the command, for people. null: whoever read the output went away. */
class Stopped extends Error {
  readonly text: Bilingual | null;

  constructor(text: Bilingual | null) {
    super(text?.en ?? 'stopped');
    this.text = text;
  }
}

function failureOf(error: unknown): Bilingual | null {
  if (error instanceof Stopped) return error.text;
  throw error;
}

async function match({ register, list, json }: Args): Promise<void> {
  if (register === '-' && list === '-')
    throw new Stopped({ vi: 'Chỉ một trong hai tệp được đọc từ đầu vào chuẩn.', en: 'Only one of the two files can be standard input.' });
  const reader = await readRegister(register);
  tell(register, reader.remarks);
  const matcher = new ListMatcher({ holdings: reader.holdings, write: json ? toStdout : null });
  await guarded(list, ['ip', 'timestamp'], async () => {
    for await (const piece of piecesOf(list === '-' ? process.stdin : list)) matcher.push(piece);
    matcher.end();
  });
  if (!json) print(matcher, reader);
  if (reader.remarks.some(({ isRefused }) => isRefused)) process.exitCode = EXIT_REFUSED_LINES;
}

/** Says what is wrong with a file in the words of the command. */
async function guarded(file: string, columns: readonly string[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof NoSuchColumns) {
      const seen = error.headers.map((header) => `“${header.slice(0, 40)}”`).join(', ');
      throw new Stopped({
        vi: `${file}: không thấy cột ${error.missing.join(', ')}. Dòng đầu phải ghi tên cột (${columns.join(', ')}); dòng đầu hiện có: ${seen}`,
        en: `${file}: no column ${error.missing.join(', ')}. The first line must name the columns (${columns.join(', ')}); it reads: ${seen}`,
      });
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^(?:E[A-Z]+|Z_[A-Z_]+)$/u.test(code)) throw error;
    throw new Stopped({ vi: `${file}: không đọc được tệp (${code}).`, en: `${file}: the file could not be read (${code}).` });
  }
}

/** The register is read whole: one in an old Vietnamese encoding is told by all of its bytes. */
async function readRegister(file: string): Promise<RegisterReader> {
  const reader = new RegisterReader();
  await guarded(file, ['organisation', 'cidr', 'valid_from', 'valid_to'], async () => {
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of piecesOf(file === '-' ? process.stdin : file)) {
      size += piece.length;
      if (size > MOST_REGISTER_BYTES)
        throw new Stopped({ vi: `${file}: sổ đăng ký lớn hơn 256 MB.`, en: `${file}: the register is larger than 256 MB.` });
      pieces.push(piece);
    }
    const bytes = Buffer.concat(pieces);
    reader.push(isUtf8(bytes) ? bytes : await converted(file, bytes));
    reader.end();
  });
  return reader;
}

async function converted(file: string, bytes: Buffer): Promise<Buffer> {
  const { decodeText, OutsideError } = await import('@vonggac/outside');
  try {
    return Buffer.from(decodeText(bytes).text);
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    throw new Stopped({ vi: `${file}: ${error.messages.vi}`, en: `${file}: ${error.messages.en}` });
  }
}

function tell(file: string, remarks: readonly RegisterRemark[]): void {
  const lines: string[] = [];
  for (const [kind, most] of [
    ['refused', SHOWN.refused],
    ['doubts', SHOWN.doubts],
  ] as const) {
    const all = remarks.filter(({ isRefused }) => isRefused === (kind === 'refused'));
    const [vi, en] = kind === 'refused' ? ['không dùng dòng này', 'this line is not used'] : ['lưu ý', 'note'];
    for (const { line, text } of all.slice(0, most)) lines.push(`${file}:${line}: ${vi}: ${text.vi}`, `${file}:${line}: ${en}: ${text.en}`);
    if (all.length > most) lines.push(`${file}: … (+${all.length - most})`);
  }
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`);
}

/** Writes before it returns, also to a pipe that is full for a moment. */
function toStdout(bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EPIPE') throw new Stopped(null);
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

function print(matcher: ListMatcher, reader: RegisterReader): void {
  const number = (value: number): string => value.toLocaleString('vi').padStart(12);
  const matched = matcher.counts['longest-prefix'];
  const lines = [
    `Sổ đăng ký / register: ${reader.lines.toLocaleString('vi')} dòng / lines, ${reader.holdings.length.toLocaleString('vi')} dải / ranges`,
    `${number(matcher.rows)}  dòng trong danh sách / rows of the list`,
    `${number(matched)}  có đơn vị / matched`,
    ...matcher.byOrganisation().map(({ organisation, rows }) => `${number(rows)}    ${organisation.replace(/[\p{Cc}\p{Cf}]/gu, ' ')}`),
    `${number(matcher.rows - matched)}  chưa có đơn vị / not matched`,
  ];
  for (const reason of REASONS) {
    const count = matcher.counts[reason];
    if (reason !== 'longest-prefix' && count > 0)
      lines.push(`${number(count)}    ${reason}: ${MEANINGS[reason].vi} / ${MEANINGS[reason].en}`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}
