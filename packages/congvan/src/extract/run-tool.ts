import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { OutsideError } from '@vonggac/outside';
import { refuse } from './refusals.ts';

export interface ToolRun {
  readonly command: 'tesseract' | 'pdftoppm';
  readonly args: readonly string[];
  readonly input: Uint8Array;
  readonly outputBytes: number;
  readonly timeMs: number;
  readonly place: string;
  readonly signal?: AbortSignal;
}

/** The program, or the language that it needs, is not on this machine. */
export class NotInstalled extends Error {
  readonly tool: string;

  constructor(tool: string) {
    super(`${tool} is not installed`);
    this.tool = tool;
  }
}

const MEMORY_KB = 2 * 2 ** 20;
const LANGUAGE_MISSING = /error opening data file|failed loading language|couldn't load any languages/iu;

function slow(place: string): OutsideError {
  return new OutsideError({
    code: 'too-slow',
    place,
    messages: {
      vi: 'Nhận dạng chữ quá lâu nên đã dừng. Hãy quét lại ở 300 dpi, đen trắng hoặc thang xám, hoặc dùng PDF có lớp chữ.',
      en: 'The recognition took too long and was stopped. Scan again at 300 dpi in black and white or grey, or use a PDF with a text layer.',
    },
  });
}

function cancelled(place: string): OutsideError {
  return new OutsideError({
    code: 'cancelled',
    place,
    messages: { vi: 'Đã dừng đọc tệp theo yêu cầu.', en: 'Reading was cancelled.' },
  });
}

/** Limits on memory and processor time by the shell, and no file may be written; `exec` so that the program itself can be killed. */
function start(run: ToolRun): ReturnType<typeof spawn> {
  const seconds = Math.ceil(run.timeMs / 1000);
  const script = `command -v "$1" >/dev/null || exit 127; ulimit -c 0; ulimit -f 0; ulimit -t ${seconds}; ulimit -v ${MEMORY_KB}; exec "$@"`;
  const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LANG: 'C.UTF-8', OMP_THREAD_LIMIT: '1' };
  const prefix = process.env['TESSDATA_PREFIX'];
  return spawn('/bin/sh', ['-c', script, 'sh', run.command, ...run.args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: prefix === undefined ? env : { ...env, TESSDATA_PREFIX: prefix },
    cwd: '/',
  });
}

/** Recognition takes seconds of a whole core: the server's own answers come first. */
function beLessUrgent(pid: number): void {
  try {
    setPriority(pid, 10);
  } catch {
    // It ended already, or the system forbids it.
  }
}

/**
 * Runs tesseract or pdftoppm on bytes through pipes and returns what it prints. Killed at the limits and on `signal`.
 *
 * @throws NotInstalled; OutsideError `too-slow`, `cancelled`, `scan-unreadable`
 */
export function runTool(run: ToolRun): Promise<Uint8Array> {
  if (process.platform === 'win32') return Promise.reject(new NotInstalled(run.command));
  return new Promise((resolve, reject) => {
    const child = start(run);
    const pieces: Buffer[] = [];
    let size = 0;
    let said = '';
    const fail = (error: Error): void => {
      stop();
      child.kill('SIGKILL');
      reject(error);
    };
    const abort = (): void => fail(cancelled(run.place));
    const timer = setTimeout(() => fail(slow(run.place)), run.timeMs);
    const stop = (): void => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', abort);
    };
    run.signal?.addEventListener('abort', abort);
    if (run.signal?.aborted) return abort();
    if (child.pid !== undefined) beLessUrgent(child.pid);
    child.stdout?.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > run.outputBytes) fail(refuse('scan-unreadable', run.place));
      else pieces.push(piece);
    });
    child.stderr?.on('data', (piece: Buffer) => {
      if (said.length < 4000) said += piece.toString('latin1');
    });
    // A program that stops reading early closes its pipe; what matters is how it ends.
    child.stdin?.on('error', () => undefined);
    child.on('error', () => fail(new NotInstalled(run.command)));
    child.on('close', (code) => {
      stop();
      if (code === 0) resolve(Buffer.concat(pieces));
      else reject(code === 127 || LANGUAGE_MISSING.test(said) ? new NotInstalled(run.command) : refuse('scan-unreadable', run.place));
    });
    child.stdin?.end(run.input);
  });
}
