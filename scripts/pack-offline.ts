import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildWebWhenStale } from '../apps/server/src/web-build.ts';
import { billOf, type Packed, type Sbom } from './offline/licences.ts';

/**
 * `npm run pack:offline [FOLDER] [-- --tar]`: everything that a machine of this platform needs without a network, in one
 * folder: the repository, the pages, the packages of production with Node and PostgreSQL, checksums and a bill of materials.
 */
const root = path.join(import.meta.dirname, '..');
const version = (JSON.parse(readFileSync(path.join(root, 'apps/server/package.json'), 'utf8')) as { version: string }).version;
const node = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const flags = process.argv.slice(2);
const out = path.resolve(
  flags.find((one) => !one.startsWith('--')) ?? path.join(root, 'dist', `vonggac-${version}-${process.platform}-${process.arch}`),
);

function said(command: string, args: string[]): string {
  return execFileSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1_048_576, stdio: ['ignore', 'pipe', 'inherit'] });
}

function copy(relative: string): void {
  const from = path.join(root, relative);
  const to = path.join(out, 'app', relative);
  mkdirSync(path.dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
}

/** What git knows or would take; what is ignored stays behind. */
function copyRepository(): void {
  const files = said('git', ['ls-files', '-co', '--exclude-standard', '-z']).split('\0').filter(Boolean);
  for (const file of files) if (existsSync(path.join(root, file))) copy(file);
}

/** The packages of production, as npm resolved them on this platform, and the two commands. */
function copyPackages(): Packed {
  const places = said('npm', ['ls', '--omit=dev', '--all', '--parseable'])
    .split('\n')
    .map((place) => path.relative(root, place))
    .filter((place) => place.includes('node_modules') && lstatSync(path.join(root, place), { throwIfNoEntry: false }));
  const tops = places.toSorted().filter((place, at, all) => !all.slice(0, at).some((above) => place.startsWith(`${above}/`)));
  for (const place of tops) copy(place);
  if (!existsSync(path.join(out, 'app/node_modules', node)))
    throw new Error(`${node} is not installed; run npm install on this platform first.`);
  for (const name of ['node', 'vonggac']) copy(`node_modules/.bin/${name}`);
  return new Map(
    places.map((place) => {
      const directory = path.join(root, place);
      const manifest = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as { name: string; version: string };
      return [`${manifest.name}@${manifest.version}`, directory];
    }),
  );
}

/** CycloneDX from npm itself. */
function writeSbom(packed: Packed): void {
  const sbom = JSON.parse(said('npm', ['sbom', '--sbom-format', 'cyclonedx'])) as Sbom;
  writeFileSync(path.join(out, 'sbom.cdx.json'), `${JSON.stringify(billOf(sbom, packed), null, 1)}\n`);
}

function writeScripts(): void {
  const platform = `${os.type()}-${os.machine()}`;
  for (const name of ['install.sh', 'verify.sh', 'vonggac.service']) {
    const text = readFileSync(path.join(root, 'scripts/offline', name), 'utf8');
    writeFileSync(path.join(out, name), text.replaceAll('@PLATFORM@', platform).replaceAll('@NODE@', node));
    if (name.endsWith('.sh')) chmodSync(path.join(out, name), 0o755);
  }
}

/** Every regular file with its SHA-256, every link with its target. */
function writeSums(): { files: number; bytes: number } {
  const sums: string[] = [];
  const links: string[] = [];
  let bytes = 0;
  const walk = (relative: string): void => {
    for (const entry of readdirSync(path.join(out, relative), { withFileTypes: true })) {
      const at = path.posix.join(relative, entry.name);
      if (/[\n\t\\]/.test(at)) throw new Error(`A name that a list cannot hold: ${at}`);
      if (entry.isDirectory()) walk(at);
      else if (entry.isSymbolicLink()) links.push(`${at}\t${readlinkSync(path.join(out, at))}`);
      else {
        const content = readFileSync(path.join(out, at));
        bytes += content.length;
        sums.push(`${createHash('sha256').update(content).digest('hex')}  ${at}`);
      }
    }
  };
  walk('');
  const linkList = links
    .toSorted()
    .map((line) => `${line}\n`)
    .join('');
  writeFileSync(path.join(out, 'LINKS'), linkList);
  sums.push(`${createHash('sha256').update(linkList).digest('hex')}  LINKS`);
  writeFileSync(
    path.join(out, 'SHA256SUMS'),
    sums
      .toSorted((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
      .map((line) => `${line}\n`)
      .join(''),
  );
  return { files: sums.length, bytes };
}

if (existsSync(out)) {
  if (!existsSync(path.join(out, 'SHA256SUMS')) && readdirSync(out).length > 0)
    throw new Error(`${out} is not empty and no packed folder.`);
  rmSync(out, { recursive: true });
}
mkdirSync(out, { recursive: true });
await buildWebWhenStale();
copyRepository();
copy('apps/web/dist');
writeSbom(copyPackages());
writeScripts();
const { files, bytes } = writeSums();
process.stdout.write(`${out}: ${files} files, ${Math.round(bytes / 1_000_000)} MB\n`);
if (flags.includes('--tar')) {
  const { status } = spawnSync('tar', ['-cf', `${out}.tar`, '-C', path.dirname(out), path.basename(out)], { stdio: 'inherit' });
  if (status !== 0) throw new Error('tar failed');
  process.stdout.write(`${out}.tar\n`);
}
