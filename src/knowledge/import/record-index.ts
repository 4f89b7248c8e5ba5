import type { LibraryRecord, RecordKind } from '../../domain/record.ts';
import type { RecordDraft } from './draft.ts';
import { questionKey } from './tables/faq-rows.ts';

const squeeze = (text: string): string => text.replaceAll(/\s/g, '');

/** What a record is known by besides its title: its document number or item code. */
function codeOf(record: Pick<RecordDraft, 'kind' | 'documentNumber'> & { readonly itemCode?: string | null }): string | null {
  if (record.kind === 'faq') return null;
  const code = record.kind === 'policy' ? record.documentNumber : (record.itemCode ?? null);
  return code === null ? null : squeeze(code);
}

const titleKey = (kind: RecordKind, title: string): string => `${kind} ${kind === 'faq' ? questionKey(title) : squeeze(title)}`;

/** Records by what they are recognised by. */
export class RecordIndex<Entry extends { readonly record: LibraryRecord }> {
  readonly #byId = new Map<string, Entry>();
  readonly #byCode = new Map<string, Entry>();
  readonly #byTitle = new Map<string, Entry[]>();

  constructor(entries: Iterable<Entry> = []) {
    for (const entry of entries) this.add(entry);
  }

  add(entry: Entry): void {
    const { record } = entry;
    this.#byId.set(record.id, entry);
    const code = codeOf(record);
    if (code !== null) this.#byCode.set(`${record.kind} ${code}`, entry);
    const key = titleKey(record.kind, record.title);
    this.#byTitle.set(key, [...(this.#byTitle.get(key) ?? []), entry]);
  }

  withId(id: string): Entry | null {
    return this.#byId.get(id) ?? null;
  }

  /**
   * The record a draft is a new text of: the same id where the draft has one; else the same document number or item code; else the same title
   * (of a FAQ: question), provided they do not have different numbers.
   */
  find(draft: RecordDraft): Entry | null {
    if (draft.id !== null) {
      const entry = this.withId(draft.id);
      return entry?.record.kind === draft.kind ? entry : null;
    }
    const code = codeOf(draft);
    const byCode = code === null ? undefined : this.#byCode.get(`${draft.kind} ${code}`);
    if (byCode) return byCode;
    const titled = this.#byTitle.get(titleKey(draft.kind, draft.title)) ?? [];
    return titled.find(({ record }) => code === null || codeOf(record) === null) ?? null;
  }
}
