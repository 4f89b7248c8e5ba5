import type { KeyboardEvent } from 'react';

const FOCUSABLE = 'a[href], button:not(:disabled), textarea, input, select, [tabindex]:not([tabindex="-1"])';

/** Tab from the last control of an element leads to its first, and back with Shift. */
export function keepFocusInside(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return;
  const controls = Array.from(event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE));
  const edge = event.shiftKey ? controls[0] : controls.at(-1);
  const next = event.shiftKey ? controls.at(-1) : controls[0];
  if (document.activeElement !== edge || next === undefined) return;
  event.preventDefault();
  next.focus();
}
