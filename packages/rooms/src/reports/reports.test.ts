import { readEdxml } from '@vonggac/congvan/edxml';
import { extractText } from '@vonggac/congvan/extract';
import { endIdleChildren } from '@vonggac/outside';
import { type Ctx, inTransaction, on } from '@vonggac/store';
import { expectAudit, makeCtx, makeHouseCtx, makeProvince, makeStores, makeTestDatabase } from '@vonggac/testkit';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { organisations } from '../organisations/index.ts';
import { END_30, issueForTest, nextNumber, setUpWork } from '../tasks/fixture.ts';
import { moveAnswer, receive } from '../tasks/index.ts';
import {
  approveReport,
  discardReport,
  downloadReport,
  editReport,
  getReport,
  issueReport,
  listReports,
  makeReport,
  previewReport,
  proposeReport,
  type ReportIssued,
  reportRows,
  returnReport,
  runSchedules,
  scheduleOf,
  scheduleReports,
} from './index.ts';

const held = setUpWork({ makeTestDatabase, makeProvince, makeStores, makeCtx });
const page = { page: 1, size: 100 };
let leader: Ctx;

beforeAll(async () => {
  leader = await makeCtx(held.desk.stores, held.province.sotttt, 'leader');
});
afterAll(endIdleChildren);

const quick = (corrects?: string) => makeReport(held.desk, { directive: held.issued.directive, kind: 'quick', corrects });
const figure = async (id: string, name: string) => {
  const found = (await getReport(held.desk, id)).figures.find((one) => one.id === name);
  return found && [found.value, found.of];
};
const textOf = async (id: string, format: 'docx' | 'pdf') => {
  const { content, name } = await downloadReport(held.desk, id, format);
  return (await extractText(content, name)).text;
};

describe('a quick report', () => {
  it('counts with denominators, names who is silent, and says when', async () => {
    await held.submitted();
    const id = await quick();
    expect(await figure(id, 'received')).toEqual([1, 2]);
    expect(await figure(id, 'reported')).toEqual([1, 2]);
    expect(await figure(id, 'silent')).toEqual([1, 2]);
    expect(await figure(id, 'incidents')).toEqual([null, null]);
    const text = await textOf(id, 'docx');
    expect(text).toContain('số liệu đến 08 giờ 00 ngày 26 tháng 4 năm 2024');
    expect(text).toContain('Chưa báo cáo: 1/2 (50%) đơn vị, gồm: Sở Giáo dục và Đào tạo');
    expect(text).toContain('Chưa có số liệu.');
    await expectAudit(held.desk, 'reports.made', id);
  });

  it('opens every number to exactly the rows that it counts', async () => {
    await held.submitted();
    const id = await quick();
    const { figures } = await getReport(held.desk, id);
    for (const one of figures) {
      const rows = await reportRows(held.desk, id, { figure: one.id, ...page });
      expect(rows.total, one.id).toBe(one.value ?? 0);
    }
    const silent = await reportRows(held.desk, id, { figure: 'silent', q: 'giao duc', ...page });
    expect(silent.items.map(({ organisation }) => organisation.id)).toEqual([held.province.sogd]);
  });

  it('is drawn on the screen as it is printed, each figure with its name, with text that is not saved yet', async () => {
    await held.submitted();
    const id = await quick();
    const { text } = await getReport(held.desk, id);
    const drawn = await previewReport(held.desk, id, { text: { ...text, incidents: 'Ghi nhận 01 sự cố' } });
    const all = drawn.body.flatMap((part) => (part.kind === 'text' ? part.pieces : part.kind === 'table' ? part.rows.flat(2) : []));
    for (const one of (await getReport(held.desk, id)).figures.filter(({ id: name }) => ['received', 'silent'].includes(name)))
      expect(all.find((piece) => piece.figure === one.id)?.text).toMatch(new RegExp(`^${one.value}/${one.of} `, 'u'));
    expect(all.find(({ field }) => field === 'incidents')?.text).toBe('Ghi nhận 01 sự cố');
    expect(all.map((piece) => piece.text).join('')).not.toMatch(/[\uE000-\uF8FF]/u);
    expect(await textOf(id, 'docx')).not.toContain('Ghi nhận 01 sự cố');
    await expect(previewReport(held.sogd, id, {})).rejects.toMatchObject({ code: 'report.not_found' });
  });

  it('stays as it was when an answer comes late; a new one tells the correction', async () => {
    const before = await quick();
    const printed = await textOf(before, 'docx');
    await held.submitted();
    expect(await textOf(before, 'docx')).toBe(printed);
    expect(await figure(before, 'reported')).toEqual([0, 2]);
    const after = await quick(before);
    const { changes } = await getReport(held.desk, after);
    expect(changes.find((one) => one.figure === 'silent')).toMatchObject({ before: 2, now: 1, went: ['Sở Y tế'] });
    expect(await textOf(after, 'docx')).toContain('Đã báo cáo đủ nội dung: từ 0 thành 1 (thêm: Sở Y tế)');
  });

  it('tells who came and who went where an answer was moved to the right organisation', async () => {
    const ids = await held.submitted();
    const before = await quick();
    const { issued, province } = held;
    await receive(held.sogd, { directive: issued.directive, organisation: province.sogd, number: nextNumber(), day: '2024-04-22' });
    await moveAnswer(held.desk, { task: ids[0]!, to: province.sogd, reason: 'Nhầm đơn vị', report: true });
    expect(await figure(before, 'reported')).toEqual([1, 2]);
    const { changes } = await getReport(held.desk, await quick(before));
    expect(changes.find((one) => one.figure === 'reported')).toMatchObject({
      before: 1,
      now: 1,
      came: ['Sở Giáo dục và Đào tạo'],
      went: ['Sở Y tế'],
    });
  });

  it('corrects only a report of the same directive and kind', async () => {
    const other = await issueForTest(held.desk, [held.province.soyte], [null]);
    const elsewhere = await makeReport(held.desk, { directive: other.directive, kind: 'quick' });
    await expect(quick(elsewhere)).rejects.toMatchObject({ code: 'report.other_directive', place: 'corrects' });
  });

  it('fits one page for a directive of twelve items, and its PDF says what the .docx says', async () => {
    const many = await issueForTest(
      held.desk,
      [held.province.soyte, held.province.sogd],
      Array.from({ length: 12 }, () => END_30),
    );
    const id = await makeReport(held.desk, { directive: many.directive, kind: 'quick' });
    const { content } = await downloadReport(held.desk, id, 'pdf');
    expect(
      Buffer.from(content)
        .toString('latin1')
        .match(/\/Type \/Page\b/gu),
    ).toHaveLength(1);
    const words = (text: string) => (text.replaceAll('TLP:AMBER', '').match(/[\p{L}\p{N}]+/gu) ?? []).toSorted();
    expect(words(await textOf(id, 'pdf'))).toEqual(words(await textOf(id, 'docx')));
  });
});

