import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * `node scripts/pack-library.ts NAME FOLDER`: a package that stands alone (`sigma`, `evtx`) as a tarball that any Node from 22 on can
 * install: JavaScript with declarations instead of the sources, tests left out.
 */
const root = path.join(import.meta.dirname, '..');

type Manifest = { name: string; private?: boolean; exports: Record<string, string>; [other: string]: unknown };

/** What is emitted stands where the sources stood, under `dist`. */
function built(manifest: Manifest): Manifest {
  const exports = Object.fromEntries(
    Object.entries(manifest.exports).map(([entry, source]) => {
      const base = source.replace('./src/', './dist/').replace(/\.ts$/u, '');
      return [entry, { types: `${base}.d.ts`, default: `${base}.js` }];
    }),
  );
  const { private: _, ...rest } = manifest;
  return { ...rest, exports, files: ['dist', 'README.md', 'CONFORMANCE.md', 'LICENSE'], engines: { node: '>=22' } } as unknown as Manifest;
}

/** @returns the path of the tarball */
export function packLibrary(name: string, folder: string): string {
  const from = path.join(root, 'packages', name);
  const work = mkdtempSync(path.join(os.tmpdir(), 'vonggac-pack-'));
  try {
    const manifest = JSON.parse(readFileSync(path.join(from, 'package.json'), 'utf8')) as Manifest;
    const config = {
      extends: path.join(root, 'tsconfig.json'),
      compilerOptions: {
        noEmit: false,
        allowImportingTsExtensions: false,
        rewriteRelativeImportExtensions: true,
        declaration: true,
        types: ['node'],
        target: 'es2024',
        rootDir: path.join(from, 'src'),
        outDir: path.join(work, 'dist'),
      },
      include: [],
      files: Object.values(manifest.exports).map((source) => path.join(from, source)),
    };
    writeFileSync(
      path.join(work, 'tsconfig.json'),
      JSON.stringify({ ...config, compilerOptions: { ...config.compilerOptions, typeRoots: [path.join(root, 'node_modules/@types')] } }),
    );
    execFileSync(path.join(root, 'node_modules/.bin/tsc'), ['-p', work], { stdio: ['ignore', 'inherit', 'inherit'] });
    for (const file of readdirSync(path.join(from, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (one) => /\.(?:yml|json)$/u.test(one) && !/(?:^|\/)spec\//u.test(one),
    ))
      cpSync(path.join(from, 'src', file), path.join(work, 'dist', file));
    for (const file of ['README.md', 'CONFORMANCE.md']) cpSync(path.join(from, file), path.join(work, file));
    cpSync(path.join(root, 'LICENSE'), path.join(work, 'LICENSE'));
    writeFileSync(path.join(work, 'package.json'), `${JSON.stringify(built(manifest), null, 2)}\n`);
    mkdirSync(folder, { recursive: true });
    const told = execFileSync('npm', ['pack', '--json', '--pack-destination', path.resolve(folder)], { cwd: work, encoding: 'utf8' });
    return path.join(path.resolve(folder), (JSON.parse(told) as { filename: string }[])[0]!.filename);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const [name, folder] = process.argv.slice(2);
  if (!name || !folder) {
    process.stderr.write('node scripts/pack-library.ts NAME FOLDER\n');
    process.exit(2);
  }
  process.stdout.write(`${packLibrary(name, folder)}\n`);
}
