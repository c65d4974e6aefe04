import { type HttpBindings, getConnInfo } from './node.ts';
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { errorAnswer, type FileAnswer, type Route, type RouteKey, routes } from '@vonggac/contract';
import { DomainError, type Language, newId } from '@vonggac/kernel';
import {
  ADDRESS_HEADER,
  bearerOf,
  type ByToken,
  mustBeFresh,
  mustBeForTokens,
  mustNotWaitFor,
  type Request,
  type SignedIn,
  signedInBy,
  signedInByToken,
} from '@vonggac/rooms/identity';
import { type Ctx, troubleOf } from '@vonggac/store';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { House } from '../house.ts';
import { answerError, inputError } from './errors.ts';
import { callerAddress, mustBeOwnOrigin } from './guard.ts';
import type { Handlers, Web } from './handlers.ts';

type Env = {
  Bindings: HttpBindings;
  Variables: { requestId: string; language: Language; request: Request; signedIn?: SignedIn | ByToken };
};

const JSON_LIMIT = 2 * 1_048_576;

/** The API under `/api/v1`, made from the contract: every route of it has a handler, or this does not compile. */
export function makeApi(house: House, handlers: Handlers<RouteKey>): OpenAPIHono<Env> {
  const api = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success) throw inputError(result.error as z.ZodError, result.target);
    },
  });
  api.use('*', async (c, next) => {
    readRequest(c, house);
    mustBeOwnOrigin(c.req.method, c.req.raw.headers, house.config);
    c.header('cache-control', 'no-store');
    await next();
  });
  for (const [key, data] of Object.entries(routes) as [RouteKey, Route][])
    addRoute(api, house, { key, data, handle: handlers[key] as AnyHandler });
  api.onError((error, c) => {
    const trouble = troubleOf(error);
    if (trouble) {
      house.watch.database.look();
      house.logger.warn({ requestId: c.get('requestId'), code: trouble.code, error: String(error) }, 'a store did not serve');
    }
    return answerError(c, trouble ?? error, c.get('language') ?? 'vi', house.logger);
  });
  api.notFound((c) =>
    answerError(
      c,
      new DomainError('not-found', 'request.no_route', { vi: 'Không có địa chỉ này.', en: 'There is no such address.' }),
      c.get('language') ?? 'vi',
      house.logger,
    ),
  );
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  api.doc31('/openapi.json', {
    security: [{ token: [] }],
    openapi: '3.1.0',
    info: { title: 'Vọng Gác', version: '1', license: { name: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }],
  });
  return api;
}

type AnyHandler = (ctx: Ctx, input: { params: unknown; query: unknown; body: unknown }, web: Web) => Promise<unknown>;

/** Id, language and address of a request; whatever a caller sends under our own header is dropped. */
function readRequest(c: Context<Env>, house: House): void {
  const headers = new Headers(c.req.raw.headers);
  const address = callerAddress(getConnInfo(c), headers.get('x-forwarded-for'), house.proxies);
  headers.set(ADDRESS_HEADER, address);
  const asked = headers.get('accept-language')?.slice(0, 2).toLowerCase();
  const language = asked === 'en' ? 'en' : asked === 'vi' ? 'vi' : null;
  const requestId = newId();
  c.set('requestId', requestId);
  c.set('language', language ?? 'vi');
  c.set('request', { headers, address, requestId, language });
}

