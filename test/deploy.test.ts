import { existsSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { createMetrics } from '../src/observability/metrics.ts';
import { SETTINGS } from '../src/config/schema.ts';

const read = (path: string): string => readFileSync(path, 'utf8');
const OURS = new Set<string>(SETTINGS.map(({ name }) => name));
/** Of Node.js and of the compose file itself. */
const OTHERS = new Set(['NODE_ENV', 'POSTGRES_PASSWORD', 'WEB_PORT']);
const unknown = (names: Iterable<string>): string[] => [...names].filter((name) => !OURS.has(name) && !OTHERS.has(name));

interface Container {
  readonly env: readonly { readonly name: string }[];
  readonly securityContext: object;
  readonly ports: readonly { readonly containerPort: number }[];
  readonly [probe: `${string}Probe`]: { readonly httpGet: { readonly path: string } };
}

describe('the container image', () => {
  const file = read('Dockerfile');

  it('is written without a fault', () => {
    expect(validate(file).map(({ message }) => message)).toEqual([]);
  });

  it('runs as nobody special, from what it was given, by settings there are', () => {
    const last = file.slice(file.lastIndexOf('\nFROM'));
    expect(last).toContain('\nUSER node\n');
    const env = [...last.matchAll(/\b([A-Z][A-Z_]+)=/g)].map(([, name]) => name!);
    expect(env.length).toBeGreaterThan(3);
    expect(unknown(env)).toEqual([]);
    for (const [, path] of last.matchAll(/COPY --from=build \/app\/(\S+)/g)) {
      expect(['node_modules', 'dist'].includes(path!) || existsSync(path!), path).toBe(true);
    }
    expect((parse(read('package.json')) as { bin: { wence: string } }).bin.wence).toBe('dist/main.js');
    expect(last).toContain('ENTRYPOINT ["node", "dist/main.js"]');
  });
});

describe('the compose file', () => {
  const compose = parse(read('compose.yaml')) as {
    readonly services: Record<
      string,
      Record<string, unknown> & { depends_on?: object; environment?: object; deploy?: object; volumes?: string[] }
    >;
  };

  it('starts two processes that can be replaced, on a database that is ready, behind a proxy', () => {
    const { wence, proxy, database } = compose.services;
    expect(Object.keys(compose.services)).toEqual(['database', 'wence', 'proxy']);
    expect(wence).toMatchObject({ read_only: true, cap_drop: ['ALL'], deploy: { replicas: 2 } });
    expect(wence!.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(database).toHaveProperty('healthcheck.test');
    const mounted = proxy!.volumes![0]!.split(':')[0]!;
    expect(read(mounted)).toMatch(/name wence\n\s+port 3000/);
  });

  it('sets and asks for nothing that does not exist', () => {
    expect(unknown(Object.keys(compose.services['wence']!.environment!))).toEqual([]);
    expect(unknown([...read('compose.yaml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name!))).toEqual([]);
  });
});

describe('the Kubernetes manifests', () => {
  const documents = parseAllDocuments(read('deploy/kubernetes/wence.yaml'));
  const objects = documents.map((document) => document.toJS() as { kind: string; metadata: { name: string }; spec: never });

  it('are a deployment, its service and its disruption budget, about the same pods', () => {
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(objects.map(({ kind }) => kind)).toEqual(['Deployment', 'Service', 'PodDisruptionBudget']);
    const [deployment, service, budget] = objects.map(({ spec }) => spec as unknown as Record<string, { matchLabels?: object }>);
    const labels = (deployment!['template'] as { metadata: { labels: object } }).metadata.labels;
    expect(deployment!['selector']!.matchLabels).toEqual(labels);
    expect(service!['selector']).toEqual(labels);
    expect(budget!['selector']!.matchLabels).toEqual(labels);
  });

  it('run it unprivileged, read-only, watched where it answers, by settings there are', () => {
    const pod = (objects[0]!.spec as { template: { spec: { containers: Container[]; securityContext: object } } }).template.spec;
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true });
    const [container] = pod.containers;
    expect(container!.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
    expect(unknown(container!.env.map(({ name }) => name))).toEqual([]);
    const served = read('src/server.ts');
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
      expect(served).toContain(`'${container![probe]!.httpGet.path}'`);
    }
    expect(read('Dockerfile')).toContain(`EXPOSE ${container!.ports[0]!.containerPort}\n`);
  });
});

describe('the systemd unit', () => {
  it('starts what there is, by settings there are', () => {
    const unit = read('deploy/systemd/wence.service');
    const environment = /^Environment=(.*)$/m.exec(unit)?.[1];
    expect(unknown(environment!.split(' ').map((pair) => pair.slice(0, pair.indexOf('='))))).toEqual([]);
    expect(unit).toMatch(/^ExecStart=\/opt\/wence\/node_modules\/\.bin\/node dist\/main\.js start$/m);
  });
});

describe('what is watched', () => {
  it('is measured', async () => {
    const { body } = await createMetrics().render(async () => {});
    const measured = new Set(
      [...body.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name, type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_count`] : [name!],
      ),
    );
    const rules = parse(read('deploy/prometheus/wence-rules.yaml')) as { groups: { rules: { expr: string; annotations: object }[] }[] };
    const dashboard = JSON.parse(read('deploy/grafana/wence.json')) as { panels: { title: string; targets: { expr: string }[] }[] };
    const queries = [...rules.groups.flatMap((group) => group.rules), ...dashboard.panels.flatMap(({ targets }) => targets)].map(
      ({ expr }) => expr,
    );
    expect(queries.length).toBeGreaterThan(20);
    const asked = queries.flatMap((query) => query.match(/\b(?:wence|process|nodejs)_\w+/g) ?? []);
    expect(asked.filter((name) => !measured.has(name))).toEqual([]);
    expect(rules.groups[0]!.rules.every(({ annotations }) => 'summary' in annotations && 'action' in annotations)).toBe(true);
  });
});
