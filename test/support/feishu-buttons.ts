import type { TakenMessage } from '../fakes/feishu-server.ts';

/** What the buttons of a card carry, by their labels. */
export function feishuButtons({ content }: Pick<TakenMessage, 'content'>): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const part of node as unknown[]) walk(part);
      return;
    }
    if (typeof node !== 'object' || node === null) return;
    const { tag, text, behaviors, ...rest } = node as Record<string, unknown>;
    if (tag === 'button') {
      const [behavior] = behaviors as { value: unknown }[];
      found.set((text as { content: string }).content, behavior!.value);
    }
    for (const part of Object.values(rest)) walk(part);
  };
  walk(content);
  return found;
}
