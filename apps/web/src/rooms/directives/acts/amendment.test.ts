import { describe, expect, it } from 'vitest';
import { bodyOf, isUnchanged, type Plan } from './amendment.ts';

const plan = (part: Partial<Plan>): Plan => ({ edits: {}, added: [], joining: [], leaving: [], reason: ' vì ', ...part });

describe('an amendment', () => {
  it('is nothing until something differs', () => {
    expect(isUnchanged(plan({ added: [{ path: '4', text: ' ', day: null }], edits: { a: {} } }))).toBe(true);
    expect(isUnchanged(plan({ edits: { a: { due: null } } }))).toBe(false);
  });
  it('withdraws an item instead of changing it, and leaves out unfinished ones', () => {
    const body = bodyOf(
      3,
      plan({
        edits: { a: { text: 'x', withdrawn: true }, b: { due: null }, c: {} },
        added: [{ path: '', text: 'y', day: null }],
        leaving: [{ id: 'o', name: 'O' }],
      }),
      'thêm',
    );
    expect(body).toMatchObject({
      version: 3,
      reason: 'vì',
      withdrawn: ['a'],
      changed: [{ id: 'b', due: null }],
      added: [],
      addedRecipients: [],
      withdrawnOrganisations: ['o'],
    });
  });
});
