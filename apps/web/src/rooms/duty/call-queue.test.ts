import { describe, expect, it } from 'vitest';
import { bodyOf, keepWaiting, readWaiting } from './call-queue.ts';

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
}
const call = { id: 'a', organisation: 'o', phone: '1', result: 'picked-up' as const };

describe('calls noted without network', () => {
  it('outlive the page and are gone once sent', () => {
    const own = storage();
    keepWaiting(own, [{ call, notedAt: 5 }]);
    expect(readWaiting(own)).toEqual([{ call, notedAt: 5 }]);
    keepWaiting(own, []);
    expect(readWaiting(own)).toEqual([]);
  });
  it('that cannot be read are dropped, not thrown', () => {
    const own = storage();
    own.setItem('vonggac.duty.calls', '{"x"');
    expect(readWaiting(own)).toEqual([]);
    own.setItem('vonggac.duty.calls', '[null, {"call": 1}]');
    expect(readWaiting(own)).toEqual([]);
  });
  it('carry their hour only when they were held up', () => {
    const notedAt = Date.parse('2024-04-26T01:00:00Z');
    expect(bodyOf({ call, notedAt }, notedAt + 5000)).toEqual(call);
    expect(bodyOf({ call, notedAt }, notedAt + 120_000).calledAt).toBe('2024-04-26T01:00:00.000Z');
  });
});
