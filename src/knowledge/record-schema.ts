import { z } from 'zod';
import { CATEGORY_IDS } from '../domain/categories.ts';

const text = z.string().trim().min(1);
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date as YYYY-MM-DD');
const category = z.enum(CATEGORY_IDS);
const words = z.array(z.union([text, z.number().transform(String)])).default([]);

/** Alternate questions: plain ones, or a group that one sentence answers, named by a piece of it. */
const questions = z
  .array(z.union([text, z.strictObject({ about: text, ask: z.array(z.union([text, z.number().transform(String)])).min(1) })]))
  .default([]);

const sectionMeta = z.strictObject({
  number: z.number().int().min(0).max(9999),
  category: z.union([category, z.array(category).min(1)]).optional(),
  tags: words,
  questions,
});

const base = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected 1–40 lower-case letters, digits and hyphens'),
  title: text,
  issuingBody: text.nullable().default(null),
  documentNumber: text.nullable().default(null),
  year: z.number().int().min(1949).max(2200).nullable().default(null),
  issuedOn: isoDate.nullable().default(null),
  effectiveOn: isoDate.nullable().default(null),
  expiresOn: isoDate.nullable().default(null),
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  category,
  tags: words,
});

/** Front matter of a file under `knowledge/`. Unknown keys are refused: a misspelt key would be lost in silence. */
export const recordSchema = z.discriminatedUnion('kind', [
  base.extend({ kind: z.literal('policy'), sections: z.array(sectionMeta).default([]) }),
  base.extend({ kind: z.literal('procedure'), itemCode: text.nullable().default(null), sections: z.array(sectionMeta).default([]) }),
  base.extend({ kind: z.literal('faq'), questions }),
]);

export type RecordMeta = z.infer<typeof recordSchema>;
export type QuestionsMeta = z.infer<typeof questions>;
