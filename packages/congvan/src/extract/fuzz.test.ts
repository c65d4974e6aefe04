import { availableParallelism, loadavg } from 'node:os';
import { endIdleChildren } from '@vonggac/outside';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { extractText } from './extract-text.ts';
import { UnreadableFile } from './model.ts';
import { docxEntries, makePdf, makeZip, p, table } from './test-files.ts';
import type { TestEntry } from './test-files.ts';

// VONGGAC_FUZZ=10000 runs the full count; VONGGAC_FUZZ_SEED repeats a run.
const COUNT = Number(process.env['VONGGAC_FUZZ'] ?? 300);
const SEED = Number(process.env['VONGGAC_FUZZ_SEED'] ?? 20_240_430);
const AT_ONCE = 2;
// Limits are in processor time: on a machine with more to do than processors the clock runs longer.
const LONGEST_MS = 2000;
const LONGEST_WHEN_BUSY_MS = 10_000;

const BODY =
  table([[p('UBND TỈNH') + p('SỞ Y TẾ'), p('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')]]) +
  p('Kính gửi: Các đơn vị') +
  p('1. Trực 24/7', '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>');
const NUMBERING =
  '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';
const PARTS = docxEntries({ body: BODY, numbering: NUMBERING });
const PDF = makePdf({
  pages: [
    [
      { text: 'SỞ Y TẾ', x: 100, y: 780 },
      { text: 'CỘNG HÒA XÃ HỘI', x: 300, y: 780 },
      { text: 'Kính gửi: Các đơn vị', x: 100, y: 700 },
    ],
    [{ text: '2', x: 300, y: 820 }],
  ],
});
const TEXT = Buffer.from('Số: 12/SYT-VP\nNinh Bình, ngày 02 tháng 9 năm 2025\nKính gửi: Các đơn vị trực thuộc;\n');
const MARKS = [
  '<',
  '>',
  '&',
  '<!DOCTYPE a>',
  '<w:tbl>',
  '</w:p>',
  'endobj',
  'stream',
  '/Kids [2 0 R]',
  '/Length 999999999',
  '0 R',
  'PK\u0001\u0002',
  '\u0000',
  '\u00ff\u00fe',
  '99999999999',
];

type Random = (below: number) => number;

/** Mulberry32: small, and the same on every machine. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below);
  };
}

function mutateOnce(bytes: Buffer, random: Random): Buffer {
  const at = random(bytes.length);
  const to = Math.min(bytes.length, at + 1 + random(40));
  const kind = random(7);
  if (kind === 0) bytes[at] = random(256);
  if (kind === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
  if (kind === 2) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
  if (kind === 3) return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
  if (kind === 4)
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(MARKS[random(MARKS.length)] ?? '', 'latin1'), bytes.subarray(at)]);
  if (kind === 5 && random(6) === 0) return bytes.subarray(0, at);
  if (kind === 6) bytes.copy(bytes, random(bytes.length), at, to);
  return bytes;
}

function mutate(source: Uint8Array, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(source);
  for (let times = 1 + random(6); times > 0; times--) bytes = mutateOnce(bytes, random);
  return bytes;
}

/** Damage inside a part, packed again so that the archive itself is sound. */
function mutatedPart(random: Random): Uint8Array {
  const chosen = random(PARTS.length);
  const change = (part: TestEntry): TestEntry => ({ name: part.name, content: mutate(Buffer.from(part.content as string), random) });
  return makeZip(PARTS.map((part, at) => (at === chosen ? change(part) : part)));
}

function nextFile(random: Random): Uint8Array {
  const kind = random(4);
  if (kind === 0) return mutatedPart(random);
  if (kind === 1) return mutate(makeZip(PARTS), random);
  return mutate(kind === 2 ? PDF : TEXT, random);
}

interface Outcome {
  readonly what: string;
  readonly ms: number;
}

async function outcomeOf(bytes: Uint8Array): Promise<Outcome> {
  const began = performance.now();
  try {
    // Recognition of the pages that lost their text is another matter, and slow.
    const { format } = await extractText(bytes, 'a', { limits: { scannedPages: 0 } });
    return { what: `read as ${format}`, ms: performance.now() - began };
  } catch (error) {
    const known = error instanceof UnreadableFile && error.place !== '' && error.messages.vi !== '' && error.messages.en !== '';
    return { what: known ? error.code : `not typed: ${String(error)}`, ms: performance.now() - began };
  }
}

function longestNow(): number {
  return (loadavg()[0] ?? 0) > availableParallelism() ? LONGEST_WHEN_BUSY_MS : LONGEST_MS;
}

beforeAll(async () => {
  await extractText(PDF, 'a.pdf');
}, 20_000);
afterAll(endIdleChildren);

test(
  `${COUNT} damaged documents give a text or a typed error, none takes over 2 s`,
  async () => {
    const random = randomFrom(SEED);
    const counts = new Map<string, number>();
    const bad: string[] = [];
    let longest = 0;
    for (let done = 0; done < COUNT; done += AT_ONCE) {
      const files = Array.from({ length: Math.min(AT_ONCE, COUNT - done) }, () => nextFile(random));
      for (const [at, { what, ms }] of (await Promise.all(files.map(outcomeOf))).entries()) {
        counts.set(what, (counts.get(what) ?? 0) + 1);
        longest = Math.max(longest, ms);
        // `crashed` is a clear error for people, but a reader that has not foreseen its input.
        if (what.startsWith('not typed') || what === 'crashed' || ms > longestNow())
          bad.push(`#${done + at}: ${what}, ${Math.round(ms)} ms`);
      }
    }
    if (COUNT > 1000) console.info(Object.fromEntries([...counts].toSorted((a, b) => b[1] - a[1])), `longest ${Math.round(longest)} ms`);
    expect(bad).toEqual([]);
  },
  60_000 + COUNT * 500,
);
