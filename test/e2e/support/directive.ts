import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Person } from './browser.ts';
import { type Paper, pdf } from './papers.ts';
import type { Words } from './words.ts';

/** Reads a file in; the draft opens by itself. */
export async function readIn(person: Person, t: Words, paper: Paper): Promise<void> {
  const { page } = person;
  await page.getByRole('heading', { name: t('directives:list.title') }).waitFor();
  await person.click(person.button(t('directives:list.new')).first());
  await page.getByRole('heading', { name: t('directives:read.title') }).waitFor();
  await person.mustBeAccessible('a new document');
  await person.choose(page.locator('input[type=file]'), paper);
  await page.waitForURL(/\/directives\/[\w-]+\/check/);
  await page.getByRole('document').waitFor();
}

/** A field leads to its place in the document, a place in the document to its field. */
export async function goBetweenFieldAndMark(person: Person, t: Words): Promise<void> {
  const { page } = person;
  const subject = page.getByRole('textbox', { name: t('directives:field.subject') });
  await person.click(subject);
  const mark = page.locator('[data-anchor=subject]');
  await expect.poll(async () => await mark.getAttribute('aria-pressed')).toBe('true');
  await person.click(page.locator('[data-anchor=place], [data-anchor=day]').first());
  await expect.poll(async () => await mark.getAttribute('aria-pressed')).toBe('false');
  await person.click(mark);
  await expect
    .poll(async () => await subject.evaluate((field) => field === document.activeElement || field.contains(document.activeElement)))
    .toBe(true);
}

/** Says once and for all whom a phrase means, for each that matches nobody. @returns how many there were */
export async function mapPhrases(person: Person, t: Words, groups: readonly string[]): Promise<number> {
  const { page } = person;
  const unmatched = person.button(t('directives:check.unmatched'));
  let mapped = 0;
  for (const group of groups) {
    if ((await unmatched.count()) === 0) break;
    const before = await unmatched.count();
    await person.click(unmatched.first());
    const dialog = page.getByRole('dialog');
    await person.click(
      dialog
        .getByRole('textbox', { name: t('directives:map.group') })
        .or(dialog.getByRole('combobox', { name: t('directives:map.group') }))
        .first(),
    );
    await person.click(page.getByRole('option', { name: group }));
    if (mapped === 0) await person.mustBeAccessible('a phrase is mapped');
    await person.click(person.button(t('directives:map.keep'), dialog));
    await expect.poll(async () => await unmatched.count()).toBeLessThan(before);
    mapped++;
  }
  return mapped;
}

/** Preview, then number, day and the signed PDF in one act. */
export async function issue(person: Person, t: Words, as: { number: string; day: string }): Promise<void> {
  const { page } = person;
  await person.click(person.button(t('directives:check.toPreview')));
  await page.getByRole('grid', { name: t('directives:preview.title') }).waitFor();
  await person.mustBeAccessible('the preview');
  await person.click(person.button(t('directives:check.toIssue')));
  await person.type(page.getByRole('textbox', { name: t('directives:field.number') }), as.number);
  await person.type(page.getByRole('textbox', { name: t('directives:field.day') }), as.day);
  await page.keyboard.press('Tab');
  await person.choose(page.locator('input[type=file]'), pdf('ban-ky.pdf'));
  await person.mustBeAccessible('issuing');
  await person.click(person.button(t.like('directives:issue.do')));
  await page.waitForURL(/\/directives\/[\w-]+$/);
  await page.getByRole('grid', { name: t('standing:matrix.label') }).waitFor();
}

/** Looks an organisation up in the matrix, as it is typed without diacritics. @returns the states of its row, by item */
export async function rowOf(person: Person, t: Words, as: { typed: string; organisation: string }): Promise<string[]> {
  const { page } = person;
  const search = page.getByRole('searchbox', { name: t('standing:filter.q') });
  await person.type(search, as.typed);
  const grid = page.getByRole('grid', { name: t('standing:matrix.label') });
  await expect
    .poll(async () => await grid.getByRole('rowheader').filter({ hasNotText: as.organisation }).locator('[data-line]').count())
    .toBe(0);
  const row = grid.getByRole('row').filter({ has: page.getByRole('rowheader', { name: as.organisation }) });
  const cells = await row.getByRole('gridcell').allInnerTexts();
  await person.type(search, '');
  return cells.map((cell) => cell.trim());
}

