import { spawn } from 'node:child_process';
import path from 'node:path';

/** `npm run dev`: the server restarting on change, and the pages from Vite, which hands `/api` on to it. */
const root = path.join(import.meta.dirname, '../../..');
const flags = process.argv.slice(2);
const children = [
  spawn(process.execPath, ['--watch', 'apps/server/src/main.ts', ...flags], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, VONGGAC_SKIP_WEB: '1' },
  }),
  spawn(process.execPath, [path.join(root, 'node_modules/vite/bin/vite.js')], { cwd: path.join(root, 'apps/web'), stdio: 'inherit' }),
];
const stop = () => children.forEach((child) => child.kill('SIGTERM'));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
for (const child of children) child.once('exit', stop);
