import { spawn } from 'node:child_process';
import path from 'node:path';

/** `npm test`: everything, once. Arguments go on to vitest. */
const vitest = path.join(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
const child = spawn(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: path.join(import.meta.dirname, '..'),
});
child.once('exit', (code) => process.exit(code ?? 1));
