/** What an importer reads from a document before anybody has reviewed it. */
export interface OutlineSection {
  readonly number: number;
  readonly title: string;
  /** Title of the part it stands in, with its numeral (一、…); null outside any part. */
  readonly part: string | null;
  readonly text: string;
}

export interface Outline {
  readonly title: string;
  /** The paragraph before the first part or section; null when there is none. */
  readonly opening: string | null;
  readonly sections: readonly OutlineSection[];
}
