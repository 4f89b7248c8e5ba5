/** Import of documents and tables into the library: read, plan, apply. */
export { applyPlan, hasErrors } from './apply.ts';
export { readCategory } from './category.ts';
export { fetchPage, isAddress } from './fetch-page.ts';
export { planImport, type PlanOptions, type Progress } from './plan.ts';
export type { ImportPlan, PlannedChange, PlannedRecord, SkippedRecord } from './plan-types.ts';
export type { Problem } from './problem.ts';
export { placeOf } from './problem.ts';
export type { SourceFile } from './raw-document.ts';
export { MAX_FILE_BYTES, refuse } from './refusals.ts';
export { planText } from './report.ts';
export { readShelf, type Shelf } from './shelf.ts';
export { csvText, tableTemplate } from './tables/template.ts';
