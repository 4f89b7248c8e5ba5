import { useEffect, useState } from 'react';

/** Whole seconds left until a time; calls `onOver` when there are none. */
export function useCountdown(untilMs: number, onOver: () => void): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const isOver = nowMs >= untilMs;
  useEffect(() => {
    if (isOver) return onOver();
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isOver, onOver]);
  return Math.max(0, Math.ceil((untilMs - nowMs) / 1_000));
}
