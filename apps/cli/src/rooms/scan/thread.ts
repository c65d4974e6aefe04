import { parentPort } from 'node:worker_threads';
import { Gauges } from './gauges.ts';
import type { Input } from './inputs.ts';
import { Room } from './room.ts';
import { Scanner } from './scanner.ts';
import { type FromThread, scanAll, type ToThread } from './threads.ts';

const port = parentPort!;
const room = new Room();
let gauges: Gauges;
let scanner: Promise<Scanner>;
/** Tasks follow one another: a scanner has one file at a time. */
let last: Promise<void> = Promise.resolve();

port.on('message', (message: ToThread) => {
  if (message.kind === 'setup') {
    gauges = new Gauges(message.gauges);
    scanner = Scanner.of(message.setup, gauges);
  } else if (message.kind === 'scan') last = last.then(() => scan(message.task, message.inputs));
  else room.clear(message.size);
});

async function scan(task: number, inputs: readonly Input[]): Promise<void> {
  const tally = await scanAll(await scanner, inputs, {
    gauges,
    take: async (batch) => {
      const message: FromThread = { kind: 'batch', task, batch, size: room.fill(batch) };
      port.postMessage(message, []);
      await room.free();
    },
  });
  const message: FromThread = { kind: 'done', task, tally };
  port.postMessage(message, []);
}
