/** English words that carry no content; they count as read. */
const FUNCTION_WORDS = new Set(
  'a an the of to in on at by for from with and or is are was were be been do does did can could will would shall should may might must have has had how what which who whom whose where when why i you he she it we they my your our their its me us them this that these those there here any some all not no as if than then about into over under up out so such via per get please tell need want t s m re ve ll d don doesn didn isn aren wasn weren hasn haven hadn can won wouldn shouldn couldn'.split(
    ' ',
  ),
);
/** Longest term of the list, in words. */
const MAX_TERM_WORDS = 5;

/** Forms under which a word may stand in the list: itself, and without the commonest endings. */
function stems(word: string): string[] {
  const forms = [word];
  if (word.endsWith('ies')) forms.push(`${word.slice(0, -3)}y`);
  if (word.endsWith('es')) forms.push(word.slice(0, -2));
  if (word.endsWith('s')) forms.push(word.slice(0, -1));
  if (word.endsWith('ing')) forms.push(word.slice(0, -3), `${word.slice(0, -3)}e`);
  if (word.endsWith('ed')) forms.push(word.slice(0, -2), word.slice(0, -1));
  if (word.endsWith('ers')) forms.push(word.slice(0, -1), word.slice(0, -3));
  return forms;
}

/**
 * Reads an English question term by term, longest first, through the bilingual list.
 * `coverage` is the share of its letters that could be read; null when no term of the list stands in it.
 */
export function readEnglish(
  words: readonly string[],
  terms: ReadonlyMap<string, readonly string[]>,
  isLibraryWord: (word: string) => boolean,
): { text: string; coverage: number } | null {
  const read: string[] = [];
  let known = 0;
  let total = 0;
  let hasTerm = false;
  const tokens = words.flatMap((word) => word.split(/[-+&.]/)).filter((word) => word !== '');
  for (let at = 0; at < tokens.length; ) {
    let used = 1;
    let chinese: readonly string[] | undefined;
    for (let count = Math.min(MAX_TERM_WORDS, tokens.length - at); count >= 1 && !chinese; count--) {
      const head = tokens.slice(at, at + count - 1);
      for (const stem of stems(tokens[at + count - 1]!)) {
        chinese ??= terms.get([...head, stem].join(' ')) ?? (count > 1 ? terms.get([...head, stem].join('-')) : undefined);
      }
      used = count;
    }
    const letters = tokens.slice(at, at + used).join('').length;
    total += letters;
    const word = tokens[at]!;
    if (chinese) {
      read.push(chinese[0]!);
      known += letters;
      hasTerm = true;
    } else if (isLibraryWord(word)) {
      read.push(word);
      known += letters;
    } else if (FUNCTION_WORDS.has(word)) {
      known += letters;
    }
    at += used;
  }
  return hasTerm ? { text: [...new Set(read)].join(' '), coverage: known / (total || 1) } : null;
}
