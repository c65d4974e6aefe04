import type { Config } from '@vonggac/kernel';
import { type Verification, verifyAudit } from '@vonggac/rooms/audit';
import { pino } from 'pino';
import { openHouse } from '../house.ts';

/** Verifies the chain of a stopped installation. @throws DomainError `store.in_use` while it runs */
export async function verifyAuditOffline(config: Config): Promise<Verification> {
  const house = await openHouse(config, pino({ level: 'silent' }));
  try {
    return await verifyAudit(await house.ctx({ name: 'audit verify' }), house.anchors);
  } finally {
    await house.close();
  }
}
