import { conflict, DomainError, forbidden } from '@vonggac/kernel';
import type { Provider } from './settings.ts';

type Named = Pick<Provider, 'name'>;

export const noProvider = () =>
  new DomainError('not-found', 'identity.no_provider', {
    vi: 'Hệ thống này chưa cấu hình cách đăng nhập đó.',
    en: 'That way of signing in is not configured here.',
  });

export const providerAway = ({ name }: Named) =>
  new DomainError('unavailable', 'identity.provider_away', {
    vi: `Chưa kết nối được tới ${name}. Thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu của hệ thống này; quản trị viên xem nguyên nhân trong nhật ký.`,
    en: `${name} cannot be reached. Try again in some minutes, or sign in with this system’s own password; the administrator finds the cause in the log.`,
  });

/** What came is not what the standard says: issuer, signature, nonce, audience. */
export const badAnswer = ({ name }: Named) =>
  forbidden('identity.provider_answer', {
    vi: `Kết quả xác thực nhận từ ${name} không hợp lệ nên bị từ chối. Đăng nhập lại từ đầu; nếu lặp lại, báo quản trị viên.`,
    en: `What ${name} answered is not valid and was refused. Start again; if it happens again, tell the administrator.`,
  });

export const clocksDiffer = ({ name }: Named) =>
  forbidden('identity.provider_clock', {
    vi: `Giờ của máy chủ này và của ${name} lệch nhau nên kết quả xác thực bị từ chối. Báo quản trị viên chỉnh lại giờ.`,
    en: `The clocks of this server and of ${name} differ, so the answer was refused. Tell the administrator to set them right.`,
  });

export const refusedThere = ({ name }: Named) =>
  forbidden('identity.provider_refused', {
    vi: `${name} không cho đăng nhập, hoặc việc đăng nhập đã bị hủy. Thử lại, hoặc dùng mật khẩu của hệ thống này.`,
    en: `${name} did not let you in, or you broke off. Try again, or use this system’s own password.`,
  });

export const attemptOver = () =>
  conflict('identity.attempt_over', {
    vi: 'Lượt đăng nhập này đã dùng rồi, đã quá 10 phút, hoặc bắt đầu từ trình duyệt khác. Bấm đăng nhập lại từ đầu.',
    en: 'This attempt was used already, is older than 10 minutes or began in another browser. Start again.',
  });

/** The person did sign in there: what that account is called here is told, so that it can be linked. */
export const unlinked = ({ name }: Named, subject: string) =>
  new DomainError(
    'forbidden',
    'identity.unlinked',
    {
      vi: `Tài khoản ${name} này chưa liên kết với tài khoản nào ở đây. Đăng nhập bằng mật khẩu rồi chọn “Liên kết” tại “Tài khoản của tôi”, hoặc gửi quản trị viên mã định danh: ${subject}`,
      en: `This account of ${name} is not linked to any account here. Sign in with your password and choose “Link” under “My account”, or give the administrator this identifier: ${subject}`,
    },
    { details: { subject } },
  );

export const linkTaken = ({ name }: Named) =>
  conflict('identity.link_taken', {
    vi: `Tài khoản ${name} này đã liên kết với một người khác. Quản trị viên hủy liên kết đó trước.`,
    en: `This account of ${name} is linked to somebody else. An administrator ends that link first.`,
  });

export const severalEntries = ({ name }: Named) =>
  conflict('identity.directory_several', {
    vi: `${name} có hơn một mục ứng với tên này nên không biết là ai. Báo quản trị viên sửa bộ lọc tìm kiếm hoặc thư mục.`,
    en: `${name} has more than one entry for this name, so it is not known who it is. Tell the administrator to mend the filter or the directory.`,
  });
