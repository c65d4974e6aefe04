import { expect, test } from 'vitest';
import type { Value } from '../event.ts';
import { readRules } from '../read.ts';
import { compile } from './engine.ts';
import { eventWith } from './random-rules.ts';

const RULE = `
title: Download by a system tool
id: 6f5f2f0e-1111-4a5a-9c0b-000000000001
author: Somebody of the project
license: DRL-1.1
logsource: { category: process_creation, product: windows }
detection:
  tool:
    - Image|endswith: ['\\certutil.exe', '\\bitsadmin.exe']
    - OriginalFileName: CertUtil.exe
  arguments:
    CommandLine|contains|all: [urlcache, http]
  words: [evil-word]
  filter:
    User: SYSTEM
  condition: tool and (arguments or words) and not filter
`;
const { rules } = readRules([{ name: 'rule.yml', text: RULE }]);
const match = (fields: Record<string, Value>) => compile(rules).match(eventWith(new Map(Object.entries(fields)), false));

test('a hit says which selections hold and which values made them, and keeps the author of the rule', () => {
  const [hit] = match({ Image: 'C:\\Windows\\CertUtil.exe', CommandLine: 'certutil -URLCACHE http://x', User: 'lan', Other: 'x' });
  expect(hit?.rule).toMatchObject({ author: 'Somebody of the project', license: 'DRL-1.1' });
  expect(hit?.selections).toEqual(['tool', 'arguments']);
  expect(hit?.matched).toEqual([
    { field: 'Image', value: 'C:\\Windows\\CertUtil.exe' },
    { field: 'CommandLine', value: 'certutil -URLCACHE http://x' },
  ]);
});

test('a keyword is shown with the field it stands in', () => {
  const [hit] = match({ OriginalFileName: 'certutil.EXE', Note: ['nothing', 'an EVIL-word here'] });
  expect(hit?.selections).toEqual(['tool', 'words']);
  expect(hit?.matched).toEqual([
    { field: 'OriginalFileName', value: 'certutil.EXE' },
    { field: 'Note', value: ['nothing', 'an EVIL-word here'] },
  ]);
});

test('of a field that an event has several times, those values are shown that matched', () => {
  const text = 'title: t\nid: several\nlogsource: { product: windows }\ndetection: { s: { Data|contains: [evil, worse] }, condition: s }\n';
  const [hit] = compile(readRules([{ name: 'r.yml', text }]).rules).match({
    ...eventWith(new Map(), false),
    shape: { names: [['Data'], ['Data'], ['Data']] },
    value: (slot) => ['an EVIL one', 'good', 'worse'][slot]!,
  });
  expect(hit?.matched).toEqual([{ field: 'Data', value: ['an EVIL one', 'worse'] }]);
});

test('what a filter takes out is no hit', () => {
  expect(match({ Image: 'C:\\certutil.exe', CommandLine: 'urlcache http', User: 'system' })).toEqual([]);
});

test('rules can be swapped between two events; those of before go on as they were', () => {
  const event = eventWith(
    new Map([
      ['Image', '\\certutil.exe'],
      ['CommandLine', 'urlcache http'],
    ]),
    true,
  );
  const before = compile(rules);
  const after = compile([]);
  expect(before.match(event)).toHaveLength(1);
  expect(after.match(event)).toEqual([]);
  expect(before.match(event)).toHaveLength(1);
});

test('a rule applies where one log source of the event has all that it names', () => {
  const of = (logsource: string) =>
    readRules([
      { name: 'r.yml', text: `title: t\nid: ${logsource.length}\nlogsource: ${logsource}\ndetection: { s: { a: b }, condition: s }\n` },
    ]).rules;
  const sources = [
    { category: 'registry_set', product: 'windows', service: 'sysmon' },
    { category: 'registry_event', product: 'windows', service: 'sysmon' },
  ];
  const applies = (logsource: string): boolean =>
    compile(of(logsource)).match(eventWith(new Map([['a', 'b']]), false, { key: 'k', sources })).length === 1;
  expect(applies('{ category: registry_event, product: windows }')).toBe(true);
  expect(applies('{ category: registry_set }')).toBe(true);
  expect(applies('{ service: sysmon, product: windows }')).toBe(true);
  expect(applies('{ category: process_creation, product: windows }')).toBe(false);
  expect(applies('{ category: registry_set, product: linux }')).toBe(false);
});