describe('the way of a report', () => {
  const edited = async (id: string) => {
    const { version, symbol, text } = await getReport(held.desk, id);
    await editReport(held.desk, id, {
      version,
      symbol,
      text: { ...text, incidents: 'Không ghi nhận sự cố.', recipients: ['UBND tỉnh Ninh Bình'] },
    });
    return version + 1;
  };
  let issuedFacts: string[] = [];
  beforeAll(() => on<ReportIssued>('reports.issued', async (_tx, _ctx, fact) => void issuedFacts.push(fact.report)));
  beforeEach(() => (issuedFacts = []));

  it('is written, proposed, approved by another person, numbered and issued as .docx, PDF and edXML', async () => {
    const { directive } = held.issued;
    await inTransaction(await makeHouseCtx(held.desk.stores), (tx) =>
      tx.update(organisations).set({ code: 'H42.08' }).where(eq(organisations.id, held.province.sotttt)),
    );
    const id = await makeReport(held.desk, { directive, kind: 'result' });
    let version = await edited(id);
    await proposeReport(held.desk, id, { version: version++ });
    await approveReport(leader, id, { version: version++ });
    await issueReport(held.desk, id, { version: version++, number: '45', day: '2024-05-04' });
    const report = await getReport(held.desk, id);
    expect(report).toMatchObject({ status: 'issued', number: '45', files: { edxml: true }, can: [] });
    expect(issuedFacts).toEqual([id]);
    const message = readEdxml((await downloadReport(held.desk, id, 'edxml')).content);
    if (message.kind !== 'document') throw new Error('not a document');
    expect(message.warnings).toEqual([]);
    expect(message.document).toMatchObject({
      from: { id: 'H42.08' },
      number: '45',
      day: '2024-05-04',
      responseFor: [{ organisation: 'H42.08', day: '2024-04-20' }],
    });
    const [pdf, docx] = message.document.attachments;
    expect(Buffer.from(pdf?.bytes ?? []).equals(Buffer.from((await downloadReport(held.desk, id, 'pdf')).content))).toBe(true);
    expect((await extractText(docx?.bytes ?? new Uint8Array(), 'a.docx')).text).toContain('Số: 45/BC-STTTT');
    for (const act of ['edited', 'proposed', 'approved', 'issued']) await expectAudit(held.desk, `reports.${act}`, id);
  });

  it('is not approved by its writer, nor by a role that may not, nor out of its turn', async () => {
    const own = await makeReport(leader, { directive: held.issued.directive, kind: 'result' });
    await proposeReport(leader, own, { version: 1 });
    await expect(approveReport(leader, own, { version: 2 })).rejects.toMatchObject({ code: 'report.own' });
    await expect(approveReport(held.desk, own, { version: 2 })).rejects.toMatchObject({ code: 'access.role' });
    const draft = await quick();
    await expect(approveReport(leader, draft, { version: 1 })).rejects.toMatchObject({ code: 'report.state' });
    await expect(issueReport(held.desk, draft, { version: 1, number: '1', day: '2024-05-04' })).rejects.toMatchObject({
      code: 'report.state',
    });
  });

  it('goes back with a reason, and an older version is refused without losing the newer one', async () => {
    const id = await quick();
    await proposeReport(held.desk, id, { version: 1 });
    await returnReport(leader, id, { version: 2, reason: 'Bổ sung số liệu' });
    const { symbol, text, returned } = await getReport(held.desk, id);
    expect(returned).toMatchObject({ reason: 'Bổ sung số liệu' });
    await editReport(held.desk, id, { version: 3, symbol, text: { ...text, proposals: 'Mới' } });
    await expect(editReport(held.desk, id, { version: 3, symbol, text })).rejects.toMatchObject({ code: 'report.changed_meanwhile' });
    expect((await getReport(held.desk, id)).text.proposals).toBe('Mới');
  });

  it('takes a number once a year', async () => {
    const issue = async () => {
      const id = await quick();
      await proposeReport(held.desk, id, { version: 1 });
      await approveReport(leader, id, { version: 2 });
      return issueReport(held.desk, id, { version: 3, number: '77', day: '2024-05-04' });
    };
    await issue();
    await expect(issue()).rejects.toMatchObject({ code: 'report.number_taken', place: 'number' });
  });

  it('is discarded before it is approved, and is gone from the list', async () => {
    const id = await quick();
    await discardReport(held.desk, id, { version: 1 });
    await expect(getReport(held.desk, id)).rejects.toMatchObject({ code: 'report.not_found' });
    expect(await listReports(held.desk, held.issued.directive, page)).toMatchObject({ total: 0 });
  });
});

