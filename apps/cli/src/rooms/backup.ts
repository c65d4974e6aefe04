import { DomainError, readConfig, shownInstant } from '@vonggac/kernel';
import { defineCommand } from 'citty';
import { identitiesOf, passphraseOf, type SecretArgs, secretArgs } from './secrets.ts';

type Common = SecretArgs & { data?: string | undefined; identity?: string | undefined };

const data = { type: 'string', description: 'thư mục dữ liệu / data directory' } as const;
const json = { type: 'boolean', description: 'in JSON / print JSON' } as const;
const identity = { type: 'string', description: 'tệp khóa age (AGE-SECRET-KEY-…) / age identity file' } as const;
const recipient = {
  type: 'string',
  description: 'người nhận age (age1…), cách nhau bằng dấu phẩy / age recipients, separated by commas',
} as const;

/** `vonggac backup [FILE] [--verify]`: beside the running system or with it stopped. Exit code 1 when it was refused or is damaged. */
export const backup = defineCommand({
  meta: { name: 'backup', description: 'Sao lưu (kể cả khi đang chạy) / back up, also while running' },
  args: {
    file: { type: 'positional', required: false, description: 'tệp sao lưu / the backup', valueHint: 'FILE' },
    verify: { type: 'boolean', description: 'chỉ kiểm tra một bản sao lưu / only check a backup' },
    recipient,
    identity,
    ...secretArgs,
    data,
    json,
  },
  run: ({ args }) => guarded(() => (args.verify ? verify(args.file ?? '', args) : take(args.file, args))),
});

/** `vonggac restore FILE`: into an empty place; the system must not run on it. */
export const restore = defineCommand({
  meta: { name: 'restore', description: 'Khôi phục vào nơi trống / restore into an empty place' },
  args: {
    file: { type: 'positional', required: true, description: 'tệp sao lưu / the backup', valueHint: 'FILE' },
    identity,
    'without-keys': { type: 'boolean', description: 'chấp nhận mất khóa cũ / accept the loss of the keys' },
    ...secretArgs,
    data,
    json,
  },
  run: ({ args }) => guarded(() => bringBack(args.file, args)),
});

const keysExport = defineCommand({
  meta: { name: 'export', description: 'Xuất khóa ra một tệp mã hóa, cất riêng / write the keys to an encrypted file, to be kept apart' },
  args: {
    file: { type: 'positional', required: true, valueHint: 'FILE', description: 'tệp khóa / key file' },
    recipient,
    ...secretArgs,
    data,
  },
  run: ({ args }) =>
    guarded(async () => {
      const { keysOut } = await import('@vonggac/server/backup');
      const seal = await sealFrom(args);
      if (!seal)
        throw new DomainError('invalid', 'cli.no_secret', {
          vi: 'Khóa phải được mã hóa khi xuất: dùng --passphrase, --passphrase-file hoặc --recipient.',
          en: 'Keys are encrypted when they are exported: use --passphrase, --passphrase-file or --recipient.',
        });
      const names = await keysOut(configOf(args), args.file, seal);
      say(`Đã xuất ${names.length} khóa / keys exported: ${names.join(', ')}\n${args.file}\n`);
    }),
});

const keysImport = defineCommand({
  meta: { name: 'import', description: 'Nạp khóa vào thư mục khóa còn trống / bring keys into an empty keys directory' },
  args: {
    file: { type: 'positional', required: true, valueHint: 'FILE', description: 'tệp khóa / key file' },
    identity,
    ...secretArgs,
    data,
  },
  run: ({ args }) =>
    guarded(async () => {
      const { keysIn } = await import('@vonggac/server/backup');
      const names = await keysIn(configOf(args), args.file, await openFrom(args));
      say(`Đã nạp ${names.length} khóa / keys imported: ${names.join(', ')}\n`);
    }),
});

export const keys = defineCommand({
  meta: { name: 'keys', description: 'Khóa của hệ thống / keys of the installation' },
  subCommands: { export: keysExport, import: keysImport },
});

