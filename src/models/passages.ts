import { type Section, sentenceText } from '../domain/record.ts';

/** A stretch of a section that one vector stands for. Several may have one id. */
export interface Passage {
  /** Id of its section. */
  readonly id: string;
  readonly text: string;
}

/** Small models read 512 tokens; beyond that a vector says less and less of what it stands for. */
const MAX_PASSAGE = 360;

/** Sections cut at the ends of sentences, each piece under the title of its section. */
export function passagesOf(sections: readonly Section[]): Passage[] {
  return sections.flatMap((section) => {
    const pieces: string[] = [];
    for (let sentence = 0; sentence < section.sentences.length; sentence++) {
      const text = sentenceText(section, sentence).slice(0, MAX_PASSAGE);
      const last = pieces.at(-1);
      if (last !== undefined && last.length + text.length <= MAX_PASSAGE) pieces[pieces.length - 1] = last + text;
      else pieces.push(text);
    }
    return pieces.map((text) => ({ id: section.id, text: `${section.title}\n${text}` }));
  });
}
