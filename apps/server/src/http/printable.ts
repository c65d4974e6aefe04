import path from 'node:path';
import type { printableRoutes } from '@vonggac/contract/printable';
import { downloadPrintable, listPrintable, writePrintable } from '@vonggac/rooms/printable';
import type { House } from '../house.ts';
import type { Handlers } from './handlers.ts';

/** Where the lists lie that are printed before the network is down. */
export function printableFolder({ config }: Pick<House, 'config'>): string {
  return path.resolve(config.printableFolder ?? path.join(config.data, 'printable'));
}

export function printableHandlers(house: House): Handlers<keyof typeof printableRoutes> {
  const { printableHour, printableKeep } = house.config;
  const folder = printableFolder(house);
  return {
    'GET /printable': async (ctx) => ({
      ...listPrintable(ctx, folder),
      folder,
      hour: printableHour === 'off' ? null : printableHour,
      keep: printableKeep,
    }),
    'POST /printable': (ctx, { body }) =>
      writePrintable(ctx, { folder, keepDays: printableKeep, organisation: ctx.actor.organisation }, body.reason),
    'GET /printable/{name}': (ctx, { params }) => downloadPrintable(ctx, folder, params.name),
  };
}
