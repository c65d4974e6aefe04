import { extractText } from '@vonggac/congvan/extract';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { DESK, launch, noBrowser, Person, PHONE } from './support/browser.ts';
import {
  follow,
  goBetweenFieldAndMark,
  issue,
  mapPhrases,
  readIn,
  remindByText,
  reportQuickly,
  rowOf,
  workItOff,
} from './support/directive.ts';
import {
  actIn,
  firstSignIn,
  freshInstallation,
  importOrganisations,
  type Installation,
  makeAccount,
  makeGroups,
  signInAs,
  startEmpty,
} from './support/house.ts';
import { inventedDirective, realDirective } from './support/papers.ts';
import { wordsIn } from './support/words.ts';

/** A newcomer reads, points and types at about one act in six seconds: forty acts are four minutes. */
const MOST_ACTS = 40;
const AGENCY = 'Sở Y tế';
/** Columns of the matrix beside the items: opened, received, answered, in time, deadline. */
const PAPERWORK = 5;
const LONG = 150_000;

describe.skipIf(noBrowser)('a directive comes in and every agency does its part, in a real browser', () => {
  let browser: Browser;
  let house: Installation;
  let desk: Person;
  let directive = '';
  const vi = wordsIn('vi');
  const en = wordsIn('en');

  beforeAll(async () => {
    [browser, house] = await Promise.all([launch(), freshInstallation()]);
    desk = await Person.at(browser, house.url, { language: 'vi', viewport: DESK });
  }, LONG);

  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  }, LONG);

  it('first password, an empty province, organisations from a list, an account for an agency', { timeout: LONG }, async () => {
    const password = readFileSync(`${house.data}-keys/first-password`, 'utf8').trim();
    await firstSignIn(desk, vi, { username: 'quantri', password });
    await startEmpty(desk, vi, 'UBND tỉnh Ninh Bình');
    await actIn(desk, vi, vi('shell:role.desk'));
    await importOrganisations(desk, vi);
    await makeGroups(house.url);
    const first = await makeAccount(desk, vi, { name: 'Cán bộ đầu mối', username: 'soyte.daumoi', organisation: AGENCY });
    const agency = await Person.at(browser, house.url, { language: 'vi', viewport: PHONE });
    await firstSignIn(agency, vi, { username: 'soyte.daumoi', password: first });
    await agency.page.getByText(vi('work:my.empty.todo')).waitFor();
    await agency.mustBeAccessible('nothing to do');
    expect(agency.faults).toEqual([]);
    await agency.page.context().close();
  });

  it('from file to issued by somebody who never saw it, in at most five minutes', { timeout: LONG }, async () => {
    await desk.open('/directives');
    desk.startCounting();
    const paper = realDirective();
    await readIn(desk, vi, paper);
    await desk.mustBeAccessible('checking');
    // The recipients come in after the document.
    await desk.button(vi('directives:check.unmatched')).first().waitFor();
    expect(await mapPhrases(desk, vi, ['Khối cơ quan chuyên môn', 'Khối huyện'])).toBeGreaterThan(0);
    await goBetweenFieldAndMark(desk, vi);
    await issue(desk, vi, { number: '612', day: '25/4/2024' });
    expect(desk.acts).toBeLessThanOrEqual(MOST_ACTS);
    directive = desk.page.url();
    if (paper.real) {
      // Section 1 and the contacts of 3 are for everybody, section 2 for the companies of the attached list alone.
      const company = await rowOf(desk, vi, { typed: 'viettel', organisation: 'Viettel Ninh Bình' });
      const department = await rowOf(desk, vi, { typed: 'so y te', organisation: AGENCY });
      const concerned = (cells: string[]): string =>
        cells
          .slice(0, -PAPERWORK)
          .map((cell) => (cell.includes(vi('ui:state.not-concerned')) ? '–' : 'x'))
          .join('');
      expect(concerned(company)).toBe('xxxxxxxxxx');
      expect(concerned(department)).toBe('xxxxx––––x');
    }
    expect(desk.faults).toEqual([]);
  });

  it('the agency receives, answers with evidence and hands in, on a phone', { timeout: LONG }, async () => {
    const agency = await Person.at(browser, house.url, { language: 'vi', viewport: PHONE });
    await signInAs(agency, vi, 'soyte.daumoi');
    await workItOff(agency, vi, { subject: 'an toàn thông tin', report: '45/BC-SYT' });
    expect(agency.faults).toEqual([]);
    await agency.page.context().close();
  });

  it('the desk sees who stands where, opens a number to its rows, accepts, reminds', { timeout: LONG }, async () => {
    await desk.open(directive);
    await follow(desk, vi, AGENCY);
    const text = await remindByText(desk, vi);
    expect(text).toContain('UBND huyện Gia Viễn');
    expect(text).not.toMatch(/\d{3,4}[. ]?\d{3}[. ]?\d{3}|@|\d+\.\d+\.\d+\.\d+/);
    expect(desk.faults).toEqual([]);
  });

  it('a quick report in one click says what the page says, opens its numbers and is printed', { timeout: LONG }, async () => {
    await desk.open(directive);
    const pdf = await reportQuickly(desk, vi);
    const { text } = await extractText(pdf, 'bao-cao.pdf');
    expect(text).toMatch(/số liệu đến \d\d giờ \d\d ngày/u);
    expect(text).toContain('UBND huyện Gia Viễn');
    expect(desk.faults).toEqual([]);
  });

  it('the same in English, with a second document', { timeout: LONG }, async () => {
    const officer = await Person.at(browser, house.url, { language: 'en', viewport: DESK });
    officer.looksTwice = false;
    await signInAs(officer, en, 'quantri');
    await actIn(officer, en, en('shell:role.desk'));
    await officer.open('/directives');
    await readIn(officer, en, inventedDirective());
    await officer.mustBeAccessible('checking, in English', true);
    await mapPhrases(officer, en, ['Khối cơ quan chuyên môn', 'Khối huyện']);
    await issue(officer, en, { number: '613', day: '26/4/2024' });
    const agency = await Person.at(browser, house.url, { language: 'en', viewport: PHONE });
    agency.looksTwice = false;
    await signInAs(agency, en, 'soyte.daumoi');
    await workItOff(agency, en, { subject: 'dịp nghỉ lễ', report: '46/BC-SYT' });
    await follow(officer, en, AGENCY);
    expect(await remindByText(officer, en)).toContain('UBND huyện');
    expect([...officer.faults, ...agency.faults]).toEqual([]);
  });

  it('every other page, in both languages', { timeout: LONG }, async () => {
    for (const [language, t] of [
      ['vi', vi],
      ['en', en],
    ] as const) {
      const person = await Person.at(browser, house.url, { language, viewport: DESK });
      await signInAs(person, t, 'quantri');
      await actIn(person, t, t('shell:role.administrator'));
      for (const address of [
        '/directives',
        '/my-work',
        '/duty',
        '/organisations?view=tree',
        '/organisations?view=contacts',
        '/organisations?view=groups',
        '/accounts',
        '/accounts/import',
        '/audit',
        '/account',
      ]) {
        await person.open(address);
        await person.page.getByRole('heading', { level: 1 }).waitFor();
        await person.page.waitForLoadState('networkidle');
        await person.mustBeAccessible(address);
      }
      expect(person.faults).toEqual([]);
      await person.page.context().close();
    }
  });
});
