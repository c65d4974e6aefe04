import { TLP_KINDS, TLP_LABELS } from '@vonggac/contract/notifications';
import { HOUSE } from '@vonggac/kernel';
import { type Ctx, type Database, inSnapshot } from '@vonggac/store';
import { expectAudit, makeCtx, makeProvince, makeStores, makeTestDatabase, type Province } from '@vonggac/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressesFor, allows, labelLine, labelOf, labelText, listLabels, setLabel, subjectMark } from './index.ts';

describe('a label', () => {
  it('is written as the standard writes it', () => {
    expect(TLP_LABELS.map(labelText)).toEqual(['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:AMBER', 'TLP:GREEN', 'TLP:CLEAR']);
    expect(subjectMark('AMBER')).toBe('[TLP:AMBER]');
  });
  it('lets through fewer destinations the stricter it is', () => {
    const ways = ['person', 'mailbox', 'group', 'public'] as const;
    const counts = TLP_LABELS.map((label) => ways.filter((way) => allows(label, way)));
    expect(counts).toEqual([['person'], ['person', 'mailbox'], ['person', 'mailbox', 'group'], ['person', 'mailbox', 'group'], [...ways]]);
  });
  it('RED goes to named persons only, never to a box that is shared, whoever else names it', () => {
    const contacts = [
      { role: 'focal', name: 'A', emails: ['a@x.example', 'chung@x.example'] },
      { role: 'records', name: 'B', emails: ['vanthu@x.example', 'chung@x.example'] },
      { role: 'focal', name: null, emails: ['so@x.example'] },
    ];
    expect(addressesFor('RED', contacts)).toEqual(['a@x.example']);
    expect(addressesFor('AMBER+STRICT', contacts)).toHaveLength(4);
  });
});

describe('labels of the installation', () => {
  let database: Database;
  let province: Province;
  let administrator: Ctx;
  beforeAll(async () => {
    database = await makeTestDatabase();
    province = await makeProvince(database);
    administrator = await makeCtx(makeStores(database), province.ubnd, 'administrator');
  });
  afterAll(() => database.close());

  it('are AMBER or stricter until somebody says otherwise, and are set for each kind alone', async () => {
    const { items, can } = await listLabels(administrator);
    expect(items.map(({ kind }) => kind)).toEqual([...TLP_KINDS]);
    expect(items.every(({ label }) => label.startsWith('AMBER'))).toBe(true);
    expect(can.write).toBe(true);
    await setLabel(administrator, { kind: 'reminder-mail', label: 'RED' });
    expect(await inSnapshot(administrator, (tx) => labelOf(tx, 'reminder-mail'))).toBe('RED');
    expect(await labelLine(administrator, 'sheet')).toBe('TLP:AMBER');
    await expectAudit(administrator, 'settings.tlp', HOUSE);
  });
  it('are set by an administrator of the whole alone', async () => {
    const part = await makeCtx(administrator.stores, province.soyte, 'administrator');
    await expect(setLabel(part, { kind: 'sheet', label: 'CLEAR' })).rejects.toMatchObject({ code: 'organisation.not_found' });
    expect((await listLabels(part)).can.write).toBe(false);
    for (const role of ['desk', 'auditor', 'officer'] as const) {
      const ctx = await makeCtx(administrator.stores, province.ubnd, role);
      await expect(setLabel(ctx, { kind: 'sheet', label: 'CLEAR' })).rejects.toMatchObject({ code: 'access.role' });
      await expect(listLabels(ctx)).rejects.toMatchObject({ code: 'access.role' });
    }
    expect(await labelLine(administrator, 'sheet')).toBe('TLP:AMBER');
  });
});
