import { type ReactNode, useDeferredValue } from 'react';

/** What stands further down a long page: made when what stands above it has been shown. */
export function Afterwards({ children }: { readonly children: ReactNode }) {
  return useDeferredValue(children, null);
}
