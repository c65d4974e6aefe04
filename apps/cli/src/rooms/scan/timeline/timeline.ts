import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Gzip } from 'node:zlib';
import type { About } from '@vonggac/sigma';
import { unreadable } from '../inputs.ts';
import { hitsOf } from '../summary.ts';
import type { Summary } from '../summary.ts';
import { pageSource } from './page-source.ts';
import type { Card, Facts } from './page/data.ts';

const MOST_HITS = 200_000;
/** A multiple of three: base64 of the pieces is then base64 of the whole. */
const PIECE_BYTES = 3 * 2 ** 18;

/**
 * Writes the hits as one HTML file that opens without a network. The rows are packed into a file beside it as they come, so that memory
 * stays flat; `finish` puts the page together and only then does the file have its name.
 */
export class Timeline {
  readonly #path: string;
  readonly #gzip: Gzip;
  readonly #written: Promise<void>;
  #held = 0;
  #isFull = false;

  private constructor(path: string) {
    this.#path = path;
    this.#gzip = createGzip();
    const file = createWriteStream(this.#rowsPath);
    this.#written = finished(this.#gzip.pipe(file));
    // Awaited in `finish`; without this an error before it would end the process.
    this.#written.catch(() => undefined);
  }

  /** @throws Stopped where the file cannot be written */
  static async create(path: string): Promise<Timeline> {
    try {
      await (await open(`${path}.part`, 'w')).close();
      return new Timeline(path);
    } catch (error) {
      throw unreadable(path, error);
    }
  }

  /** @param rows lines of JSON as `rowOf` makes them, with so many hits in all */
  async add(rows: string, hits: number): Promise<void> {
    this.#isFull ||= this.#held + hits > MOST_HITS;
    if (rows === '' || this.#isFull) return;
    this.#held += hits;
    if (!this.#gzip.write(rows)) await new Promise((resolve) => this.#gzip.once('drain', resolve));
  }

  /** Puts the page together. */
  async finish(summary: Summary): Promise<void> {
    this.#gzip.end();
    await this.#written;
    const page = pageSource();
    const facts = JSON.stringify(factsOf(summary, this.#held)).replaceAll('<', String.raw`\u003c`);
    const whole = `${this.#path}.whole.part`;
    const file = await open(whole, 'w');
    try {
      await file.write(headOf(page.policy, page.style));
      await file.write(`<body class="is-opening">\n${page.body}<script type="application/json" id="facts">${facts}</script>\n`);
      await file.write('<script type="application/octet-stream" id="rows">');
      await this.#copyRows(file);
      await file.write(`</script>\n<script type="module">${page.script}</script>\n</body>\n</html>\n`);
    } finally {
      await file.close();
    }
    await rename(whole, this.#path);
  }

  async close(): Promise<void> {
    this.#gzip.destroy();
    await rm(this.#rowsPath, { force: true });
    await rm(`${this.#path}.whole.part`, { force: true });
  }

  get #rowsPath(): string {
    return `${this.#path}.part`;
  }

  async #copyRows(file: FileHandle): Promise<void> {
    for await (const piece of createReadStream(this.#rowsPath, { highWaterMark: PIECE_BYTES }))
      await file.write((piece as Buffer).toString('base64'));
  }
}

function headOf(policy: string, style: string): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Vọng Gác</title>
<style>${style}</style>
</head>
`;
}

/** Only of rules that have hits. */
function factsOf({ abouts, tally, set, files, isStopped }: Summary, held: number): Facts {
  const cards = [...tally.hits.keys()].map((rule) => [rule, cardOf(abouts[rule]!)] as const);
  return {
    cards: Object.fromEntries(cards),
    hits: hitsOf(tally),
    held,
    files,
    events: tally.events,
    unknown: tally.unknown,
    damaged: tally.damaged,
    unread: tally.unread,
    loaded: set.rules.length + set.correlations.length,
    refused: set.errors.length,
    isStopped,
  };
}

function cardOf({ id, title, level, author, license, status, description, references, falsepositives, tags }: About): Card {
  return { id, title, level, author, license, status, description, references, falsepositives, tags };
}
