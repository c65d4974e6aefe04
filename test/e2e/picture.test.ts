import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstAdministrator, PASSWORD, ROOT } from '../support/product.ts';
import { DESK, launch, noBrowser, Person } from './support/browser.ts';
import { actIn, freshInstallation, signInAs } from './support/house.ts';
import { wordsIn } from './support/words.ts';

/** The pictures of the README are taken, not drawn: `VONGGAC_PICTURE=1 npx vitest run test/e2e/picture.test.ts`. */
describe.skipIf(noBrowser || process.env['VONGGAC_PICTURE'] !== '1')('the pictures of the directive and of the findings', () => {
  it('are the sample province as it comes with the product', { timeout: 180_000 }, async () => {
    const [browser, house] = await Promise.all([launch(), freshInstallation()]);
    try {
      const administrator = await firstAdministrator(house.url, house.data);
      await administrator.must('POST', '/first-run', { choice: 'sample' });
      const t = wordsIn('vi');
      const person = await Person.at(browser, house.url, { language: 'vi', viewport: DESK });
      const take = async (name: string): Promise<void> => {
        await person.page.evaluate(() => window.scrollTo(0, 0));
        await person.page.evaluate(() => document.fonts.ready);
        await person.page.screenshot({ path: path.join(ROOT, 'docs', name) });
      };
      await signInAs(person, t, 'quantri');
      await actIn(person, t, t('shell:role.desk'));
      await administrator.signIn('quantri', PASSWORD);
      const { items } = await administrator.must<{ items: { id: string; status: string }[] }>('GET', '/directives');
      const issued = items.find(({ status }) => status === 'issued');
      expect(issued).toBeDefined();
      await person.open(`/directives/${issued?.id ?? ''}`);
      await person.page
        .getByRole('grid', { name: t('standing:matrix.label') })
        .getByRole('rowheader')
        .first()
        .waitFor();
      await person.page.getByRole('document').locator('[data-anchor]').first().click();
      await take('directive.png');
      await person.open('/findings/overview');
      await person.page.getByRole('heading', { name: t('findings:overview.byUnit') }).waitFor();
      await take('findings.png');
      expect(person.faults).toEqual([]);
    } finally {
      await browser.close();
      await house.stop();
    }
  });
});
