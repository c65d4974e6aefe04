/** What became of files that were chosen or dropped together. */
export interface Taken<F> {
  /** What is held now. */
  files: readonly F[];
  /** Larger than the place takes. */
  large: readonly F[];
  /** Left out, since the place takes one at a time. */
  left: readonly F[];
}

interface Place<F> {
  held: readonly F[];
  multiple: boolean;
  /** @unit bytes of one file */
  maxBytes: number;
}

/** Takes all that fit, or the first where only one is taken; what is left out is named, never dropped in silence. */
export function takeFiles<F extends { size: number }>(chosen: readonly F[], { held, multiple, maxBytes }: Place<F>): Taken<F> {
  const large = chosen.filter(({ size }) => size > maxBytes);
  const fitting = chosen.filter(({ size }) => size <= maxBytes);
  if (fitting.length === 0) return { files: held, large, left: [] };
  return multiple ? { files: [...held, ...fitting], large, left: [] } : { files: fitting.slice(0, 1), large, left: fitting.slice(1) };
}
