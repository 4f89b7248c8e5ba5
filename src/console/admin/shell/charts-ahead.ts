const LATER_MS = 2_000;

const load = (): void => {
  // Without them the pages that need them say what is wrong.
  import('../shared/chart.tsx').catch(() => undefined);
};

/** Loads the charts, by far the largest part of any page that has one, while nobody waits for anything. */
export function loadChartsAhead(): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(load);
  else setTimeout(load, LATER_MS);
}
