import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { Outbound } from '@vonggac/store';
import type { CustomFetch, CustomFetchOptions } from 'openid-client';

/** Metadata, keys and tokens are small. @unit bytes */
const LARGEST = 1_048_576;

/**
 * A fetch of which each call passes the outbound gate and connects to the address that the gate resolved; no redirects.
 * @param ca certificates to trust instead of the public ones (PEM)
 */
export function gatedFetch(outbound: Outbound, ca: string | undefined): CustomFetch {
  return async (at, options) => {
    const url = new URL(at);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isTls = url.protocol === 'https:';
    const gate = await outbound.allow(host, Number(url.port || (isTls ? 443 : 80)));
    const { method, signal } = options;
    const common = {
      host: gate.address,
      port: gate.port,
      path: `${url.pathname}${url.search}`,
      method,
      headers: { ...options.headers, host: url.host },
      agent: false as const,
      ...(signal ? { signal } : {}),
    };
    const tls = { ...(isIP(host) ? {} : { servername: host }), ...(ca === undefined ? {} : { ca }) };
    const message = await new Promise<IncomingMessage>((done, fail) => {
      const asked = isTls ? requestHttps({ ...common, ...tls }, done) : requestHttp(common, done);
      asked.once('error', fail);
      asked.end(textOf(options.body));
    });
    return answerOf(message);
  };
}

function textOf(body: CustomFetchOptions['body']): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('a body of this kind is not sent');
}

async function answerOf(message: IncomingMessage): Promise<Response> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) {
      message.destroy();
      throw new Error(`the answer is larger than ${LARGEST} bytes`);
    }
    parts.push(part);
  }
  const headers = new Headers();
  for (let at = 0; at < message.rawHeaders.length; at += 2) headers.append(message.rawHeaders[at]!, message.rawHeaders[at + 1]!);
  const status = message.statusCode ?? 502;
  return new Response([204, 205, 304].includes(status) ? null : Buffer.concat(parts), { status, headers });
}
