/** Where in the text a field was read: UTF-16 offsets, end exclusive. */
export type Span = { start: number; end: number };

/** What the reader understood, kept as it was read; corrections are kept in the rows. */
export type Reading = {
  spans: { field: string; span: Span }[];
  copies: { text: string; purpose: string | null }[];
  contacts: { organisation: string | null; person: string | null; phones: string[]; emails: string[] }[];
  attachments: { title: string | null; items: string[] }[];
  warnings: { code: string; message: string; start: number; end: number }[];
};
