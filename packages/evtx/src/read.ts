import { crc32 } from 'node:zlib';
import type { EvtxRecord, EvtxWarning } from './model.ts';
import type { Source } from './source.ts';
import { CHUNK_HEADER, ChunkWalk, isChunk, uint64 } from './chunk.ts';
import { CHUNK_SIZE, ChunkMemory } from './memory.ts';
import { Content } from './content.ts';
import { Damage, EvtxError } from './model.ts';
import { Definitions } from './definitions.ts';
import { RecordView } from './record.ts';
import { currentStore } from './store.ts';
import { openSource } from './source.ts';
import { uint32 } from './format.ts';

const FILE_HEADER = 4096;
const NO_CHECKSUM = 4;
/** Between 1601-01-01 and 1970-01-01. */
const EPOCH_MS = 11_644_473_600_000;

/** What reading takes: memory for one chunk, whatever the size of the file. Used again by the next file. */
class Workspace {
  readonly memory = new ChunkMemory();
  readonly walk = new ChunkWalk(this.memory);
  readonly definitions = new Definitions(this.memory, currentStore());
  readonly content = new Content(this.memory, this.definitions);
  readonly view = new RecordView(this.memory, this.content);
}

const idle: Workspace[] = [];
const MOST_IDLE = 4;

type Warn = (warning: EvtxWarning) => void;

export type EvtxOptions = {
  readonly onWarning?: Warn;
  /** Told before each chunk is read. @param size in bytes */
  readonly onChunk?: (size: number) => void;
  /** Only this part of the chunks, so that several readers can share a file: one after another the parts give what the whole does. */
  readonly part?: { readonly index: number; readonly of: number };
};

/**
 * Reads the records of a Windows event log (.evtx), oldest chunk first, one chunk in memory at a time. What is damaged is left out with a
 * warning; everything that can be read is.
 * @param source a path or the bytes of a file
 * @returns views: the same object each time, moved on to the next record
 * @throws EvtxError `unreadable` for a file that cannot be opened or read, `not-evtx` for one that is no event log
 */
export function* readEvtx(source: string | Uint8Array, options: EvtxOptions = {}): Generator<EvtxRecord, void, undefined> {
  const warn: Warn = options.onWarning ?? (() => {});
  const file = openSource(source);
  const space = idle.pop() ?? new Workspace();
  try {
    const { index, of } = options.part ?? { index: 0, of: 1 };
    // What is wrong with the file as a whole is said once.
    checkHeader(file, index === 0 ? warn : () => {});
    const chunks = Math.ceil((file.size - FILE_HEADER) / CHUNK_SIZE);
    const first = oldestChunk(file, chunks);
    const end = Math.floor((chunks * (index + 1)) / of);
    for (let place = Math.floor((chunks * index) / of); place < end; place += 1) {
      options.onChunk?.(CHUNK_SIZE);
      yield* readChunk(file, { space, chunk: (first + place) % chunks, warn });
    }
  } finally {
    file.close();
    if (idle.length < MOST_IDLE) idle.push(space);
  }
}

function checkHeader(file: Source, warn: Warn): void {
  const header = new Uint8Array(FILE_HEADER + 8);
  const size = file.read(0, header);
  const magic = uint32(header, 0) === 0x46_66_6c_45 && uint32(header, 4) === 0x00_65_6c_69;
  if (!magic && !isChunk(header.subarray(FILE_HEADER)))
    throw new EvtxError('not-evtx', 'this is no event log: an .evtx file starts with "ElfFile"');
  const tell = (message: string): void => warn({ code: 'file-header', chunk: null, offset: 0, message });
  if (!magic) tell('the file does not start with "ElfFile", its first chunk is there: it is read all the same');
  else if (size < FILE_HEADER) tell('the file ends inside its header');
  else if ((uint32(header, 120) & NO_CHECKSUM) === 0 && crc32(header.subarray(0, 120)) !== uint32(header, 124))
    tell('the checksum of the file header is wrong: the file is read all the same');
}

/** A full log goes on writing at its start: its oldest chunk can be anywhere. */
function oldestChunk(file: Source, chunks: number): number {
  if (chunks < 2) return 0;
  const header = new Uint8Array(48);
  let oldest = 0;
  let lowest = Infinity;
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    if (file.read(FILE_HEADER + chunk * CHUNK_SIZE, header) < header.length || !isChunk(header)) continue;
    const firstId = uint64(header, 24);
    if (firstId > uint64(header, 32) || firstId >= lowest) continue;
    lowest = firstId;
    oldest = chunk;
  }
  return oldest;
}

function* readChunk(file: Source, from: { space: Workspace; chunk: number; warn: Warn }): Generator<EvtxRecord, void, undefined> {
  const { chunk, warn } = from;
  const { memory, walk, definitions, content, view } = from.space;
  const start = FILE_HEADER + chunk * CHUNK_SIZE;
  const tell = (code: string, at: number, message: string): void => warn({ code, chunk, offset: start + at, message });
  const size = file.read(start, memory.bytes);
  if (size < CHUNK_SIZE) {
    memory.bytes.fill(0, size);
    if (isChunk(memory.bytes)) tell('file-truncated', size, `the file ends ${CHUNK_SIZE - size} bytes before the end of its last chunk`);
    if (size < CHUNK_HEADER) return;
  }
  memory.changed();
  definitions.changed(currentStore());
  content.changed();
  if (!walk.start(size, tell)) return;
  while (walk.next()) {
    const layout = tryRead(content, walk, tell);
    if (!layout) continue;
    view.id = walk.id;
    view.writtenAt = Math.floor(uint64(memory.bytes, walk.at + 16) / 10_000) - EPOCH_MS;
    view.show(layout);
    yield view;
  }
}

function tryRead(
  content: Content,
  walk: ChunkWalk,
  tell: (code: string, at: number, message: string) => void,
): ReturnType<Content['read']> | null {
  try {
    return content.read(walk.contentAt, walk.contentEnd);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    tell('record-content', walk.at, `record ${walk.id} cannot be read: ${error.message}`);
    return null;
  }
}
