import { type Measure, type MeasureValue, offer } from '@vonggac/store';
import { makeCtx, makeProvince, makeStores, makeTestDatabase } from '@vonggac/testkit';
import { expect, it } from 'vitest';
import { extractText } from '@vonggac/congvan/extract';
import { setUpWork } from '../tasks/fixture.ts';
import { downloadReport, getReport, makeReport, reportRows } from './index.ts';

const held = setUpWork({ makeTestDatabase, makeProvince, makeStores, makeCtx });

const figures = new Map<string, Pick<MeasureValue, 'state' | 'value' | 'of'>>();
const measure = (id: string, more: Partial<Measure> = {}): Measure => ({
  id,
  name: { vi: `Chỉ tiêu ${id}`, en: id },
  unit: { vi: 'điểm', en: 'points' },
  proposes: () => false,
  compute: async (_tx, _ctx, organisations) =>
    organisations.map((organisation) => {
      const found = figures.get(organisation) ?? { state: 'no-data', value: null, of: null };
      return { organisation, target: 0, text: { vi: `còn ${found.value ?? '–'}`, en: '' }, ...found };
    }),
  rows: async () => [],
  ...more,
});

it('freezes what each bound measure counts over all, and of each organisation why', async () => {
  offer(measure('test.sum'));
  offer(measure('test.median', { overall: async () => ({ value: 3.5, of: null }) }));
  const { province, issued, database, desk } = held;
  const owner = database.owner();
  await owner.connect();
  for (const id of ['test.sum', 'test.median'])
    await owner.query('insert into bindings (requirement, directive, measure) values ($1, $2, $3)', [
      issued.requirements[0],
      issued.directive,
      id,
    ]);
  await owner.end();
  const read = async (): Promise<string> => makeReport(desk, { directive: issued.directive, kind: 'result' });
  const silent = await getReport(desk, await read());
  expect(silent.figures.find(({ id }) => id === 'item:1.a:measure:test.sum')).toMatchObject({ value: null, of: null });
  figures.set(province.soyte, { state: 'missed', value: 2, of: 5 });
  const id = await read();
  const { figures: frozen } = await getReport(desk, id);
  expect(frozen.filter((one) => one.id.includes(':measure:')).map((one) => [one.id, one.value, one.of])).toEqual([
    ['item:1.a:measure:test.sum', 2, 5],
    ['item:1.a:measure:test.median', 3.5, null],
  ]);
  figures.clear();
  const rows = await reportRows(desk, id, { figure: 'item:1.a:measure:test.sum', page: 1, size: 10 });
  expect(rows.items.map(({ organisation, text }) => [organisation.id, text.vi])).toEqual([
    [province.sogd, 'còn –'],
    [province.soyte, 'còn 2'],
  ]);
  const { content, name } = await downloadReport(desk, id, 'docx');
  const { text } = await extractText(content, name);
  expect(text).toContain('Chỉ tiêu test.sum: 2/5 (40%).');
  expect(text).toContain('Chỉ tiêu test.median: 3,5.');
});
