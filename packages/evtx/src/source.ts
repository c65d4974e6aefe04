import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { EvtxError } from './model.ts';

/** Bytes that are read where they are wanted. */
export interface Source {
  /** @unit bytes */
  readonly size: number;
  /** Fills `into` with the bytes at an offset. @returns how many there were */
  read(at: number, into: Uint8Array): number;
  close(): void;
}

/** @throws EvtxError `unreadable` */
export function openSource(source: string | Uint8Array): Source {
  return typeof source === 'string' ? openFile(source) : fromBytes(source);
}

function fromBytes(bytes: Uint8Array): Source {
  return {
    size: bytes.length,
    read(at, into) {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    close() {},
  };
}

function openFile(path: string): Source {
  const file = attempt(path, () => openSync(path, 'r'));
  try {
    return {
      size: attempt(path, () => fstatSync(file).size),
      read: (at, into) => attempt(path, () => readFully(file, at, into)),
      close: () => closeSync(file),
    };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function readFully(file: number, at: number, into: Uint8Array): number {
  let read = 0;
  while (read < into.length) {
    const more = readSync(file, into, read, into.length - read, at + read);
    if (more === 0) break;
    read += more;
  }
  return read;
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new EvtxError('unreadable', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
