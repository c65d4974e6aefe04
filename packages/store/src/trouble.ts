import { DomainError } from '@vonggac/kernel';

/** Codes of PostgreSQL (Appendix A of its manual) and of the operating system that mean: nobody answers there now. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);
const AWAY_SAID =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Connection ended unexpectedly|server closed the connection/;
const FULL = new Set(['ENOSPC', 'EDQUOT', '53100']);
const BROKEN = new Set(['EIO', 'EROFS', '58030']);

/**
 * What an error of a store means for whoever asked: the database is away, the disk is full or broken; null for all else.
 * Looks through the errors that libraries wrap around it.
 */
export function troubleOf(error: unknown): DomainError | null {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    if (at instanceof DomainError) return at.kind === 'full' || at.code === 'store.away' ? at : null;
    const code = 'code' in at ? String(at.code) : '';
    const path = 'path' in at && typeof at.path === 'string' ? at.path : '';
    if (FULL.has(code)) return diskFull(code === '53100' ? 'PostgreSQL' : path || 'data');
    if (BROKEN.has(code)) return diskBroken(code === '58030' ? 'PostgreSQL' : path || 'data');
    if (AWAY.has(code) || code.startsWith('08') || isMissingSocket(at) || AWAY_SAID.test(at.message)) return databaseAway();
  }
  return null;
}

function isMissingSocket(error: Error): boolean {
  return 'syscall' in error && error.syscall === 'connect' && 'code' in error && (error.code === 'ENOENT' || error.code === 'EAGAIN');
}

/** What was under way when it went may or may not have been kept; only an answer says that it was. */
export function databaseAway(): DomainError {
  return new DomainError('unavailable', 'store.away', {
    vi: 'Cơ sở dữ liệu tạm thời không trả lời; hệ thống đang tự kết nối lại. Nội dung đang nhập vẫn còn trên màn hình: chờ ít phút rồi thử lại. Việc vừa bấm mà chưa thấy báo xong thì mở lại để kiểm tra trước khi nhập lần nữa.',
    en: 'The database does not answer for the moment; the system is reconnecting by itself. What you typed is still on the screen: wait a little and try again. Look first whether an act that was not confirmed has been kept.',
  });
}

export function diskFull(place: string): DomainError {
  return new DomainError(
    'full',
    'store.disk_full',
    {
      vi: `Ổ đĩa đã hết chỗ (${place}) nên chưa ghi được. Báo quản trị viên giải phóng dung lượng cho thư mục dữ liệu, xem trang Tình trạng hệ thống, rồi thử lại. Những gì đã báo lưu xong vẫn còn nguyên.`,
      en: `The disk is full (${place}), so this could not be written. Ask the administrator to free space for the data directory (see the status page) and try again. What was confirmed as saved is safe.`,
    },
    { place },
  );
}

function diskBroken(place: string): DomainError {
  return new DomainError(
    'unavailable',
    'store.disk_broken',
    {
      vi: `Ổ đĩa báo lỗi hoặc chỉ cho đọc (${place}). Báo quản trị viên kiểm tra ổ đĩa ngay và giữ bản sao lưu gần nhất.`,
      en: `The disk reports an error or is read-only (${place}). Ask the administrator to check it at once and to keep the latest backup.`,
    },
    { place },
  );
}

/** The disk takes a write and never says that it is kept: what waited may or may not have been kept. */
export function diskStill(directory: string): DomainError {
  return new DomainError(
    'unavailable',
    'store.disk_still',
    {
      vi: `Ổ đĩa của thư mục dữ liệu ${directory} không phản hồi nên chưa xác nhận được việc ghi. Hệ thống tự tiếp tục khi ổ đĩa trả lời; báo quản trị viên kiểm tra ổ đĩa. Việc vừa bấm mà chưa thấy báo xong thì mở lại để kiểm tra trước khi nhập lần nữa.`,
      en: `The disk of the data directory ${directory} does not respond, so no write can be confirmed. The system goes on by itself when the disk answers; ask the administrator to check it. Look first whether an act that was not confirmed has been kept.`,
    },
    { place: directory },
  );
}

/** Before the disk is really full: what writes much is refused, answers and the audit log go on. @unit bytes */
export function diskLow(directory: string, free: number, stop: number): DomainError {
  const mb = (bytes: number) => Math.floor(bytes / 1_000_000);
  return new DomainError(
    'full',
    'store.disk_low',
    {
      vi: `Thư mục dữ liệu ${directory} chỉ còn ${mb(free)} MB (ngưỡng dừng ${mb(stop)} MB) nên tạm dừng nhận tệp và nhập danh sách; việc trả lời và ghi nhật ký vẫn tiếp tục. Quản trị viên giải phóng hoặc tăng dung lượng ổ đĩa rồi thử lại.`,
      en: `The data directory ${directory} has only ${mb(free)} MB left (it stops at ${mb(stop)} MB), so files and imports are not taken for now; answering and the audit log go on. The administrator frees or adds disk space, then try again.`,
    },
    { place: directory },
  );
}
