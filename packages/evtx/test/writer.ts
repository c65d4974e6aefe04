import { crc32 } from 'node:zlib';

/** Writes small event logs for the tests: what a node is in binary XML, and files of chunks of records. */
const CHUNK = 65_536;

export type Node = ElementNode | { sub: number; optional?: boolean } | { raw: (chunk: ChunkWriter) => void };
export type ElementNode = { name: string; attributes?: Record<string, Node[]>; children?: Node[]; dependency?: number };
/** @property size what its descriptor says, where that is not what was written */
export type Value = { type: number; size?: number; write: (chunk: ChunkWriter) => void };

export const sub = (index: number): Node => ({ sub: index });
export const optional = (index: number): Node => ({ sub: index, optional: true });
export const text = (value: string): Node => ({ raw: (chunk) => chunk.u8(0x05).u8(0x01).u16(value.length).utf16(value) });
export const el = (name: string, ...children: Node[]): ElementNode => ({ name, children });
export const data = (name: string, ...children: Node[]): ElementNode => ({ name: 'Data', attributes: { Name: [text(name)] }, children });

export const value = (type: number, bytes: readonly number[] | Uint8Array): Value => ({ type, write: (chunk) => void chunk.bytes(bytes) });
export const string = (content: string): Value => ({ type: 0x01, write: (chunk) => void chunk.utf16(content) });
export const uint = (type: number, size: number, content: number | bigint): Value => ({
  type,
  write: (chunk) => void chunk.int(size, content),
});
export const none: Value = { type: 0x00, write: () => {} };
/** Embedded XML: whatever `write` writes, between fragment header and end. */
export const xml = (write: (chunk: ChunkWriter) => void): Value => ({ type: 0x21, write });

export class ChunkWriter {
  readonly memory = new Uint8Array(CHUNK);
  at = 512;
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<ElementNode, number>();
  readonly #records: { id: bigint; at: number }[] = [];

  bytes(bytes: readonly number[] | Uint8Array): this {
    this.memory.set(bytes, this.at);
    this.at += bytes.length;
    return this;
  }

  int(size: number, content: number | bigint): this {
    let rest = BigInt.asUintN(64, BigInt(content));
    for (let index = 0; index < size; index += 1, rest >>= 8n) this.u8(Number(rest & 0xffn));
    return this;
  }

  u8(content: number): this {
    this.memory[this.at] = content;
    this.at += 1;
    return this;
  }

  u16(content: number): this {
    return this.int(2, content);
  }

  u32(content: number): this {
    return this.int(4, content);
  }

  utf16(content: string): this {
    for (let index = 0; index < content.length; index += 1) this.u16(content.charCodeAt(index));
    return this;
  }

  /** A reference to a name; its first use carries it. */
  name(name: string): this {
    const known = this.#names.get(name);
    this.u32(known ?? this.at + 4);
    if (known !== undefined) return this;
    this.#names.set(name, this.at);
    return this.u32(0).u16(0).u16(name.length).utf16(name).u16(0);
  }

  /** @param definition whether elements say what they depend on */
  node(node: Node, definition: boolean): this {
    if ('raw' in node) node.raw(this);
    else if ('sub' in node)
      this.u8(node.optional ? 0x0e : 0x0d)
        .u16(node.sub)
        .u8(0x01);
    else this.#element(node, definition);
    return this;
  }

  #element(element: ElementNode, definition: boolean): void {
    const attributes = Object.entries(element.attributes ?? {});
    this.u8(attributes.length > 0 ? 0x41 : 0x01);
    if (definition) this.u16(element.dependency ?? 0xffff);
    this.u32(0).name(element.name);
    if (attributes.length > 0) this.u32(0);
    for (const [name, nodes] of attributes) {
      this.u8(0x06).name(name);
      for (const node of nodes) this.node(node, definition);
    }
    if (!element.children) this.u8(0x03);
    else {
      this.u8(0x02);
      for (const child of element.children) this.node(child, definition);
      this.u8(0x04);
    }
  }

  /** An instance of a template, which its first use defines. */
  instance(template: ElementNode, values: readonly Value[]): this {
    const known = this.#templates.get(template);
    this.u8(0x0c)
      .u8(0x01)
      .u32(1)
      .u32(known ?? this.at + 4);
    if (known === undefined) this.#define(template);
    this.u32(values.length);
    const descriptors = this.at;
    this.at += values.length * 4;
    values.forEach((content, index) => {
      const start = this.at;
      content.write(this);
      const end = this.at;
      this.at = descriptors + index * 4;
      this.u16(content.size ?? end - start)
        .u8(content.type)
        .u8(0);
      this.at = end;
    });
    return this;
  }

  #define(template: ElementNode): void {
    this.#templates.set(template, this.at);
    const start = this.at;
    this.u32(0).bytes(new Uint8Array(16).fill(this.#templates.size)).u32(0);
    this.bytes([0x0f, 1, 1, 0]).node(template, true).u8(0);
    const end = this.at;
    this.at = start + 20;
    this.u32(end - start - 24);
    this.at = end;
  }

  /** A record with the content that `write` writes. @param time as a FILETIME */
  record(id: number | bigint, write: (chunk: ChunkWriter) => void, time = 132_000_000_000_000_000n): this {
    const start = this.at;
    this.#records.push({ id: BigInt(id), at: start });
    this.u32(0x2a2a).u32(0).int(8, id).int(8, time);
    write(this);
    this.u32(this.at + 4 - start);
    const end = this.at;
    this.at = start + 4;
    this.u32(end - start);
    this.at = end;
    return this;
  }

  /** A record that is one instance of a template. */
  event(id: number | bigint, template: ElementNode, values: readonly Value[]): this {
    return this.record(id, (chunk) => chunk.bytes([0x0f, 1, 1, 0]).instance(template, values).u8(0));
  }

  /** The chunk with its header and checksums. */
  finish(): Uint8Array {
    const [end, first, last] = [this.at, this.#records[0], this.#records.at(-1)];
    this.at = 0;
    this.bytes(new TextEncoder().encode('ElfChnk\0'));
    for (let twice = 0; twice < 2; twice += 1) this.int(8, first?.id ?? 0).int(8, last?.id ?? 0);
    this.u32(128)
      .u32(last?.at ?? 512)
      .u32(end)
      .u32(crc32(this.memory.subarray(512, end)));
    this.at = 124;
    this.u32(crc32(this.memory.subarray(128, 512), crc32(this.memory.subarray(0, 120))));
    this.at = end;
    return this.memory;
  }
}

/** A file of chunks. @param flags of its header: 1 dirty */
export function file(chunks: readonly Uint8Array[], flags = 0): Uint8Array {
  const bytes = new Uint8Array(4096 + chunks.length * CHUNK);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('ElfFile\0'));
  view.setUint32(32, 128, true);
  view.setUint16(36, 1, true);
  view.setUint16(38, 3, true);
  view.setUint16(40, 4096, true);
  view.setUint16(42, chunks.length, true);
  view.setUint32(120, flags, true);
  view.setUint32(124, crc32(bytes.subarray(0, 120)), true);
  chunks.forEach((chunk, index) => bytes.set(chunk, 4096 + index * CHUNK));
  return bytes;
}

/** A file of one chunk. */
export function log(write: (chunk: ChunkWriter) => void): Uint8Array {
  const chunk = new ChunkWriter();
  write(chunk);
  return file([chunk.finish()]);
}