/** On a phone: receives, answers, attaches evidence, hands in with a signed report. */
export async function workItOff(person: Person, t: Words, as: { subject: string; report: string }): Promise<void> {
  const { page } = person;
  await page.getByRole('heading', { name: t('work:my.title') }).waitFor();
  const card = page.getByRole('listitem').filter({ hasText: as.subject }).first();
  await person.mustBeAccessible('my work');
  await person.mustFit('my work');
  await person.click(person.button(t('work:card.receive'), card));
  await person.click(person.button(t('work:receive.confirm'), page.getByRole('dialog')));
  await page.getByText(t.like('work:receive.done')).waitFor();
  await person.click(card.getByRole('link', { name: t('work:card.answer') }));
  await page.getByText(t.like('work:item.count')).waitFor();
  const items = page.getByRole('article');
  const first = items.first();
  await person.type(first.getByRole('textbox'), 'Đã phân công cán bộ trực 24/7 từ ngày 26/4/2024.');
  await first
    .getByText(t.like('work:answer.savedAt'))
    .or(first.getByText(t('work:answer.saved')))
    .first()
    .waitFor();
  const chosen = page.waitForEvent('filechooser');
  await person.click(person.button(t('work:evidence.add'), first));
  await (await chosen).setFiles(pdf('lich-truc.pdf'));
  await first.getByText('lich-truc.pdf').first().waitFor();
  await first.getByText(t('work:scan.not-scanned')).first().waitFor();
  await person.mustBeAccessible('answering', true);
  await person.mustFit('answering');
  await person.click(person.button(t.like('work:submit.button')));
  const dialog = page.getByRole('dialog');
  await person.type(dialog.getByRole('textbox', { name: t('work:submit.code') }), as.report);
  await person.type(dialog.getByRole('textbox', { name: t('work:submit.signer') }), 'Giám đốc');
  await person.choose(dialog.locator('input[type=file]'), pdf('bao-cao.pdf'));
  await person.mustBeAccessible('handing in');
  await person.click(person.button(t.like('work:submit.confirm'), dialog));
  await page.getByText(t.like('work:submit.done')).waitFor();
}

/** The desk opens a number down to its rows, a row down to its cell, and accepts there. */
export async function follow(person: Person, t: Words, organisation: string): Promise<void> {
  const { page } = person;
  await page.reload();
  const grid = page.getByRole('grid', { name: t('standing:matrix.label') });
  await grid.getByRole('rowheader', { name: organisation }).waitFor();
  await person.mustBeAccessible('the directive screen', true);
  const why = page.getByRole('region', { name: t('standing:why.label') });
  await person.click(page.getByRole('button', { name: new RegExp(`${t('standing:figure.to-review')}$`) }));
  await person.click(why.getByRole('button', { name: organisation }).first());
  await why.getByText('Đã phân công cán bộ trực 24/7').first().waitFor();
  await person.mustBeAccessible('what a number was counted from');
  await person.click(person.button(t('work:review.acceptOne'), why));
  await page.getByText(t.like('work:review.accepted')).waitFor();
}

/** A reminder as text to paste: agencies and deadlines, nothing that must not stand in a chat group. */
export async function remindByText(person: Person, t: Words): Promise<string> {
  const { page } = person;
  await person.click(person.button(t('standing:head.remind')).first());
  const dialog = page.getByRole('dialog');
  await person.click(dialog.getByText(t('standing:way.text'), { exact: true }));
  await person.click(person.button(t.like('standing:remind.all'), dialog));
  await person.mustBeAccessible('reminding');
  await person.click(person.button(t.like('standing:remind.send.text'), dialog));
  const text = await dialog.getByRole('textbox', { name: t('standing:remind.text') }).inputValue();
  await person.click(dialog.getByRole('button', { name: t('ui:close'), exact: true }).last());
  return text;
}

/** One click makes a quick report; what it counts is what the directive's page counts, and each number opens its rows. @returns its PDF */
export async function reportQuickly(person: Person, t: Words): Promise<Buffer> {
  const { page } = person;
  const standing = async (figure: string): Promise<string> => {
    const shown = await page
      .getByRole('button', { name: new RegExp(`^[\\d.,]+\\s*${t(`standing:figure.${figure}` as `${string}:${string}`)}$`) })
      .innerText();
    return /^\S+/.exec(shown.trim())?.[0] ?? '';
  };
  const organisations = await standing('organisations');
  const rows = await page.request.get(`/api/v1${new URL(page.url()).pathname}/figures/received`);
  const { total: received } = (await rows.json()) as { total: number };
  await person.click(person.button(t('reports:kind.quick')));
  await page.waitForURL(/\/reports\/[\w-]+$/);
  const paper = page.getByRole('document', { name: t('reports:paper.label') });
  await paper.locator('[data-figure=received]').waitFor();
  await person.mustBeAccessible('a report');
  expect(await paper.locator('[data-figure=organisations]').innerText()).toBe(organisations);
  expect(await paper.locator('[data-figure=received]').innerText()).toMatch(new RegExp(`^${received}/${organisations} `));
  const silent = paper.locator('[data-figure=silent]');
  const [value, of] = (await silent.innerText()).split(/[/ ]/);
  expect(of).toBe(organisations);
  await person.click(silent);
  const dialog = page.getByRole('dialog');
  await expect.poll(async () => await dialog.getByRole('listitem').count()).toBe(Number(value));
  await person.mustBeAccessible('what a number of a report was counted from');
  await page.keyboard.press('Escape');
  const download = page.waitForEvent('download');
  await person.click(person.button('PDF'));
  return readFileSync(await (await download).path());
}
