import { useSyncExternalStore } from 'react';

/** Whether a media query holds now. @example useMedia('(max-width: 767px)') */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => matchMedia(query).matches,
  );
}

/** Below this width the menu is a drawer and what stands side by side is stacked. */
export const useIsNarrow = (): boolean => useMedia('(max-width: 899px)');
