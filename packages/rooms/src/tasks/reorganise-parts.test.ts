import type { Ctx } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { handOn, listLeftovers, offerHoldings, reorganise } from '../organisations/index.ts';
import { END_26, type Issued, issueForTest, nextNumber, PDF } from './fixture.ts';
import {
  addEvidence,
  addPartEvidence,
  answerPart,
  confirmDeclaration,
  downloadEvidence,
  enterFor,
  getPart,
  getWork,
  giveParts,
  listDeclarations,
  liveParts,
  liveTasks,
  myParts,
  setLead,
  takeOverPart,
} from './index.ts';

const ON = '2024-04-26';
let province: Province;
let ubnd: Ctx;
let soyte: Ctx;
let issued: Issued;

beforeEach(async () => {
  const database = await makeTestDatabase();
  province = await makeProvince(database);
  ubnd = await makeCtx(makeStores(database), province.ubnd, 'desk');
  soyte = await as(province.soyte);
  offerHoldings(liveTasks);
  offerHoldings(liveParts);
  issued = await issueForTest(await as(province.sotttt, 'desk'), [province.soyte, province.giavien], [END_26, null]);
  return () => database.close();
});
const as = (organisation: string, role: 'officer' | 'desk' = 'officer') => makeCtx(ubnd.stores, organisation, role);
const open = (ctx: Ctx) => myParts(ctx, { tab: 'open', exercise: false, page: 1, size: 50 });
const part = (organisation = province.soyte) => ({ directive: issued.directive, organisation });
const itemsOf = async (ctx: Ctx, organisation: string) => (await getWork(ctx, part(organisation))).items;

/** The first item of Sở Y tế, handed to its hospital. */
async function give(): Promise<string> {
  const [item] = await itemsOf(soyte, province.soyte);
  await giveParts(soyte, { ...part(), tasks: [item!.task], units: [province.benhvien], note: 'Gửi trước giao ban' });
  return (await open(await as(province.benhvien))).items[0]!.id;
}

const end = (input: Partial<Parameters<typeof reorganise>[1]>) =>
  reorganise(ubnd, { kind: 'merge', on: ON, predecessors: [province.benhvien], successors: [], reason: 'x', assignments: [], ...input });

describe('a unit that ends', () => {
  it('leaves its open part to the successor, with words and files, which answers it to the same giver', async () => {
    const id = await give();
    const file = await addPartEvidence(await as(province.benhvien), { part: id, name: 'anh.pdf', content: PDF });
    const { founded } = await end({ founds: { kind: 'unit', name: 'Bệnh viện hợp nhất', parentId: province.soyte } });
    const unit = await as(founded!);
    expect((await open(unit)).items).toMatchObject([
      { id, note: 'Gửi trước giao ban', evidence: [{ id: file.id }], unit: { name: 'Bệnh viện hợp nhất' }, can: { work: true } },
    ]);
    expect((await downloadEvidence(unit, file.id)).name).toBe('anh.pdf');
    await answerPart(unit, { part: id, answer: 'Đã xong' });
    expect(await takeOverPart(await as(province.soyte), { part: id })).toEqual({ answer: 'Bệnh viện hợp nhất: Đã xong', files: 1 });
    expect((await getWork(soyte, part())).history.map(({ act }) => act)).toContain('part-moved');
    await expectAudit(ubnd, 'parts.moved', province.benhvien);
    await expect(getPart(await as(province.giavien), id)).rejects.toMatchObject({ code: 'part.not_found' });
  });

  it('without a successor leaves it to whoever gave it, who hands it on or does it itself', async () => {
    const id = await give();
    await end({ kind: 'dissolve' });
    const giver = await as(province.soyte, 'desk');
    const { items } = await listLeftovers(giver, { state: 'waiting', page: 1, size: 50, kind: 'parts' });
    expect(items).toMatchObject([{ kind: 'parts', from: { id: province.benhvien }, lapses: true }]);
    await handOn(giver, { assignments: [{ leftover: items[0]!.id, to: province.soyte }], reason: 'Sở tự làm' });
    expect(await getPart(giver, id)).toMatchObject({ state: 'taken-back' });
    expect((await listLeftovers(giver, { state: 'waiting', page: 1, size: 50, kind: 'parts' })).total).toBe(0);
  });

  it('that supports another organisation: the successor supports it, with the task that stands back', async () => {
    const desk = await as(province.sotttt, 'desk');
    await setLead(desk, {
      directive: issued.directive,
      requirement: issued.requirements[0]!,
      lead: province.soyte,
      supports: [province.giavien],
    });
    await end({ predecessors: [province.giavien], successors: [province.sogd] });
    const sogd = await as(province.sogd);
    expect((await open(sogd)).items).toMatchObject([
      { kind: 'support', unit: { name: 'Sở Giáo dục và Đào tạo' }, giver: { name: 'Sở Y tế' } },
    ]);
    expect((await itemsOf(sogd, province.sogd)).map(({ path, state }) => [path, state])).toEqual([
      ['1.a', 'withdrawn'],
      ['1.b', 'assigned'],
    ]);
    await setLead(desk, { directive: issued.directive, requirement: issued.requirements[0]!, lead: null, supports: [] });
    expect((await itemsOf(sogd, province.sogd))[0]).toMatchObject({ state: 'assigned' });
  });
});

describe('an organisation that handed work down and ends', () => {
  it('is followed by who takes its tasks over: parts are given by that one, answers declared are its own to confirm', async () => {
    const id = await give();
    const file = await addPartEvidence(await as(province.benhvien), { part: id, name: 'anh.pdf', content: PDF });
    const desk = await as(province.sotttt, 'desk');
    const [, second] = await itemsOf(soyte, province.soyte);
    const proof = await addEvidence(desk, { ...part(), name: 'ghi-am.pdf', content: PDF, source: 'điện thoại' });
    await enterFor(desk, {
      ...part(),
      via: 'phone',
      who: 'Trưởng phòng',
      at: '2024-04-26T07:30:00+07:00',
      proof: proof.id,
      number: nextNumber(),
      day: '2024-04-22',
      items: [{ task: second!.task, answer: 'Đã trực', done: 'done' }],
    });
    await end({ predecessors: [province.soyte], successors: [province.sogd] });
    const sogd = await as(province.sogd);
    const work = await getWork(sogd, part(province.sogd));
    expect(work.parts).toMatchObject([{ id, state: 'given', giver: { name: 'Sở Giáo dục và Đào tạo' }, note: 'Gửi trước giao ban' }]);
    expect((await downloadEvidence(sogd, file.id)).name).toBe('anh.pdf');
    await answerPart(await as(province.benhvien), { part: id, answer: 'Đã xong' });
    expect(await takeOverPart(sogd, { part: id })).toMatchObject({ files: 1 });
    const { items, canDecide } = await listDeclarations(sogd, part(province.sogd));
    expect(items).toMatchObject([{ state: 'open', via: 'phone', answer: 'Đã trực', proof: { name: 'ghi-am.pdf' } }]);
    expect(canDecide).toBe(true);
    expect((await downloadEvidence(sogd, items[0]!.proof!.id)).name).toBe('ghi-am.pdf');
    await confirmDeclaration(sogd, items[0]!.id);
    expect((await listDeclarations(sogd, part(province.sogd))).items).toMatchObject([{ state: 'confirmed' }]);
  });

  it('where the successor has the item itself, the parts end with the task', async () => {
    const id = await give();
    await end({ predecessors: [province.soyte], successors: [province.giavien] });
    expect(await getPart(await as(province.benhvien), id)).toMatchObject({ state: 'taken-back' });
  });
});
