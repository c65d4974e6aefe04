import { type EdxmlDocument, writeEdxmlDocument } from '@vonggac/congvan/edxml';
import { extractText } from '@vonggac/congvan/extract';
import { newId } from '@vonggac/kernel';
import { endIdleChildren } from '@vonggac/outside';
import { type Ctx, inTransaction, on } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directives } from '../directives/index.ts';
import { createExercise } from '../exercises/index.ts';
import { END_30, issueForTest, nextNumber, PDF, setUpWork } from '../tasks/fixture.ts';
import { addEvidence, receive, submitReport } from '../tasks/index.ts';
import * as reports from './index.ts';

const held = setUpWork(testkit);
const page = { page: 1, size: 100 };
const people = {} as Record<'leader' | 'clerk' | 'head', Ctx>;

beforeAll(async () => {
  on('reports.issued', reports.attachReport);
  const owner = held.database.owner();
  await owner.connect();
  await owner.query(`update organisations set code = 'H99.10' where id = $1`, [held.province.sotttt]);
  await owner.query(`update organisations set code = 'H99.11' where id = $1`, [held.province.soyte]);
  await owner.end();
  people.leader = await testkit.makeCtx(held.desk.stores, held.province.sotttt, 'leader');
  people.clerk = await testkit.makeCtx(held.desk.stores, held.province.soyte, 'desk');
  people.head = await testkit.makeCtx(held.desk.stores, held.province.soyte, 'leader');
});
afterAll(endIdleChildren);

async function issued(by: Ctx, approver: Ctx, made: { directive: string; kind: 'quick' | 'result' }, number: string): Promise<string> {
  const id = await reports.makeReport(by, made);
  await reports.proposeReport(by, id, { version: 1 });
  await reports.approveReport(approver, id, { version: 2 });
  await reports.issueReport(by, id, { version: 3, number, day: '2024-04-26' });
  return id;
}

const textOf = async (id: string) => {
  const { content, name } = await reports.downloadReport(held.desk, id, 'docx');
  return (await extractText(content, name)).text;
};
const result = () => reports.makeReport(held.desk, { directive: held.issued.directive, kind: 'result' });
const figuresOf = async (id: string) => {
  const { figures } = await reports.getReport(held.desk, id);
  return Object.fromEntries(figures.map((one) => [one.id, [one.value, one.of]]));
};

/** Sở Y tế carries the directive out with one of its own to two units; one of them answers. */
async function carriedOut(): Promise<string> {
  const { soyte, benhvien, giavien } = held.province;
  const below = await issueForTest(people.clerk, [benhvien, soyte], [END_30]);
  await inTransaction(people.clerk, (tx) =>
    tx.update(directives).set({ upstream: held.issued.directive }).where(eq(directives.id, below.directive)),
  );
  expect(giavien).toBeTruthy();
  const unit = await testkit.makeCtx(held.desk.stores, benhvien, 'officer');
  await receive(unit, { directive: below.directive, organisation: benhvien, number: nextNumber(), day: '2024-04-22' });
  return below.directive;
}

describe('the report of a receiver', () => {
  it('is attached to its receipt when it is issued, and its figures are summed apart from ours', async () => {
    const below = await carriedOut();
    await issued(people.clerk, people.head, { directive: below, kind: 'quick' }, nextNumber());
    expect((await reports.getReport(held.desk, await result())).rollups).toEqual([]);
    const number = nextNumber();
    await issued(people.clerk, people.head, { directive: below, kind: 'result' }, number);
    await testkit.expectAudit(people.clerk, 'reports.rolled_up', held.issued.directive);
    const id = await result();
    const figures = await figuresOf(id);
    expect(figures).toMatchObject({
      organisations: [2, null],
      below: [1, 2],
      'below:organisations': [2, null],
      'below:received': [1, 2],
      'below:reported': [0, 2],
      'below:silent': [2, 2],
    });
    const text = await textOf(id);
    expect(text).toContain('Tổng hợp từ báo cáo của đơn vị: 1/2 (50%) đơn vị nhận văn bản có báo cáo kết quả');
    expect(text).toContain(`${number}/BC-STTTT`);
    const [rollup] = (await reports.getReport(held.desk, id)).rollups;
    expect(rollup).toMatchObject({ organisation: { name: 'Sở Y tế' }, source: 'house', figures: { organisations: 2, received: 1 } });
    const { content } = await reports.downloadRollup(held.desk, rollup!.id);
    expect(Buffer.from(content.slice(0, 5)).toString()).toBe('%PDF-');
    for (const ctx of [held.sogd, held.foreign])
      await expect(reports.downloadRollup(ctx, rollup!.id)).rejects.toMatchObject({ code: 'rollup.not_found' });
    await issued(people.clerk, people.head, { directive: below, kind: 'result' }, nextNumber());
    expect(await figuresOf(await result())).toMatchObject({ below: [1, 2], 'below:organisations': [2, null] });
    expect(await figuresOf(id)).toEqual(figures);
  });

  it('comes as edXML that answers the directive: attached with its file, in no sum', async () => {
    const [head] = await inTransaction(held.desk, (tx) => tx.select().from(directives).where(eq(directives.id, held.issued.directive)));
    const document: EdxmlDocument = {
      from: { id: 'H99.11', name: 'Sở Y tế' },
      to: [{ id: 'H99.10', name: 'Sở Thông tin và Truyền thông' }],
      documentId: 'H99.11,2024/04/25,9/BC-SYT',
      number: '9',
      symbol: 'BC-SYT',
      place: null,
      day: '2024-04-25',
      kind: { code: null, name: 'Báo cáo' },
      subject: 'Kết quả',
      content: null,
      signer: { authority: null, title: 'GIÁM ĐỐC', name: null },
      due: null,
      places: [],
      priority: 0,
      pages: null,
      responseFor: [{ organisation: 'H99.10', code: head!.code, day: head!.day, documentId: null }],
      isSteering: false,
      business: { type: 'new', reason: null, concerns: [], staff: null },
      trace: [],
      attachments: [],
      signature: null,
    };
    const { directive } = held.issued;
    const read = (more: Partial<EdxmlDocument> = {}, ctx = held.desk) =>
      reports.readAgencyReport(ctx, directive, { name: 'bc.edxml', bytes: writeEdxmlDocument({ ...document, ...more }) });
    expect(await read()).toMatchObject({ again: false, organisation: { name: 'Sở Y tế' }, code: '9/BC-SYT' });
    expect(await read()).toMatchObject({ again: true });
    await expect(read({ responseFor: [] })).rejects.toMatchObject({ code: 'report.other_directive' });
    await expect(read({ from: { id: 'H1', name: 'X' } })).rejects.toMatchObject({ code: 'report.other_agency' });
    await expect(read({}, held.auditor)).rejects.toMatchObject({ code: 'access.role' });
    await expect(read({}, held.sogd)).rejects.toMatchObject({ code: 'directive.not_found' });
    const id = await result();
    const figures = await figuresOf(id);
    expect([figures['below'], figures['below:received']]).toEqual([[1, 2], undefined]);
    expect((await reports.reportRows(held.desk, id, { figure: 'below', ...page })).items[0]!.text.en).toContain('figures in its text only');
  });
});

