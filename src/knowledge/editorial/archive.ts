import { storeArchive } from '../import/archive-writer.ts';
import { fileOf } from '../folders.ts';
import type { PublishedText } from './store.ts';

/** Published texts as a zip of the knowledge folder: each in its file, byte for byte its source. */
export function zipOf(texts: readonly Pick<PublishedText, 'id' | 'kind' | 'source'>[]): Uint8Array {
  const encoder = new TextEncoder();
  return storeArchive(texts.map((text) => [fileOf(text), encoder.encode(text.source)] as const));
}
