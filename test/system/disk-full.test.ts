import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Client, end, firstAdministrator, PASSWORD, start } from '../support/product.ts';
import { rootOf, unitsOf, untilReady, verifyOffline, Writers } from '../support/writers.ts';

const MB = 1_000_000;
const SIZE = 500;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** A file system of our own; null where this login may not mount one. */
function mountSmall(): string | null {
  const place = mkdtempSync(path.join(os.tmpdir(), 'vg-small-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}m,mode=0711`, 'tmpfs', place]);
  if (mounted.status === 0) return place;
  rmSync(place, { recursive: true, force: true });
  return null;
}

const place = process.platform === 'linux' ? mountSmall() : null;
afterAll(() => {
  if (!place) return;
  spawnSync('umount', ['-l', place]);
  rmSync(place, { recursive: true, force: true });
});

const freeIn = (directory: string) => {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
};

/** Takes room until `left` bytes are free; 0 takes everything. */
function fill(directory: string, left: number): void {
  const fd = openSync(path.join(directory, `ballast-${left}`), 'w');
  try {
    for (let size = MB; size >= 4096; size = Math.floor(size / 16)) {
      const chunk = Buffer.alloc(size, 7);
      while (freeIn(directory) - size >= left && writeSync(fd, chunk) === size);
    }
    if (left === 0) for (;;) writeSync(fd, Buffer.alloc(4096, 7));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(fd);
  }
}

const codes = async (admin: Client) => (await admin.must<{ signs: { code: string }[] }>('GET', '/status')).signs.map(({ code }) => code);
const upload = (admin: Client) =>
  admin.ask('POST', '/organisation-imports?name=don-vi.csv&kind=organisations', new TextEncoder().encode('Tên đơn vị\nSở Thử\n'));

describe('the disk of the data directory fills up', () => {
  it.skipIf(!place)(
    'uploads stop first, then everything is refused clearly, and nothing acknowledged is lost (needs: root on Linux, to mount a tmpfs)',
    { timeout: 240_000 },
    async () => {
      chmodSync(place!, 0o711);
      const data = path.join(place!, 'data');
      const product = await start(data, ['--disk-warn', '200', '--disk-stop', '100']);
      expect(product.url, product.output()).not.toBeNull();
      const admin = await firstAdministrator(product.url!, data);
      await admin.must('POST', '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' });
      await admin.signIn('quantri', PASSWORD);
      const parentId = await rootOf(admin);
      expect(freeIn(place!)).toBeGreaterThan(210 * MB);
      expect(await codes(admin)).not.toContain('disk.low');
      expect((await upload(admin)).status).not.toBe(507);

      fill(place!, 150 * MB);
      expect(await codes(admin)).toContain('disk.low');
      fill(place!, 60 * MB);
      expect(await codes(admin)).toContain('disk.stop');
      const refused = await upload(admin);
      expect(refused).toMatchObject({ status: 507, body: { error: { code: 'store.disk_low' } } });
      expect(JSON.stringify(refused.body)).toContain(data);
      await admin.must('POST', '/organisations', { kind: 'unit', name: 'Đơn vị khi gần đầy', parentId });

      const writers = new Writers(admin, { name: 'Đơn vị', parentId });
      await pause(1000);
      fill(place!, 0);
      for (let i = 0; i < 600 && writers.refused.length < 5; i++) await pause(100);
      expect(writers.refused.length, 'nothing was refused on a full disk').toBeGreaterThan(0);
      rmSync(path.join(place!, 'ballast-0'));
      rmSync(path.join(place!, `ballast-${60 * MB}`));
      await untilReady(product.url!, true, 60_000);
      const before = writers.acknowledged.length;
      await pause(2000);
      await writers.end();
      expect(writers.acknowledged.length, 'writes did not come back').toBeGreaterThan(before);
      expect(writers.unexpected).toEqual([]);
      expect(new Set(writers.refused.map(({ code }) => code))).toContain('store.disk_full');
      for (const { message } of writers.refused.filter(({ status }) => status === 507)) expect(message).toContain('giải phóng dung lượng');

      const found = await unitsOf(admin);
      expect([...writers.acknowledged, 'Đơn vị khi gần đầy'].filter((name) => !found.has(name))).toEqual([]);
      await pause(1500);
      await end(product.child, 'SIGTERM');
      expect(verifyOffline(data).findings).toEqual([]);
    },
  );
});