describe('agencies’ own signed reports', () => {
  it('are listed with their files, and what they find difficult and propose stands in the text', async () => {
    const { officer } = held;
    const part = held.part();
    await held.received(nextNumber());
    const report = newId();
    await addEvidence(officer, { ...part, report, name: 'bc.pdf', content: PDF });
    const words = { note: 'Ghi chú', difficulties: 'Thiếu\nnhân lực', proposals: 'Bổ sung kinh phí' };
    await submitReport(officer, {
      ...part,
      report: { id: report, code: '45/BC-SYT', day: '2024-04-25', signer: 'KT. GIÁM ĐỐC', ...words },
    });
    const id = await result();
    const { text, notes, places } = await reports.getReport(held.desk, id);
    expect([text.difficulties, text.proposals]).toEqual(['- Sở Y tế: Thiếu nhân lực', '- Sở Y tế: Bổ sung kinh phí']);
    expect(notes.map(({ section }) => section)).toEqual(['difficulties', 'proposals', null]);
    expect(places).not.toContain('Sở Thông tin và Truyền thông');
    const rows = await reports.reportRows(held.desk, id, { figure: 'agency-reports', ...page });
    expect(rows.items).toMatchObject([{ organisation: { name: 'Sở Y tế' }, file: { kind: 'evidence', name: 'bc.pdf' } }]);
    const printed = await textOf(id);
    for (const said of ['Danh mục báo cáo đã ký của các đơn vị', '45/BC-SYT', '25/4/2024', 'Sở Y tế: Thiếu nhân lực'])
      expect(printed).toContain(said);
    const quick = await reports.makeReport(held.desk, { directive: part.directive, kind: 'quick' });
    expect((await reports.getReport(held.desk, quick)).text.difficulties).toBe('');
  });
});

describe('what a report bears', () => {
  it('its TLP label where it is a quick one; the form of a result report has none', async () => {
    const { directive } = held.issued;
    const quick = await reports.makeReport(held.desk, { directive, kind: 'quick' });
    expect((await reports.previewReport(held.desk, quick, {})).marks).toEqual(['TLP:AMBER']);
    const pdf = await reports.downloadReport(held.desk, quick, 'pdf');
    expect((await extractText(pdf.content, pdf.name)).text.match(/TLP:AMBER/gu)).toHaveLength(2);
    expect((await reports.previewReport(held.desk, await result(), {})).marks).toEqual([]);
  });

  it('in an exercise, a number of a series of its own', async () => {
    const days = { from: '2024-04-20', to: '2024-05-02' };
    const { id: exercise } = await createExercise(held.desk, { name: 'Diễn tập', ...days, destinations: [] });
    const drill = await issueForTest(held.desk, [held.province.soyte], [END_30]);
    const owner = held.database.owner();
    await owner.connect();
    await owner.query(`update directives set status = 'draft' where id = $1`, [drill.directive]);
    await owner.query(
      `update directives set exercise = $1, exercise_name = 'Diễn tập', status = 'issued', subject = '[DIỄN TẬP] x' where id = $2`,
      [exercise, drill.directive],
    );
    await owner.end();
    const make = (directive: string) => issued(held.desk, people.leader, { directive, kind: 'result' }, '501');
    const practised = await make(drill.directive);
    const real = await make(held.issued.directive);
    const numbers = await Promise.all([practised, real].map(async (id) => (await reports.getReport(held.desk, id)).number));
    expect(numbers).toEqual(['DT-501', '501']);
    await expect(make(drill.directive)).rejects.toMatchObject({ code: 'report.number_taken' });
    expect(await textOf(practised)).toContain('DT-501/BC-STTTT');
  });
});
