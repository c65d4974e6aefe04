import { Cron } from 'croner';
import { anchorOnce, type House, sealOnce } from './house.ts';

type Job = { name: string; every: string; run: (house: House) => Promise<unknown> };

/** What happens by itself. A job never overlaps itself; a failure is logged and the next run tries again. */
const JOBS: Job[] = [
  { name: 'seal the audit chain', every: '* * * * * *', run: sealOnce },
  { name: 'anchor the audit chain', every: '*/30 * * * * *', run: anchorOnce },
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
