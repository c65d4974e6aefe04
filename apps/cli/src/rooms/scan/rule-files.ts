import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, statOf, unreadable } from './inputs.ts';
import { Stopped } from './stopped.ts';

export type RuleFile = { readonly name: string; readonly text: string };

const RULE_FILE = /\.ya?ml$/iu;
const MOST = { files: 100_000, fileBytes: 4 * 2 ** 20, bytes: 512 * 2 ** 20 };

/**
 * The texts of rules from folders (.yml, .yaml, however deep), single files and zip archives, in the order given.
 * @throws Stopped for what cannot be read or is beyond the limits
 */
export async function ruleFiles(paths: readonly string[]): Promise<RuleFile[]> {
  const files: RuleFile[] = [];
  let bytes = 0;
  for (const path of paths) {
    for (const file of await filesAt(path)) {
      bytes += file.text.length;
      if (files.length >= MOST.files || bytes > MOST.bytes) throw tooMany(path);
      files.push(file);
    }
  }
  return files;
}

async function filesAt(path: string): Promise<RuleFile[]> {
  const stat = statOf(path);
  if (stat.isDirectory())
    return filesBelow(path)
      .filter((name) => RULE_FILE.test(name))
      .flatMap((name) => textAt(join(path, name)));
  if (stat.size > MOST.bytes) throw tooMany(path);
  const bytes = bytesAt(path);
  return bytes.subarray(0, 2).toString('latin1') === 'PK' ? filesInZip(path, bytes) : [{ name: path, text: bytes.toString('utf8') }];
}

/** Nothing for a folder that is called like a file of rules. */
function textAt(path: string): RuleFile[] {
  const stat = statOf(path);
  if (!stat.isFile()) return [];
  if (stat.size > MOST.fileBytes) throw tooMany(path);
  return [{ name: path, text: bytesAt(path).toString('utf8') }];
}

function bytesAt(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function filesInZip(path: string, bytes: Buffer): Promise<RuleFile[]> {
  const { openZip, OutsideError } = await import('@vonggac/outside');
  try {
    const zip = openZip(bytes, { entries: MOST.files, totalBytes: MOST.bytes, entryBytes: MOST.bytes, ratio: 250, nesting: 0 });
    const entries = zip.entries.filter(({ name }) => RULE_FILE.test(name));
    if (entries.some(({ size }) => size > MOST.fileBytes)) throw tooMany(path);
    const names = entries.map(({ name }) => name).sort();
    return names.map((name) => ({ name: `${path}/${name}`, text: Buffer.from(zip.read(name)).toString('utf8') }));
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    throw new Stopped({ vi: `${path}: ${error.messages.vi}`, en: `${path}: ${error.messages.en}` });
  }
}

function tooMany(path: string): Stopped {
  const mib = (bytes: number): number => bytes / 2 ** 20;
  return new Stopped({
    vi: `${path}: quá giới hạn của bộ luật (${MOST.files} tệp, mỗi tệp ${mib(MOST.fileBytes)} MB, tất cả ${mib(MOST.bytes)} MB).`,
    en: `${path}: beyond the limits of a set of rules (${MOST.files} files, ${mib(MOST.fileBytes)} MB each, ${mib(MOST.bytes)} MB in all).`,
  });
}
