/** IntelMQ of PyPI in a place of its own, over a redis-server on loopback that keeps nothing. */
import { chownSync, copyFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CHAIN, configure, type Bot, type Range } from './configuration.ts';
import { cpuOf, end, finish, peakOf, start, timed, timedUntil, unprivileged, type Cost, type Options } from './processes.ts';

const PACKAGES = ['intelmq==3.5.0', 'redis==8.1.0', 'hiredis==3.5.0', 'textX==3.1.1', 'pendulum==3.3.0'];

export type Stage = Cost & { readonly id: string; readonly redis: number };
export type Chain = { readonly stages: readonly Stage[]; readonly redisPeak: number; readonly events: string };

/** A venv with the packages. @returns its directory */
export async function install(place: string): Promise<string> {
  const venv = path.join(place, 'venv');
  // That of the system: one in a home directory is closed to whoever the bots run as.
  await finish('/usr/bin/python3', ['-m', 'venv', venv]);
  await finish(path.join(venv, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', ...PACKAGES]);
  return venv;
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waiting(port: number, bot: Bot): Promise<number> {
  // First the queue, then the message in work: in this order nothing slips between.
  const script = "return redis.call('llen', KEYS[1]) + redis.call('llen', KEYS[2])";
  const queue = `${bot.id}-queue`;
  return Number(await finish('redis-cli', ['-p', String(port), '-n', '2', 'eval', script, '2', queue, `${queue}-internal`]));
}

async function openRedis(port: number, place: string, as: Options['as']): Promise<ReturnType<typeof start>> {
  const keepNothing = ['--save', '', '--appendonly', 'no', '--dir', place];
  const redis = start('redis-server', ['--port', String(port), '--bind', '127.0.0.1', ...keepNothing], { as });
  for (let tries = 0; tries < 100; tries++) {
    await pause(100);
    const answer = await finish('redis-cli', ['-p', String(port), 'ping']).catch(() => '');
    if (answer.includes('PONG')) return redis;
  }
  throw new Error(`redis-server does not answer\n${redis.said()}`);
}

function own(directory: string, { uid, gid }: { uid: number; gid: number }): void {
  chownSync(directory, uid, gid);
  for (const entry of readdirSync(directory, { recursive: true }) as string[]) chownSync(path.join(directory, entry), uid, gid);
}

/** What a bot could not work on it writes beside its log. @throws if there is any */
function mustBeWhole(root: string): void {
  const logs = path.join(root, 'var/log');
  for (const name of readdirSync(logs).filter((one) => one.endsWith('.dump')))
    if (statSync(path.join(logs, name)).size > 2) throw new Error(`${name}: ${readFileSync(path.join(logs, name), 'utf8').slice(0, 2000)}`);
}

export type Work = { readonly list: string; readonly ranges: readonly Range[]; readonly tell: (stage: Stage) => void };

/** The list through the chain, one bot at a time, each until its queue is empty. */
export async function runChain(place: string, venv: string, { list, ranges, tell }: Work): Promise<Chain> {
  const [root, port, as] = [path.join(place, 'root'), await freePort(), unprivileged()];
  const packages = readdirSync(path.join(venv, 'lib')).map((name) => path.join(venv, 'lib', name, 'site-packages/intelmq/etc'));
  configure(
    root,
    packages.find((one) => existsSync(one))!,
    { port, ranges },
  );
  copyFileSync(list, path.join(root, 'in', path.basename(list)));
  if (as) own(root, as);
  const redis = await openRedis(port, root, as);
  const pid = redis.child.pid!;
  const options: Options = { as, env: { PATH: '/usr/bin:/bin', HOME: root, LANG: 'C.UTF-8', INTELMQ_ROOT_DIR: root } };
  const stages: Stage[] = [];
  try {
    for (const bot of CHAIN) {
      const before = cpuOf(pid);
      const command = [path.join(venv, 'bin', bot.module), bot.id] as const;
      const drained = async (): Promise<boolean> => (await waiting(port, bot)) === 0;
      const cost = bot === CHAIN[0] ? await timed(command[0], [command[1]], options) : await timedUntil(command, drained, options);
      const stage = { id: bot.id, ...cost, redis: cpuOf(pid) - before };
      stages.push(stage);
      tell(stage);
      mustBeWhole(root);
    }
    return { stages, redisPeak: peakOf(pid), events: path.join(root, 'out/events.txt') };
  } finally {
    await end(redis);
  }
}
