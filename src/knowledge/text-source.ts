/** Texts of the library as they are written: read, checked, taken apart and put together. */
export { isRecordKind } from './folders.ts';
export { contentOf, kindOfSource, type ReadText, readText, sourceOf } from './read-text.ts';
export type { TextContent } from './text-content.ts';
export { type TextProblem, textProblems } from './text-problems.ts';
