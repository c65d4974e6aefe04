/** A tar archive (POSIX.1-1988 ustar) written and read as a stream: what a backup holds can be taken out with `age`, `zstd` and `tar` alone. */

const BLOCK = 512;

/** The header of a regular file. @param size bytes, below 8 GiB */
export function tarHeader(name: string, size: number, mtime: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new RangeError(`The name is too long for a tar header: ${name}`);
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) => header.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
  header.write(name, 0);
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(mtime, 136, 12);
  header.write('        0', 148, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** What fills the last block of a file. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

export const TAR_END = Buffer.alloc(2 * BLOCK);

export type TarEntry = { name: string; size: number; chunks: AsyncIterable<Buffer> };

/** The entries in order; each must be read to its end, or not at all, before the next is asked for. @throws RangeError where the archive is cut or damaged */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source);
  for (;;) {
    const header = await bytes.exactly(BLOCK);
    if (header.every((byte) => byte === 0)) {
      await bytes.exactly(BLOCK);
      if (!(await bytes.isAtEnd())) throw new RangeError('There is something after the end of the archive.');
      return;
    }
    const sum = Number.parseInt(header.toString('latin1', 148, 154), 8);
    header.fill(' ', 148, 156);
    if (sumOf(header) !== sum) throw new RangeError('A header of the archive is damaged.');
    const name = header.toString('utf8', 0, header.indexOf(0));
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8);
    const rest = { left: size };
    yield { name, size, chunks: bytes.run(rest) };
    for await (const _ of bytes.run(rest));
    await bytes.exactly((BLOCK - (size % BLOCK)) % BLOCK);
  }
}

function sumOf(header: Buffer): number {
  return header.reduce((sum, byte) => sum + byte, 0);
}

class Bytes {
  readonly #source: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async isAtEnd(): Promise<boolean> {
    return !(await this.#fill());
  }

  async exactly(size: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.run({ left: size })) parts.push(part);
    return Buffer.concat(parts);
  }

  async *run(rest: { left: number }): AsyncGenerator<Buffer> {
    while (rest.left > 0) {
      if (!(await this.#fill())) throw new RangeError('The archive is cut short.');
      const part = this.#held.subarray(0, rest.left);
      this.#held = this.#held.subarray(part.length);
      rest.left -= part.length;
      yield part;
    }
  }

  async #fill(): Promise<boolean> {
    while (this.#held.length === 0) {
      const next = await this.#source.next();
      if (next.done) return false;
      this.#held = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    return true;
  }
}
