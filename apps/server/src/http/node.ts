import { getConnInfo as connInfo } from '@hono/node-server/conninfo';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

export type { HttpBindings };

/** The address of the socket; `local` where there is none (a test that asks without a port). */
export function getConnInfo(c: Context): string {
  return c.env && 'incoming' in (c.env as object) ? (connInfo(c).remote.address ?? 'local') : 'local';
}
