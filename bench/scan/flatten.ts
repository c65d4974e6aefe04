/**
 * Writes every event below a folder as flat JSON, one a line, in the form rsigma evaluates: the fields side by side under their own names
 * and those of the taxonomy, with `product`, `service` and `category` where the event has but one of each.
 *
 *     node bench/scan/flatten.ts FOLDER > events.jsonl
 */
import { readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { readEvtx } from '@vonggac/evtx';
import { EventReader } from '@vonggac/sigma';
import type { Logsource, SigmaEvent, Value } from '@vonggac/sigma';

const folder = process.argv[2];
if (folder === undefined) throw new Error('node bench/scan/flatten.ts FOLDER');
const event = new EventReader().evtx();
let text = '';
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!name.endsWith('.evtx')) continue;
  for (const record of readEvtx(join(folder, name))) {
    text += `${JSON.stringify(flat(event.of(record)), (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}\n`;
    if (text.length > 2 ** 20) flush();
  }
}
flush();

function flush(): void {
  for (let bytes = Buffer.from(text); bytes.length > 0;) bytes = bytes.subarray(writeSync(1, bytes));
  text = '';
}

function flat(of: SigmaEvent): Record<string, Value> {
  const fields: Record<string, Value> = {};
  for (const [slot, names] of of.shape.names.entries()) {
    const value = of.value(slot);
    if (value !== null) for (const name of names) fields[name] ??= value;
  }
  for (const part of ['product', 'service', 'category'] as const) {
    const only = onlyOne(of.class.sources, part);
    if (only !== null) fields[part] = only;
  }
  return fields;
}

/** An event of several categories has none here: rsigma takes one, and tries every rule where there is none. */
function onlyOne(sources: readonly Logsource[], part: keyof Logsource): string | null {
  const all = new Set(sources.map((source) => source[part]).filter((one) => one !== null));
  return all.size === 1 ? [...all][0]! : null;
}
