import type { Answerer } from '../answering/answerer.ts';
import { cite } from '../answering/cite.ts';
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
 * A section in full: as it was quoted, even when the document has changed since; then the reply says so. Null when it is nowhere any more.
 */
export async function fullText(
  { documentId, section: number, revision }: FullTextOf,
  answerer: Answerer,
  archive: Archive | null,
): Promise<ReplyMessage | null> {
  const present = answerer.record(documentId);
  const isPresent = revision === null || present?.revision === revision;
  const quoted = isPresent || !archive ? null : await archive.section(documentId, number, revision!);
  if (quoted) {
    const now = present === null ? '现已撤下' : present.revision === null ? '现已更新' : `现行为第 ${present.revision} 版`;
    return textMessage(quoted.section, quoted.record, `这是当时答复所依据的第 ${revision} 版，${now}，请以最新内容为准`);
  }
  const section = answerer.section(documentId, number);
  if (!section || !present) return null;
  return textMessage(section, present, lapsedNote(answerer.validity(documentId)));
}

function lapsedNote(validity: Validity | null): string | null {
  switch (validity?.status) {
    case 'expired':
      return `这份文件${statusText({ status: 'expired', on: validity.lastDay })}，仅供参考`;
    case 'superseded':
      return `这份文件${statusText({ status: 'superseded', on: validity.since })}，仅供参考`;
    case 'upcoming':
      return `这份文件${statusText({ status: 'upcoming', on: validity.from })}`;
    default:
      return null;
  }
}

function textMessage(section: Section, record: LibraryRecord, note: string | null): ReplyMessage {
  const blocks: Block[] = [
    ...(note === null ? [] : [{ kind: 'note' as const, text: note }]),
    { kind: 'quote', text: section.text },
    { kind: 'source', citation: cite(section, record, section.text) },
  ];
  return { title: section.title, tone: 'answer', blocks, buttons: [] };
}