describe('who sees it', () => {
  it('neither an agency that was addressed nor another province', async () => {
    const id = await quick();
    for (const ctx of [held.officer, held.sogd, held.foreign]) {
      await expect(getReport(ctx, id)).rejects.toMatchObject({ code: 'report.not_found' });
      await expect(downloadReport(ctx, id, 'pdf')).rejects.toMatchObject({ code: 'report.not_found' });
      await expect(reportRows(ctx, id, { figure: 'silent', ...page })).rejects.toMatchObject({ code: 'report.not_found' });
      await expect(discardReport(ctx, id, { version: 1 })).rejects.toBeTruthy();
      expect(await listReports(ctx, held.issued.directive, page)).toEqual({ items: [], total: 0, canMake: false });
      await expect(makeReport(ctx, { directive: held.issued.directive, kind: 'quick' })).rejects.toMatchObject({
        code: 'directive.not_found',
      });
    }
  });

  it('an auditor reads and changes nothing', async () => {
    const id = await quick();
    const auditor = await makeCtx(held.desk.stores, held.province.sotttt, 'auditor');
    expect((await getReport(auditor, id)).can).toEqual([]);
    await expect(proposeReport(auditor, id, { version: 1 })).rejects.toMatchObject({ code: 'access.role' });
    await expect(makeReport(auditor, { directive: held.issued.directive, kind: 'quick' })).rejects.toMatchObject({ code: 'access.role' });
  });
});

describe('on a schedule', () => {
  it('makes one a day once its hour has come, however often it is looked at, while the person may', async () => {
    const { directive } = held.issued;
    const desk = held.desk;
    const { id: person } = desk.actor as { id: string };
    const owner = held.database.owner();
    await owner.connect();
    await owner.query(`insert into people (id, organisation, name, folded, username) values ($1::uuid, $2, 'x', 'x', $1::text)`, [
      person,
      held.province.sotttt,
    ]);
    await owner.query(
      `insert into memberships (id, person, organisation, role, valid_from) values (gen_random_uuid(), $1, $2, 'desk', '2024-01-01')`,
      [person, held.province.sotttt],
    );
    await scheduleReports(desk, directive, { hour: 7, minute: 0, until: '2024-05-02' });
    const total = async () => (await listReports(desk, directive, page)).total;
    const at = async (now: string) => runSchedules(await makeHouseCtx(desk.stores, now));
    await at('2024-04-27T06:59:00+07:00');
    expect(await total()).toBe(0);
    await Promise.all([at('2024-04-27T07:00:30+07:00'), at('2024-04-27T07:00:31+07:00')]);
    await at('2024-04-27T09:00:00+07:00');
    expect(await total()).toBe(1);
    await owner.query(`update memberships set valid_to = '2024-04-28' where person = $1`, [person]);
    await at('2024-04-28T07:00:30+07:00');
    expect(await total()).toBe(1);
    await owner.end();
    await scheduleReports(desk, directive, null);
    expect(await scheduleOf(desk, directive)).toBeNull();
    await expectAudit(desk, 'reports.scheduled', directive);
  });
});
