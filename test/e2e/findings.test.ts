import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstAdministrator, PASSWORD } from '../support/product.ts';
import { DESK, launch, noBrowser, Person } from './support/browser.ts';
import { answerWithProof, findingOf, takeListIn } from './support/findings.ts';
import { actIn, freshInstallation, type Installation, signInAs } from './support/house.ts';
import { wordsIn } from './support/words.ts';

const LONG = 120_000;
const UNIT = 'Sở Y tế';
const SENDER = 'Trung tâm cảnh báo sớm (mẫu)';

/** As the annex of the directive comes: two machines of one department, one address of nobody. */
const ANNEX = `STT;Địa chỉ IP;Thời gian (GMT+7);Họ mã độc;Ghi chú
1;192[.]0[.]2[.]9;25/04/2024 09:15;Lokibot;
2;192.0.2.10;25/04/2024 10:20;Lokibot;hai lần
3;198.51.100.230;25/04/2024 11:02;Lokibot;
4;192.0.2.300;25/04/2024 11:05;Lokibot;
`;
/** The next list of the same sender: one of the two is there again, after the answer. */
const NEXT = `STT;Địa chỉ IP;Thời gian (GMT+7);Họ mã độc;Ghi chú
1;192.0.2.10;29/04/2024 14:40;Lokibot;
`;

describe.skipIf(noBrowser)(
  'a list of addresses becomes findings that an agency answers and the next list judges, in a real browser',
  () => {
    let browser: Browser;
    let house: Installation;
    let person: Person;
    let directive = '';
    const t = wordsIn('vi');

    beforeAll(async () => {
      [browser, house] = await Promise.all([launch(), freshInstallation()]);
      const administrator = await firstAdministrator(house.url, house.data);
      await administrator.must('POST', '/first-run', { choice: 'sample' });
      await administrator.signIn('quantri', PASSWORD);
      const { items } = await administrator.must<{ items: { id: string; status: string }[] }>('GET', '/directives');
      directive = items.find(({ status }) => status === 'issued')?.id ?? '';
      person = await Person.at(browser, house.url, { language: 'vi', viewport: DESK });
      await signInAs(person, t, 'quantri');
    }, LONG);

    afterAll(async () => {
      await browser?.close();
      await house?.stop();
    }, LONG);

    it('the annex of a directive through the wizard: recognised, mapped, tried, taken in', { timeout: LONG }, async () => {
      await actIn(person, t, t('shell:role.desk'));
      await person.open(`/lists/import?directive=${directive}`);
      const counts = await takeListIn(person, t, { sender: SENDER, name: 'phu-luc.csv', text: ANNEX, item: 'danh sách mạng botnet' });
      expect(counts).toMatchObject({ rows: '3', matched: '2', unmatched: '1', refused: '1', findingsNew: '2' });
      await expect.poll(() => person.page.getByRole('row', { name: UNIT }).count()).toBe(1);
      expect(person.faults).toEqual([]);
    });

    it('the agency finds them with the deadline of the directive and answers with proof', { timeout: LONG }, async () => {
      await actIn(person, t, UNIT);
      for (const address of ['192.0.2.9', '192.0.2.10']) {
        await findingOf(person, t, address);
        await answerWithProof(person, t, { done: 2, total: 2, note: 'Đã quét, gỡ mã độc.', file: 'bien-ban.pdf' });
        await person.page.getByText(t('findings:next.no-list')).waitFor();
      }
      await person.mustBeAccessible('a finding');
      expect(person.faults).toEqual([]);
    });

    it('the next list of the sender is the judge: one is not seen any more, one is seen again', { timeout: LONG }, async () => {
      await actIn(person, t, t('shell:role.desk'));
      await person.open('/lists/import');
      await takeListIn(person, t, { sender: SENDER, name: 'thang-sau.csv', text: NEXT });
      await findingOf(person, t, '192.0.2.9', 'closed');
      await person.page.getByText(t('findings:next.proved')).waitFor();
      await findingOf(person, t, '192.0.2.10');
      await person.page.getByText(t('findings:next.again')).waitFor();
      expect(person.faults).toEqual([]);
    });

    it('figures open exactly their rows: of the overview, and of the item on the directive', { timeout: LONG }, async () => {
      const { page } = person;
      await person.open('/findings/overview');
      const figure = page.getByRole('link', { name: new RegExp(`^\\d+(/\\d+)?\\s*${t('findings:overview.seenAgain')}$`) });
      const shown = Number(/\d+/.exec(await figure.innerText())?.[0]);
      expect(shown).toBeGreaterThan(1);
      await person.mustBeAccessible('the overview of findings', true);
      await person.click(figure);
      await expectRows(shown);
      await person.open(`/directives/${directive}`);
      const grid = page.getByRole('grid', { name: t('standing:matrix.label') });
      await person.click(grid.getByRole('row', { name: UNIT }).getByRole('gridcell').nth(2));
      const open = page.getByRole('link', { name: /điểm chưa xử lý$/ });
      const value = Number(/^\d+/.exec(await open.innerText())?.[0]);
      expect(value).toBeGreaterThan(0);
      await person.click(open);
      await page.waitForURL(/\/findings\?/);
      await expectRows(value);
      expect(person.faults).toEqual([]);
    });

    const expectRows = (count: number): Promise<void> =>
      expect
        .poll(
          async () =>
            (await person.page
              .getByRole('table', { name: t('findings:title') })
              .getByRole('row')
              .count()) - 1,
        )
        .toBe(count);
  },
);
