import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from './words.ts';

const PLACES = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const found = PLACES.find((place) => place !== '' && existsSync(place));

/** Whether the tests in a browser cannot run here; never so where `CI` is true, where a missing browser is a failure. */
export const noBrowser = found === undefined && process.env['CI'] !== 'true';
if (noBrowser) console.warn('Skipped: the end-to-end test needs a browser. apt-get install chromium');

export function launch(): Promise<Browser> {
  if (found === undefined) throw new Error('The end-to-end test needs a browser: apt-get install chromium');
  return chromium.launch({ executablePath: found, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A page of its own person, in a language; whatever breaks in it is kept in `faults`. */
export class Person {
  readonly page: Page;
  readonly url: string;
  readonly faults: string[] = [];
  /** Whether every page is looked at by axe, or only those that `mustBeAccessible` is asked for `always`: the second language has the same pages. */
  looksTwice = true;
  /** Clicks, texts typed and files chosen since `startCounting`. */
  acts = 0;

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => this.faults.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) this.faults.push(message.text());
    });
    page.on('response', (response) => {
      if (response.status() >= 500) this.faults.push(`${response.status()} ${response.url()}`);
    });
  }

  static async at(browser: Browser, url: string, as: { language: Language; viewport: { width: number; height: number } }): Promise<Person> {
    const phone = as.viewport.width < 600;
    const context = await browser.newContext({
      viewport: as.viewport,
      hasTouch: phone,
      isMobile: phone,
      reducedMotion: 'reduce',
      baseURL: url,
    });
    await context.addInitScript(`localStorage.setItem('vonggac.language', '${as.language}')`);
    return new Person(await context.newPage(), url);
  }

  startCounting(): void {
    this.acts = 0;
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
  }

  async click(target: Locator): Promise<void> {
    this.acts++;
    await target.click();
  }

  async type(target: Locator, text: string): Promise<void> {
    this.acts++;
    await target.fill(text);
  }

  async choose(target: Locator, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    this.acts++;
    await target.setInputFiles(file);
  }

  button(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  }

  /** Nothing on this page is in the way of a person who cannot see or use a mouse (axe: serious or critical). */
  async mustBeAccessible(name: string, always = false): Promise<void> {
    if (!this.looksTwice && !always) return;
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    const grave = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`)
            .join(' | ')}`,
      );
    expect(grave, `${name}, ${this.page.url()}`).toEqual([]);
  }

  /** Nothing hangs over the edge of a narrow screen. */
  async mustFit(name: string): Promise<void> {
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `${name} is wider than the screen`).toBeLessThanOrEqual(1);
  }
}
