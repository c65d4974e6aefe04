import type { RuleError } from '../model.ts';
import type { Source } from './source.ts';

/** What is wrong at a place of a document. Thrown within the reader and collected there; never leaves it. */
export class RuleProblem extends Error {
  readonly code: string;
  /** Offset within the file. @unit UTF-16 units */
  readonly at: number;

  constructor(code: string, message: string, at: number) {
    super(message);
    this.code = code;
    this.at = at;
  }
}

/** The longest message, which may quote what the document says. @unit UTF-16 units */
const longest = 500;

/** Collects what is wrong with one document, so that all of it is said at once. */
export class Report {
  readonly errors: RuleError[] = [];
  readonly warnings: RuleError[] = [];
  readonly source: Source;
  /** Named in every message once it is known. */
  rule: string | null = null;

  constructor(source: Source) {
    this.source = source;
  }

  /** Runs a step; what it throws as a problem is kept, and null is given instead of a result. */
  try<Result>(step: () => Result): Result | null {
    try {
      return step();
    } catch (thrown) {
      if (!(thrown instanceof RuleProblem)) throw thrown;
      this.errors.push(this.record(thrown));
      return null;
    }
  }

  warn(code: string, message: string, at: number): void {
    this.warnings.push(this.record({ code, message, at }));
  }

  private record({ code, message, at }: { code: string; message: string; at: number }): RuleError {
    const short = message.length > longest ? `${message.slice(0, longest)}…` : message;
    return { file: this.source.name, line: this.source.lineAt(at), rule: this.rule, code, message: short };
  }
}
