import { AppError } from '../../domain/errors.ts';
import type { LibraryRecord } from '../../domain/record.ts';
import { fileOf } from '../folders.ts';
import { parseRecord } from '../markdown.ts';
import { differences } from './differences.ts';
import type { Origin, RecordDraft } from './draft.ts';
import { mergeDraft, readyDraft } from './merge.ts';
import type { ImportPlan, PlannedChange, PlannedRecord, SkippedRecord } from './plan-types.ts';
import { errorAt, type Problem, warningAt } from './problem.ts';
import { freeId, proposeId } from './record-id.ts';
import { RecordIndex } from './record-index.ts';
import { recordMarkdown } from './record-markdown.ts';
import type { Shelf, ShelvedRecord } from './shelf.ts';

/** Where drafts are laid beside the records of the library, one after the other. */
export class Desk {
  readonly #shelf: RecordIndex<ShelvedRecord>;
  readonly #problems: Problem[];
  readonly #created: PlannedRecord[] = [];
  readonly #changed: PlannedChange[] = [];
  readonly #skipped: SkippedRecord[] = [];
  /** What this import has laid down so far. */
  readonly #placed = new RecordIndex<{ readonly record: LibraryRecord; readonly origin: Origin }>();

  /** @param problems what is found wrong is added here. */
  constructor(shelf: Shelf, problems: Problem[]) {
    this.#shelf = new RecordIndex(shelf);
    this.#problems = problems;
  }

  plan(): Omit<ImportPlan, 'problems'> {
    return { created: this.#created, changed: this.#changed, skipped: this.#skipped };
  }

  /** A file of a library, as it stands. */
  takeRecord(source: string, file: string): void {
    const origin: Origin = { file, sheet: null, row: null };
    try {
      const record = parseRecord(source, file);
      const shelved = this.#shelf.withId(record.id);
      this.#place({ record, markdown: source, origin }, shelved?.record.kind === record.kind ? shelved : null);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const line = /:(\d+): /.exec(error.message);
      const message = error.message.slice(line ? line.index + line[0].length : 0);
      this.#problems.push(errorAt(file, message, { line: line ? Number(line[1]) : null }));
    }
  }

  takeDraft(draft: RecordDraft): void {
    const { origin } = draft;
    const where = { sheet: origin.sheet, row: origin.row };
    const twin = this.#placed.find(draft);
    if (twin) {
      this.#problems.push(errorAt(origin.file, `“${draft.title}”与${nameOf(twin.origin)}重复`, where));
      return;
    }
    const shelved = this.#shelf.find(draft);
    const wanted = draft.id ?? shelved?.record.id ?? freeId(proposeId(draft), (id) => this.#holderOf(id) !== null);
    try {
      const merged = shelved ? mergeDraft(draft, shelved) : { ready: readyDraft(draft, wanted), losses: [] };
      const markdown = recordMarkdown(merged.ready);
      for (const loss of merged.losses) this.#problems.push(warningAt(origin.file, loss, where));
      this.#place({ record: parseRecord(markdown, `${wanted}.md`), markdown, origin }, shelved);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#problems.push(errorAt(origin.file, `不能写成知识库文件：${error.message}`, where));
    }
  }

  /** Who has an id already, in words; null when it is free. */
  #holderOf(id: string): string | null {
    const placed = this.#placed.withId(id);
    if (placed) return nameOf(placed.origin);
    const shelved = this.#shelf.withId(id);
    return shelved ? `知识库中的“${shelved.record.title}”` : null;
  }

  #place(incoming: Omit<PlannedRecord, 'id' | 'path'>, shelved: ShelvedRecord | null): void {
    const { record, origin } = incoming;
    const holder = this.#holderOf(record.id);
    const isOwn = shelved?.record.id === record.id && this.#placed.withId(record.id) === null;
    if (holder !== null && !isOwn) {
      const where = { sheet: origin.sheet, row: origin.row };
      this.#problems.push(errorAt(origin.file, `“${record.title}”的编号“${record.id}”与${holder}重复`, where));
      return;
    }
    this.#placed.add({ record, origin });
    const path = shelved?.path ?? fileOf(record);
    const planned: PlannedRecord = { id: record.id, path, ...incoming };
    if (!shelved) {
      this.#created.push(planned);
      return;
    }
    const changes = differences(shelved.record, record);
    if (changes.length === 0) this.#skipped.push({ id: record.id, title: record.title, origin });
    else this.#changed.push({ ...planned, before: shelved.source, differences: changes });
  }
}

const nameOf = ({ file, row }: Origin): string => `本次导入的 ${file}${row === null ? '' : ` 第 ${row} 行`}`;
