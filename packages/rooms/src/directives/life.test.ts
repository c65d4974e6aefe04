import { newId } from '@vonggac/kernel';
import { type Ctx, type Database, on } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receipts } from '../tasks/tables.ts';
import type { DirectiveAmended, DirectiveIssued } from './events.ts';
import { draftsOf, makeGroups, PDF } from './fixture.ts';
import {
  amendDirective,
  applyHandovers,
  completeIssued,
  correctDraft,
  decideWithdrawal,
  deriveDirective,
  type DirectiveView,
  draftDocx,
  getDirective,
  handOver,
  issueDirective,
  issueUrgently,
  listDirectives,
  proposeWithdrawal,
  signedFile,
} from './index.ts';

let database: Database;
let province: Province;
let desk: Ctx;
let second: Ctx;
let agency: Ctx;
let draft: () => Promise<DirectiveView>;
const issuedFacts: DirectiveIssued[] = [];
const amendedFacts: DirectiveAmended[] = [];
const file = { name: 'đã ký.pdf', bytes: PDF };

beforeAll(async () => {
  database = await makeTestDatabase();
  province = await makeProvince(database);
  await makeGroups(database, province);
  desk = await makeCtx(makeStores(database), province.sotttt, 'desk');
  draft = draftsOf(desk);
  second = await makeCtx(desk.stores, province.sotttt, 'leader');
  agency = await makeCtx(desk.stores, province.soyte, 'officer');
  on<DirectiveIssued>('directives.issued', async (tx, ctx, fact) => {
    issuedFacts.push(fact);
    await tx.insert(receipts).values(
      fact.receivers.map((organisation) => ({
        id: newId(),
        directive: fact.directive,
        organisation,
        overseer: fact.overseer,
        organisationName: '',
        arrivedAt: ctx.clock.now().toString(),
      })),
    );
  });
  on<DirectiveAmended>('directives.amended', async (_tx, _ctx, fact) => void amendedFacts.push(fact));
});
afterAll(() => database.close());

async function issued(): Promise<DirectiveView> {
  const { id, version } = await draft();
  await issueDirective(desk, id, { version, number: '77', day: '2024-04-26', leaveUnresolved: true, file });
  return getDirective(desk, id);
}

