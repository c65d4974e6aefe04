/** A house in process with a province of 300 agencies, asked through the API as its people ask it. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fixedClock, fold, newId, readConfig } from '@vonggac/kernel';
import { createPerson } from '@vonggac/rooms/identity';
import type pg from 'pg';
import { pino } from 'pino';
import { openHouse, type House } from '../apps/server/src/house.ts';
import { makeApp } from '../apps/server/src/http/app.ts';
import { sampleCtx } from '../apps/server/src/sample/ctx.ts';

/** Who asks: a session's cookie, empty for a stranger. */
export type Asker = (method: string, at: string, body?: unknown) => Promise<Response>;
export type Province = {
  house: House;
  owner: pg.Client;
  /** The organisation that issues and follows. */
  desk: string;
  signedIn: (organisation: string, role: 'desk' | 'officer' | 'auditor', username: string) => Promise<Asker>;
  close: () => Promise<void>;
};

/** Opens a house on fresh stores (or on VONGGAC_POSTGRES of an empty database) whose clock stands at `now`. */
export async function openProvince(now: string): Promise<Province> {
  const place = mkdtempSync(path.join(os.tmpdir(), 'vg-bench-'));
  chmodSync(place, 0o711);
  const config = readConfig(['--data', path.join(place, 'data'), '--totp', 'optional'], process.env);
  const house = await openHouse(config, pino({ level: 'silent' }));
  house.clock = Object.assign(fixedClock(now), { hold: () => {} });
  const app = makeApp(house);
  const owner = house.database.owner();
  await owner.connect();
  const desk = newId();
  const name = 'UBND tỉnh';
  await owner.query("insert into organisations (id, kind, name, folded) values ($1, 'province', $2, $3)", [desk, name, fold(name)]);
  await owner.query(
    "insert into organisation_names (id, organisation, kind, name, folded) values (gen_random_uuid(), $1, 'official', $2, $3)",
    [desk, name, fold(name)],
  );
  const asker =
    (cookie: string): Asker =>
    async (method, at, body) => {
      const answer = await app.request(`http://127.0.0.1/api/v1${at}`, {
        method,
        headers: { host: '127.0.0.1', 'x-vonggac': '1', 'content-type': 'application/json', cookie },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      if (answer.status !== 200) throw new Error(`${method} ${at}: ${answer.status} ${await answer.text()}`);
      return answer;
    };
  return {
    house,
    owner,
    desk,
    async signedIn(organisation, role, username) {
      const person = { organisationId: organisation, name: username, username, role };
      const { firstPassword } = await createPerson(house.auth, await sampleCtx(house, organisation, now), person);
      await owner.query('update people set must_change_password = false');
      const answer = await asker('')('POST', '/sign-in', { username, password: firstPassword });
      const cookies = answer.headers.getSetCookie().map((one) => one.split(';')[0]!);
      return asker(cookies.join('; '));
    },
    async close() {
      await owner.end();
      await house.close();
      rmSync(place, { recursive: true, force: true });
    },
  };
}
