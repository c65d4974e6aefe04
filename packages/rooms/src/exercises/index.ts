export { destinationsWithin, openExercise } from './answers.ts';
export { changeExercise, createExercise, type ExerciseChange, type NewExercise } from './create.ts';
export { type ExerciseView, listExercises } from './list.ts';
export type { ExerciseState } from './model.ts';
export { exercises } from './tables.ts';
