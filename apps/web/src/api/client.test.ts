import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressOf, api, onSignedOut } from './client.ts';
import { ApiError } from './error.ts';

function answering(status: number, body: unknown): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(async () => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

describe('calling a route', () => {
  it('fills parameters in, escaped, and leaves empty query values out', () => {
    const input = { params: { id: 'a/b?c' }, query: { q: 'trực', page: 2, group: '', state: ['met', 'missed'] } };
    expect(addressOf('GET /directives/{id}/tasks', input)).toEqual({
      method: 'GET',
      path: '/api/v1/directives/a%2Fb%3Fc/tasks?q=tr%E1%BB%B1c&page=2&state=met&state=missed',
    });
  });
  it('refuses to call with a parameter missing', () => {
    expect(() => addressOf('GET /directives/{id}', {})).toThrow('parameter id');
  });
  it('marks every change and no read', async () => {
    const fetched = answering(200, {});
    await api('POST /sign-out', { body: {} });
    await api('GET /session');
    const headers = fetched.mock.calls.map((call) => (call[1] as { headers: Record<string, string> }).headers);
    expect(headers.map((header) => header['x-vonggac'])).toEqual(['1', undefined]);
    expect(headers[0]?.['accept-language']).toBe('vi');
  });
  it('turns a refusal into an error that names its place', async () => {
    answering(422, { error: { code: 'invalid', message: 'Chưa đúng', place: 'next', details: { least: 12 } } });
    const error = await api('POST /password', { body: { current: 'a', next: 'b' } }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, code: 'invalid', place: 'next', details: { least: 12 } });
  });
  it('tells a lost network from a refusal', async () => {
    vi.stubGlobal('fetch', async () => await Promise.reject(new TypeError('failed')));
    await expect(api('GET /session')).rejects.toMatchObject({ status: 0, code: 'network' });
  });
  it('says when the session has ended, but not for a refused sign-in', async () => {
    const ended = vi.fn();
    const stop = onSignedOut(ended);
    answering(401, { error: { code: 'unauthenticated', message: '' } });
    await api('POST /sign-in', { body: { username: 'a', password: 'b' } }).catch(() => undefined);
    expect(ended).not.toHaveBeenCalled();
    await api('GET /sessions').catch(() => undefined);
    expect(ended).toHaveBeenCalledOnce();
    stop();
  });
});
