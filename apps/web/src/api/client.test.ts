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
  it('does not take the end of the former session, which a change of role brings, for the end of this one', async () => {
    const ended = vi.fn();
    const stop = onSignedOut(ended);
    const waiting: ((status: number) => void)[] = [];
    vi.stubGlobal('fetch', async () => {
      const status = await new Promise<number>((resolve) => waiting.push(resolve));
      return new Response('{}', { status, headers: { 'content-type': 'application/json' } });
    });
    const asked = (key: 'GET /sessions') => api(key).catch(() => undefined);
    const [before, acting] = [asked('GET /sessions'), api('POST /session/acting', { body: { organisationId: 'a', role: 'desk' } })];
    const meanwhile = asked('GET /sessions');
    const [first, second, third] = waiting;
    first!(401);
    await before;
    second!(200);
    await acting;
    third!(401);
    await meanwhile;
    expect(ended).not.toHaveBeenCalled();
    const after = asked('GET /sessions');
    waiting[3]!(401);
    await after;
    expect(ended).toHaveBeenCalledOnce();
    stop();
  });
});
