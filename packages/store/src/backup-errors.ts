import { DomainError } from '@vonggac/kernel';

const say = (code: string, vi: string, en: string, details?: unknown) =>
  new DomainError('unavailable', `backup.${code}`, { vi, en }, details === undefined ? {} : { details });

export const notABackup = (file: string) =>
  say(
    'not_a_backup',
    `${file} không phải là tệp sao lưu của Vọng Gác. Kiểm tra lại đường dẫn.`,
    `${file} is not a backup of Vọng Gác. Check the path.`,
  );

export const wrongKey = (file: string) =>
  say(
    'wrong_key',
    `Không mở được ${file}: mật khẩu hoặc khóa không đúng. Dùng đúng mật khẩu (--passphrase), tệp khóa (--identity), hoặc thư mục khóa đã dùng khi sao lưu (VONGGAC_KEYS).`,
    `${file} cannot be opened: the passphrase or key is wrong. Use the passphrase (--passphrase), the identity file (--identity) or the keys directory of the time of the backup (VONGGAC_KEYS).`,
  );

/** @param place which part of the file, as the manifest names it */
export const damaged = (file: string, place: string, details?: unknown) =>
  say(
    'damaged',
    `Tệp sao lưu ${file} bị hỏng hoặc bị cắt (tại: ${place}). Không có gì được khôi phục; lấy một bản sao khác của tệp.`,
    `The backup ${file} is damaged or cut short (at: ${place}). Nothing was restored; take another copy of the file.`,
    details,
  );

const mib = (bytes: number) => Math.ceil(bytes / 2 ** 20).toLocaleString('vi-VN');

/** @unit bytes */
export const noSpace = (directory: string, needed: number, free: number) =>
  say(
    'no_space',
    `Không đủ chỗ trong ${directory}: cần khoảng ${mib(needed)} MB, còn ${mib(free)} MB. Giải phóng đĩa hoặc chọn nơi khác rồi chạy lại.`,
    `Not enough space in ${directory}: about ${mib(needed)} MB are needed, ${mib(free)} MB are free. Free some or choose another place, then run it again.`,
  );

export const diskFull = (directory: string) =>
  say(
    'disk_full',
    `Đĩa của ${directory} đã đầy khi đang ghi; tệp dở dang đã được xóa. Giải phóng đĩa hoặc chọn nơi khác rồi chạy lại.`,
    `The disk of ${directory} became full while writing; the unfinished file was removed. Free some space or choose another place, then run it again.`,
  );

export const databaseNewer = () =>
  say(
    'database_newer',
    'Dữ liệu đã được một phiên bản mới hơn nâng cấp. Chạy phiên bản mới hơn đó, hoặc khôi phục bản sao lưu trước nâng cấp vào nơi trống.',
    'The data was migrated by a newer version. Run that newer version, or restore the backup from before the migration into an empty place.',
  );

export const fileExists = (file: string) =>
  say('file_exists', `Tệp ${file} đã có. Chọn tên khác.`, `The file ${file} exists already. Choose another name.`);

export const notWritable = (file: string, details: string) =>
  say(
    'not_writable',
    `Không ghi được ${file}. Kiểm tra thư mục có tồn tại và có quyền ghi.`,
    `${file} could not be written. Check that its directory exists and may be written to.`,
    details,
  );

export const notReadable = (file: string, details: string) =>
  say(
    'not_readable',
    `Không đọc được ${file}. Kiểm tra đường dẫn và quyền đọc.`,
    `${file} could not be read. Check the path and the right to read it.`,
    details,
  );

export const newerThanProduct = (file: string, version: string) =>
  say(
    'newer',
    `Bản sao lưu ${file} do phiên bản ${version} ghi, mới hơn phiên bản đang chạy. Cài phiên bản ${version} hoặc mới hơn rồi chạy lại.`,
    `The backup ${file} was written by version ${version}, newer than this one. Install version ${version} or later and run it again.`,
  );

export const otherHistory = (file: string, tag: string) =>
  say(
    'other_history',
    `Bản sao lưu ${file} có cấu trúc dữ liệu khác phiên bản này (bước ${tag}). Cài đúng phiên bản đã sao lưu rồi chạy lại.`,
    `The backup ${file} has another schema history than this version (step ${tag}). Install the version that wrote it and run it again.`,
  );

