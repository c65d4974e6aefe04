import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readList, recogniseList } from '@vonggac/feeds';
import { expect, it } from 'vitest';
import { packExtra, unpackExtra } from './extra.ts';

async function extrasOf(name: string, text: string): Promise<Record<string, string | number>[]> {
  const place = mkdtempSync(path.join(tmpdir(), 'vonggac-extra-'));
  try {
    const file = path.join(place, name);
    writeFileSync(file, text);
    const { mapping } = await recogniseList(file, name);
    const found: Record<string, string | number>[] = [];
    for await (const line of readList(file, name, { mapping }))
      if (line.kind === 'row') found.push(unpackExtra(packExtra(line), line.extraNames));
    return found;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

it('what a list says besides comes back by its headers, whatever is in the cells', async () => {
  const header = 'timestamp,ip,src_asn,infection,ghi chú,@asn,trống,__proto__,ghi chú';
  const rows = [
    '2024-04-20 01:00:00,14.225.10.7,7552,mirai,"a ""b"", \\ {c}\u001fd",x,,y,z',
    '2024-04-20 01:00:00,14.225.10.8,,mirai,,,,,',
    '2024-04-20 01:00:00,14.225.10.9,,mirai,,,,,cuối',
  ];
  expect(await extrasOf('list.csv', `${header}\n${rows.join('\n')}\n`)).toEqual([
    { '@asn': 7552, 'ghi chú': 'a "b", \\ {c} d', ' @asn': 'x', '__proto__ #8': 'y', 'ghi chú #9': 'z' },
    {},
    { 'ghi chú #9': 'cuối' },
  ]);
});

it('fields that come up late in JSON lines have their names too', async () => {
  const line = (more: object): string =>
    JSON.stringify({ 'time.source': '2024-04-20T01:00:00+00:00', 'source.ip': '14.225.10.7', 'malware.name': 'mirai', ...more });
  const text = [line({}), line({ 'extra.note': 'một' }), line({ 'extra.late': '2', 'extra.note': 'hai' })].join('\n');
  expect(await extrasOf('list.jsonl', `${text}\n`)).toEqual([{}, { 'extra.note': 'một' }, { 'extra.note': 'hai', 'extra.late': '2' }]);
});
