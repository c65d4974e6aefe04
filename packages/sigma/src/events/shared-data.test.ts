import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { readEvtx } from '../../../evtx/src/index.ts';
import type { SigmaEvent } from '../event.ts';
import { EventReader, eventOf } from './reader.ts';

const DATA = new URL('../../../../../shared/data/', import.meta.url);
const at = (path: string) => new URL(path.split('/').map(encodeURIComponent).join('/'), DATA);

function files(folder: string, end: string): string[] {
  const base = at(folder);
  if (!existsSync(base)) return [];
  const found = readdirSync(base, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(end) && name !== 'pairs.json');
  return found.map((name) => `${folder}/${name}`);
}

/** One JSON document, or several one after the other. */
function documents(text: string): unknown[] {
  try {
    return [JSON.parse(text) as unknown].flat();
  } catch {
    return text.split(/\n(?=\{)/).map((part) => JSON.parse(part) as unknown);
  }
}

function missing(folder: string): string {
  return existsSync(at(folder)) ? '' : ` (../shared/data/${folder} is not here)`;
}

const REGRESSION = 'sigma-regression';
const regression = files(REGRESSION, '.json');

describe.skipIf(regression.length === 0)(`the events of SigmaHQ's regression data${missing(REGRESSION)}`, () => {
  it('belong to the log source of their rule', () => {
    const rules = new Map<string, Record<string, string>>();
    for (const name of files('sigma-rules', '.yml')) {
      const text = readFileSync(at(name), 'utf8');
      const logsource = /^logsource:\n((?: .*\n)+)/m.exec(text)?.[0] ?? '';
      const { product, category, service } = (load(logsource) as { logsource: Record<string, string> }).logsource;
      rules.set(/^id: (\S+)/m.exec(text)?.[1] ?? '', {
        ...(product && { product }),
        ...(category && { category }),
        ...(service && { service }),
      });
    }
    let checked = 0;
    for (const name of regression) {
      const info = load(readFileSync(at(name.replace(/[^/]*$/, 'info.yml')), 'utf8')) as { rule_metadata: { id: string }[] };
      const wanted = rules.get(info.rule_metadata[0]?.id ?? '');
      if (wanted === undefined) continue;
      const events = documents(readFileSync(at(name), 'utf8')).map((decoded) => eventOf(decoded));
      const fits = ({ class: { sources } }: SigmaEvent) => sources.some((source) => Object.entries(wanted).every(([part, value]) => source[part as 'product'] === value)); // prettier-ignore
      expect(
        events.some((event) => event !== null && fits(event)),
        name,
      ).toBe(true);
      checked++;
    }
    expect(checked).toBeGreaterThan(100);
  });
});

const EVTX = [...files(REGRESSION, '.evtx'), ...files('evtx/evtx-attack-samples', '.evtx')];

/** Name → all values of the fields that answer to it; fields that say nothing, and where they stand, do not matter to rules. */
function said(event: SigmaEvent): Map<string, string[]> {
  const all = new Map<string, string[]>();
  event.shape.names.forEach((names, slot) => {
    const values = [event.value(slot)].flat().filter((value) => value !== null && value !== '');
    for (const name of values.length === 0 ? [] : names.filter((one) => !one.startsWith('Event.'))) {
      all.set(name, [...(all.get(name) ?? []), ...values.map(String)]);
    }
  });
  return all;
}

describe.skipIf(EVTX.length === 0)(`Windows event logs${missing('evtx')}`, () => {
  it('say the same as EVTX and as the JSON that is made of it', () => {
    const reader = new EventReader();
    const view = reader.evtx();
    let events = 0;
    for (const name of EVTX) {
      for (const record of readEvtx(readFileSync(at(name)), { onWarning() {} })) {
        const event = view.of(record);
        const json = reader.of(record.toObject());
        const place = `${name}, record ${record.id}`;
        expect(json?.class, place).toBe(event.class);
        expect(json && said(json), place).toEqual(said(event));
        expect(json?.time(), place).toBe(event.time());
        events++;
      }
    }
    expect(events).toBeGreaterThan(100);
  }, 60_000);
});

const ZEEK = files('zeek/json', '.json.gz');
const SURICATA = files('suricata-eve', '.json');

describe.skipIf(ZEEK.length + SURICATA.length === 0)(`logs of networks${missing('zeek')}${missing('suricata-eve')}`, () => {
  it.each(ZEEK)('%s', (name) => {
    const service = /([a-z0-9_]+)\.json\.gz$/.exec(name)?.[1] ?? null;
    const lines = gunzipSync(readFileSync(at(name))).toString('utf8').split('\n', 200); // prettier-ignore
    const events = lines.filter(Boolean).map((line) => eventOf(JSON.parse(line)));
    for (const event of events) {
      expect(event?.class.sources).toContainEqual({ product: 'zeek', category: null, service });
      expect(event?.time()).toBeGreaterThan(Date.UTC(2015));
    }
    expect(events.length).toBeGreaterThan(0);
  });

  it.each(SURICATA)('%s', (name) => {
    const events = documents(readFileSync(at(name), 'utf8')).slice(0, 500).map((decoded) => eventOf(decoded)); // prettier-ignore
    for (const event of events) expect(event?.class.sources).toContainEqual({ product: 'suricata', category: null, service: 'alert' });
  });
});
