/** What became of a file that a member sent to the library from a chat. Problems are in Chinese. */
export type FileOutcome =
  | {
      readonly status: 'drafted';
      readonly drafts: readonly { readonly title: string; readonly textId: string; readonly isNew: boolean }[];
      readonly skipped: number;
      /** In Chinese, with their place. */
      readonly warnings: readonly string[];
    }
  | { readonly status: 'refused'; readonly problems: readonly string[] };
