import { spawn } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const canary = path.join(root, 'scripts/canary');
const bin = (name: string) => path.join(root, 'node_modules/.bin', name);

type Outcome = { code: number; said: string };

function run(command: string, args: string[], cwd = root): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, FORCE_COLOR: '0' } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', (error) => done({ code: 1, said: String(error) }));
    child.once('exit', (code) => done({ code: code ?? 1, said }));
  });
}

/** A check, and what to do when it fails. A check that looks at nothing must not pass. */
const checks: { name: string; cure: string; run: () => Promise<Outcome> }[] = [
  { name: 'format', cure: 'npm run format', run: () => run(bin('oxfmt'), ['--check', '.']) },
  { name: 'lint', cure: 'see the messages above', run: () => run(bin('oxlint'), ['.']) },
  { name: 'lint canary', cure: 'scripts/lint/plugin.js no longer finds an unguarded verb', run: lintCanary },
  { name: 'types', cure: 'see the messages above', run: () => run(bin('tsc'), ['--noEmit', '-p', '.']) },
  { name: 'doors', cure: 'enter a room by its index.ts, and only a room below', run: doors },
  { name: 'doors canary', cure: '.dependency-cruiser.cjs no longer finds planted violations', run: doorsCanary },
  { name: 'dead code', cure: 'remove it, or export it where it is used', run: () => run(bin('knip'), ['--no-progress']) },
];

async function lintCanary(): Promise<Outcome> {
  const { code, said } = await run(bin('oxlint'), ['-c', 'canary.json', '.'], canary);
  const isFound = code !== 0 && said.includes('asks may(ctx') && said.includes('leaves an audit row');
  return { code: isFound ? 0 : 1, said };
}

async function doors(): Promise<Outcome> {
  const { code, said } = await run(bin('depcruise'), ['packages', 'apps', '--config', '.dependency-cruiser.cjs']);
  const modules = Number(/(\d+) modules/.exec(said)?.[1] ?? 0);
  return modules < 100 ? { code: 1, said: `only ${modules} modules were looked at\n${said}` } : { code, said };
}

async function doorsCanary(): Promise<Outcome> {
  const { code, said } = await run(bin('depcruise'), ['packages', 'apps', '--config', path.join(root, '.dependency-cruiser.cjs')], canary);
  const isFound = code !== 0 && ['room-door', 'rooms-down-audit', 'web-on-contract'].every((rule) => said.includes(rule));
  return { code: isFound ? 0 : 1, said };
}

const started = performance.now();
const outcomes = await Promise.all(checks.map(async (check) => ({ check, outcome: await check.run() })));
const failed = outcomes.filter(({ outcome }) => outcome.code !== 0);
for (const { check, outcome } of failed) process.stderr.write(`\n── ${check.name}\n${outcome.said.trim()}\n→ ${check.cure}\n`);
process.stdout.write(
  `\n${outcomes.map(({ check, outcome }) => `${outcome.code === 0 ? '✓' : '✗'} ${check.name}`).join('   ')}   ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
);
process.exit(failed.length === 0 ? 0 : 1);