function addRoute(api: OpenAPIHono<Env>, house: House, route: { key: RouteKey; data: Route; handle: AnyHandler }): void {
  const { key, data, handle } = route;
  const [method, path] = key.split(' ') as [string, string];
  if (data.upload)
    api.use(path.replace(/\{(\w+)\}/g, ':$1'), bodyLimit({ maxSize: data.upload.limit, onError: () => tooLarge(data.upload!.limit) }));
  else if (data.body)
    api.use(path.replace(/\{(\w+)\}/g, ':$1'), async (c, next) =>
      c.req.method === method ? bodyLimit({ maxSize: JSON_LIMIT, onError: () => tooLarge(JSON_LIMIT) })(c, next) : next(),
    );
  // Before the input is looked at: who may not ask learns nothing of what is asked for.
  const letIn = async (c: Context<Env>, next: () => Promise<void>): Promise<void> => {
    house.watch.database.mustBeUp();
    if (data.access !== 'public') c.set('signedIn', await house.watch.database.whileUp(whoAsks(house, c.get('request'), method, data)));
    await next();
  };
  api.openapi({ ...describe(method, path, data), middleware: [letIn] as never }, (async (c: Context<Env>) => {
    if (data.upload || data.bulk) house.watch.disk.mustHaveRoom(Number(c.req.header('content-length') ?? 0));
    return house.watch.database.whileUp(answer(c));
  }) as never);
  const answer = async (c: Context<Env>): Promise<Response> => {
    const request = c.get('request');
    const signedIn = c.get('signedIn') ?? null;
    const ctx = signedIn?.ctx ?? (await house.ctx({ name: data.tag, address: request.address, requestId: request.requestId }));
    const web: Web = {
      signedIn,
      request,
      gone: c.req.raw.signal,
      setCookies: (cookies) => cookies.forEach((cookie) => c.header('set-cookie', cookie, { append: true })),
    };
    const output = await handle(ctx, inputOf(c, data), web);
    return data.download ? sendFile(c, output as FileAnswer) : c.json((data.output ? data.output.parse(output) : null) as never);
  };
}

/** The one place where a session or a token is let through to a route, as the contract says. */
async function whoAsks(house: House, request: Request, method: string, data: Route): Promise<SignedIn | ByToken> {
  const { auth, stores, clock } = house;
  const bearer = bearerOf(request.headers);
  const found =
    bearer === null ? await signedInBy(auth, stores, clock, request) : await signedInByToken(auth, stores, clock, { ...request, bearer });
  if ('apiToken' in found) mustBeForTokens(found.apiToken, { method, ...(data.session ? { session: data.session } : {}) });
  else if (found.waitsFor && !data.waiting?.includes(found.waitsFor)) mustNotWaitFor(found.waitsFor);
  if (data.fresh) await mustBeFresh(auth, found);
  return found;
}

function tooLarge(limit: number): never {
  throw new DomainError('too-large', 'request.too_large', {
    vi: `Nội dung gửi lên vượt quá ${Math.floor(limit / 1_048_576)} MB.`,
    en: `What was sent exceeds ${Math.floor(limit / 1_048_576)} MB.`,
  });
}

function describe(method: string, path: string, data: Route) {
  const body = data.upload
    ? { content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } } }
    : data.body
      ? { content: { 'application/json': { schema: data.body } }, required: true }
      : undefined;
  const answer = data.download
    ? { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } }
    : { 'application/json': { schema: data.output ?? z.null() } };
  return createRoute({
    method: method.toLowerCase() as 'get',
    path,
    tags: [data.tag],
    summary: data.summary.en,
    description: data.summary.vi,
    request: {
      ...(data.params ? { params: data.params } : {}),
      ...(data.query ? { query: data.query } : {}),
      ...(body ? { body } : {}),
    } as never,
    responses: {
      200: { description: data.summary.en, content: answer },
      default: { description: 'Error', content: { 'application/json': { schema: errorAnswer } } },
    },
  });
}

function inputOf(c: Context<Env>, data: Route): { params: unknown; query: unknown; body: unknown } {
  const valid = (part: string) => c.req.valid(part as never) as unknown;
  return {
    params: data.params ? valid('param') : undefined,
    query: data.query ? valid('query') : undefined,
    body: data.upload ? uploadOf(c) : data.body ? valid('json') : undefined,
  };
}

function uploadOf(c: Context<Env>) {
  return {
    name: (c.req.query('name') ?? 'tep').slice(0, 200),
    stream: c.req.raw.body ?? new ReadableStream<Uint8Array>({ start: (controller) => controller.close() }),
    bytes: async () => new Uint8Array(await c.req.arrayBuffer()),
  };
}

function sendFile(c: Context<Env>, file: FileAnswer): Response {
  const ascii = file.name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .replace(/[^\w.() -]/g, '_');
  return c.body(file.content as ReadableStream<Uint8Array>, 200, {
    'content-type': file.type,
    'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'x-content-type-options': 'nosniff',
  });
}
