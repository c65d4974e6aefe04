import { newId } from '@vonggac/kernel';
import { inSnapshot, inTransaction } from '@vonggac/store';
import * as testkit from '@vonggac/testkit';
import { describe, expect, it } from 'vitest';
import { setUpWork } from './fixture.ts';
import { matrix, openWorkOf, setFollowUp, standing, standingCell } from './index.ts';
import { followUps } from './tables.ts';

const at = setUpWork(testkit);
const item = (n: number) => ({ directive: at.issued.directive, requirement: at.issued.requirements[n]! });
const rowOf = async (ctx = at.desk, organisation = at.province.soyte) =>
  (await matrix(ctx, at.issued.directive, {})).rows.find(({ id }) => id === organisation)!;
const workOf = (ctx = at.desk) => inSnapshot(ctx, (tx) => openWorkOf(tx, ctx, at.issued.directive));

describe('the desk’s own follow-up date', () => {
  it('is for one task or for all of a requirement; the own one counts', async () => {
    await setFollowUp(at.desk, { ...item(2), day: '2024-05-20' });
    await setFollowUp(at.desk, { ...item(2), organisation: at.province.soyte, day: '2024-04-28', note: 'họp giao ban' });
    const place = { directive: at.issued.directive, requirement: item(2).requirement };
    expect((await standingCell(at.desk, { ...place, organisation: at.province.soyte })).followUp).toMatchObject({
      day: '2024-04-28',
      note: 'họp giao ban',
      own: true,
    });
    expect((await standingCell(at.desk, { ...place, organisation: at.province.sogd })).followUp).toMatchObject({
      day: '2024-05-20',
      own: false,
    });
    expect((await standing(at.desk, at.issued.directive)).requirements[2]!.followUp).toMatchObject({ day: '2024-05-20' });
    await testkit.expectAudit(at.desk, 'follow_up.set', at.issued.directive);
  });

  it('marks what is near, in the matrix and first in the list of whom to remind; figures stay the document’s', async () => {
    const before = await standing(at.desk, at.issued.directive);
    await setFollowUp(at.desk, { ...item(2), organisation: at.province.sogd, day: '2024-04-20' });
    expect((await rowOf(at.desk, at.province.sogd)).cells.slice(6)).toBe('naf');
    expect((await rowOf()).cells.slice(6)).toBe('nan');
    expect((await workOf())[0]).toMatchObject({ organisation: at.province.sogd, followUp: '2024-04-20T16:59:59.999Z', overdue: 0 });
    expect((await standing(at.desk, at.issued.directive)).figures).toEqual(before.figures);
  });

  it('is taken away again', async () => {
    await setFollowUp(at.desk, { ...item(0), day: '2024-04-20' });
    await setFollowUp(at.desk, { ...item(0), day: null });
    expect((await standing(at.desk, at.issued.directive)).requirements[0]!.followUp).toBeNull();
    await testkit.expectAudit(at.desk, 'follow_up.removed', at.issued.directive);
  });

  it('two who set it at once leave one', async () => {
    const other = await testkit.makeCtx(at.desk.stores, at.province.sotttt, 'desk');
    await Promise.all([setFollowUp(at.desk, { ...item(1), day: '2024-04-20' }), setFollowUp(other, { ...item(1), day: '2024-04-21' })]);
    expect(await inSnapshot(at.desk, (tx) => tx.$count(followUps))).toBeGreaterThan(0);
    expect(['2024-04-20', '2024-04-21']).toContain((await standing(at.desk, at.issued.directive)).requirements[1]!.followUp!.day);
  });

  it('is nothing to the agency, others and read-only roles', async () => {
    await setFollowUp(at.desk, { ...item(2), organisation: at.province.soyte, day: '2024-04-20' });
    expect((await rowOf(at.officer)).cells.slice(6)).toBe('nan');
    expect((await rowOf(at.officer)).followUp).toBeNull();
    expect(JSON.stringify(await at.work(at.officer))).not.toContain('2024-04-20T16:59:59');
    const place = { directive: at.issued.directive, requirement: item(2).requirement, organisation: at.province.soyte };
    expect((await standingCell(at.officer, place)).followUp).toBeNull();
    expect((await workOf(at.officer)).map(({ followUp }) => followUp)).toEqual([null]);
    for (const ctx of [at.officer, at.foreign, at.sogd]) expect(await inSnapshot(ctx, (tx) => tx.$count(followUps))).toBe(0);
    await expect(setFollowUp(at.officer, { ...item(0), day: '2024-04-20' })).rejects.toMatchObject({ code: 'access.role' });
    await expect(setFollowUp(at.foreign, { ...item(0), day: '2024-04-20' })).rejects.toMatchObject({ code: 'directive.not_found' });
    const auditor = await testkit.makeCtx(at.desk.stores, at.province.sotttt, 'auditor');
    await expect(setFollowUp(auditor, { ...item(0), day: '2024-04-20' })).rejects.toMatchObject({ code: 'access.role' });
  });

  it('the database alone keeps a stranger from writing one', async () => {
    const row = {
      id: newId(),
      ...item(0),
      overseer: at.province.sotttt,
      day: '2024-04-20',
      setAt: '2024-04-20T00:00:00Z',
      setBy: 'x',
      setByName: 'x',
    };
    await expect(inTransaction(at.foreign, (tx) => tx.insert(followUps).values(row))).rejects.toThrow();
    await expect(
      inTransaction(at.foreign, (tx) => tx.insert(followUps).values({ ...row, overseer: at.province.foreign })),
    ).rejects.toThrow();
  });
});
