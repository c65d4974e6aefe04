import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

const PAGE = new URL('./page/main.ts', import.meta.url);
/** The parts of the page's program, each before those that use it. */
const PARTS = ['elements', 'texts', 'data', 'state', 'chart', 'list', 'detail', 'main'];
const STYLES = ['page.css', 'hits.css', 'media.css'];

export type PageSource = { readonly style: string; readonly body: string; readonly script: string; readonly policy: string };

/** The page without its data. Its policy lets nothing in from outside, and runs this script and no other. */
export function pageSource(): PageSource {
  const style = STYLES.map(read).join('\n');
  const script = PARTS.map((part) => scriptOf(read(`${part}.ts`))).join('\n');
  const policy = [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return { style, body: read('page.html'), script, policy };
}

function read(name: string): string {
  return readFileSync(new URL(name, PAGE), 'utf8');
}

/** One script of all parts: without types, and without the imports that lead from part to part. */
function scriptOf(source: string): string {
  return stripped(source)
    .replaceAll(/^import [^;]*;$/gmu, '')
    .replaceAll(/^export (?=async |function |const |class )/gmu, '')
    .replaceAll(/^ *\n/gmu, '');
}

/** Node says of this function that it is experimental: nothing that a user of the command could act on. */
function stripped(source: string): string {
  const warn = process.emitWarning;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = warn;
  }
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
