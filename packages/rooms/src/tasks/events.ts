import type { Fact } from '@vonggac/store';
import type { Act } from './model.ts';

/** Whose part in which directive a fact is about. */
type Part = { directive: string; organisation: string; overseer: string };

/** An agency sent the document back: it is not the right receiver. */
export type ReceiptRefused = Fact & Part & { name: 'tasks.refused'; reason: string };
/** An agency handed in answers, with a signed report or without. */
export type TasksSubmitted = Fact & Part & { name: 'tasks.submitted'; tasks: readonly string[]; report: string | null };
/** An agency asks its overseer something, or is answered. */
export type QuestionAsked = Fact & Part & { name: 'tasks.asked' | 'tasks.replied'; text: string };
/** The overseer accepted answers of one organisation, or asks it for more. */
export type TasksReviewed = Fact &
  Part & { name: 'tasks.accepted' | 'tasks.moreAsked' | 'tasks.reopened'; tasks: readonly string[]; reason: string | null };
/** The overseer decided on a longer deadline. */
export type ExtensionDecided = Fact & Part & { name: 'tasks.extensionDecided'; tasks: readonly string[]; granted: boolean };

/** Something happened to receipts or tasks and stands in the history: `act` says what. */
export type WorkNoted = Fact & { name: 'tasks.noted'; notes: readonly (Part & { act: Act })[] };
