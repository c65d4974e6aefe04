import { DomainError, readConfig } from '@vonggac/kernel';
import { defineCommand } from 'citty';

/** `vonggac admin recover [ACCOUNT]`: with the system stopped. Exit code 1 when it was refused. */
export const adminRecover = defineCommand({
  meta: {
    name: 'recover',
    description:
      'Cấp mật khẩu một lần và bỏ xác thực hai lớp của một quản trị viên, khi hệ thống đã dừng / a one-time password for an administrator, without the second factor; the system is stopped',
  },
  args: {
    account: { type: 'positional', required: false, default: 'quantri', description: 'tên tài khoản / account name', valueHint: 'ACCOUNT' },
    data: { type: 'string', description: 'thư mục dữ liệu / data directory' },
  },
  async run({ args }) {
    try {
      const { recoverOffline } = await import('@vonggac/server/admin-recover');
      const told = await recoverOffline(readConfig(args.data ? ['--data', args.data] : [], process.env), args.account);
      process.stdout.write(
        `${told}\nCác phiên đăng nhập và khóa API của tài khoản đã kết thúc; việc này đã ghi vào nhật ký. / Its sessions and API tokens have ended; the log says so.\n`,
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      process.stderr.write(`${error.text.vi}\n${error.text.en}\n`);
      process.exitCode = 1;
    }
  },
});
