import type { Language, Role, Text } from '@vonggac/kernel';
import { z } from 'zod';

/** One route as data: what goes in, what comes out, who may call it. Its key is `METHOD /path`. */
export type Route = {
  tag: string;
  summary: Text;
  /** `public` needs no session; everything else does. The verb itself decides by role and scope. */
  access?: 'public' | 'signed-in';
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  output?: z.ZodType;
  /** An act that reaches far: the person entered a code a short while ago (`identity.fresh_code` otherwise). */
  fresh?: true;
  /** For a person at a screen alone; an API token is refused. */
  session?: true;
  /** Also open to a session that still waits for a code, a new password or the setting up of a second factor. */
  waiting?: readonly ('code' | 'password' | 'factor')[];
  /** The body is a file: raw bytes, its name in the query. @unit bytes */
  upload?: { limit: number };
  /** The answer is a file (attachment), not JSON. */
  download?: true;
  /** Writes much, as every upload does: refused when the disk is nearly full. */
  bulk?: true;
  /** Called by pages that stay open; kept out of the log of reads. */
  quiet?: true;
};

/** Keeps the literal types of the schemas. */
export function route<const R extends Route>(data: R): R {
  return data;
}

type In<S> = S extends z.ZodType ? z.input<S> : undefined;
type Out<S> = S extends z.ZodType ? z.output<S> : undefined;

/** What a caller gives and gets. */
export type Call<R extends Route> = {
  params: In<R['params']>;
  query: In<R['query']>;
  body: R['upload'] extends object ? Blob : In<R['body']>;
  output: R['download'] extends true ? Blob : R['output'] extends z.ZodType ? z.output<R['output']> : null;
};

/** What the handler gets, parsed, and must answer. */
export type Handled<R extends Route> = {
  params: Out<R['params']>;
  query: Out<R['query']>;
  body: R['upload'] extends object ? UploadedBody : Out<R['body']>;
  output: R['download'] extends true ? FileAnswer : R['output'] extends z.ZodType ? z.input<R['output']> : null;
};

/** An upload as it arrives: read at most once, never larger than the route's limit. */
export type UploadedBody = { name: string; stream: ReadableStream<Uint8Array>; bytes(): Promise<Uint8Array> };

/** A file for the caller; `name` in Vietnamese is fine. */
export type FileAnswer = { name: string; type: string; content: Uint8Array | ReadableStream<Uint8Array> };

export const id = z.uuid();
export const day = z.iso.date();
export const instant = z.iso.datetime({ offset: true });
export const language = z.enum(['vi', 'en'] satisfies Language[]);
export const role = z.enum(['administrator', 'desk', 'officer', 'analyst', 'operator', 'leader', 'auditor'] satisfies Role[]);
/** A short text of a form: trimmed, no control characters. */
export const line = (max = 300) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/[\p{Cc}]/u.test(text));
/** A longer text: line breaks and tabs are fine. */
export const prose = (max = 20_000) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !/[^\P{Cc}\n\r\t]/u.test(text));
/** A question of a list from the address bar: search without diacritics, page, order. */
export const listQuery = z.object({
  q: z.string().trim().max(200).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(500).default(50),
  sort: z.string().max(60).optional(),
});
/** A page of a list, with the total that it was cut from. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), total: z.number().int() });
export const text = z.object({ vi: z.string(), en: z.string() });

/** The one shape of every error. */
export const errorAnswer = z.object({
  error: z.object({ code: z.string(), message: z.string(), place: z.string().optional(), details: z.unknown().optional() }),
});
