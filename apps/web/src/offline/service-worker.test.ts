import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { serviceWorkerOf } from './build.ts';

const HERE = 'https://vonggac.example.vn';
const PUBLIC = path.join(import.meta.dirname, '../../public');

type Given = { method?: string; mode?: string };

/** The worker's own script with a network and caches that live here. */
async function makeWorker(files = ['index.html', 'assets/a-1.js']) {
  const stores = new Map<string, Map<string, string>>();
  const asked: string[] = [];
  let isOnline = true;
  const listeners = new Map<string, (event: unknown) => void>();
  const pathOf = (what: string | { url: string }) => new URL(typeof what === 'string' ? what : what.url, HERE).pathname;
  const network = async (what: { url: string }) => {
    asked.push(pathOf(what));
    if (!isOnline) throw new TypeError('Failed to fetch');
    return answer(`network ${pathOf(what)}`, pathOf(what).includes('gone') ? 404 : 200);
  };
  const open = async (name: string) => {
    const store = stores.get(name) ?? new Map<string, string>();
    stores.set(name, store);
    return {
      addAll: async (requests: { url: string }[]) => requests.forEach((one) => store.set(pathOf(one), `kept ${pathOf(one)}`)),
      match: async (what: { url: string }) => (store.has(pathOf(what)) ? answer(store.get(pathOf(what))!, 200) : undefined),
      put: async (what: { url: string }, given: { text: string }) => void store.set(pathOf(what), `kept ${given.text}`),
    };
  };
  const match = async (what: string | { url: string }) => {
    for (const store of stores.values()) if (store.has(pathOf(what))) return answer(store.get(pathOf(what))!, 200);
    return undefined;
  };
  const caches = { open, match, keys: async () => [...stores.keys()], delete: async (name: string) => stores.delete(name) };
  const script = await serviceWorkerOf(files, ['/assets/a-1.js']);
  runInContext(
    script,
    createContext({
      URL,
      caches,
      fetch: network,
      location: new URL(HERE),
      Response: { error: () => answer('error', 0) },
      Request: class {
        readonly url: string;
        constructor(url: string) {
          this.url = new URL(url, HERE).href;
        }
      },
      addEventListener: (name: string, listener: (event: unknown) => void) => listeners.set(name, listener),
    }),
  );
  const run = async (name: 'install' | 'activate') => {
    const work: Promise<unknown>[] = [];
    listeners.get(name)!({ waitUntil: (one: Promise<unknown>) => work.push(one) });
    await Promise.all(work);
  };
  const get = async (url: string, { method = 'GET', mode = 'no-cors' }: Given = {}): Promise<string | null> => {
    let given: Promise<{ text: string }> | null = null;
    const request = { url: new URL(url, HERE).href, method, mode };
    listeners.get('fetch')!({ request, respondWith: (one: Promise<{ text: string }>) => (given = one) });
    return given === null ? null : (await (given as Promise<{ text: string }>)).text;
  };
  return { run, get, stores, asked, version: /VERSION = "(\w+)"/.exec(script)![1]!, online: (is: boolean) => (isOnline = is) };
}

function answer(text: string, status: number) {
  return { text, status, clone: () => ({ text, status }) };
}

describe('the service worker', () => {
  it('lets the API and every change pass, so that it can keep nothing of them', async () => {
    const worker = await makeWorker();
    await worker.run('install');
    expect(await worker.get('/api/v1/directives')).toBeNull();
    expect(await worker.get('/api/v1/evidence/1', { mode: 'navigate' })).toBeNull();
    expect(await worker.get('/sign-in', { method: 'POST' })).toBeNull();
    expect(await worker.get('https://elsewhere.example/assets/a.js')).toBeNull();
    expect(worker.asked).toEqual([]);
  });

  it('asks the network for pages and shows our own page when there is none', async () => {
    const worker = await makeWorker();
    await worker.run('install');
    expect(await worker.get('/my-work', { mode: 'navigate' })).toBe('network /my-work');
    worker.online(false);
    expect(await worker.get('/my-work', { mode: 'navigate' })).toBe('kept /offline.html');
    expect(await worker.get('/favicon.svg')).toBe('kept /favicon.svg');
    expect([...worker.stores.values()].flatMap((store) => [...store.keys()])).not.toContain('/my-work');
  });

  it('keeps built files once they were asked for, and no answer that is not one', async () => {
    const worker = await makeWorker();
    await worker.run('install');
    expect(await worker.get('/assets/page-2.js')).toBe('network /assets/page-2.js');
    await worker.get('/assets/gone-3.js');
    worker.online(false);
    expect(await worker.get('/assets/page-2.js')).toBe('kept network /assets/page-2.js');
    await expect(worker.get('/assets/gone-3.js')).rejects.toThrow('Failed to fetch');
  });

  it('drops what older versions kept, and nothing of others', async () => {
    const worker = await makeWorker();
    for (const name of ['vonggac-older', 'something-else']) worker.stores.set(name, new Map());
    await worker.run('install');
    await worker.run('activate');
    expect([...worker.stores.keys()].toSorted()).toEqual(['something-else', `vonggac-${worker.version}`]);
  });

  it('is a new version with every new build, and the same with the same', async () => {
    const versions = [['a.js'], ['a.js'], ['b.js']].map(async (files) => (await makeWorker(files)).version);
    const [one, same, other] = await Promise.all(versions);
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });
});

describe('what makes it installable', () => {
  const manifest = JSON.parse(readFileSync(path.join(PUBLIC, 'manifest.webmanifest'), 'utf8')) as {
    icons: { src: string; sizes: string; type: string; purpose: string }[];
  };

  it('has icons of the sizes that it says', () => {
    const pngs = manifest.icons.filter(({ type }) => type === 'image/png');
    expect(pngs.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual(['192x192 any', '512x512 any', '512x512 maskable']);
    for (const { src, sizes } of pngs) {
      const bytes = readFileSync(path.join(PUBLIC, src));
      expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
    }
  });

  it('says that the network is lost in both languages, with no script, which the policy would forbid', () => {
    const page = readFileSync(path.join(PUBLIC, 'offline.html'), 'utf8');
    expect(page).toContain('Mất kết nối');
    expect(page).toContain('No connection');
    expect(page).not.toContain('<script');
  });
});
