import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packLibrary } from '../../scripts/pack-library.ts';

const root = path.join(import.meta.dirname, '../..');
let place = '';

const RULE = [
  'title: t',
  'id: 00000000-0000-4000-8000-000000000001',
  'level: high',
  'logsource: { category: process_creation, product: windows }',
  'detection: { s: { Image|endswith: "\\\\certutil.exe" }, condition: s }',
].join('\n');

const USE = `
import { EvtxError, readEvtx } from '@vonggac/evtx';
import { compile, eventOf, readRules, type Hit } from '@vonggac/sigma';

const { rules, errors } = readRules([{ name: 'rule.yml', text: ${JSON.stringify(RULE)} }]);
const event = eventOf({ Event: { System: { Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } }, EventID: 1, Channel: 'Microsoft-Windows-Sysmon/Operational' }, EventData: { Image: 'C:\\\\Windows\\\\certutil.exe' } } });
const hits: readonly Hit[] = event === null ? [] : compile(rules).match(event);
let code = 'none';
try {
  for (const record of readEvtx(new Uint8Array(100))) code = String(record.id);
} catch (error) {
  if (error instanceof EvtxError) code = error.code;
}
console.log(JSON.stringify({ hits: hits.map((hit) => hit.rule.id), errors, code }));
`;

beforeAll(() => {
  place = mkdtempSync(path.join(os.tmpdir(), 'vonggac-libraries-'));
  const tarballs = ['evtx', 'sigma'].map((name) => packLibrary(name, place));
  writeFileSync(path.join(place, 'package.json'), '{ "private": true, "type": "module" }');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs], { cwd: place, stdio: 'pipe' });
}, 180_000);

afterAll(() => rmSync(place, { recursive: true, force: true }));

test('evtx and sigma are installed from their tarballs, typed, and work without the rest', () => {
  writeFileSync(path.join(place, 'use.ts'), USE);
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', ''];
  execFileSync(path.join(root, 'node_modules/.bin/tsc'), [...options, 'use.ts'], { cwd: place, stdio: 'pipe' });
  const told = execFileSync(process.execPath, ['use.ts'], { cwd: place, encoding: 'utf8' });
  expect(JSON.parse(told)).toEqual({
    hits: ['00000000-0000-4000-8000-000000000001'],
    errors: [],
    code: expect.stringMatching(/^(?!none)/u),
  });
}, 60_000);
