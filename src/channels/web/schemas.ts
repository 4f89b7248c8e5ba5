import { z } from 'zod';

/**
 * The shapes of the HTTP API, each written once: requests are checked against them, the OpenAPI document is made from them,
 * and the page imports their types.
 */

/** Names the conversation follow-ups belong to. The first answer carries a new one; send it along with the next question. */
const conversationId = z
  .string({ error: 'Expected "conversationId" to be a string' })
  .regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'Expected "conversationId" to be 1 to 64 characters of A-Z a-z 0-9 _ -' });

const question = z
  .string({ error: (issue) => `Expected "question" to be a string, got ${typeName(issue.input)}` })
  .trim()
  .min(1, { error: 'Expected "question" to hold at least one character that is not a space' });

export const askRequest = z.object({ question, conversationId: conversationId.optional() }, { error: 'Expected a JSON object' });

export const chatRequest = z
  .object(
    {
      conversationId: conversationId.optional(),
      question: question.optional(),
      action: z
        .string({ error: (issue) => `Expected "action" to be a string, got ${typeName(issue.input)}` })
        .min(1, { error: 'Expected "action" to be the action of a button' })
        .max(64, { error: 'Expected "action" to be at most 64 characters' })
        .optional(),
    },
    { error: 'Expected a JSON object' },
  )
  .refine((body) => (body.question === undefined) !== (body.action === undefined), {
    error: 'Expected exactly one of "question" and "action"',
  });

const sectionNumber = z.int().min(0).max(9999).describe('0 is the opening paragraph of a document.');

const isoDate = z.string().describe('YYYY-MM-DD');

const revision = z.int().min(1);

const kind = z.enum(['policy', 'procedure', 'faq']).optional().describe('Kind of the document; left out: a policy.');

const sectionRef = z.object({ kind, documentId: z.string(), section: sectionNumber, title: z.string() });

const citation = z.object({
  kind,
  documentId: z.string(),
  documentTitle: z.string(),
  section: sectionNumber,
  sectionTitle: z.string(),
  part: z.string().nullable(),
  quote: z.string().describe('Verbatim text of the section.'),
  page: z.int().min(1).nullable().describe('Page of the original.'),
  asOf: isoDate.nullable().describe('When somebody last made sure of it.'),
  revision: revision.nullable().describe('Which revision of the document was quoted; null when the library keeps none.'),
});

const fact = z.object({ label: z.string(), value: z.string() });

const lapsedDocument = z.object({
  documentId: z.string(),
  title: z.string(),
  documentNumber: z.string().nullable(),
  status: z.enum(['upcoming', 'expired', 'superseded']),
  on: isoDate.nullable().describe('First day when upcoming, last day when expired, day of the successor when superseded.'),
  section: sectionRef.describe('The section the question is about.'),
});

const successor = z.object({ title: z.string(), documentNumber: z.string().nullable(), sections: z.array(sectionRef) });

export const askResponse = z.object({
  outcome: z.enum(['answered', 'clarify', 'refused', 'lapsed']),
  text: z.string().describe('The whole reply as plain text.'),
  citations: z.array(citation),
  related: z.array(sectionRef),
  options: z.array(sectionRef).describe('With "clarify": what the question may mean, the likeliest first.'),
  missingTerms: z.array(z.string()).describe('Key words of the question that the library does not know.'),
  aspects: z.array(sectionRef).describe('The tabs of a service guide: conditions, materials, steps …'),
  facts: z.array(fact).describe('What a policy grants, until when, and who decides.'),
  document: lapsedDocument.nullable().describe('With "lapsed": the document asked for, which is not in force.'),
  successor: successor.nullable().describe('With "lapsed": what is in force in its place.'),
  confidence: z.number().min(0).max(1),
  conversationId: z.string(),
  tookMs: z.int().min(0),
});

export const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paragraph'), text: z.string() }),
  z.object({ kind: z.literal('quote'), text: z.string() }),
  z.object({
    kind: z.literal('source'),
    citation: citation.extend({ issued: z.string().nullable() }),
    name: z.string().describe('Which section of which document, in words.'),
    details: z
      .array(z.string())
      .describe('What else is known of it, in words: part, page, issuing body and date, when it was last checked.'),
  }),
  z.object({ kind: z.literal('list'), title: z.string().nullable(), items: z.array(z.string()), numbered: z.boolean() }),
  z.object({ kind: z.literal('facts'), items: z.array(fact) }),
  z.object({ kind: z.literal('note'), text: z.string() }),
]);

const button = z.object({
  label: z.string(),
  isCurrent: z.boolean().describe('Its row are tabs, and this one is open.'),
  action: z.string().describe('Send it back as "action".'),
});

