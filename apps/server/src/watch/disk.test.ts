import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { DiskWatch } from './disk.ts';

const room = () => new DiskWatch(os.tmpdir(), { warn: 0, stop: 0 }).room().free;

describe('the disk', () => {
  it('is looked at for real, and leaves nothing behind', async () => {
    const disk = new DiskWatch(os.tmpdir(), { warn: 0, stop: 0 });
    expect(disk.look()).toBeNull();
    await disk.sample();
    expect(disk.syncTime()).toBeGreaterThan(0);
  });

  it('tells each change of level once, and refuses what would not fit', () => {
    const free = room();
    const disk = new DiskWatch(os.tmpdir(), { warn: free * 2, stop: 0 });
    expect(disk.look()).toMatchObject({ level: 'warn' });
    expect(disk.look()).toBeNull();
    expect(() => disk.mustHaveRoom()).not.toThrow();
    expect(() => disk.mustHaveRoom(free * 2)).toThrow('store.disk_low');
    expect(new DiskWatch(os.tmpdir(), { warn: free * 2, stop: free * 2 }).look()).toMatchObject({ level: 'stop' });
  });

  it('is slow by the middle of its samples: one late write says nothing', async () => {
    const times = [5, 900, 5, 900, 900, 900, 5, 5, 5];
    const disk = new DiskWatch(os.tmpdir(), { warn: 0, stop: 0 }, async () => times.shift()!);
    const told: unknown[] = [];
    while (times.length > 0) told.push((await disk.sample())?.isSlow ?? null);
    expect(told).toEqual([null, true, false, true, null, null, null, null, false]);
  });
});
