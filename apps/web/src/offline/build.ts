import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Plugin, transformWithOxc } from 'vite';

/** What stands in `public/` and belongs to the shell. */
const STILL = ['/offline.html', '/favicon.svg', '/icon-192.png'];
const SOURCE = new URL('./service-worker.ts', import.meta.url);
const PUBLIC = new URL('../../public', import.meta.url);

/** The script of the service worker for a build that wrote these files; it changes with any of them. */
export async function serviceWorkerOf(files: readonly string[], shell: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(files.toSorted().join('\n'));
  for (const still of STILL) hash.update(readFileSync(new URL(`.${still}`, `${PUBLIC.href}/`)));
  const said = { VERSION: hash.digest('hex').slice(0, 12), SHELL: [...STILL, ...shell] };
  const consts = Object.entries(said).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
  const { code } = await transformWithOxc(readFileSync(SOURCE, 'utf8'), 'service-worker.ts');
  return `${consts.join('\n')}\n${code}`;
}

/** Writes `sw.js` beside the pages: the first page's own files are kept at once, the others when they are first asked for. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const first = Object.values(bundle).filter((one) => one.type === 'chunk' && one.isEntry);
      const shell = first.flatMap((one) =>
        one.type === 'chunk' ? [one.fileName, ...one.imports, ...(one.viteMetadata?.importedCss ?? [])] : [],
      );
      const source = await serviceWorkerOf(
        Object.keys(bundle),
        [...new Set(shell)].map((file) => `/${file}`),
      );
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}
