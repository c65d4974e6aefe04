import { Cron } from 'croner';
import { firstRunState } from '@vonggac/rooms/identity';
import { applyHandovers } from '@vonggac/rooms/directives';
import { deliverOutbox } from '@vonggac/rooms/notifications';
import { anchorOnce, type House, sealOnce } from './house.ts';

type Job = { name: string; every: string; run: (house: House) => Promise<unknown> };

/** What happens by itself. A job never overlaps itself; a failure is logged and the next run tries again. */
const JOBS: Job[] = [
  { name: 'seal the audit chain', every: '* * * * * *', run: sealOnce },
  { name: 'anchor the audit chain', every: '*/30 * * * * *', run: anchorOnce },
  { name: 'send mails', every: '*/10 * * * * *', run: sendMails },
  { name: 'hand over following', every: '0 */10 * * * *', run: async (house) => applyHandovers(await house.ctx({ name: 'hand over' })) },
];

export function startWork(house: House): { stop(): Promise<void> } {
  const running = new Set<Promise<unknown>>();
  const crons = JOBS.map(
    (job) =>
      new Cron(job.every, { protect: true, unref: true }, async () => {
        const run = job.run(house).catch((error: unknown) => house.logger.error({ job: job.name, error: String(error) }, 'job failed'));
        running.add(run);
        await run;
        running.delete(run);
      }),
  );
  return {
    stop: async () => {
      for (const cron of crons) cron.stop();
      await Promise.all(running);
      await sealOnce(house);
      await anchorOnce(house);
    },
  };
}

/** Nothing is sent from the sample, nor where no mail server is configured. */
async function sendMails(house: House): Promise<void> {
  const { smtp, mailFrom, publicUrl, host, port } = house.config;
  if (!smtp || !mailFrom) return;
  const ctx = await house.ctx({ name: 'mail' });
  if ((await firstRunState(ctx)).sample) return;
  const { failed } = await deliverOutbox(ctx, { smtp, from: mailFrom, publicUrl: publicUrl ?? `http://${host}:${port}` });
  if (failed > 0) house.logger.warn({ failed }, 'mails could not be sent and will be tried again');
}
