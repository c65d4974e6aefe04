/**
 * What the server's other answers cost while hostile documents are read beside them: the p95 of `GET /session` alone (the
 * peer) and with two readers at work on mutated documents without a pause, in the same run.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { extractText } from '@vonggac/congvan/extract';
import { newId, readConfig } from '@vonggac/kernel';
import { createPerson, startEmpty } from '@vonggac/rooms/identity';
import { pino } from 'pino';
import { openHouse } from '../apps/server/src/house.ts';
import { makeApp } from '../apps/server/src/http/app.ts';
import { samplePdf } from '../apps/server/src/sample/directive.ts';
import { machine, measure, print } from './support.ts';

const place = mkdtempSync(path.join(os.tmpdir(), 'vg-bench-'));
chmodSync(place, 0o711);
const house = await openHouse(readConfig(['--data', path.join(place, 'data')], process.env), pino({ level: 'silent' }));
const app = makeApp(house);

function ask(cookie: string, method: string, at: string, body?: unknown): Promise<Response> {
  const headers = { host: '127.0.0.1', 'x-vonggac': '1', 'content-type': 'application/json', cookie };
  return Promise.resolve(app.request(`http://127.0.0.1/api/v1${at}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }));
}

async function signedIn(): Promise<string> {
  const ctx = await house.ctx({ name: 'bench' });
  const { root } = await startEmpty(ctx, 'UBND tỉnh');
  const wider = await house.ctx({ name: 'bench' });
  const person = { organisationId: root, name: 'bench', username: 'bench', role: 'desk' as const };
  const { firstPassword } = await createPerson(house.auth, wider, person);
  const answer = await ask('', 'POST', '/sign-in', { username: 'bench', password: firstPassword });
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .join('; ');
}

/** A PDF with some of its bytes changed; the same ones in every run. */
function mutated(seed: number): Uint8Array {
  const bytes = samplePdf();
  let state = seed + 1;
  for (let i = 0; i < 12; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    bytes[state % bytes.length] = state % 251;
  }
  return bytes;
}

const work = { goesOn: true };
let read = 0;
async function reader(lane: number): Promise<void> {
  for (let i = 0; work.goesOn; i++) {
    await extractText(mutated(i * 2 + lane), `${newId()}.pdf`).catch(() => null);
    read++;
  }
}

try {
  const cookie = await signedIn();
  const one = async () => {
    const answer = await ask(cookie, 'GET', '/session');
    if (answer.status !== 200) throw new Error(await answer.text());
    await answer.text();
  };
  process.stdout.write(`${machine()}\n`);
  const alone = await measure(300, one);
  print('GET /session alone (peer)', alone);
  const readers = [reader(0), reader(1)];
  const beside = await measure(300, one);
  work.goesOn = false;
  await Promise.all(readers);
  print('GET /session beside two readers of hostile documents', beside);
  process.stdout.write(
    `ratio p50 ${(beside.p50 / alone.p50).toFixed(2)}, p95 ${(beside.p95 / alone.p95).toFixed(2)}; ${read} documents read or refused meanwhile\n`,
  );
} finally {
  await house.close();
  rmSync(place, { recursive: true, force: true });
}
process.exit(0);
