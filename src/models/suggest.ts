import { z } from 'zod';
import type { Section } from '../domain/record.ts';
import { comparable } from '../text/tokens.ts';
import type { ChatModel } from './chat.ts';
import { isWithin, numbersOf } from './claims.ts';
import type { Outcome } from './outcome.ts';
import { suggestTask } from './prompts.ts';

/** A question suggested for a section, for a person to take or leave. */
export interface DraftQuestion {
  readonly ask: string;
  /** A piece of the section's text, verbatim, from the sentence that answers; null when the model named none that stands there. */
  readonly about: string | null;
}

const MAX_DRAFTS = 8;
const MAX_LENGTH = 40;
const MAX_ABOUT = 60;
/** Sections of more characters are cut: the questions are then about their beginning. */
const MAX_TEXT = 4_000;
const MAX_KNOWN = 60;
const PLAIN = /^[\p{Script=Han}a-zA-Z0-9 ，、：“”《》（）()％%,.?？+-]+$/u;

const answer = z.object({ questions: z.array(z.object({ ask: z.string(), about: z.string().nullish() })).max(50) });

/**
 * Asks a model for alternate questions of a section. Those that could not go into the library are left out: known ones, long ones, ones with numbers
 * the section does not have.
 */
export async function suggestQuestions(
  chat: ChatModel,
  section: Section,
  signal?: AbortSignal,
): Promise<Outcome<readonly DraftQuestion[]>> {
  const known = section.questions.map(({ text }) => text);
  const input = { title: section.title, text: section.text.slice(0, MAX_TEXT), known: known.slice(0, MAX_KNOWN) };
  const outcome = await chat.ask('suggest', suggestTask(input, MAX_DRAFTS), answer, signal);
  if (outcome.kind === 'unavailable') return outcome;
  const taken = new Set([section.title, ...known].map(comparable));
  const numbers = numbersOf(comparable(`${section.title} ${section.text}`));
  const drafts: DraftQuestion[] = [];
  for (const { ask: raw, about } of outcome.value.questions) {
    const ask = raw.trim();
    const form = comparable(ask);
    const isUsable = ask.length > 1 && [...ask].length <= MAX_LENGTH && PLAIN.test(ask) && isWithin(numbersOf(form), numbers);
    if (!isUsable || taken.has(form)) continue;
    taken.add(form);
    drafts.push({ ask, about: about && about.length <= MAX_ABOUT && section.text.includes(about) ? about : null });
    if (drafts.length === MAX_DRAFTS) break;
  }
  return { kind: 'ok', value: drafts };
}
