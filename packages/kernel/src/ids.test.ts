import { describe, expect, it, vi } from 'vitest';
import { idsAfter, millisecondsOf, newId } from './ids.ts';

const many = (count: number) => Array.from({ length: count }, () => newId());

describe('ids', () => {
  it('are UUIDv7 of now', () => {
    const id = newId();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Math.abs(millisecondsOf(id) - Date.now())).toBeLessThan(1000);
    expect(millisecondsOf(newId(1_700_000_000_000))).toBe(1_700_000_000_000);
  });

  it('sort by time of making, many in a millisecond and while the clock goes back', () => {
    const ids = many(20_000);
    const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000);
    ids.push(...many(20_000));
    now.mockRestore();
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('sort after what is on record', () => {
    const recorded = newId(Date.now() + 86_400_000);
    idsAfter(recorded);
    expect(newId() > recorded).toBe(true);
  });
});
