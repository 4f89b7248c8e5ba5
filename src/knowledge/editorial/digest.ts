import { createHash } from 'node:crypto';

/** Names a text by what it says: sha256 of its source, base64url. */
export const digestOf = (source: string): string => createHash('sha256').update(source).digest('base64url');
