import { type Change, type Counted, type CountedRow, fractionOf, type ReportKind, type ReportText } from './model.ts';

export type Composing = {
  kind: ReportKind;
  asOf: string;
  issuer: { name: string; parent: string | null };
  number: string | null;
  symbol: string;
  day: string | null;
  text: ReportText;
  figures: readonly Omit<Counted, 'rows'>[];
  /** The rows of the figures that the form lists. */
  rows: ReadonlyMap<string, readonly CountedRow[]>;
  items: readonly { path: string; text: string }[];
  /** What the report answers, as a citation. */
  basis: string;
  changes: readonly Change[];
  correctedAt: string | null;
  /** Draws the screen's preview: says of a piece of text which figure it is. Printed documents leave it out. */
  cite?: ((figure: string, text: string) => string) | undefined;
  /** For the preview: stands before text that is written in a field. */
  field?: ((name: WrittenField) => string) | undefined;
};

/** Parts of a report that are written as running text. */
export type WrittenField = 'opening' | 'measures' | 'incidents' | 'difficulties' | 'proposals' | 'closing';

/** A figure of the report; without a value where it was not counted. */
export function figureIn(composing: Composing, id: string): Pick<Counted, 'value' | 'of'> {
  return composing.figures.find((figure) => figure.id === id) ?? { value: null, of: null };
}

/** `44/45 (97,8%)` of a figure. */
export function told(composing: Composing, id: string): string {
  return cited(composing, id, fractionOf(figureIn(composing, id)));
}

/** Text that stands for a figure: on a screen it opens the rows. */
export function cited({ cite }: Composing, id: string, text: string): string {
  return cite === undefined ? text : cite(id, text);
}
