import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportPlan, PlannedRecord } from '../../../src/knowledge/import/plan-types.ts';
import { placeOf } from '../../../src/knowledge/import/problem.ts';
import type { SourceFile } from '../../../src/knowledge/import/raw-document.ts';

const FIXTURES = 'test/fixtures/import';

export const fixtureNames = (): string[] =>
  readdirSync(FIXTURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** `source.*` of a fixture, under the name it has there. */
export function fixtureFile(name: string): SourceFile {
  const folder = join(FIXTURES, name);
  const source = readdirSync(folder).find((file) => file.startsWith('source.'))!;
  return { name: source, bytes: readFileSync(join(folder, source)) };
}

export const expectedOf = (name: string): unknown => JSON.parse(readFileSync(join(FIXTURES, name, 'expected.json'), 'utf8'));

const known = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );

const stated = (fields: object): Record<string, unknown> | null => {
  const told = known(fields as Record<string, unknown>);
  return Object.keys(told).length === 0 ? null : told;
};

function summariseRecord({ path, record }: PlannedRecord): Record<string, unknown> {
  const { sections, kind, id: _id, ...fields } = record;
  return known({
    path,
    kind,
    ...fields,
    facts: record.kind === 'policy' ? stated(record.facts) : null,
    guide:
      record.kind === 'procedure'
        ? stated({
            ...record.guide,
            materials: record.guide.materials.map((material) => known({ ...material })),
            steps: record.guide.steps.map((step) => known({ ...step })),
          })
        : null,
    questions: kind === 'faq' ? sections[0]!.questions.map(({ text }) => text) : [],
    sections: sections.map(({ number, title, part, page, text }) => known({ number, title, part, page, text: text.split('\n') })),
  });
}

/** A plan as the fixtures write it down: what people would see, without what is empty. */
export function summarise(plan: ImportPlan): Record<string, unknown> {
  return known({
    created: plan.created.map(summariseRecord),
    changed: plan.changed.map((change) => ({ path: change.path, differences: change.differences })),
    skipped: plan.skipped.map(({ id }) => id),
    problems: plan.problems.map((problem) =>
      known({ severity: problem.severity, code: problem.code, place: placeOf(problem), message: problem.message }),
    ),
  });
}
