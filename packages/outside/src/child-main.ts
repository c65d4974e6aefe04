// The child's side of `runInChild`: loads the wanted function, runs it, sends back bytes or a refusal.
import { serialize } from 'node:v8';
import { OutsideError } from './errors.ts';
import type { Reply, Request } from './child-protocol.ts';

let current = 0;
let tainted = false;

type Job = (input: unknown) => unknown;

async function loadJob(request: Request): Promise<Job> {
  const loaded = (await import(request.module)) as Record<string, unknown>;
  const job = loaded[request.export];
  if (typeof job !== 'function') throw new TypeError('not a function');
  return job as Job;
}

/** The kind of an unexpected error and the line of code, without its message: messages of parsers quote the document. */
function whereItBroke(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const frame = /([\w.-]+\.(?:ts|js|mjs|cjs)):(\d+)/u.exec(error.stack?.slice(error.message.length) ?? '');
  return frame ? `${error.name} ${frame[1]}:${frame[2]}` : error.name;
}

function failure(id: number, error: unknown): Reply {
  if (error instanceof OutsideError) {
    const { code, place, messages } = error;
    const problem = place === undefined ? { code, messages } : { code, place, messages };
    return { id, kind: 'refused', problem, tainted };
  }
  return { id, kind: 'crashed', where: whereItBroke(error) };
}

async function answer(request: Request): Promise<Reply> {
  const { id } = request;
  try {
    const job = await loadJob(request);
    const value = serialize(await job(request.input));
    if (value.byteLength > request.outputBytes) return { id, kind: 'too-big' };
    return { id, kind: 'done', value, tainted };
  } catch (error) {
    return failure(id, error);
  }
}

function send(reply: Reply): void {
  process.send?.(reply);
}

process.on('message', (message) => {
  const request = message as Request;
  current = request.id;
  void answer(request).then(send);
});
process.on('uncaughtException', (error) => {
  send({ id: current, kind: 'crashed', where: whereItBroke(error) });
});
// A library's forgotten promise: the job itself still answers or runs into its time limit.
process.on('unhandledRejection', () => {
  tainted = true;
});
process.on('disconnect', () => process.exit(0));
// The job's module, named on the command line, is loaded before the clock of a job starts.
if (process.argv[2] !== undefined) await import(process.argv[2]);
send({ id: 0, kind: 'ready' });
