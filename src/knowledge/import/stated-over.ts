import type { GuideMaterial, GuideStep, ProcedureGuide } from '../../domain/guide.ts';
import type { PolicyFacts } from '../../domain/policy-facts.ts';

const isStated = (value: unknown): boolean => value !== null && !(Array.isArray(value) && value.length === 0);

/** What a new text states, and for the rest what stood there before. */
function statedOver<Fields extends object>(fresh: Fields, before: Fields): Fields {
  const stated = Object.fromEntries(Object.entries(fresh).filter(([, value]) => isStated(value))) as Partial<Fields>;
  return { ...before, ...stated };
}

/** Items people have described further stay so as long as they have the same name. */
const itemsOver = <Item extends { readonly name: string }>(fresh: readonly Item[], before: readonly Item[]): Item[] =>
  fresh.map((item) => {
    const known = before.find(({ name }) => name === item.name);
    return known ? statedOver(item, known) : item;
  });

/** Facts of a new text over those of the record; both days of a period come from the same text. */
export function factsOver(fresh: PolicyFacts, before: PolicyFacts): PolicyFacts {
  const hasPeriod = fresh.applyFrom !== null || fresh.applyUntil !== null;
  return statedOver(fresh, hasPeriod ? { ...before, applyFrom: null, applyUntil: null } : before);
}

export const guideOver = (fresh: ProcedureGuide, before: ProcedureGuide): ProcedureGuide => ({
  ...statedOver(fresh, before),
  materials: fresh.materials.length === 0 ? before.materials : itemsOver<GuideMaterial>(fresh.materials, before.materials),
  steps: fresh.steps.length === 0 ? before.steps : itemsOver<GuideStep>(fresh.steps, before.steps),
});