export const reply = z.object({
  title: z.string(),
  tone: z.enum(['answer', 'question', 'refusal', 'plain']),
  blocks: z.array(block),
  buttons: z.array(z.array(button)).describe('Rows of buttons.'),
  copyText: z.string().describe('What a reader takes along: the words and where they stand, without small print.'),
});

export const chatResponse = z.object({
  conversationId: z.string(),
  replies: z.array(reply),
  turnId: z.string().nullable(),
  awaitsStaff: z.boolean().describe('A person will answer: look for news from time to time.'),
});

export const newsResponse = z.object({
  items: z
    .array(z.object({ id: z.string(), reply }))
    .describe('What came for the conversation besides the replies, the oldest first. Name the last one as "seen" the next time.'),
});

/** Longest question explained, in UTF-16 units; the assistant answers longer ones by asking for a shorter one. */
const MAX_EXPLAINED = 2_000;

export const explainRequest = z.object(
  {
    question: question.refine((text) => text.length <= MAX_EXPLAINED, {
      error: `Expected "question" to have at most ${MAX_EXPLAINED} characters`,
    }),
  },
  { error: 'Expected a JSON object' },
);

const contribution = z.object({ name: z.string(), value: z.number(), weight: z.number(), adds: z.number().describe('value × weight') });
const share = z.number().min(0).max(1);

export const explainResponse = z.object({
  question: z.string(),
  intent: z.string().describe('What the message was taken for: question, browse, greeting, thanks, help, hand-off, empty.'),
  outcome: z.enum(['answered', 'clarify', 'refused', 'lapsed', 'browse', 'notice']),
  why: z.string().describe('In one sentence, in Chinese.'),
  understanding: z.object({
    text: z.string().describe('What was searched: without chat noise, with misspellings put right and letters read.'),
    readAs: z.string().nullable(),
    corrections: z.array(z.object({ from: z.string(), to: z.string() })),
    isFollowUp: z.boolean(),
    asksFor: z.array(z.string()),
  }),
  tokens: z.object({ words: z.array(z.string()), bigrams: z.array(z.string()) }),
  expansions: z
    .array(z.object({ phrase: z.string(), official: z.array(z.string()), isAmbiguous: z.boolean() }))
    .describe('Phrases that stand for something the texts call otherwise.'),
  keyTerms: z.array(z.object({ term: z.string(), weight: z.number(), isKnown: z.boolean() })),
  confidence: share,
  signals: z.array(contribution).describe('What the confidence was worked out from, the largest first.'),
  thresholds: z.object({ answerFrom: share, refuseBelow: share }),
  candidates: z
    .array(
      z.object({
        section: sectionRef,
        score: z.number(),
        features: z.array(contribution).describe('What the score is the sum of, the largest first.'),
        matches: z.array(z.object({ field: z.string(), term: z.string(), score: z.number() })),
        sentences: z.array(z.object({ text: z.string(), score: z.number(), isQuoted: z.boolean() })),
      }),
    )
    .describe('The best few, best first.'),
});

export const sectionView = z.object({
  kind,
  documentId: z.string(),
  documentTitle: z.string(),
  section: sectionNumber,
  title: z.string(),
  part: z.string().nullable(),
  text: z.string(),
  sentences: z.array(z.object({ start: z.int().min(0), end: z.int().min(0) })).describe('Half-open ranges of UTF-16 indices into "text".'),
  issued: z.string().nullable(),
  categories: z.array(z.string()).describe('Labels, e.g. "融资与白名单".'),
});

export const topic = z.object({ category: z.string(), label: z.string(), sections: z.array(sectionRef) });
export const topicsResponse = z.array(topic);
export const samplesResponse = z.array(z.string());

export const errorResponse = z.object({ error: z.object({ code: z.string(), message: z.string(), hint: z.string() }) });

export type AskRequest = z.infer<typeof askRequest>;
export type AskResponse = z.infer<typeof askResponse>;
export type ChatRequest = z.infer<typeof chatRequest>;
export type ChatResponse = z.infer<typeof chatResponse>;
export type NewsResponse = z.infer<typeof newsResponse>;
export type ExplainRequest = z.infer<typeof explainRequest>;
export type ExplainResponse = z.infer<typeof explainResponse>;
export type BlockView = z.infer<typeof block>;
export type SourceView = Extract<BlockView, { kind: 'source' }>;
export type ReplyView = z.infer<typeof reply>;
export type ButtonView = ReplyView['buttons'][number][number];
export type SectionView = z.infer<typeof sectionView>;
export type Topic = z.infer<typeof topic>;
export type ErrorResponse = z.infer<typeof errorResponse>;

function typeName(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}
