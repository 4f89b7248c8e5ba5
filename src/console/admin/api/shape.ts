/** What a call of the API answers with: a shape as the server describes it, by its name among a file's. */
export type ViewOf<Schemas, Name extends keyof Schemas> = Schemas[Name] extends { readonly _zod: { readonly output: infer Output } }
  ? Output
  : never;
