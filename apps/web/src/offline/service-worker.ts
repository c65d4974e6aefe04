/**
 * The service worker: keeps the shell so that a lost network shows a page of ours. It holds the built files alone, which
 * are the same for everybody; what the API answers never passes through it. `serviceWorkerOf` writes VERSION and SHELL in
 * front of it. A new version waits until the pages of the old one are closed, then drops what that one kept.
 */
declare const VERSION: string;
declare const SHELL: readonly string[];

type Extendable = Event & { waitUntil(work: Promise<unknown>): void };
type Fetch = Extendable & { request: Request; respondWith(answer: Promise<Response>): void };
type Worker = {
  location: Location;
  addEventListener(name: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(name: 'fetch', listener: (event: Fetch) => void): void;
};

const worker = globalThis as unknown as Worker;
const PREFIX = 'vonggac-';
const OFFLINE = '/offline.html';

worker.addEventListener('install', (event) => {
  event.waitUntil(keepShell());
});
worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers());
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin || pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(offline));
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request));
  else if (SHELL.includes(pathname)) event.respondWith(fetch(request).catch(() => kept(request)));
});

async function keepShell(): Promise<void> {
  const cache = await caches.open(PREFIX + VERSION);
  await cache.addAll(SHELL.map((path) => new Request(path, { cache: 'reload' })));
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + VERSION).map((name) => caches.delete(name)));
}

/** Built files bear the hash of their content in their names, so that a kept one is never stale. */
async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(PREFIX + VERSION);
  const held = await cache.match(request);
  if (held) return held;
  const answer = await fetch(request);
  if (answer.status === 200) await cache.put(request, answer.clone());
  return answer;
}

async function offline(): Promise<Response> {
  return (await caches.match(OFFLINE)) ?? Response.error();
}

async function kept(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? Response.error();
}
