/** A text for people, in both languages of the product. */
export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

/**
 * Why something from outside was not opened. The code is stable and meant for programs:
 * `too-slow` `too-big` `out-of-memory` `crashed` `cancelled` come from the child process,
 * the others from the readers.
 */
export type OutsideCode =
  | 'too-slow'
  | 'too-big'
  | 'out-of-memory'
  | 'crashed'
  | 'cancelled'
  | 'zip-broken'
  | 'zip-encrypted'
  | 'zip-unsafe-name'
  | 'zip-duplicate-name'
  | 'zip-overlap'
  | 'zip-bomb'
  | 'zip-too-many-entries'
  | 'zip-too-deep'
  | 'zip-unsupported'
  | 'xml-broken'
  | 'xml-entities'
  | 'xml-too-deep'
  | 'xml-too-big'
  | 'binary'
  | 'unknown-encoding'
  | 'table-broken'
  | 'table-too-big'
  | 'table-macro'
  | 'table-format';

export interface OutsideProblem {
  /** Usually an OutsideCode; a job in the child may use codes of its own. */
  readonly code: string;
  /** Where: a part of the archive, a row, a page. Never text of the document. */
  readonly place?: string;
  /** What happened and what to do about it. */
  readonly messages: Bilingual;
}

/**
 * Something from outside was refused. `message` is the Vietnamese text, `messages` holds both languages.
 * Carries no text of the refused document, so it may be logged.
 */
export class OutsideError extends Error {
  override readonly name = 'OutsideError';
  readonly code: string;
  readonly place: string | undefined;
  readonly messages: Bilingual;

  constructor(problem: OutsideProblem) {
    super(problem.messages.vi);
    this.code = problem.code;
    this.place = problem.place;
    this.messages = problem.messages;
  }
}

/** Makes an OutsideError. `place` may be undefined. */
export function refusal(code: OutsideCode, place: string | undefined, messages: Bilingual): OutsideError {
  return new OutsideError(place === undefined ? { code, messages } : { code, place, messages });
}

/** Something that was read all the same, but with a doubt that a person should know. */
export interface OutsideWarning {
  readonly code: string;
  readonly place?: string;
  readonly messages: Bilingual;
}
