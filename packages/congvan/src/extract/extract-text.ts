import { extname } from 'node:path';
import { OutsideError, runInChild } from '@vonggac/outside';
import type * as Job from './extract-job.ts';
import type { JobInput, JobResult } from './extract-job.ts';
import { EXTRACT_LIMITS, UnreadableFile } from './model.ts';
import type { ExtractedText, ExtractLimits } from './model.ts';
import type * as PdfJob from './pdf-job.ts';
import { recogniseScan } from './recognise-scan.ts';
import { refuse } from './refusals.ts';

export interface ExtractOptions {
  /** Stops the reading; it then fails with `cancelled`. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ExtractLimits>;
}

const CODE = extname(import.meta.url);
const JOB = { module: new URL(`./extract-job${CODE}`, import.meta.url), export: 'extractJob' satisfies keyof typeof Job };
const PDF_JOB = { module: new URL(`./pdf-job${CODE}`, import.meta.url), export: 'pdfJob' satisfies keyof typeof PdfJob };
const PDF_HEADER_WITHIN = 1024;
const MAX_TIME_MS = 30_000;

function timeFor(bytes: Uint8Array, limits: ExtractLimits): number {
  return Math.min(Math.max(MAX_TIME_MS, limits.timeMs), Math.round(limits.timeMs * (1 + bytes.byteLength / 2 ** 20)));
}

/** The header of a PDF may stand anywhere in its first kilobyte (ISO 32000-2, Annex I). Other kinds are told by the job. */
function isPdf(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, PDF_HEADER_WITHIN));
  return start.includes('%PDF-') && !start.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'));
}

function runJob(input: JobInput, options: ExtractOptions): Promise<JobResult> {
  const { limits } = input;
  const timeMs = timeFor(input.bytes, limits);
  return runInChild<JobResult>({
    ...(isPdf(input.bytes) ? PDF_JOB : JOB),
    input,
    limits: { memoryMb: limits.memoryMb, timeMs, outputBytes: limits.textLength * 4 + 2 ** 20 },
    ...(options.signal ? { signal: options.signal } : {}),
  });
}

/**
 * The text of an official document: plain text, .docx, .pdf, or a scan (.pdf without text, .png, .jpg, .tif) through
 * tesseract. The content decides what it is, not the name; `name` is used in messages only.
 *
 * The bytes are taken apart in a child process without network, files or environment. Nothing is written to disk, not
 * even for a scan, whose pages go through pipes: a document found to bear a secrecy mark leaves nothing behind.
 *
 * @throws UnreadableFile and nothing else
 */
export async function extractText(bytes: Uint8Array, name: string, options: ExtractOptions = {}): Promise<ExtractedText> {
  const limits = { ...EXTRACT_LIMITS, ...options.limits };
  try {
    if (bytes.byteLength === 0) throw refuse('empty', name);
    if (bytes.byteLength > limits.fileBytes) throw refuse('too-big', name);
    const result = await runJob({ bytes, name, limits }, options);
    if (result.kind === 'text') return result.extracted;
    return await recogniseScan(bytes, { ...result, name, limits, ...(options.signal ? { signal: options.signal } : {}) });
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error;
    throw new UnreadableFile({ code: error.code, place: error.place ?? name, messages: error.messages });
  }
}
