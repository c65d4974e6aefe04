import { describe, expect, it, vi } from 'vitest';
import { ApiError } from './error.ts';
import { onFreshCode, withFreshCode } from './fresh.ts';

const refusal = (code: string): ApiError => new ApiError({ status: 403, code, message: '' });

/** An act that is refused until `isFresh` says otherwise. */
const acting = (isFresh: () => boolean) =>
  vi.fn(async () => (isFresh() ? await Promise.resolve('done') : await Promise.reject(refusal('identity.fresh_code'))));

describe('an act that wants a fresh code', () => {
  it('goes on by itself once the code is there, and two that wait ask once', async () => {
    let fresh = false;
    const ask = vi.fn(async () => await Promise.resolve((fresh = true)));
    const stop = onFreshCode(ask);
    const [one, two] = [acting(() => fresh), acting(() => fresh)];
    expect(await Promise.all([withFreshCode(one), withFreshCode(two)])).toEqual(['done', 'done']);
    expect(ask).toHaveBeenCalledOnce();
    expect(one).toHaveBeenCalledTimes(2);
    stop();
  });
  it('says what was refused when nobody gives a code', async () => {
    const stop = onFreshCode(async () => await Promise.resolve(false));
    const act = acting(() => false);
    await expect(withFreshCode(act)).rejects.toMatchObject({ code: 'identity.fresh_code' });
    expect(act).toHaveBeenCalledOnce();
    stop();
  });
  it('asks for nothing on any other refusal', async () => {
    const ask = vi.fn(async () => await Promise.resolve(true));
    const stop = onFreshCode(ask);
    await expect(withFreshCode(async () => await Promise.reject(refusal('access.role')))).rejects.toMatchObject({ code: 'access.role' });
    expect(ask).not.toHaveBeenCalled();
    stop();
  });
});
