import { z } from 'zod';
import { route, text } from './route.ts';

/** What the page draws attention to: `warn` can wait until the morning, `stop` hinders work now. */
const sign = z.object({
  area: z.enum(['disk', 'database', 'audit', 'jobs', 'outbox', 'backup', 'clock']),
  level: z.enum(['warn', 'stop']),
  code: z.enum([
    'disk.low',
    'disk.stop',
    'disk.slow',
    'database.slow',
    'database.restarted',
    'audit.late',
    'jobs.failing',
    'outbox.failed',
    'outbox.held',
    'backup.none',
    'backup.old',
    'clock.stepped',
  ]),
});

export const statusRoutes = {
  'GET /status': route({
    tag: 'status',
    summary: { vi: 'Tình trạng hệ thống, cho quản trị viên', en: 'How the system stands, for the administrator' },
    quiet: true,
    output: z.object({
      signs: z.array(sign),
      version: z.string(),
      node: z.string(),
      now: z.string(),
      startedAt: z.string(),
      /** @unit seconds */
      uptime: z.number(),
      /** Sizes in bytes. */
      disk: z.object({
        directory: z.string(),
        total: z.number(),
        free: z.number(),
        warn: z.number(),
        stop: z.number(),
        level: z.enum(['ok', 'warn', 'stop']),
        /** How long the disk needs to keep four kilobytes. @unit milliseconds */
        syncTime: z.number().nullable(),
        slowFrom: z.number(),
      }),
      database: z.object({
        kind: z.enum(['embedded', 'external']),
        version: z.string(),
        /** @unit milliseconds */
        roundTrip: z.number().nullable(),
        size: z.number(),
        connections: z.number(),
        connectionLimit: z.number(),
        replicas: z.number(),
        /** Since this start of the server. */
        restarts: z.number(),
      }),
      audit: z.object({
        head: z.number(),
        lastSealedAt: z.string().nullable(),
        waiting: z.number(),
        waitingSince: z.string().nullable(),
        anchor: z.object({ seq: z.number(), at: z.string() }).nullable(),
        /** Where the second copy of the anchors goes. */
        copy: z.string().nullable(),
      }),
      jobs: z.array(
        z.object({
          id: z.string(),
          name: text,
          running: z.boolean(),
          lastRun: z.string().nullable(),
          lastDone: z.string().nullable(),
          lastFailure: z.object({ at: z.string(), error: z.string() }).nullable(),
          next: z.string().nullable(),
        }),
      ),
      outbox: z.object({
        waiting: z.number(),
        retrying: z.number(),
        failed: z.number(),
        oldestDueAt: z.string().nullable(),
        held: z.object({ takenAt: z.string(), restoredAt: z.string(), messages: z.number() }).nullable(),
        mail: z.enum(['ready', 'not-configured', 'sample']),
      }),
      backup: z.object({
        directory: z.string(),
        files: z.number(),
        newest: z.object({ file: z.string(), at: z.string(), bytes: z.number() }).nullable(),
        /** The newest that the audit log knows of, wherever it was written to. */
        taken: z.object({ file: z.string(), at: z.string(), bytes: z.number() }).nullable(),
      }),
      clock: z.object({
        /** @unit seconds */
        threshold: z.number(),
        lastStep: z.object({ at: z.string(), by: z.number() }).nullable(),
      }),
      events: z.array(z.object({ at: z.string(), action: z.string(), after: z.record(z.string(), z.unknown()).nullable() })),
    }),
  }),
};
