import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/product.ts';

/** `nobody`: a login that owns nothing. */
const LOGIN = 65_534;
const isRoot = process.getuid?.() === 0;
const canIsolate =
  isRoot &&
  ['unshare', 'setpriv', 'ip'].every((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0) &&
  spawnSync('unshare', ['-n', 'true']).status === 0;

let place = '';
let pack = '';

/** A shell as the empty login, in a network of its own that reaches nothing but itself. */
function alone(script: string): { code: number | null; said: string } {
  const home = path.join(place, 'home');
  const clean = ['env', '-i', `HOME=${home}`, `TMPDIR=${home}`, 'PATH=/usr/bin:/bin', 'LANG=C.UTF-8', 'sh', '-euc', script];
  const login = ['setpriv', `--reuid=${LOGIN}`, `--regid=${LOGIN}`, '--clear-groups', ...clean];
  const { status, stdout, stderr } = spawnSync('unshare', ['-n', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', ...login], {
    cwd: '/',
    encoding: 'utf8',
    timeout: 120_000,
  });
  return { code: status, said: `${stdout}${stderr}` };
}

/** Starts the product, reads its first page and its session, and ends it; written in what the packed folder brings itself. */
const PROBE = `
import { spawn } from 'node:child_process';
const child = spawn(process.argv[2] + '/start.sh', ['--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
let said = '';
const url = await new Promise((done, fail) => {
  child.once('exit', (code) => fail(new Error('ended with ' + code + ': ' + said)));
  child.stdout.on('data', (chunk) => {
    said += chunk;
    const found = /Vọng Gác: (http:\\S+)/.exec(said);
    if (found) done(found[1]);
  });
});
const page = await (await fetch(url + '/')).text();
const script = /src="([^"]+[.]js)"/.exec(page)?.[1];
const ready = (await fetch(url + '/readyz')).status;
const outside = await fetch('http://192.0.2.1/').then(() => 'reached', () => 'unreachable');
console.log('RESULT ' + JSON.stringify({ page: page.slice(0, 200), script: (await fetch(url + script)).status, ready, outside }));
child.removeAllListeners('exit');
const ended = new Promise((done) => child.once('exit', done));
child.kill('SIGTERM');
console.log('ENDED ' + (await ended));
`;

describe.skipIf(!canIsolate)('the packed folder (needs: root, apt-get install util-linux iproute2)', () => {
  beforeAll(() => {
    place = mkdtempSync(path.join(os.tmpdir(), 'vg-offline-'));
    chmodSync(place, 0o755);
    for (const name of ['home', 'to']) {
      mkdirSync(path.join(place, name), { mode: 0o700 });
      chownSync(path.join(place, name), LOGIN, LOGIN);
    }
    pack = path.join(place, 'pack');
    const packed = spawnSync('npm', ['run', 'pack:offline', '--', pack], { cwd: ROOT, encoding: 'utf8' });
    if (packed.status !== 0) throw new Error(`${packed.stdout}${packed.stderr}`);
  }, 240_000);
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  it('carries a bill of materials in which every part has a version and a licence', () => {
    const sbom = JSON.parse(readFileSync(path.join(pack, 'sbom.cdx.json'), 'utf8')) as {
      bomFormat: string;
      components: { name: string; version: string; licenses?: { license?: { id?: string; name?: string }; expression?: string }[] }[];
    };
    expect(sbom.bomFormat).toBe('CycloneDX');
    expect(sbom.components.length).toBeGreaterThan(100);
    const unclear = sbom.components.filter(
      ({ version, licenses }) => !version || !licenses?.[0] || licenses[0].license?.name === 'NOASSERTION',
    );
    // Its author names no licence anywhere in it; ExcelJS brings it for reading, which we do not do with it.
    expect(unclear.map(({ name }) => name)).toEqual(['buffers']);
    for (const name of ['pg', 'react', 'hono', `node-${process.platform}-${process.arch}`, '@vonggac/store'])
      expect(sbom.components.map((one) => one.name)).toContain(name);
  });

  it('installs, starts and serves its first page without a network, for a login with an empty home', { timeout: 240_000 }, () => {
    const to = path.join(place, 'to/vonggac');
    const installed = alone(`sh ${pack}/install.sh ${to}`);
    expect(installed.code, installed.said).toBe(0);
    expect(installed.said).toContain(`${to}/start.sh`);
    writeFileSync(path.join(place, 'probe.mjs'), PROBE);
    const node = `${to}/node_modules/node-${process.platform}-${process.arch}/bin/node`;
    const probed = alone(`${node} ${place}/probe.mjs ${to}`);
    expect(probed.code, probed.said).toBe(0);
    const result = JSON.parse(/RESULT (.*)/.exec(probed.said)?.[1] ?? 'null') as Record<string, unknown>;
    expect(result).toMatchObject({ script: 200, ready: 200, outside: 'unreachable' });
    expect(result['page']).toContain('<!doctype html>');
    expect(probed.said).toContain('ENDED 0');
    expect(existsSync(`${to}-data/postgres/PG_VERSION`)).toBe(true);
    expect(readFileSync(path.join(to, 'offline/vonggac.service'), 'utf8')).toContain(`ExecStart=${to}/start.sh`);
    const verified = alone(`sh ${to}/offline/verify.sh ${to}`);
    expect(verified.code, verified.said).toBe(0);
    expect(alone(`sh ${pack}/install.sh ${to}`)).toMatchObject({ code: 1, said: expect.stringContaining('không trống') as string });
  });

  it('refuses to install what was changed or added after packing', { timeout: 120_000 }, () => {
    const file = path.join(pack, 'app/apps/server/src/main.ts');
    const before = readFileSync(file);
    appendFileSync(file, '\n');
    const changed = alone(`sh ${pack}/install.sh ${place}/to/changed`);
    expect(changed.code).not.toBe(0);
    expect(changed.said).toContain('apps/server/src/main.ts');
    expect(existsSync(path.join(place, 'to/changed/apps'))).toBe(false);
    writeFileSync(file, before);
    writeFileSync(path.join(pack, 'app/apps/server/src/planted.ts'), '');
    const added = alone(`sh ${pack}/verify.sh`);
    expect(added.code).not.toBe(0);
    expect(added.said).toContain('planted.ts');
  });
});
