import type { Answerer } from '../answering/answerer.ts';
import { cite, titleAlone } from '../answering/cite.ts';
import { statusText } from '../answering/compose-lapsed.ts';
import type { Block, ReplyMessage } from '../domain/message.ts';
import type { LibraryRecord, Section } from '../domain/record.ts';
import type { Validity } from '../domain/validity.ts';
import type { Archive } from './archive.ts';

export interface FullTextOf {
  readonly documentId: string;
  readonly section: number;
  /** The revision that was quoted; null: the one in service. */
  readonly revision: number | null;
}

/**
 * A section in full: as it was quoted, even when the document has changed since; then the reply says so, as it does of a text that is not in force.
 * Null when it is nowhere any more.
 */
export async function fullText(
  { documentId, section: number, revision }: FullTextOf,
  answerer: Answerer,
  archive: Archive | null,
): Promise<ReplyMessage | null> {
  const present = answerer.record(documentId);
  const lapsed = lapsedNote(answerer.validity(documentId));
  const isPresent = revision === null || present?.revision === revision;
  const quoted = isPresent || !archive ? null : await archive.section(documentId, number, revision);
  if (quoted) return textMessage(quoted.section, quoted.record, [`这是第 ${revision} 版（已被替代），${presentRevision(present)}`, lapsed]);
  const section = answerer.section(documentId, number);
  if (!section || !present) return null;
  return textMessage(section, present, [isPresent ? null : `答复当时依据第 ${revision} 版，以下是更新后的内容`, lapsed]);
}

function presentRevision(present: LibraryRecord | null): string {
  if (present === null) return '这份内容现已撤下';
  return present.revision === null ? '现已更新，请以最新内容为准' : `现行为第 ${present.revision} 版，请以现行内容为准`;
}

function lapsedNote(validity: Validity | null): string | null {
  switch (validity?.status) {
    case 'expired':
      return `这份内容${statusText({ status: 'expired', on: validity.lastDay })}，仅供参考`;
    case 'superseded':
      return `这份内容${statusText({ status: 'superseded', on: validity.since })}，仅供参考`;
    case 'upcoming':
      return `这份内容${statusText({ status: 'upcoming', on: validity.from })}`;
    default:
      return null;
  }
}

function textMessage(section: Section, record: LibraryRecord, notes: readonly (string | null)[]): ReplyMessage {
  const blocks: Block[] = [
    ...notes.filter((note) => note !== null).map((text) => ({ kind: 'note' as const, text })),
    { kind: 'quote', text: section.text },
    { kind: 'source', citation: cite(section, record, section.text) },
  ];
  return { title: titleAlone(section, record), tone: 'answer', blocks, buttons: [] };
}
