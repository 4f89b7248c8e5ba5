import { AppError } from '../../domain/errors.ts';
import { type FileType, fileTypeOf } from './file-type.ts';
import type { FileContent, SourceFile } from './raw-document.ts';
import { MAX_FILE_BYTES, refuse } from './refusals.ts';

/**
 * Reads a file of any supported type in this thread. Files from outside go through `readInWorker`, which also bounds time and memory.
 * @throws {AppError} `INPUT_TOO_LARGE` and those of `fileTypeOf` and the readers; a reader that breaks down means `IMPORT_DAMAGED`
 */
export async function readFileContent(file: SourceFile): Promise<FileContent> {
  if (file.bytes.length > MAX_FILE_BYTES) throw refuse('too-large', file.name);
  const type = fileTypeOf(file);
  try {
    return await readAs(type, file);
  } catch (error) {
    throw error instanceof AppError ? error : refuse('damaged', file.name, undefined, error);
  }
}

/** A thread loads the one reader it needs. */
async function readAs(type: FileType, file: SourceFile): Promise<FileContent> {
  switch (type) {
    case 'docx':
      return { kind: 'document', document: await (await import('./formats/docx.ts')).readDocx(file) };
    case 'pdf':
      return { kind: 'document', document: await (await import('./formats/pdf.ts')).readPdf(file) };
    case 'html':
      return { kind: 'document', document: (await import('./formats/html.ts')).readHtml(file) };
    case 'text':
      return { kind: 'document', document: (await import('./formats/plain-text.ts')).readPlainText(file) };
    case 'markdown':
      return (await import('./formats/markdown.ts')).readMarkdown(file);
    case 'xlsx':
      return { kind: 'sheets', sheets: await (await import('./formats/xlsx.ts')).readXlsx(file) };
    case 'csv':
      return { kind: 'sheets', sheets: (await import('./formats/csv.ts')).readCsv(file) };
  }
}
