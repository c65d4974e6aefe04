import { currentLanguage } from '../i18n/language.ts';
import type { RouteKey, Routes } from './contract.ts';
import { tellAway } from './away.ts';
import { ApiError, apiErrorFrom } from './error.ts';
import { withFreshCode } from './fresh.ts';

type Given<Key extends RouteKey, Part extends 'params' | 'query' | 'body'> = Part extends keyof Routes[Key] ? Routes[Key][Part] : undefined;
type Wanted<Name extends string, Value> = [Value] extends [undefined]
  ? { [K in Name]?: undefined }
  : undefined extends Value
    ? { [K in Name]?: Value }
    : { [K in Name]: Value };

export type Input<Key extends RouteKey> = Wanted<'params', Given<Key, 'params'>> &
  Wanted<'query', Given<Key, 'query'>> &
  Wanted<'body', Given<Key, 'body'>>;

export type Output<Key extends RouteKey> = Routes[Key]['output'];

/** The input may be left out where nothing in it is required. */
export type InputArgs<Key extends RouteKey> = object extends Input<Key> ? [input?: Input<Key>] : [input: Input<Key>];

export interface LooseInput {
  params?: unknown;
  query?: unknown;
  body?: unknown;
}

const BASE = '/api/v1';
/** The database is away, or a proxy finds no server. */
const AWAY = new Set(['store.away', 'http-502', 'http-503', 'http-504']);
/** These put another session in the place of the one they were asked with: an answer to what was under way then says nothing of the new one. */
const RENEWING: ReadonlySet<string> = new Set(['POST /session/acting', 'POST /session/code']);
/** Beginnings and ends of such requests so far: odd while one is under way. */
let renewals = 0;
const listeners = new Set<() => void>();

/** Called when the server says 401 to anything but a sign-in, or what was asked before the session was renewed; returns the way to stop listening. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * Calls one route of the contract by its key, `api('GET /directives/{id}', { params: { id } })`.
 * Throws `ApiError`: the server's own, or code `network` with status 0 when no answer came. A `FormData` or `Blob` body is sent as it is; an attachment comes back as a `Blob`.
 */
export async function api<Key extends RouteKey>(key: Key, ...args: InputArgs<Key>): Promise<Output<Key>> {
  return (await call(key, (args[0] ?? {}) as LooseInput)) as Output<Key>;
}

/** The address of a route, for links that download: `hrefOf('GET /x/export', { query })`. */
export function hrefOf<Key extends RouteKey>(key: Key, ...args: InputArgs<Key>): string {
  return addressOf(key, (args[0] ?? {}) as LooseInput).path;
}

/** The untyped ground of `api`; for what is generic over routes (tables, pickers). */
export async function call(key: string, input: LooseInput, signal?: AbortSignal): Promise<unknown> {
  return await withFreshCode(async () => await callOnce(key, input, signal));
}

async function callOnce(key: string, input: LooseInput, signal?: AbortSignal): Promise<unknown> {
  const { method, path } = addressOf(key, input);
  if (RENEWING.has(key)) renewals++;
  const begun = renewals;
  const response = await send(path, requestOf(method, input.body, signal)).finally(() => {
    if (RENEWING.has(key)) renewals++;
  });
  const body = await bodyOf(response);
  if (response.ok) return body;
  const isOfFormer = !RENEWING.has(key) && (begun !== renewals || begun % 2 === 1);
  if (response.status === 401 && !isOfFormer && !/^POST \/sign-in(?:\/|$)/.test(key)) for (const listener of listeners) listener();
  const error = apiErrorFrom(response.status, body);
  if (AWAY.has(error.code)) tellAway();
  throw error;
}

/** Method and path of a key with its parameters filled in; unset and empty query values are left out, lists are repeated. */
export function addressOf(key: string, input: LooseInput): { method: string; path: string } {
  const [method = 'GET', template = '/'] = key.split(' ');
  const params = new Map(entriesOf(input.params));
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value: unknown = params.get(name);
    if (value === undefined) throw new TypeError(`${key}: parameter ${name} is missing`);
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams();
  for (const [name, value] of entriesOf(input.query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') query.append(name, String(one));
    }
  }
  const search = query.toString();
  return { method, path: `${BASE}${path}${search === '' ? '' : `?${search}`}` };
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function requestOf(method: string, body: unknown, signal: AbortSignal | undefined): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': currentLanguage() };
  const init: RequestInit = { method, headers, credentials: 'same-origin', signal: signal ?? null };
  if (method !== 'GET') headers['x-vonggac'] = '1';
  if (body instanceof FormData || body instanceof Blob) init.body = body;
  else if (body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  return init;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    tellAway();
    throw new ApiError({ status: 0, code: 'network', message: '' });
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get('content-type') ?? '';
  try {
    if (response.ok && (response.headers.get('content-disposition') ?? '').startsWith('attachment')) return await response.blob();
    return type.includes('json') ? await response.json() : await response.text();
  } catch {
    throw new ApiError({ status: response.ok ? 0 : response.status, code: 'network', message: '' });
  }
}
