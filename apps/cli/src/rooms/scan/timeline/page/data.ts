import type { About, Level } from '@vonggac/sigma';
import type { Row } from '../row.ts';

/** What the page says of a rule. */
export type Card = Omit<About, 'name' | 'origin'>;

/** What the page says of the scan. */
export type Facts = {
  readonly cards: Readonly<Record<number, Card>>;
  readonly hits: number;
  /** How many of the hits lie in the page. */
  readonly held: number;
  readonly files: number;
  readonly events: number;
  readonly unknown: number;
  readonly damaged: number;
  readonly unread: number;
  readonly loaded: number;
  readonly refused: number;
  readonly isStopped: boolean;
};

export type Shown = {
  readonly row: Row;
  readonly card: Card;
  /** Positions of the fields that matched. */
  readonly matched: readonly number[];
  /** @unit milliseconds since 1970-01-01 UTC */
  readonly time: number | null;
};

export const LEVEL_ORDER: readonly Level[] = ['critical', 'high', 'medium', 'low', 'informational'];

export function readFacts(): Facts {
  return JSON.parse(document.getElementById('facts')!.textContent) as Facts;
}

/** The hits by time; those that say no time come last. */
export async function readHits({ cards }: Facts): Promise<Shown[]> {
  const holder = document.getElementById('rows')!;
  const packed = bytesOf(holder.textContent);
  holder.textContent = '';
  const text = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  const hits: Shown[] = [];
  for (let from = 0, to = text.indexOf('\n'); to >= 0; from = to + 1, to = text.indexOf('\n', from)) {
    const row = JSON.parse(text.slice(from, to)) as Row;
    for (const [rule, matched] of row[6]) hits.push({ row, card: cards[rule]!, matched, time: row[2] });
  }
  return hits.sort((a, b) => (a.time ?? Infinity) - (b.time ?? Infinity) || 0);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64.trim());
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
