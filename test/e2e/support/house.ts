import { rmSync } from 'node:fs';
import path from 'node:path';
import { Client, end, makeDataPlace, PASSWORD, type Started, start } from '../../support/product.ts';
import type { Person } from './browser.ts';
import { DEPARTMENTS, DISTRICTS, organisationList } from './papers.ts';
import type { Words } from './words.ts';

export type Installation = { url: string; data: string; stop: () => Promise<void> };

/** The product as `npm start` brings it up on an empty machine, pages included. @param flags further ones */
export async function freshInstallation(flags: string[] = []): Promise<Installation> {
  const data = makeDataPlace();
  const started: Started = await start(data, flags, {});
  if (started.url === null) throw new Error(`The product did not start: ${started.output()}`);
  const stop = async (): Promise<void> => {
    await end(started.child, 'SIGTERM');
    rmSync(path.dirname(data), { recursive: true, force: true });
  };
  return { url: started.url, data, stop };
}

/** Signs in with a one-time password and puts an own one in its place. */
export async function firstSignIn(person: Person, t: Words, as: { username: string; password: string }): Promise<void> {
  const { page } = person;
  await person.open('/');
  await person.type(page.getByLabel(t('identity:signIn.username')), as.username);
  await person.type(page.getByRole('textbox', { name: t('identity:signIn.password') }), as.password);
  await person.mustBeAccessible('signing in');
  await person.click(person.button(t('identity:signIn.button')));
  await page.getByRole('heading', { name: t('identity:password.title') }).waitFor();
  await person.mustBeAccessible('the first password is changed');
  await person.type(page.getByRole('textbox', { name: t('identity:password.current') }), as.password);
  await person.type(page.getByRole('textbox', { name: t('identity:password.next'), exact: true }), PASSWORD);
  await person.type(page.getByRole('textbox', { name: t('identity:password.again') }), PASSWORD);
  await person.click(person.button(t('identity:password.button')));
  await page.getByText(t('identity:password.changed')).waitFor();
}

export async function signInAs(person: Person, t: Words, username: string): Promise<void> {
  const { page } = person;
  await person.open('/sign-in');
  await person.type(page.getByLabel(t('identity:signIn.username')), username);
  await person.type(page.getByRole('textbox', { name: t('identity:signIn.password') }), PASSWORD);
  await person.click(person.button(t('identity:signIn.button')));
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** The first page after the first password: an empty province. */
export async function startEmpty(person: Person, t: Words, province: string): Promise<void> {
  const { page } = person;
  await page.getByRole('heading', { name: t('identity:firstRun.title') }).waitFor();
  await person.mustBeAccessible('the first run');
  await person.click(page.getByRole('radio', { name: t('identity:firstRun.empty') }));
  await person.type(page.getByLabel(t('identity:firstRun.province')), province);
  await person.click(person.button(t('identity:firstRun.empty')));
  await page.waitForURL((url) => url.pathname !== '/first-run');
}

/** Chooses in whose name to act, by the menu of the bar. */
export async function actIn(person: Person, t: Words, role: string): Promise<void> {
  const { page } = person;
  const bar = page.getByTitle(t('shell:switchOrganisation'));
  await bar.waitFor();
  if ((await bar.innerText()).includes(role)) return;
  await person.click(bar);
  await person.click(page.getByRole('menuitem', { name: role }));
  await bar.filter({ hasText: role }).waitFor();
}

/** The whole wizard: file, recognised, columns, dry-run, run. */
export async function importOrganisations(person: Person, t: Words): Promise<void> {
  const { page } = person;
  await person.open('/organisations/import?kind=organisations');
  await person.choose(page.locator('input[type=file]'), organisationList());
  for (const next of ['read', 'toMap', 'toDryRun'] as const) {
    await person.click(person.button(t(`organisations:import.${next}`)));
    await page.locator('[aria-current=step]').waitFor();
  }
  await person.click(person.button(t('organisations:import.run')));
  await page.getByText(t('ui:importRun.state.done')).waitFor();
  await person.mustBeAccessible('the import of organisations');
  await person.click(person.button(t('organisations:import.toList')));
  await page.getByRole('link', { name: 'Sở Y tế' }).waitFor();
  await person.mustBeAccessible('the list of organisations');
}

/** Groups under names of the office's own, so that the phrases of the document have to be mapped. */
export async function makeGroups(url: string): Promise<void> {
  const desk = new Client(url);
  await desk.signIn('quantri', PASSWORD);
  const { items } = await desk.must<{ items: { id: string; name: string }[] }>('GET', '/organisations?size=500');
  const ids = (names: readonly string[]): string[] => items.filter(({ name }) => names.includes(name)).map(({ id }) => id);
  await desk.must('POST', '/groups', { name: 'Khối cơ quan chuyên môn', members: ids(DEPARTMENTS) });
  await desk.must('POST', '/groups', { name: 'Khối huyện', members: ids(DISTRICTS) });
}

/** An account made on the screen; answers the one-time password of its slip. */
export async function makeAccount(person: Person, t: Words, as: { name: string; username: string; organisation: string }): Promise<string> {
  const { page } = person;
  await person.open('/accounts');
  await person.click(person.button(t('access:action.create')).first());
  const dialog = page.getByRole('dialog');
  await person.type(dialog.getByRole('textbox', { name: t('access:field.name') }), as.name);
  await person.type(dialog.getByRole('textbox', { name: t('access:field.username') }), as.username);
  await person.type(dialog.getByRole('textbox', { name: t('access:field.organisation') }), as.organisation);
  await person.click(page.getByRole('option', { name: as.organisation }));
  await person.mustBeAccessible('a new account');
  await person.click(person.button(t('access:action.create'), dialog));
  const password = dialog.locator('dt', { hasText: t('access:slip.password') }).locator('xpath=following-sibling::dd[1]');
  const text = (await password.innerText()).trim();
  await person.mustBeAccessible('a slip');
  await person.click(person.button(t('access:slip.close'), dialog));
  await page.getByText(as.username, { exact: true }).waitFor();
  await person.mustBeAccessible('the list of accounts');
  return text;
}
