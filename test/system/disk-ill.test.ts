import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Client, end, firstAdministrator, PASSWORD, start } from '../support/product.ts';
import { installationActs, rootOf, unitsOf, untilReady, verifyOffline, Writers } from '../support/writers.ts';

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
const run = (command: string, ...args: string[]) => spawnSync(command, args, { encoding: 'utf8' });

type Disk = { image: string; place: string };

/** A disk of our own: an ext4 image behind a loop device; null where this login may not mount one. */
function mountDisk(): Disk | null {
  if (process.platform !== 'linux') return null;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vg-disk-'));
  chmodSync(folder, 0o711);
  const disk = { image: path.join(folder, 'image'), place: path.join(folder, 'mount') };
  run('mkdir', disk.place);
  run('truncate', '-s', '700M', disk.image);
  if (run('mkfs.ext4', '-q', disk.image).status === 0 && mount(disk)) return disk;
  rmSync(folder, { recursive: true, force: true });
  return null;
}

function mount({ image, place }: Disk): boolean {
  const isMounted = run('mount', '-o', 'loop', image, place).status === 0;
  if (isMounted) chmodSync(place, 0o711);
  return isMounted;
}

/** Ends what the file system does at once, as after an error of the device: EXT4_IOC_SHUTDOWN without a flush. */
function breakDisk({ place }: Disk): number | null {
  const shutdown = 'import fcntl, os, struct, sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack("I", 2))';
  return run('python3', '-c', shutdown, place).status;
}

const disk = mountDisk();
const why = '(needs: root on Linux, loop devices, ext4, python3)';
afterEach(() => {
  if (disk) run('fsfreeze', '-u', disk.place);
});
afterAll(() => {
  if (!disk) return;
  run('umount', '-l', disk.place);
  rmSync(path.dirname(disk.image), { recursive: true, force: true });
});

async function province(data: string): Promise<{ url: string; admin: Client; stop(signal?: NodeJS.Signals): Promise<void> }> {
  const product = await start(data);
  expect(product.url, product.output()).not.toBeNull();
  const admin = await firstAdministrator(product.url!, data);
  await admin.must('POST', '/first-run', { choice: 'empty', province: 'UBND tỉnh Thử Nghiệm' });
  await admin.signIn('quantri', PASSWORD);
  return { url: product.url!, admin, stop: (signal = 'SIGTERM') => end(product.child, signal) };
}

describe('the disk falls ill', () => {
  it.skipIf(!disk)(
    `stands still: whoever writes is told within seconds, and it goes on by itself ${why}`,
    { timeout: 240_000 },
    async () => {
      const data = path.join(disk!.place, 'frozen');
      const { url, admin, stop } = await province(data);
      const writers = new Writers(admin, { name: 'Đơn vị', parentId: await rootOf(admin) });
      // The anchor of each half minute, which reads keys from this disk and writes to it, comes while it stands still.
      await pause(Math.max(1000, 26_000 - (Date.now() % 30_000)));
      const before = writers.acknowledged.length;
      expect(before).toBeGreaterThan(0);
      expect(run('fsfreeze', '-f', disk!.place).status).toBe(0);
      await untilReady(url, false, 30_000);
      await pause(3000);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      const refused = writers.refused.length;
      expect(refused, 'nobody was told').toBeGreaterThan(0);
      expect(new Set(writers.refused.map(({ code }) => code))).toContain('store.disk_still');
      for (const { took } of writers.refused) expect(took).toBeLessThan(20_000);
      run('fsfreeze', '-u', disk!.place);
      await untilReady(url, true, 30_000);
      await pause(1500);
      await writers.end();
      expect(writers.unexpected).toEqual([]);
      expect(writers.acknowledged.length).toBeGreaterThan(before);
      const found = await unitsOf(admin);
      expect(writers.acknowledged.filter((name) => !found.has(name))).toEqual([]);
      expect((await installationActs(admin)).map(({ action }) => action)).toContain('installation.disk_stood_still');
      await pause(1500);
      await stop();
      expect(verifyOffline(data).findings).toEqual([]);
    },
  );

  it.skipIf(!disk)(
    `breaks: nothing more is acknowledged, and after the repair all that was is there ${why}`,
    { timeout: 240_000 },
    async () => {
      const data = path.join(disk!.place, 'broken');
      const { admin, url, stop } = await province(data);
      const writers = new Writers(admin, { name: 'Đơn vị', parentId: await rootOf(admin) });
      await pause(1500);
      expect(breakDisk(disk!)).toBe(0);
      await pause(500);
      const acknowledged = [...writers.acknowledged];
      expect(acknowledged.length).toBeGreaterThan(0);
      await untilReady(url, false, 30_000);
      await pause(3000);
      expect(writers.acknowledged.length, 'a write was acknowledged on a broken disk').toBe(acknowledged.length);
      expect(writers.refused.length).toBeGreaterThan(0);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      await writers.end();
      expect(writers.unexpected).toEqual([]);
      await stop('SIGKILL');
      run('fuser', '-k', '-KILL', '-m', disk!.place);
      await pause(1000);
      expect(run('umount', disk!.place).stderr).toBe('');
      expect(mount(disk!)).toBe(true);
      const again = await start(data);
      expect(again.url, again.output()).not.toBeNull();
      const later = Object.assign(admin, { url: again.url! });
      const found = await unitsOf(later);
      expect(acknowledged.filter((name) => !found.has(name))).toEqual([]);
      await end(again.child, 'SIGTERM');
      expect(verifyOffline(data).findings).toEqual([]);
    },
  );
});