async function take(
  file: string | undefined,
  args: Common & { recipient?: string | undefined; json?: boolean | undefined },
): Promise<void> {
  const { backUp } = await import('@vonggac/server/backup');
  const config = configOf(args);
  const started = performance.now();
  const seal = await sealFrom(args);
  const done = await backUp(config, file ?? defaultName(), seal);
  const { parts, damagedFiles } = done.manifest;
  const rows = parts.reduce((sum, part) => sum + (part.rows ?? 0), 0);
  const files = parts.filter(({ name }) => name.startsWith('files/')).length;
  const seconds = (performance.now() - started) / 1000;
  if (args.json)
    return say(`${JSON.stringify({ file: done.file, bytes: done.bytes, sha256: done.sha256, rows, files, seconds, damagedFiles })}\n`);
  say(
    `${done.file}\n${sizeOf(done.bytes)}, ${rows} dòng / rows, ${files} tệp / files, ${seconds.toFixed(1)} s\nSHA-256 ${done.sha256}\n` +
      damagedFiles.map((name) => `✗ tệp đã hỏng từ trước / was damaged before: ${name}\n`).join('') +
      (seal ? '' : `Mã hóa bằng khóa backup-key trong ${config.keys} / encrypted to backup-key in ${config.keys}\n`) +
      'Khóa không nằm trong bản sao lưu: chạy npx vonggac keys export và cất riêng. / Keys are not in it: run npx vonggac keys export and keep that apart.\n',
  );
}

async function verify(file: string, args: Common & { json?: boolean | undefined }): Promise<void> {
  const { verifyFile } = await import('@vonggac/server/backup');
  const { head, manifest } = await verifyFile(configOf(args), file, await openFrom(args));
  if (args.json) return say(`${JSON.stringify({ takenAt: head.takenAt, product: head.product, parts: manifest.parts.length })}\n`);
  say(
    `Nguyên vẹn / whole: ${manifest.parts.length} phần / parts, ${shownInstant(Temporal.Instant.from(head.takenAt))}, phiên bản / version ${head.product}\n`,
  );
}

async function bringBack(file: string, args: Common & { 'without-keys'?: boolean | undefined; json?: boolean | undefined }): Promise<void> {
  const { restoreFrom } = await import('@vonggac/server/restore');
  const started = performance.now();
  const done = await restoreFrom(configOf(args), file, { using: await openFrom(args), withoutKeys: args['without-keys'] ?? false });
  const { parts, damagedFiles } = done.manifest;
  const rows = parts.reduce((sum, part) => sum + (part.rows ?? 0), 0);
  const seconds = (performance.now() - started) / 1000;
  const taken = shownInstant(Temporal.Instant.from(done.head.takenAt));
  if (args.json)
    return say(
      `${JSON.stringify({ takenAt: done.head.takenAt, rows, seconds, lostKeys: done.lostKeys, missingFiles: done.missingFiles, damagedFiles })}\n`,
    );
  say(
    `Đã khôi phục bản sao lưu lúc ${taken} / restored: ${rows} dòng / rows, ${seconds.toFixed(1)} s\n` +
      [...done.missingFiles, ...damagedFiles].map((name) => `✗ thiếu hoặc hỏng / missing or damaged: ${name}\n`).join('') +
      `Mọi phiên đăng nhập đã kết thúc. Thư gửi đi bị giữ đến khi quản trị viên cho phép. Tài khoản, mật khẩu và khóa API là của lúc ${taken}: khóa lại những gì đã thu hồi sau đó.\n` +
      `All sessions have ended. Outgoing mail is held until an administrator releases it. Accounts, passwords and API tokens are those of ${taken}: revoke again what was revoked since.\n`,
  );
}

async function sealFrom(args: SecretArgs & { recipient?: string | undefined }) {
  if (args.recipient)
    return {
      recipients: args.recipient
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    };
  const passphrase = await passphraseOf(args, true);
  return passphrase === null ? null : { passphrase };
}

async function openFrom(args: Common) {
  return { passphrase: (await passphraseOf(args, false)) ?? undefined, identities: identitiesOf(args.identity) };
}

const configOf = (args: Pick<Common, 'data'>) => readConfig(args.data ? ['--data', args.data] : [], process.env);
const sizeOf = (bytes: number) => (bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`);
const say = (text: string): void => void process.stdout.write(text);

/** `vonggac-20261122-195800.tar.zst.age`, the hour of Vietnam, in the current directory. */
function defaultName(): string {
  const now = Temporal.Now.zonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDateTime().toString({ fractionalSecondDigits: 0 });
  return `vonggac-${now.replaceAll(/[-:]/g, '').replace('T', '-')}.tar.zst.age`;
}

async function guarded(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    process.stderr.write(`${error.text.vi}\n${error.text.en}\n${error.details ? `${String(error.details)}\n` : ''}`);
    process.exitCode = 1;
  }
}
