import { AppError } from '../../domain/errors.ts';
import { sourceOf, type TextContent } from '../../knowledge/text-source.ts';
import type { content, View } from './schemas.ts';

/** A text as it was sent: whole, or taken apart. */
type Written = { readonly source: string } | { readonly content: View<typeof content> };

/**
 * The source of what was sent.
 * @throws {AppError} `INPUT_INVALID` when the pieces do not make a text
 */
export function writtenSource(written: Written): string {
  if ('source' in written) return written.source;
  try {
    return sourceOf(written.content satisfies TextContent);
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'INTERNAL') throw error;
    throw new AppError('INPUT_INVALID', error.message, { hint: '请按提示修改后再保存。', cause: error });
  }
}
