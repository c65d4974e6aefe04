import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '@vonggac/kernel';

/** On a terminal the password is shown this once; otherwise it goes to a file that only the owner reads. Never to the log. */
export function tell(config: Config, password: string): string {
  if (process.stdout.isTTY) return `Tài khoản / account: quantri\nMật khẩu lần đầu (24 giờ) / first password (24 h): ${password}`;
  const file = firstPasswordFile(config);
  writeSecret(file, password);
  return `Tài khoản / account: quantri — mật khẩu lần đầu trong tệp / first password in the file: ${file}`;
}

export function firstPasswordFile(config: Pick<Config, 'keys'>): string {
  return path.join(config.keys, 'first-password');
}

/** The password of a recovered administrator: on a terminal this once, otherwise in a file that only the owner reads. */
export function tellRecovered(config: Config, username: string, password: string): string {
  if (process.stdout.isTTY) return `Tài khoản / account: ${username}\nMật khẩu một lần (24 giờ) / one-time password (24 h): ${password}`;
  const file = recoveredPasswordFile(config, username);
  writeSecret(file, password);
  return `Tài khoản / account: ${username} — mật khẩu một lần trong tệp / one-time password in the file: ${file}`;
}

export function recoveredPasswordFile(config: Pick<Config, 'keys'>, username: string): string {
  return path.join(config.keys, `first-password.${username}`);
}

function writeSecret(file: string, password: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  rmSync(file, { force: true });
  writeFileSync(file, `${password}\n`, { mode: 0o600, flag: 'wx' });
}
