import { comparable } from '../text/tokens.ts';
import { typesAsked } from './answer-types.ts';
import type { Corpus } from './corpus.ts';
import type { Query } from './query.ts';

/** Features read off a section's text itself, for the candidates in front: reading all would take too long. */
export interface TextFeatures {
  /** The largest share of the question that one stretch of the text holds. */
  readonly window: number;
  /** The same of stretches that look like the kind of answer asked for, averaged over the kinds; 0 when the question asks for none. */
  readonly answer: number;
}

/** Length of a stretch, in UTF-16 units; the next one starts at its middle. */
const WINDOW = 60;
const STEP = WINDOW / 2;
/** A single character says this much of what a pair does. */
const CHARACTER_WEIGHT = 0.5;

interface Sought {
  readonly term: string;
  readonly value: number;
}

/** Reads candidates for one question. */
export function createTextReader(query: Query, corpus: Corpus): (section: number) => TextFeatures {
  const { sectionIndex } = corpus;
  const sought: Sought[] = [
    ...Array.from(query.bigrams.keys(), (term) => ({ term, value: sectionIndex.idf('textBigrams', term) })),
    ...Array.from(query.characters.keys(), (term) => ({ term, value: CHARACTER_WEIGHT * sectionIndex.idf('textCharacters', term) })),
  ];
  const mass = sought.reduce((total, { value }) => total + value, 0) || 1;
  const types = typesAsked(query.text);
  return (section) => {
    const text = corpus.readText(section);
    const covers = windowCovers(text, sought);
    let window = 0;
    for (const cover of covers) window = Math.max(window, cover);
    let answer = 0;
    for (const { gives } of types) {
      let best = 0;
      covers.forEach((cover, at) => {
        if (cover > best && gives.test(text.slice(at * STEP, at * STEP + WINDOW))) best = cover;
      });
      answer += best / mass / types.length;
    }
    return { window: window / mass, answer };
  };
}

/** What each stretch of a text holds of what is sought, every term once. */
function windowCovers(text: string, sought: readonly Sought[]): Float64Array {
  const covers = new Float64Array(Math.max(1, Math.ceil((text.length - STEP) / STEP)));
  for (const { term, value } of sought) {
    let counted = -1;
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
      const first = Math.max(counted + 1, Math.ceil((at + term.length - WINDOW) / STEP), 0);
      const last = Math.min(covers.length - 1, Math.floor(at / STEP));
      for (let stretch = first; stretch <= last; stretch++) covers[stretch]! += value;
      counted = Math.max(counted, last);
    }
  }
  return covers;
}

/** A section's text as it is read for these features: comparable, without a title that opens it. */
export function readableText({ title, text }: { readonly title: string; readonly text: string }): string {
  const form = comparable(text);
  const heading = comparable(title);
  return heading !== '' && form.startsWith(heading) ? form.slice(heading.length) : form;
}
