import { add, insists } from './additions.ts';
import { fromConsole } from './from-console.ts';
import { take } from './from-chat.ts';
import type { HandOff } from './hand-off.ts';
import { open } from './opening.ts';
import type { HandOffOptions } from './parts.ts';
import { remind } from './reminders.ts';

/** Questions on their way to a person and back; see `HandOff` for what each step promises. */
export const createHandOff = (options: HandOffOptions): HandOff => ({
  ...fromConsole(options),
  open: (given) => open(given, options),
  take: (message, asker) => take(message, asker, options),
  insists,
  add: (message, contextKey, text, answer) => add(message, contextKey, text, answer, options),
  remind: () => remind(options),
});
