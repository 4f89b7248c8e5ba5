/** Where something stood in the file as received: the page (PDF) or the line (text, Markdown), from 1; null when the format has none. */
export interface Place {
  readonly page: number | null;
  readonly line: number | null;
}

export const NOWHERE: Place = { page: null, line: null };

/** The pieces of a document in reading order, before anybody has looked for an outline. Texts hold no markup. */
export type RawBlock =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string; readonly at: Place }
  /** May hold line breaks, where the document has them inside a paragraph. */
  | { readonly kind: 'paragraph'; readonly text: string; readonly at: Place }
  /** Each item with its mark as printed: "1. …", "· …". */
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly at: Place }
  /** Rows of equal length; a merged cell is repeated in every cell it covers. The first row is not yet known to be a header. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[]; readonly at: Place }
  | { readonly kind: 'page-break'; readonly at: Place };

/** What the file itself declares about the document (web pages do); values as printed. */
export interface RawMeta {
  readonly title?: string;
  readonly documentNumber?: string;
  readonly issuingBody?: string;
  readonly issuedOn?: string;
  readonly publishedOn?: string;
  readonly effectiveOn?: string;
  readonly expiresOn?: string;
  readonly url?: string;
}

/** Something the reader had to leave out or is unsure of; told to the person who imports. */
export interface Note {
  readonly message: string;
  readonly at: Place;
}

export interface RawDocument {
  readonly blocks: readonly RawBlock[];
  readonly meta: RawMeta;
  /** Number of pages; null for formats without pages. */
  readonly pages: number | null;
  readonly notes: readonly Note[];
}

export interface RawRow {
  /** Row of the sheet or line of the file, from 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

export interface RawSheet {
  /** Name of the sheet; null for CSV. */
  readonly name: string | null;
  readonly rows: readonly RawRow[];
  readonly notes: readonly Note[];
}

/** A file of our own library, to be taken as it stands. */
export interface RawRecord {
  readonly source: string;
}

/** What reading a file gives; plain data that can cross from a worker thread. */
export type FileContent =
  | { readonly kind: 'document'; readonly document: RawDocument }
  | { readonly kind: 'sheets'; readonly sheets: readonly RawSheet[] }
  | { readonly kind: 'record'; readonly record: RawRecord };

/** A file as received. */
export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Address it was fetched from, and the character set the server named. */
  readonly url?: string;
  readonly charset?: string;
}
