import type { OutsideProblem } from './errors.ts';

/** What the parent asks of the child. */
export interface Request {
  readonly id: number;
  readonly module: string;
  readonly export: string;
  readonly input: unknown;
  readonly outputBytes: number;
}

/**
 * What the child says. A value travels as serialised bytes, so that its size is known before the parent opens it.
 * `tainted`: something went wrong beside the job, so the child is not used again.
 */
export type Reply =
  | { readonly id: number; readonly kind: 'ready' }
  | { readonly id: number; readonly kind: 'done'; readonly value: Uint8Array; readonly tainted: boolean }
  | { readonly id: number; readonly kind: 'too-big' }
  | { readonly id: number; readonly kind: 'refused'; readonly problem: OutsideProblem; readonly tainted: boolean }
  | { readonly id: number; readonly kind: 'crashed'; readonly where: string };
