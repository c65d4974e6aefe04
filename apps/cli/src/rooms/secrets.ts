import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { DomainError } from '@vonggac/kernel';

/** How a command may be told what encrypts and opens a backup. */
export const secretArgs = {
  passphrase: { type: 'boolean', description: 'hỏi mật khẩu / ask for a passphrase (hoặc / or VONGGAC_BACKUP_PASSPHRASE)' },
  'passphrase-file': { type: 'string', description: 'đọc mật khẩu từ tệp / read the passphrase from a file' },
} as const;

export type SecretArgs = { passphrase?: boolean | undefined; 'passphrase-file'?: string | undefined };

const SHORTEST = 12;

/** The passphrase that was given, or null. @param isNew asked twice, and long enough */
export async function passphraseOf(args: SecretArgs, isNew: boolean): Promise<string | null> {
  const given = await askedOf(args, isNew);
  if (given !== null && isNew && given.length < SHORTEST)
    throw new DomainError('invalid', 'cli.passphrase_short', {
      vi: `Mật khẩu ngắn quá: cần ít nhất ${SHORTEST} ký tự.`,
      en: `The passphrase is too short: at least ${SHORTEST} characters are needed.`,
    });
  return given;
}

async function askedOf(args: SecretArgs, isNew: boolean): Promise<string | null> {
  if (args['passphrase-file']) return firstLine(args['passphrase-file']);
  const fromEnvironment = process.env['VONGGAC_BACKUP_PASSPHRASE'];
  if (fromEnvironment) return fromEnvironment;
  if (!args.passphrase) return null;
  const first = await ask('Mật khẩu / passphrase: ');
  if (isNew && (await ask('Nhập lại / again: ')) !== first)
    throw new DomainError('invalid', 'cli.passphrase_differs', { vi: 'Hai lần nhập không giống nhau.', en: 'The two entries differ.' });
  return first;
}

/** The identities (`AGE-SECRET-KEY-…`) in a file; lines beginning with # are comments. */
export function identitiesOf(file: string | undefined): string[] {
  if (!file) return [];
  return read(file)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function firstLine(file: string): string {
  return read(file).split('\n')[0]!.trim();
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new DomainError(
      'invalid',
      'cli.not_readable',
      { vi: `Không đọc được ${file}.`, en: `${file} could not be read.` },
      { details: String(error) },
    );
  }
}

/** What is typed is not shown. */
async function ask(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY === true });
  try {
    process.stderr.write(question);
    const answer = await terminal.question('');
    process.stderr.write('\n');
    return answer;
  } finally {
    terminal.close();
  }
}
