import { isSmallTalk, stripFrames } from './patterns.ts';

/** Leaves out segments and frames that ask for nothing; when that would leave nothing, the text stays as it was, unless it only greets: then it is empty. */
export function withoutSmallTalk(form: string): string {
  const isGreetingOnly = form
    .split(/[\s,.!?;~、。]+/u)
    .map((segment) => segment.replaceAll(/[^\p{L}\p{N}@]/gu, ''))
    .every((segment) => segment === '' || isSmallTalk(segment));
  if (isGreetingOnly) return '';
  const kept = form
    .replaceAll(/@\S+/g, ' ')
    .split(/(?<=[,.!?;~。\s])/u)
    .filter((segment) => {
      const bare = segment.replaceAll(/[^\p{L}\p{N}]/gu, '');
      return bare !== '' && !isSmallTalk(bare);
    })
    .join('');
  const stripped = stripFrames(kept).replaceAll(/\s+/g, ' ').trim();
  return stripped === '' ? form : stripped;
}
