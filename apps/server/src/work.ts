import { type Text, ZONE } from '@vonggac/kernel';
import { Cron } from 'croner';
import { followOverseers } from '@vonggac/rooms/assets';
import { applyHandovers } from '@vonggac/rooms/directives';
import { followFindingOverseers } from '@vonggac/rooms/findings';
import { stopLists } from '@vonggac/rooms/intelligence';
import { stopImports } from '@vonggac/rooms/organisations';
import { runSchedules } from '@vonggac/rooms/reports';
import { runNotices, stopSending } from '@vonggac/rooms/notices';
import { deliverOutbox } from '@vonggac/rooms/notifications';
import { turnPeriods } from '@vonggac/rooms/tasks';
import { writeEvening } from '@vonggac/rooms/printable';
import { sweepFiles } from '@vonggac/store';
import { printableFolder } from './http/printable.ts';
import { anchorOnce, type House, sealOnce } from './house.ts';
import { mailState } from './mail.ts';

type Job = { id: string; name: Text; every: string; run: (house: House) => Promise<unknown> };

/** What happens by itself. A job never overlaps itself; a failure is logged and the next run tries again. */
const JOBS: Job[] = [
  { id: 'seal', name: { vi: 'Nối chuỗi nhật ký', en: 'Seal the audit chain' }, every: '* * * * * *', run: sealOnce },
  { id: 'anchor', name: { vi: 'Ký mốc nhật ký', en: 'Anchor the audit chain' }, every: '*/30 * * * * *', run: anchorOnce },
  { id: 'mails', name: { vi: 'Gửi thư', en: 'Send mails' }, every: '*/10 * * * * *', run: sendMails },
  {
    id: 'reports',
    name: { vi: 'Lập báo cáo theo lịch', en: 'Scheduled reports' },
    every: '10 * * * * *',
    run: async (house) => runSchedules(await house.ctx({ name: 'scheduled reports' })),
  },
  {
    id: 'hand-over',
    name: { vi: 'Chuyển giao việc theo dõi đến hạn', en: 'Hand over following' },
    every: '0 */10 * * * *',
    run: async (house) => applyHandovers(await house.ctx({ name: 'hand over' })),
  },
  {
    id: 'periods',
    name: { vi: 'Mở kỳ báo cáo mới', en: 'Open reporting periods' },
    every: '20 * * * * *',
    run: async (house) => turnPeriods(await house.ctx({ name: 'Hệ thống' })),
  },
  {
    id: 'notices',
    name: { vi: 'Gửi thông báo theo quy tắc', en: 'Notices by rule' },
    every: '40 * * * * *',
    run: async (house) => runNotices(await house.ctx({ name: 'notices' })),
  },
  {
    id: 'overseers',
    name: { vi: 'Chuyển danh mục tài sản theo đơn vị theo dõi', en: 'Give the register to its authorities' },
    every: '30 */10 * * * *',
    run: async (house) => followOverseers(await house.ctx({ name: 'overseers' })),
  },
  {
    id: 'finding-overseers',
    name: { vi: 'Chuyển điểm cần xử lý theo đơn vị theo dõi', en: 'Give findings to their authorities' },
    every: '40 */10 * * * *',
    run: async (house) => followFindingOverseers(await house.ctx({ name: 'overseers' })),
  },
  // Each minute, so that a machine that was off at the hour writes them when it is on again.
  {
    id: 'printable',
    name: { vi: 'Lập danh sách in sẵn buổi chiều', en: 'Printable lists of the evening' },
    every: '30 * * * * *',
    run: writeLists,
  },
  // Twice a day: a small office's machine may be off at night.
  { id: 'sweep', name: { vi: 'Dọn tệp không còn dùng', en: 'Sweep files' }, every: '0 30 2,14 * * *', run: sweepUnnamed },
];

export function startWork(house: House): { stop(): Promise<void> } {
  const { watch, logger } = house;
  const running = new Set<Promise<unknown>>();
  const planned = new Map<string, Cron>();
  const runOnce = async (job: Job) => {
    // While the database is away nothing can be done; the first run after its return does what has become due.
    if (!watch.database.isUp() || watch.jobs.records.get(job.id)?.isRunning) return;
    const run = watch.jobs
      .run(
        job.id,
        () => watch.now(),
        () => job.run(house),
      )
      .catch((error: unknown) => logger.error({ job: job.id, error: String(error) }, 'job failed'));
    running.add(run);
    await run;
    running.delete(run);
  };
  const plan = () => {
    for (const job of JOBS) {
      planned.get(job.id)?.stop();
      const cron = new Cron(job.every, { protect: true, unref: true, timezone: ZONE }, () => runOnce(job));
      planned.set(job.id, cron);
      watch.jobs.plan(job.id, job.name, () => cron.nextRun());
    }
  };
  plan();
  // After a jump back the next run would lie hours ahead.
  watch.onClockStep(plan);
  return {
    stop: async () => {
      for (const cron of planned.values()) cron.stop();
      await Promise.all(running);
      await stopImports(house.stores.pool);
      await stopLists(house.stores.pool);
      await stopSending(house.stores.pool);
      await sealOnce(house);
      await anchorOnce(house);
    },
  };
}

async function writeLists(house: House): Promise<void> {
  const { printableHour: hour, printableKeep: keepDays } = house.config;
  if (hour !== 'off') await writeEvening(await house.ctx({ name: 'printable lists' }), { folder: printableFolder(house), keepDays, hour });
}

async function sendMails(house: House): Promise<void> {
  const { smtp, mailFrom, publicUrl, host, port } = house.config;
  if (!smtp || !mailFrom) return;
  const ctx = await house.ctx({ name: 'mail' });
  if ((await mailState(house, ctx)) !== 'ready') return;
  const { failed } = await deliverOutbox(ctx, { smtp, from: mailFrom, publicUrl: publicUrl ?? `http://${host}:${port}` });
  if (failed > 0) house.logger.warn({ failed }, 'mails could not be sent and will be tried again');
}

/** Files that no row has named for days: a discarded draft's, an upload's whose act never came. */
async function sweepUnnamed(house: House): Promise<void> {
  const removed = await sweepFiles(await house.ctx({ name: 'sweep' }));
  if (removed > 0) house.logger.info({ removed }, 'files that nothing names were removed');
}
