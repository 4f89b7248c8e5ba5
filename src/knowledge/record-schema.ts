import { z } from 'zod';
import { CATEGORY_IDS } from '../domain/categories.ts';
import { MATERIAL_FORMS, MATERIAL_NEEDS } from '../domain/guide.ts';
import { POLICY_LEVELS, REDEMPTIONS } from '../domain/policy-facts.ts';
import { parseSectionId } from '../domain/record.ts';

const text = z.string().trim().min(1);
/** A word that YAML may take for a number: a year, a code. */
const word = z.union([text, z.number().transform(String)]);
const optional = word.nullable().default(null);
const list = z.array(word).default([]);
const isRealDate = (date: string): boolean => {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
};
const isoDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'expected a date as YYYY-MM-DD')
  .refine(isRealDate, 'expected a day of the calendar, as YYYY-MM-DD');
const date = isoDate.nullable().default(null);
const httpUrl = z
  .url({ protocol: /^https?$/ })
  .nullable()
  .default(null);
const category = z.enum(CATEGORY_IDS);

/** Alternate questions: plain ones, or a group that one sentence answers, named by a piece of it. */
const questions = z.array(z.union([text, z.strictObject({ about: text, ask: z.array(word).min(1) })])).default([]);

const sectionMeta = z.strictObject({
  number: z.number().int().min(0).max(9999),
  category: z.union([category, z.array(category).min(1)]).optional(),
  tags: list,
  questions,
  page: z.number().int().min(1).max(99_999).nullable().default(null),
});

const base = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected 1–40 lower-case letters, digits and hyphens'),
  title: text,
  issuingBody: text.nullable().default(null),
  documentNumber: text.nullable().default(null),
  year: z.number().int().min(1949).max(2200).nullable().default(null),
  issuedOn: date,
  effectiveOn: date,
  expiresOn: date,
  url: httpUrl,
  supersedes: list,
  supersededBy: optional,
  verifiedOn: date,
  verifiedBy: optional,
  derivedFrom: z
    .array(z.string().refine((id) => parseSectionId(id) !== null, 'expected the id of a section, such as 2024-plan#6'))
    .default([]),
  category,
  tags: list,
});

const facts = z.strictObject({
  level: z.enum(POLICY_LEVELS).nullable().default(null),
  region: optional,
  industries: list,
  enterpriseSizes: list,
  beneficiaries: optional,
  conditions: list,
  award: optional,
  amount: optional,
  cap: optional,
  nonStacking: optional,
  materials: list,
  applyFrom: date,
  applyUntil: date,
  channel: optional,
  channelUrl: httpUrl,
  redemption: z.enum(REDEMPTIONS).nullable().default(null),
  payoutTime: optional,
  department: optional,
  phone: optional,
  basis: optional,
});

const material = z.strictObject({
  name: word,
  forms: z.array(z.enum(MATERIAL_FORMS)).default([]),
  copies: z.number().int().min(1).max(99).nullable().default(null),
  need: z.enum(MATERIAL_NEEDS).nullable().default(null),
  note: optional,
});
const step = z.strictObject({ name: word, detail: optional, time: optional });

const guide = z.strictObject({
  itemType: optional,
  applicant: optional,
  authority: optional,
  level: optional,
  legalBasis: list,
  conditions: list,
  materials: z.array(material).default([]),
  steps: z.array(step).default([]),
  specialSteps: list,
  statutoryTime: optional,
  promisedTime: optional,
  caseType: optional,
  fee: optional,
  place: optional,
  window: optional,
  hours: optional,
  channel: optional,
  onlineUrl: httpUrl,
  visits: optional,
  scope: optional,
  result: optional,
  delivery: optional,
  phone: optional,
  complaint: optional,
  remedies: optional,
  faq: z.array(z.strictObject({ question: text, answer: text })).default([]),
});

const inOrder = (from: string | null | undefined, until: string | null | undefined): boolean => !from || !until || from <= until;

/** Front matter of a file under `knowledge/`. Unknown keys are refused: a misspelt key would be lost in silence. */
export const recordSchema = z
  .discriminatedUnion('kind', [
    base.extend({ kind: z.literal('policy'), facts: facts.prefault({}), sections: z.array(sectionMeta).default([]) }),
    base.extend({
      kind: z.literal('procedure'),
      itemCode: optional,
      guide: guide.prefault({}),
      sections: z.array(sectionMeta).default([]),
    }),
    base.extend({ kind: z.literal('faq'), source: optional, questions, negativeQuestions: list }),
  ])
  .refine(({ effectiveOn, expiresOn }) => inOrder(effectiveOn, expiresOn), {
    path: ['expiresOn'],
    message: 'expected a day not before effectiveOn',
  })
  .refine((meta) => meta.kind !== 'policy' || inOrder(meta.facts.applyFrom, meta.facts.applyUntil), {
    path: ['facts', 'applyUntil'],
    message: 'expected a day not before applyFrom',
  });

export type RecordMeta = z.infer<typeof recordSchema>;
export type QuestionsMeta = z.infer<typeof questions>;
