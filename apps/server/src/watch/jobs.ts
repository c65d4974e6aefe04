import type { Text } from '@vonggac/kernel';

type JobRecord = {
  name: Text;
  isRunning: boolean;
  lastRun: Temporal.Instant | null;
  lastDone: Temporal.Instant | null;
  lastFailure: { at: Temporal.Instant; error: string } | null;
  next: () => Date | null;
};

/** What each job did last. */
export class JobLog {
  readonly records = new Map<string, JobRecord>();

  plan(id: string, name: Text, next: () => Date | null): void {
    const known = this.records.get(id);
    if (known) known.next = next;
    else this.records.set(id, { name, isRunning: false, lastRun: null, lastDone: null, lastFailure: null, next });
  }

  /** Runs a job and keeps how it went; its failure goes on to the caller. */
  async run(id: string, now: () => Temporal.Instant, work: () => Promise<unknown>): Promise<void> {
    const record = this.records.get(id);
    if (!record) throw new Error(`The job ${id} was not planned.`);
    record.isRunning = true;
    record.lastRun = now();
    try {
      await work();
      record.lastDone = now();
    } catch (error) {
      record.lastFailure = { at: now(), error: String(error).slice(0, 300) };
      throw error;
    } finally {
      record.isRunning = false;
    }
  }
}