export const notEmpty = (place: string) =>
  say(
    'not_empty',
    `Nơi khôi phục không trống: ${place}. Khôi phục chỉ ghi vào nơi trống: chuyển dữ liệu cũ đi chỗ khác, chọn thư mục khác (VONGGAC_DATA) hoặc tạo cơ sở dữ liệu mới.`,
    `The place is not empty: ${place}. A restore only writes to an empty place: move the old data away, choose another directory (VONGGAC_DATA) or make a new database.`,
  );

export const nothingThere = (place: string) =>
  say(
    'nothing_there',
    `Không có dữ liệu để sao lưu trong ${place}. Chỉ đúng thư mục dữ liệu bằng --data hoặc VONGGAC_DATA.`,
    `There is no data to back up in ${place}. Name the data directory with --data or VONGGAC_DATA.`,
  );

export const unfinished = (place: string) =>
  say(
    'unfinished_restore',
    `Lần khôi phục trước vào ${place} bị ngắt giữa chừng. Chạy lại lệnh khôi phục; hệ thống chưa được khởi động trên dữ liệu dở dang.`,
    `An earlier restore into ${place} was interrupted. Run the restore again; the system does not start on half of the data.`,
  );

/** What is lost without each key, so that a person decides. */
const LOST: Record<string, { vi: string; en: string }> = {
  'audit-anchor': {
    vi: 'khóa ký mốc nhật ký: các mốc đã ký không kiểm được nữa',
    en: 'the key that signs anchors of the audit log: what it signed can no longer be checked',
  },
  'session-secret': {
    vi: 'khóa phiên đăng nhập: mọi người phải đăng nhập lại',
    en: 'the secret of sessions: everybody signs in again',
  },
  'second-factor-key': {
    vi: 'khóa xác thực hai lớp: mọi tài khoản phải đăng ký lại mã xác thực',
    en: 'the key of second factors: every account must register its second factor again',
  },
  'backup-key': {
    vi: 'khóa sao lưu: các bản sao lưu tự động cũ không mở được nữa',
    en: 'the backup key: earlier automatic backups can no longer be opened',
  },
};

export function keysMissing(directory: string, names: readonly string[]): DomainError {
  const list = (language: 'vi' | 'en') => names.map((name) => `- ${name}: ${LOST[name]?.[language] ?? name}`).join('\n');
  return say(
    'keys_missing',
    `Khóa trong ${directory} thiếu hoặc không phải khóa của bản sao lưu:\n${list('vi')}\nNạp khóa trước (npx vonggac keys import TỆP), hoặc chấp nhận mất những thứ trên bằng --without-keys.`,
    `Keys in ${directory} are missing or are not those of the backup:\n${list('en')}\nBring the keys first (npx vonggac keys import FILE), or accept the loss of the above with --without-keys.`,
  );
}

export const keysInTheWay = (directory: string, names: readonly string[]) =>
  say(
    'keys_in_the_way',
    `Thư mục khóa ${directory} đã có: ${names.join(', ')}. Không ghi đè khóa: chuyển các tệp đó đi chỗ khác hoặc chọn thư mục khác (VONGGAC_KEYS).`,
    `The keys directory ${directory} already holds: ${names.join(', ')}. Keys are never overwritten: move those files away or choose another directory (VONGGAC_KEYS).`,
  );

export const migrationFailed = (tag: string, backup: string | null, details: string) =>
  say(
    'migration_failed',
    `Nâng cấp dữ liệu thất bại ở bước ${tag}; dữ liệu giữ nguyên như trước. Chạy lại phiên bản cũ để tiếp tục làm việc${backup ? `; bản sao lưu trước nâng cấp: ${backup}` : ''}.`,
    `The migration failed at step ${tag}; the data is as it was. Start the old version to go on working${backup ? `; backup from before: ${backup}` : ''}.`,
    details,
  );

export const noBackupNoMigration = (cause: DomainError) =>
  new DomainError(
    'unavailable',
    'backup.before_migration',
    {
      vi: `Chưa nâng cấp dữ liệu vì không sao lưu được trước đó; dữ liệu giữ nguyên. ${cause.text.vi}`,
      en: `The data was not migrated because it could not be backed up first; it is as it was. ${cause.text.en}`,
    },
    { details: cause.details },
  );
