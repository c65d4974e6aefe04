import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../../', import.meta.url));
const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const NEEDED = ['sigma-rules', 'sigma-regression/pairs.json', 'evtx/pairs.json'];
const isThere = NEEDED.every((name) => existsSync(`${DATA}${name}`));
if (!isThere) console.warn(`Skipped: the scan beside other engines needs ${NEEDED.join(', ')} in ../shared/data.`);

test.skipIf(!isThere)('the scan finds what other engines agree on, as bench/scan/conformance.ts compares it', { timeout: 240_000 }, () => {
  const { status, stdout } = spawnSync(process.execPath, ['bench/scan/conformance.ts', DATA, '--jobs', '2'], {
    cwd: MAIN,
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/sigma-regression, EVTX: \d{3} right, 0 with another count, 0 missing, 0 extra/u);
  expect(stdout).toMatch(/sigma-regression, JSON: \d{3} right, 0 with another count, 0 missing, 0 extra/u);
  expect(stdout).toMatch(/agreed pairs: \d{3} right, 0 with another count, 0 missing/u);
  expect(status).toBe(0);
});

test.skipIf(!isThere)('all rules load, none is refused', () => {
  const args = ['apps/cli/src/main.ts', 'scan', '--summary', '--rules', `${DATA}sigma-rules`, '-'];
  const summary = execFileSync(process.execPath, args, { cwd: MAIN, input: '', encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
  expect(summary).toMatch(/3\.757 {2}luật đã nạp/u);
  expect(summary).toMatch(/ 0 {2}luật không dùng được/u);
});
