import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { type Ctx, type Database, on } from '@vonggac/store';
import { newId } from '@vonggac/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { receipts } from '../tasks/tables.ts';
import type { DirectiveAmended, DirectiveIssued } from './events.ts';
import { HOLIDAY, makeGroups, PDF } from './fixture.ts';
import {
  amendDirective, applyHandovers, completeIssued, correctDraft, decideWithdrawal, deriveDirective, discardDraft, type DirectiveView, draftDocx, getDirective, handOver,
  issueDirective, issueUrgently, listDirectives, mapPhrase, previewIssue, proposeWithdrawal, readDraft, signedFile,
} from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let second: Ctx;
let agency: Ctx;
const issuedFacts: DirectiveIssued[] = [];
const amendedFacts: DirectiveAmended[] = [];
const file = { name: 'đã ký.pdf', bytes: PDF };
let count = 0;

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  await makeGroups(database, province);
  const stores = makeStores(database);
  desk = await makeCtx(stores, province.sotttt, 'desk');
  second = await makeCtx(stores, province.sotttt, 'leader');
  agency = await makeCtx(stores, province.soyte, 'officer');
  on<DirectiveIssued>('directives.issued', async (tx, ctx, fact) => {
    issuedFacts.push(fact);
    await tx.insert(receipts).values(fact.receivers.map((organisation) => ({ id: newId(), directive: fact.directive, organisation, overseer: fact.overseer, organisationName: '', arrivedAt: ctx.clock.now().toString() })));
  });
  on<DirectiveAmended>('directives.amended', async (_tx, _ctx, fact) => void amendedFacts.push(fact));
});
afterAll(() => database.close());

/** A draft of its own for each test: another text, hence another file. */
async function draft(change: (text: string) => string = (text) => text): Promise<DirectiveView> {
  count += 1;
  const { id } = await readDraft(desk, { text: change(HOLIDAY).replace('STTTT-CNTT', `STTTT-CNTT${count}`) });
  return getDirective(desk, id);
}

async function issued(): Promise<DirectiveView> {
  const { id, version } = await draft();
  await issueDirective(desk, id, { version, number: '77', day: '2024-04-26', leaveUnresolved: true, file });
  return getDirective(desk, id);
}

