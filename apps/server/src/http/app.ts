import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { DomainError, type Language } from '@vonggac/kernel';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import type { House } from '../house.ts';
import { WEB_DIST } from '../web-build.ts';
import { makeApi } from './api.ts';
import { answerError } from './errors.ts';
import { SECURITY_HEADERS } from './guard.ts';
import { allHandlers } from './all.ts';
import { makeHealth } from './health.ts';

/** The whole door: the API under `/api/v1`, the pages elsewhere. */
export function makeApp(house: House): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value);
    if (house.config.publicUrl?.startsWith('https://')) c.res.headers.set('strict-transport-security', 'max-age=31536000');
  });
  app.use('*', compress());
  app.route('/', makeHealth(house));
  app.route('/api/v1', makeApi(house, allHandlers(house)) as never);
  // A mounted API's own notFound is not asked: without this line an unknown address would get the page.
  app.all('/api/*', (c) => answerError(c, noRoute(), languageOf(c.req.header('accept-language')), house.logger));
  const root = path.relative(process.cwd(), WEB_DIST);
  // Their names bear the hash of their content; all else is asked for again, the service worker among it.
  app.use('/assets/*', serveStatic({ root, onFound: (_place, c) => c.header('cache-control', 'public, max-age=31536000, immutable') }));
  app.all('/assets/*', (c) => c.notFound());
  app.use('/*', serveStatic({ root, onFound: (_place, c) => c.header('cache-control', 'no-cache') }));
  app.get('*', (c) => {
    c.header('cache-control', 'no-cache');
    const index = path.join(WEB_DIST, 'index.html');
    if (!existsSync(index)) return c.text('Giao diện chưa được dựng. / The pages have not been built.', 503);
    return c.html(readFileSync(index, 'utf8'));
  });
  return app;
}

function noRoute(): DomainError {
  return new DomainError('not-found', 'request.no_route', { vi: 'Không có địa chỉ này.', en: 'There is no such address.' });
}

function languageOf(asked: string | undefined): Language {
  return asked?.slice(0, 2).toLowerCase() === 'en' ? 'en' : 'vi';
}
