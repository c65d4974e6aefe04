import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noBrowser } from '../e2e/support/browser.ts';

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));
const HOSTILE = '</script><script>document.title="run"</script><img src=x onerror="document.title=1">';
const EVENTS = 20_000;

const rule = (id: string, level: string, needle: string): string => `title: Luật ${needle} ${level === 'high' ? HOSTILE : ''}
id: 00000000-0000-4000-8000-00000000000${id}
author: Nguyễn Văn A. ${HOSTILE}
level: ${level}
references: ['javascript:alert(1)', 'https://example.org/rule']
logsource: {category: process_creation, product: windows}
detection:
  selection: {CommandLine|contains: ${needle}}
  condition: selection
`;

function event(at: number): string {
  const fields = { CommandLine: at % 100 === 0 ? `lạ Đăng nhập ${HOSTILE}` : `thường ${at}.exe`, Image: 'C:\\x.exe' };
  const time = new Date(Date.UTC(2026, 10, 1) + at * 60_000).toISOString();
  return JSON.stringify({ Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Provider_Name: 'Microsoft-Windows-Sysmon', Computer: `PC${at % 3}`, EventRecordID: at, UtcTime: time, ...fields }); // prettier-ignore
}

let folder = '';
let browser: Browser;
const page = (): string => pathToFileURL(join(folder, 't.html')).href;

describe.skipIf(noBrowser)('the timeline in a browser', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vonggac-timeline-'));
    await writeFile(join(folder, 'rules.yml'), `${rule('1', 'high', 'lạ')}---\n${rule('2', 'low', 'thường')}`);
    await writeFile(join(folder, 'a.jsonl'), Array.from({ length: EVENTS }, (_, at) => event(at)).join('\n'));
    execFileSync(process.execPath, [MAIN, 'scan', '--rules', 'rules.yml', '--summary', '--timeline', 't.html', 'a.jsonl'], { cwd: folder });
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function opened(locale: string, width: number): Promise<{ at: Page; problems: string[] }> {
    const context = await browser.newContext({ locale, viewport: { width, height: 900 }, offline: true });
    const at = await context.newPage();
    const problems: string[] = [];
    at.on('pageerror', ({ message }) => problems.push(message));
    at.on('console', (message) => problems.push(message.text()));
    at.on('request', (request) => (request.url() === page() ? null : problems.push(request.url())));
    await at.goto(page());
    await at.waitForSelector('.row');
    return { at, problems };
  }

  test.each([
    ['vi-VN', 1440],
    ['en-GB', 390],
  ])('opens offline, %s, %i wide: all hits, few rows, nothing run or asked for, no barrier', async (locale, width) => {
    const { at, problems } = await opened(locale, width);
    expect(await at.textContent('#count')).toBe(locale === 'vi-VN' ? '20.000 / 20.000 kết quả' : '20,000 / 20,000 hits');
    expect(await at.locator('.row').count()).toBeLessThan(100);
    expect(await at.title()).toBe(locale === 'vi-VN' ? 'Dòng thời gian kết quả Sigma' : 'Timeline of Sigma hits');
    expect(await at.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect((await new AxeBuilder({ page: at }).analyze()).violations.map(({ id }) => id)).toEqual([]);
    expect(problems).toEqual([]);
  });

  test('search without diacritics, level, span; the detail marks what matched and keeps text text', async () => {
    const { at, problems } = await opened('en-GB', 1440);
    await at.fill('#search', 'dang nhap pc0');
    await expect.poll(() => at.textContent('#count')).toBe('67 / 20,000 hits');
    await at.locator('.row').first().click();
    expect(await at.locator('mark').textContent()).toContain(HOSTILE);
    expect(await at.locator('#detail').textContent()).toContain(`Nguyễn Văn A. ${HOSTILE}`);
    expect(await at.locator('#detail a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      'https://example.org/rule',
    ]);
    await at.fill('#search', '');
    await at.click('#levels .low');
    await expect.poll(() => at.textContent('#count')).toBe('200 / 20,000 hits');
    await at.selectOption('#zone', 'UTC');
    await at.fill('#from', '2026-11-10T00:00:00');
    await at.locator('#from').blur();
    await expect.poll(() => at.textContent('#count')).toBe('70 / 20,000 hits');
    expect(await at.locator('.row time').first().textContent()).toBe('2026-11-10 00:40:00');
    expect(problems).toEqual([]);
  });

  test('by keyboard from the first hit to the last', async () => {
    const { at } = await opened('vi-VN', 1440);
    await at.locator('#list').focus();
    await at.keyboard.press('ArrowDown');
    expect(await at.locator('.row[aria-selected=true] .file').textContent()).toBe('a.jsonl #0');
    await at.keyboard.press('End');
    expect(await at.locator('.row[aria-selected=true] .file').textContent()).toBe(`a.jsonl #${EVENTS - 1}`);
    await at.keyboard.press('Escape');
    expect(await at.locator('#detail mark').count()).toBe(0);
  });

  test('prints the hits that pass', async () => {
    const { at } = await opened('vi-VN', 1440);
    await at.click('#levels .low');
    await at.emulateMedia({ media: 'print' });
    await at.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await at.locator('#printed tr').count()).toBe(200);
    expect(await at.locator('#printed caption').textContent()).toContain('DRL');
  });
});
