import { describe, expect, it } from 'vitest';
import { adminOpenApi } from '../../src/admin/http/openapi.ts';
import { ROUTES } from '../../src/admin/http/routes.ts';

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, unknown>;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
}

describe('the description of the admin API', () => {
  const { paths, schemas } = adminOpenApi() as { paths: Record<string, Record<string, Operation>>; schemas: Record<string, unknown> };
  const operations = Object.values(paths).flatMap((path) => Object.values(path));

  it('describes every route, and nothing else', () => {
    for (const { method, path } of ROUTES) {
      const operation = paths[`/api/v1/admin${path.replaceAll(/:(\w+)/g, '{$1}')}`]?.[method];
      expect(operation, `${method} ${path}`).toBeDefined();
      const named = operation!.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `:${name}`);
      expect(named).toEqual(path.match(/:\w+/g) ?? []);
    }
    expect(operations).toHaveLength(ROUTES.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(ROUTES.length);
  });

  it('refers only to schemas it holds', () => {
    const text = JSON.stringify({ paths, schemas });
    const referred = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!));
    expect(referred.size).toBeGreaterThan(30);
    for (const name of referred) expect(schemas).toHaveProperty([name]);
    expect(text).not.toContain('__shared');
  });

  it('names what an answer holds', () => {
    expect(schemas).toHaveProperty(['AdminSessionView', 'properties', 'csrfToken']);
    expect(paths['/api/v1/admin/texts']!['get']!.parameters.map(({ name }) => name)).toEqual([
      'kind',
      'category',
      'state',
      'validity',
      'q',
      'page',
      'size',
    ]);
  });
});
