import type { Person } from './browser.ts';
import { pdf } from './papers.ts';
import type { Words } from './words.ts';

type Sent = {
  sender: string;
  name: string;
  text: string;
  /** A part of the item's text, where it is the annex of a directive. */
  item?: string;
};

const COUNTS = ['rows', 'matched', 'unmatched', 'refused', 'findingsNew', 'findingsAgain'] as const;

/** The whole wizard from its first page on, to the list's result. @returns the counts as the page shows them */
export async function takeListIn(person: Person, t: Words, { sender, name, text, item }: Sent): Promise<Record<string, string>> {
  const { page } = person;
  await person.type(page.getByRole('combobox', { name: t('intelligence:field.sender') }), sender);
  await person.choose(page.locator('input[type=file]'), { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  await person.click(person.button(t('intelligence:import.read')));
  await person.button(t('intelligence:import.toMap')).waitFor();
  await person.mustBeAccessible('what was recognised of a list');
  await person.click(person.button(t('intelligence:import.toMap')));
  await page.getByRole('table', { name: t('intelligence:import.columns') }).waitFor();
  await person.mustBeAccessible('the columns of a list');
  if (item !== undefined) {
    await person.click(page.getByRole('combobox', { name: t('intelligence:annex.item') }));
    await person.click(page.getByRole('option', { name: item }));
  }
  await person.click(person.button(t('intelligence:import.toDryRun')));
  await page.getByRole('table', { name: t('intelligence:import.first') }).waitFor();
  await person.mustBeAccessible('the dry-run of a list');
  await person.click(person.button(t('intelligence:import.run')));
  await page.waitForURL(/\/lists\/[\da-f-]{36}/);
  await page.getByText(t('intelligence:state.done'), { exact: true }).first().waitFor();
  await person.mustBeAccessible('a list');
  const shown = async (count: (typeof COUNTS)[number]): Promise<[string, string]> => [
    count,
    await page
      .getByText(t(`intelligence:count.${count}`), { exact: true })
      .first()
      .locator('xpath=preceding-sibling::strong')
      .innerText(),
  ];
  return Object.fromEntries(await Promise.all(COUNTS.map(shown)));
}

/** Looks a machine up in the list of findings and opens its page. */
export async function findingOf(person: Person, t: Words, address: string, state?: 'closed' | 'answered'): Promise<void> {
  const { page } = person;
  await person.open(`/findings?q=${address}${state === undefined ? '' : `&state=${state}`}`);
  await person.click(page.getByRole('table', { name: t('findings:title') }).getByText(address, { exact: true }));
  await page.waitForURL(/\/findings\/[\da-f-]{36}/);
  await page.getByRole('heading', { level: 1, name: address }).waitFor();
}

/** On the page of a finding: the proof, then the answer that the machines are clean. */
export async function answerWithProof(
  person: Person,
  t: Words,
  { done, total, note, file }: { done: number; total: number; note: string; file: string },
): Promise<void> {
  const { page } = person;
  await person.choose(page.locator('input[type=file]'), pdf(file));
  await person.click(person.button(t('findings:action.addFile')));
  await page
    .getByRole('link', { name: file })
    .or(page.getByRole('button', { name: file }))
    .first()
    .waitFor();
  await person.click(person.button(t('findings:act.answer')));
  const dialog = page.getByRole('dialog');
  await person.type(dialog.getByLabel(t('findings:field.machinesDone')), String(done));
  await person.type(dialog.getByLabel(t('findings:field.machinesTotal')), String(total));
  await person.type(dialog.getByRole('textbox', { name: t('findings:field.note') }), note);
  await person.mustBeAccessible('answering a finding');
  await person.click(person.button(t('findings:send.answer'), dialog));
  await dialog.waitFor({ state: 'detached' });
}
