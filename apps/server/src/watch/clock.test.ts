import { describe, expect, it } from 'vitest';
import { ClockWatch } from './clock.ts';

const NOW = 1_714_093_200_000;

function watched(): { watch: ClockWatch; jump(seconds: number): void } {
  let offset = 0;
  const started = performance.now();
  const now = () => Temporal.Instant.fromEpochMilliseconds(Math.round(NOW + performance.now() - started + offset * 1000));
  return { watch: new ClockWatch({ now }, 5), jump: (seconds) => (offset += seconds) };
}

describe('the clock', () => {
  it('is left alone while it goes with time, and by small corrections', () => {
    const { watch, jump } = watched();
    expect(watch.look()).toBeNull();
    jump(2);
    expect(watch.look()).toBeNull();
    expect(watch.last).toBeNull();
  });

  it('jumps forward and back', () => {
    const { watch, jump } = watched();
    jump(3600);
    expect(watch.look()).toMatchObject({ by: 3600 });
    expect(watch.look()).toBeNull();
    jump(-7200);
    expect(watch.look()).toMatchObject({ by: -7200 });
    expect(watch.last?.by).toBe(-7200);
  });

  it('stands before what is on record', () => {
    const { watch } = watched();
    expect(watch.compareWithRecord(NOW - 60_000)).toBeNull();
    expect(watch.compareWithRecord(NOW + 60_000)).toMatchObject({ by: -60 });
  });
});
