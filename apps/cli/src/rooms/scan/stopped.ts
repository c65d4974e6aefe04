import type { Bilingual } from '@vonggac/feeds/match';

/** What stopped the command, for people. null: whoever read the output went away. */
export class Stopped extends Error {
  readonly text: Bilingual | null;

  constructor(text: Bilingual | null) {
    super(text?.en ?? 'stopped');
    this.text = text;
  }
}
