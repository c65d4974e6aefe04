import type { Config } from '@vonggac/kernel';
import { recoverAdministrator } from '@vonggac/rooms/identity';
import { pino } from 'pino';
import { tellRecovered } from '../first-password.ts';
import { openHouse, sealOnce } from '../house.ts';

/**
 * The way back into a stopped installation for whoever holds the machine. @returns what to tell the operator; the password
 * itself only on a terminal
 * @throws DomainError `store.in_use` while it runs, `identity.no_account`, `identity.not_administrator`
 */
export async function recoverOffline(config: Config, username: string): Promise<string> {
  const house = await openHouse(config, pino({ level: 'silent' }));
  try {
    const { firstPassword } = await recoverAdministrator(house.auth, await house.ctx({ name: 'admin recover' }), username);
    await sealOnce(house);
    return tellRecovered(config, username.toLowerCase(), firstPassword);
  } finally {
    await house.close();
  }
}
