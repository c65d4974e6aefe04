import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import { type Clock, type Config, DomainError } from '@vonggac/kernel';
import type { Logger } from 'pino';
import { anchorOnce, firstAdministrator, type House, openHouse, sealOnce } from './house.ts';
import { tell } from './first-password.ts';
import { makeApp } from './http/app.ts';
import { buildWebWhenStale } from './web-build.ts';
import { startWork } from './work.ts';

export type RunningServer = {
  url: string;
  house: House;
  /** What to tell the operator about the first password, the first time. */ firstPassword: string | null;
  stop(): Promise<void>;
};

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Opens the house, builds the pages if need be and listens. @param real the machine's clock */
export async function startServer(config: Config, logger: Logger, real?: Clock): Promise<RunningServer> {
  mustBeProtected(config);
  if (config.totp === 'optional')
    logger.warn('VONGGAC_TOTP=optional: nobody is asked for a second factor; for trials on this machine only');
  const [house] = await Promise.all([
    openHouse(config, logger, real),
    process.env['VONGGAC_SKIP_WEB']
      ? undefined
      : buildWebWhenStale().catch((error: unknown) => logger.error({ error: String(error) }, 'the pages could not be built')),
  ]);
  try {
    await house.watch.start(() => house.ctx({ name: 'watch' }));
    // After the port is ours: a first password that nobody was told would be lost.
    const server = await listen(house);
    const password = await firstAdministrator(house);
    // Verification expects the first anchor beside the first rows.
    if (password !== null) await sealOnce(house).then(() => anchorOnce(house));
    const port = (server.address() as AddressInfo).port;
    const work = startWork(house);
    const stop = async () => {
      await new Promise<void>((done) => {
        server.close(() => done());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await work.stop();
      await house.close();
    };
    return {
      url: config.publicUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
      house,
      firstPassword: password ? tell(config, password) : null,
      stop,
    };
  } catch (error) {
    await house.close();
    throw error;
  }
}

/** Plain HTTP stays on this machine, or behind a named proxy that speaks HTTPS. */
function mustBeProtected(config: Config): void {
  if (LOOPBACK.has(config.host) || (config.publicUrl?.startsWith('https://') && config.proxies !== '')) return;
  throw new DomainError(
    'invalid',
    'config.plain_http',
    {
      vi: `Không mở HTTP thường trên ${config.host}. Đặt máy chủ sau một proxy HTTPS rồi khai báo VONGGAC_PUBLIC_URL (https://…) và VONGGAC_PROXIES.`,
      en: `Plain HTTP is not opened on ${config.host}. Put the server behind an HTTPS proxy and set VONGGAC_PUBLIC_URL (https://…) and VONGGAC_PROXIES.`,
    },
    { place: 'host' },
  );
}

function listen(house: House): Promise<ServerType> {
  const { host, port } = house.config;
  return new Promise((done, fail) => {
    const server = serve({ fetch: makeApp(house).fetch, hostname: host, port }, () => done(server));
    server.once('error', (error: NodeJS.ErrnoException) => fail(error.code === 'EADDRINUSE' ? portTaken(port) : error));
  });
}

function portTaken(port: number): DomainError {
  return new DomainError(
    'unavailable',
    'config.port_taken',
    { vi: `Cổng ${port} đang được dùng. Chọn cổng khác bằng --port.`, en: `Port ${port} is in use. Choose another with --port.` },
    { place: 'port' },
  );
}
