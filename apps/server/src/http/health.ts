import { Hono } from 'hono';
import type { House } from '../house.ts';

/** For a proxy or a service manager, without a session and without facts: does the process live, does the database answer. */
export function makeHealth(house: House): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    c.header('cache-control', 'no-store');
    await next();
  });
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', (c) => (house.watch.database.isUp() ? c.json({ status: 'ok' }) : c.json({ status: 'database-away' }, 503)));
  return app;
}