describe('correcting a draft', () => {
  let view: DirectiveView;
  beforeEach(async () => (view = await draft()));

  it('changes the head, and refuses an old version', async () => {
    const next = await correctDraft(desk, view.id, { version: view.version, head: { subject: 'Trích yếu mới', number: '12' } });
    expect(next).toMatchObject({ subject: 'Trích yếu mới', version: view.version + 1, number: '12' });
    expect(next.code).toMatch(/^12\/STTTT-CNTT\d+$/);
    await expect(correctDraft(desk, view.id, { version: view.version, head: { subject: 'Muộn' } })).rejects.toMatchObject({ code: 'directives.changed_meanwhile', details: { version: view.version + 1 } });
    await expectAudit(desk, 'directives.corrected', view.id);
  });

  it('splits, removes and binds requirements, keeping the span of those that stay', async () => {
    const [title, first] = view.requirements;
    const base = { heading: false, audience: [], phrase: null, due: null, recurrence: null, measures: [] };
    const next = await correctDraft(desk, view.id, { version: view.version, requirements: [{ ...base, id: title!.id, path: '1', text: title!.text, heading: true }, { ...base, id: first!.id, path: '1.a', text: 'Ứng trực 24/7' }, { ...base, path: '1.a2', text: 'Gửi danh sách đầu mối' }] });
    expect(next.requirements.map(({ path, span }) => [path, span !== null])).toEqual([['1', true], ['1.a', true], ['1.a2', false]]);
    expect(next.requirements[1]!.id).toBe(first!.id);
    const twice = [{ ...base, path: '1', text: 'x' }, { ...base, path: '1', text: 'y' }];
    await expect(correctDraft(desk, view.id, { version: next.version, requirements: twice })).rejects.toMatchObject({ code: 'directives.path_twice', place: 'requirements[1].path' });
    await expect(correctDraft(desk, view.id, { version: next.version, requirements: [{ ...base, path: '1', text: 'x', measures: ['no.such'] }] })).rejects.toMatchObject({ place: 'requirements[0].measures' });
  });

  it('chooses organisations by hand, moves audiences along, and does not let an item fall to everybody', async () => {
    const [departments, districts, operators] = view.recipients;
    const keep = (one: typeof departments) => ({ id: one!.id, text: one!.text });
    const next = await correctDraft(desk, view.id, { version: view.version, recipients: [keep(operators), { ...keep(departments), organisations: [province.soyte] }] });
    expect(next.recipients.map((one) => one.organisations.length)).toEqual([2, 1]);
    expect(next.requirements.find((one) => one.path === '2.a')!.audience).toEqual([0]);
    await expect(correctDraft(desk, view.id, { version: next.version, recipients: [keep(departments), keep(districts)] })).rejects.toMatchObject({ code: 'directives.recipient_in_use' });
    await expect(correctDraft(desk, view.id, { version: next.version, recipients: [{ text: 'Khác', organisations: [province.foreign] }] })).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('resolves groups again when the day moves to where they no longer hold', async () => {
    const next = await correctDraft(desk, view.id, { version: view.version, head: { day: '2025-08-01' } });
    expect(next.recipients[1]).toMatchObject({ resolution: 'none', organisations: [] });
    expect(next.recipients[1]!.why!.vi).toContain('1/7/2025');
  });

  it('maps an unmatched name once and for all', async () => {
    const operators = view.recipients.find((one) => one.unresolved.length > 0)!;
    const next = await mapPhrase(desk, view.id, { version: view.version, recipient: operators.id, name: 'Công ty Cáp Thử', organisation: province.giavien });
    expect(next.recipients[2]).toMatchObject({ unresolved: [] });
    expect(next.recipients[2]!.organisations).toHaveLength(3);
    expect((await draft()).recipients[2]!.unresolved).toEqual([]);
    const owner = database.owner();
    await owner.connect();
    await owner.query('delete from phrases');
    await owner.end();
  });

  it('is for the issuer alone: others neither see nor count it', async () => {
    await expect(getDirective(agency, view.id)).rejects.toMatchObject({ kind: 'not-found' });
    expect((await listDirectives(agency, { page: 1, size: 50, status: 'draft' })).total).toBe(0);
    await expect(correctDraft({ ...agency, actor: { ...agency.actor, role: 'desk' } as Ctx['actor'] }, view.id, { version: 1 })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(correctDraft(await makeCtx(desk.stores, province.sotttt, 'auditor'), view.id, { version: 1 })).rejects.toMatchObject({ code: 'access.role' });
  });

  it('can be discarded', async () => {
    await discardDraft(desk, view.id);
    await expect(getDirective(desk, view.id)).rejects.toMatchObject({ kind: 'not-found' });
    await expectAudit(desk, 'directives.discarded', view.id);
  });
});

describe('preview', () => {
  it('shows who gets what, who has no account, and what is unresolved', async () => {
    const view = await draft();
    const preview = await previewIssue(desk, view.id);
    expect(preview.requirements.map(({ path, organisations }) => [path, organisations])).toEqual([['1.a', 6], ['1.b', 6], ['2.a', 2]]);
    expect(preview).toMatchObject({ receivers: 6, tasks: 14, withoutAccount: 6, withoutContact: 6, outside: [] });
    expect(preview.organisations.find((one) => one.id === province.viettel)!.concerned).toBe('111');
    expect(preview.organisations.find((one) => one.id === province.soyte)!.concerned).toBe('110');
    expect(preview.unresolved).toMatchObject([{ text: 'Công ty Cáp Thử' }]);
  });
});

describe('issuing', () => {
  it('takes number, day and a signed PDF in one act; then the agencies see it', async () => {
    const { id, version } = await draft();
    const how = { version, number: '15', day: '2024-04-26', leaveUnresolved: false, file };
    await expect(issueDirective(desk, id, how)).rejects.toMatchObject({ code: 'directives.unresolved', kind: 'conflict' });
    await expect(issueDirective(desk, id, { ...how, leaveUnresolved: true, file: { name: 'a.pdf', bytes: new TextEncoder().encode('không phải PDF') } })).rejects.toMatchObject({ code: 'directives.signed_not_pdf' });
    await expect(getDirective(agency, id)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await issueDirective(desk, id, { ...how, leaveUnresolved: true })).toEqual({ receivers: 6, tasks: 14 });
    expect(issuedFacts.at(-1)).toMatchObject({ directive: id, overseer: province.sotttt });
    expect(issuedFacts.at(-1)!.assignments).toHaveLength(14);
    const seen = await getDirective(agency, id);
    expect(seen).toMatchObject({ status: 'issued', day: '2024-04-26', number: '15', can: { correct: false, issue: false, follow: false } });
    expect(seen.recipients.flatMap((one) => one.organisations)).toEqual([province.soyte]);
    expect((await listDirectives(agency, { page: 1, size: 50, q: 'truc bao dam' })).items.map((one) => one.id)).toContain(id);
    expect((await signedFile(agency, id)).name).toBe('đã ký.pdf');
    await expect(getDirective(await makeCtx(desk.stores, province.foreign, 'desk'), id)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(issueDirective(desk, id, how)).rejects.toMatchObject({ code: 'directives.not_draft' });
    await expectAudit(desk, 'directives.issued', id);
  });

  it('refuses a number that is taken in the year', async () => {
    const one = await draft((text) => text);
    const other = await draft();
    const symbol = '/STTTT-TRUNG';
    await issueDirective(desk, one.id, { version: one.version, number: '9', symbol, day: '2024-04-26', leaveUnresolved: true, file });
    await expect(issueDirective(desk, other.id, { version: other.version, number: '9', symbol, day: '2024-05-02', leaveUnresolved: true, file })).rejects.toMatchObject({ code: 'directives.number_taken', place: 'number' });
    await issueDirective(desk, other.id, { version: other.version, number: '9', symbol, day: '2025-01-02', leaveUnresolved: true, file });
  });

  it('goes out only once when two issue at the same time', async () => {
    const { id, version } = await draft();
    const both = await Promise.allSettled([0, 1].map(() => issueDirective(desk, id, { version, number: '500', day: '2024-04-26', leaveUnresolved: true, file })));
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(issuedFacts.filter((fact) => fact.directive === id)).toHaveLength(1);
  });

  it('lets a KHẨN document out before its number with a reason, and takes the number later, once', async () => {
    const calm = await draft();
    await expect(issueUrgently(desk, calm.id, { version: calm.version, reason: 'Gấp', leaveUnresolved: true })).rejects.toMatchObject({ code: 'directives.not_urgent' });
    const { id, version } = await correctDraft(desk, calm.id, { version: calm.version, head: { urgency: 'khan' } });
    await issueUrgently(desk, id, { version, reason: 'Tấn công đang diễn ra', leaveUnresolved: true });
    const out = await getDirective(desk, id);
    expect(out).toMatchObject({ status: 'issued', code: null, urgentReason: 'Tấn công đang diễn ra' });
    expect((await listDirectives(desk, { page: 1, size: 50 })).items.find((one) => one.id === id)!.incomplete).toBe(true);
    await completeIssued(desk, id, { version: out.version, number: '101', day: '2024-04-27', file });
    const done = await getDirective(desk, id);
    expect(done.code).toMatch(/^101\//);
    await expect(completeIssued(desk, id, { version: done.version, number: '102', day: '2024-04-27', file })).rejects.toMatchObject({ code: 'directives.already_numbered' });
  });

  it('is not for those who only draft or only read', async () => {
    const { id, version } = await draft();
    await expect(issueUrgently(agency, id, { version, reason: 'x', leaveUnresolved: true })).rejects.toMatchObject({ code: 'access.role' });
  });
});

describe('after issuing', () => {
  it('is amended by an act with a reason', async () => {
    const view = await issued();
    const [, first, other] = view.requirements;
    const nothing = { withdrawn: [], added: [], addedRecipients: [], withdrawnOrganisations: [], changed: [] };
    await expect(amendDirective(desk, view.id, { ...nothing, version: view.version, reason: 'x' })).rejects.toMatchObject({ code: 'directives.nothing_changed' });
    const answer = await amendDirective(desk, view.id, {
      version: view.version, reason: 'Kéo dài thời hạn', changed: [{ id: first!.id, due: '2024-05-03T16:59:59.999Z' }], withdrawn: [other!.id],
      added: [{ path: '1.c', text: 'Báo cáo kết quả', audience: [], phrase: null, due: null, recurrence: null, measures: [] }],
      addedRecipients: [], withdrawnOrganisations: [province.vnpt],
    });
    expect(amendedFacts.at(-1)).toMatchObject({ changed: [{ requirement: first!.id, due: '2024-05-03T16:59:59.999Z' }], withdrawnRequirements: [other!.id], withdrawnReceivers: [province.vnpt], receivers: [] });
    expect(amendedFacts.at(-1)!.assignments).toHaveLength(5);
    expect(answer).toMatchObject({ receivers: 0, tasks: 5, withdrawn: 8 });
    const next = await getDirective(desk, view.id);
    expect(next.acts).toMatchObject([{ kind: 'amendment', state: 'done', reason: 'Kéo dài thời hạn' }]);
    await expectAudit(desk, 'directives.amended', view.id);
  });

  it('is withdrawn only by a second person', async () => {
    const { id } = await issued();
    const act = await proposeWithdrawal(desk, id, 'Sai thẩm quyền');
    await expect(proposeWithdrawal(second, id, 'Lần nữa')).rejects.toMatchObject({ code: 'directives.withdrawal_open' });
    await expect(decideWithdrawal(desk, id, { act, agree: true })).rejects.toMatchObject({ code: 'directives.own_proposal' });
    await expect(decideWithdrawal(agency, id, { act, agree: true })).rejects.toMatchObject({ code: 'access.role' });
    await decideWithdrawal(second, id, { act, agree: true });
    expect(await getDirective(desk, id)).toMatchObject({ status: 'withdrawn', withdrawReason: 'Sai thẩm quyền' });
    await expect(decideWithdrawal(second, id, { act, agree: true })).rejects.toMatchObject({ kind: 'conflict' });
    await expectAudit(desk, 'directives.withdrawn', id);
  });

  it('is handed over today, or on its day', async () => {
    const view = await issued();
    await expect(handOver(desk, view.id, { version: view.version, overseer: province.foreign, from: '2024-04-26', reason: 'x' })).rejects.toMatchObject({ code: 'directives.overseer_unknown' });
    expect(await handOver(desk, view.id, { version: view.version, overseer: province.sogd, from: '2024-05-01', reason: 'Chuyển chức năng' })).toEqual({ applied: false });
    expect(await applyHandovers(desk)).toBe(0);
    const later = await makeCtx(desk.stores, province.ubnd, 'desk', { now: '2024-05-01T08:00:00+07:00' });
    expect(await applyHandovers(later)).toBe(1);
    expect((await getDirective(desk, view.id)).overseer.id).toBe(province.sogd);
    const again = await getDirective(desk, view.id);
    expect(await handOver(desk, view.id, { version: again.version, overseer: province.ubnd, from: '2024-04-26', reason: 'Chuyển lên tỉnh' })).toEqual({ applied: true });
    expect((await getDirective(desk, view.id)).overseer.id).toBe(province.ubnd);
  });

  it('gives an implementing draft with its chain, items and recipients, and a .docx of it', async () => {
    const above = await issued();
    const id = await deriveDirective(desk, above.id);
    const below = await getDirective(desk, id);
    expect(below).toMatchObject({ status: 'draft', number: null, issuerName: 'Sở Thông tin và Truyền thông', upstream: { id: above.id } });
    expect(below.bases.map((one) => one.code)).toEqual([above.code, '15/UBND-VP6']);
    expect(below.requirements.map((one) => one.path)).toEqual(['1', '1.a', '1.b', '2', '2.a']);
    expect(below.recipients.map((one) => one.organisations.length)).toEqual([3, 2, 2]);
    const item = below.requirements[1]!;
    expect(below.text.slice(item.span!.start, item.span!.end)).toContain('ứng trực 24/7');
    const { content } = await draftDocx(desk, id);
    expect(Buffer.from(content.subarray(0, 2)).toString()).toBe('PK');
    await expect(deriveDirective(agency, above.id)).rejects.toMatchObject({ code: 'access.role' });
  });
});
