import type { Clock } from '@vonggac/kernel';
import type { Database } from '@vonggac/store';

/** The morning at which the sample province stands still. */
export const SAMPLE_NOW = '2024-04-26T08:00:00+07:00';

/**
 * The product's clock: the real one, unless the sample was loaded; then the sample's day, on which only the time since
 * `start` passes, so that acts keep their order.
 */
export async function sampleClock(pool: Database['app'], real: Clock): Promise<Clock & { hold(): void }> {
  const { rows } = await pool.query("select 1 from settings where key = 'sample'");
  let isSample = rows.length > 0;
  const started = real.now();
  return {
    hold: () => {
      isSample = true;
    },
    now: () => {
      if (!isSample) return real.now();
      const elapsed = real.now().since(started).total('milliseconds') % (12 * 3_600_000);
      return Temporal.Instant.from(SAMPLE_NOW).add({ milliseconds: Math.floor(elapsed) });
    },
  };
}
