const quoted = (lexeme: string): string => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** Lexemes as the text of a `tsvector`. U+0000 is none to PostgreSQL. */
export const vectorOf = (lexemes: readonly string[]): string =>
  lexemes
    .filter((lexeme) => !lexeme.includes('\0'))
    .map(quoted)
    .join(' ');

/** Lexemes that all have to be there, as the text of a `tsquery`. */
export const queryOf = (lexemes: readonly string[]): string => lexemes.map(quoted).join(' & ');
