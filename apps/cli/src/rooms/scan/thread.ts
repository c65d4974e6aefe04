import { parentPort } from 'node:worker_threads';
import { Gauges } from './gauges.ts';
import type { Input } from './inputs.ts';
import { Scanner } from './scanner.ts';
import type { Batch } from './scanner.ts';
import type { FromThread, ToThread } from './threads.ts';

/** How much may wait to be taken before this thread waits too. @unit characters */
const MOST_WAITING = 8 * 2 ** 20;

const port = parentPort!;
let scanner: Promise<Scanner>;
let waiting = 0;
let wake: () => void = () => undefined;

port.on('message', (message: ToThread) => {
  if (message.kind === 'setup') scanner = Scanner.of(message.setup, new Gauges(message.gauges));
  else if (message.kind === 'scan') void scan(message.task, message.input);
  else {
    waiting -= message.size;
    if (waiting <= MOST_WAITING) wake();
  }
});

async function scan(task: number, input: Input): Promise<void> {
  const tally = await (await scanner).scan(input, (batch) => emit(task, batch));
  const message: FromThread = { kind: 'done', task, tally };
  port.postMessage(message, []);
}

async function emit(task: number, batch: Batch): Promise<void> {
  const size = batch.text.length + batch.rows.length + 500 * batch.bases.length;
  const message: FromThread = { kind: 'batch', task, batch, size };
  port.postMessage(message, []);
  waiting += size;
  if (waiting > MOST_WAITING) await new Promise<void>((resolve) => (wake = resolve));
}
