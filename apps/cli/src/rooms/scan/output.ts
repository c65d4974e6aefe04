import { Stopped } from './stopped.ts';

/** Standard output: waits where the reader is slow. @throws Stopped(null) once nobody reads any more */
export class Output {
  #error: Error | null = null;

  constructor() {
    process.stdout.on('error', (error) => (this.#error = error));
  }

  async write(text: string): Promise<void> {
    if (text === '') return;
    await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
    if (this.#error === null) return;
    if ('code' in this.#error && this.#error.code === 'EPIPE') throw new Stopped(null);
    throw this.#error;
  }
}