describe('issuing', () => {
  it('takes number, day and a signed PDF in one act; then the agencies see it', async () => {
    const { id, version } = await draft();
    const how = { version, number: '15', day: '2024-04-26', leaveUnresolved: false, file };
    await expect(issueDirective(desk, id, how)).rejects.toMatchObject({ code: 'directives.unresolved', kind: 'conflict' });
    await expect(
      issueDirective(desk, id, {
        ...how,
        leaveUnresolved: true,
        file: { name: 'a.pdf', bytes: new TextEncoder().encode('không phải PDF') },
      }),
    ).rejects.toMatchObject({ code: 'directives.signed_not_pdf' });
    const secret = new TextDecoder()
      .decode(PDF)
      .replace('(So: 77/STTTT-CNTT van ban da ky so) Tj', '(TUYET MAT) Tj 0 -40 Td (So: 77/STTTT-CNTT) Tj');
    await expect(
      issueDirective(desk, id, {
        ...how,
        leaveUnresolved: true,
        file: { name: 'a.pdf', bytes: new TextEncoder().encode(secret.replace('Length 63', 'Length 85')) },
      }),
    ).rejects.toMatchObject({ code: 'directives.secret' });
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
    const one = await draft();
    const drafted = await draft();
    const head = { issuerName: drafted.issuerName!.toLowerCase() };
    const other = await correctDraft(desk, drafted.id, { version: drafted.version, head });
    const symbol = '/STTTT-TRUNG';
    await issueDirective(desk, one.id, { version: one.version, number: '9', symbol, day: '2024-04-26', leaveUnresolved: true, file });
    await expect(
      issueDirective(desk, other.id, { version: other.version, number: '9', symbol, day: '2024-04-25', leaveUnresolved: true, file }),
    ).rejects.toMatchObject({ code: 'directives.number_taken', place: 'number' });
    await issueDirective(desk, other.id, { version: other.version, number: '9', symbol, day: '2023-12-29', leaveUnresolved: true, file });
  });

  it('is not dated ahead', async () => {
    const { id, version } = await draft();
    await expect(
      issueDirective(desk, id, { version, number: '501', day: '2024-04-27', leaveUnresolved: true, file }),
    ).rejects.toMatchObject({ code: 'directives.day_ahead', place: 'day' });
  });

  it('goes out only once when two issue at the same time', async () => {
    const { id, version } = await draft();
    const both = await Promise.allSettled(
      [0, 1].map(() => issueDirective(desk, id, { version, number: '500', day: '2024-04-26', leaveUnresolved: true, file })),
    );
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(issuedFacts.filter((fact) => fact.directive === id)).toHaveLength(1);
  });

  it('lets a KHẨN document out before its number with a reason, and takes the number later, once', async () => {
    const calm = await draft();
    await expect(issueUrgently(desk, calm.id, { version: calm.version, reason: 'Gấp', leaveUnresolved: true })).rejects.toMatchObject({
      code: 'directives.not_urgent',
    });
    const { id, version } = await correctDraft(desk, calm.id, { version: calm.version, head: { urgency: 'khan' } });
    await issueUrgently(desk, id, { version, reason: 'Tấn công đang diễn ra', leaveUnresolved: true });
    const out = await getDirective(desk, id);
    expect(out).toMatchObject({ status: 'issued', code: null, urgentReason: 'Tấn công đang diễn ra' });
    expect((await listDirectives(desk, { page: 1, size: 50 })).items.find((one) => one.id === id)!.incomplete).toBe(true);
    await completeIssued(desk, id, { version: out.version, number: '101', day: '2024-04-26', file });
    const done = await getDirective(desk, id);
    expect(done.code).toMatch(/^101\//);
    await expect(completeIssued(desk, id, { version: done.version, number: '102', day: '2024-04-26', file })).rejects.toMatchObject({
      code: 'directives.already_numbered',
    });
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
    await expect(amendDirective(desk, view.id, { ...nothing, version: view.version, reason: 'x' })).rejects.toMatchObject({
      code: 'directives.nothing_changed',
    });
    const answer = await amendDirective(desk, view.id, {
      version: view.version,
      reason: 'Kéo dài thời hạn',
      changed: [{ id: first!.id, due: '2024-05-03T16:59:59.999Z' }],
      withdrawn: [other!.id],
      added: [{ path: '1.c', text: 'Báo cáo kết quả', audience: [], phrase: null, due: null, recurrence: null, measures: [] }],
      addedRecipients: [],
      withdrawnOrganisations: [province.vnpt],
    });
    expect(amendedFacts.at(-1)).toMatchObject({
      changed: [{ requirement: first!.id, due: '2024-05-03T16:59:59.999Z' }],
      withdrawnRequirements: [other!.id],
      withdrawnReceivers: [province.vnpt],
      receivers: [],
    });
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
    await expect(
      handOver(desk, view.id, { version: view.version, overseer: province.foreign, from: '2024-04-26', reason: 'x' }),
    ).rejects.toMatchObject({ code: 'directives.overseer_unknown' });
    expect(
      await handOver(desk, view.id, { version: view.version, overseer: province.sogd, from: '2024-05-01', reason: 'Chuyển chức năng' }),
    ).toEqual({ applied: false });
    expect(await applyHandovers(desk)).toBe(0);
    const later = await makeCtx(desk.stores, province.ubnd, 'desk', { now: '2024-05-01T08:00:00+07:00' });
    expect(await applyHandovers(later)).toBe(1);
    expect((await getDirective(desk, view.id)).overseer.id).toBe(province.sogd);
    const again = await getDirective(desk, view.id);
    expect(
      await handOver(desk, view.id, { version: again.version, overseer: province.ubnd, from: '2024-04-26', reason: 'Chuyển lên tỉnh' }),
    ).toEqual({ applied: true });
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
