import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { accessObjects } from '../../src/cli/onboard/access-objects.js';
import { holdersOf } from '../../src/cli/onboard/onboard.js';
import { isObject, list, object, text } from '../../src/cluster/fields.js';
import type { JsonObject } from '../../src/cluster/ports.js';
import { expectGoldenText } from '../support/expect-golden.js';
import { needsHelm, runHelm } from '../support/helm.js';
import { runCli } from '../support/run-cli.js';
import { monitoringFaults } from './monitoring-faults.js';
import { chart, objectsIn, placeOf, renderChart } from './render-chart.js';
import { unknownFields } from './unknown-fields.js';

const read = (file: string): string => readFileSync(file, 'utf8');
const named = (objects: readonly JsonObject[]) =>
  objects.map(({ kind, metadata }) => `${String(kind)} ${text(metadata, 'name')}`);
const podsOf = (objects: readonly JsonObject[]) =>
  objects
    .filter(({ spec }) => isObject(spec) && isObject(spec.template))
    .map((entry) => object(entry, 'spec', 'template', 'spec'));

const matrix: readonly (readonly [string, readonly string[]])[] = [
  ['as it comes', []],
  ['with a Redis of its own elsewhere', ['redis.bundled=false']],
  ['with one of each part', ['bot.replicas=1', 'worker.replicas=1']],
  [
    'with kubeconfigs and a fixer',
    ['kubeconfigs.existingSecret=kube', 'rbac.fixer=true', 'rbac.reader=false'],
  ],
  ['watched', ['serviceMonitor.enabled=true', 'prometheusRule.enabled=true', 'dashboard.enabled=true']],
  ['with an inbound port', ['inbound.enabled=true', 'inbound.port=9443']],
  ['with the image by digest', [`image.digest=sha256:${'a'.repeat(64)}`, 'image.pullSecrets={registry}']],
  [
    'with the cloud by RRSA',
    [
      'config.clusters.cluster-x.cloud.region=cn-hangzhou',
      'serviceAccount.annotations.pod-identity\\.alibabacloud\\.com/role-name=acknet',
    ],
  ],
  [
    'with a config of its own',
    ['existingConfigMap=mine', 'networkPolicy.enabled=false', 'podDisruptionBudget.enabled=false'],
  ],
];

describe('the roles in the Helm chart', () => {
  it.each([
    ['reader', ['rbac']],
    ['fixer', ['rbac', '--fixes']],
  ])('are what acknet rbac prints for the %s; ACKNET_WRITE_DOCS=1 writes them', async (who, args) => {
    const { stdout } = await runCli(args);
    const file = `${chart}/files/${who}-roles.yaml`;
    if (process.env.ACKNET_WRITE_DOCS === '1') writeFileSync(file, stdout);
    expect(read(file)).toBe(stdout);
  });
});

(needsHelm ? describe : describe.skip)('the Helm chart', () => {
  it('passes helm lint --strict', () => {
    expect(runHelm('lint', '--strict', chart)).toContain('0 chart(s) failed');
  });

  it('is of the version that package.json has', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(parse(read(`${chart}/Chart.yaml`))).toMatchObject({ version, appVersion: version });
  });

  it('would find a slip in a field, at any depth', () => {
    const spec = { replicas: 'two', template: { spec: { containers: [{ name: 'a', imagee: 'b' }] } } };
    expect(unknownFields({ kind: 'Deployment', spec } as never)).toEqual([
      'Deployment.spec.replicas: no number',
      'Deployment.spec.template.spec.containers[0].imagee: unknown',
    ]);
  });

  it('would find a slip in a kind of prometheus-operator', () => {
    const [monitor] = objectsIn(renderChart('serviceMonitor.enabled=true')).filter(
      ({ kind }) => kind === 'ServiceMonitor',
    );
    const slipped = { ...monitor, spec: { ...object(monitor, 'spec'), podTargetLabel: ['x'] } };
    expect(monitoringFaults(slipped as never)).toEqual([expect.stringContaining('podTargetLabel')]);
  });

  it.each(matrix)('%s: has only fields that the kinds have', (_title, sets) => {
    const objects = objectsIn(renderChart(...sets));
    expect(objects.length).toBeGreaterThan(5);
    expect(
      objects.flatMap((entry) =>
        /coreos/.test(String(entry.apiVersion)) ? monitoringFaults(entry) : unknownFields(entry),
      ),
    ).toEqual([]);
  });

  it.each(matrix.slice(1))('%s: differs from the default as was looked at and found good', (title, sets) => {
    const usual = new Map(objectsIn(renderChart()).map((entry) => [placeOf(entry), stringify(entry)]));
    const objects = objectsIn(renderChart(...sets));
    const changed = objects.filter((entry) => usual.get(placeOf(entry)) !== stringify(entry));
    const without = [...usual.keys()].filter((place) => !objects.some((entry) => placeOf(entry) === place));
    const text = [{ without }, ...changed].map((part) => stringify(part, { lineWidth: 0 })).join('---\n');
    // What the roles hold is held elsewhere, and changes with the checks.
    const brief = text.replaceAll(/^rules:\n(?:[ -].*\n)*/gm, 'rules: as acknet rbac prints them\n');
    expectGoldenText(`test/deploy/golden/${title.replaceAll(' ', '-')}.yaml`, brief);
  });

  it.each(matrix)('%s: runs restricted, without root and with nothing to write to', (_title, sets) => {
    for (const pod of podsOf(objectsIn(renderChart(...sets)))) {
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of list(pod, 'containers'))
        expect(container).toMatchObject({
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        });
    }
  });

  it('grants by default what the reader needs, and nothing to change anything', () => {
    const roles = (yaml: string) =>
      objectsIn(yaml)
        .filter(({ kind }) => /Role$/.test(kind))
        .map(({ kind, rules }) => ({ kind, rules }));
    expect(roles(renderChart())).toEqual(roles(read(`${chart}/files/reader-roles.yaml`)));
    const verbs = objectsIn(renderChart()).flatMap(({ rules }) =>
      list(rules).flatMap((rule) => list(rule, 'verbs')),
    );
    expect([...new Set(verbs)].sort()).toEqual(['get', 'list']);
  });

  it('makes what each value asks for, and leaves out what it switches off', () => {
    expect(named(objectsIn(renderChart()))).toEqual(
      expect.arrayContaining([
        'StatefulSet acknet-redis',
        'PodDisruptionBudget acknet-bot',
        'NetworkPolicy acknet',
      ]),
    );
    const bare = named(
      objectsIn(
        renderChart(
          'redis.bundled=false',
          'bot.replicas=1',
          'worker.replicas=1',
          'networkPolicy.enabled=false',
          'rbac.reader=false',
        ),
      ),
    );
    expect(bare.sort()).toEqual([
      'ConfigMap acknet',
      'Deployment acknet-bot',
      'Deployment acknet-worker',
      'ServiceAccount acknet',
    ]);
  });

  it.each([
    ['a slip in a key', 'bot.replicaas=3', /additional properties 'replicaas' not allowed/],
    ['no replicas', 'bot.replicas=0', /replicas/],
    ['a digest that is none', 'image.digest=latest', /digest/],
    ['no Secret', 'secrets.existingSecret=', /existingSecret/],
  ])('refuses %s', (_title, set, said) => {
    expect(() => renderChart(set)).toThrow(said);
  });

  it.each([
    ['as it comes', []],
    ['with a fixer', ['rbac.fixer=true']],
  ])('makes no object that acknet onboard makes too: %s', (_title, sets) => {
    const made = accessObjects('acknet', holdersOf({ fixes: true })).map((entry) =>
      placeOf(entry as unknown as JsonObject),
    );
    expect(made).toContain('ClusterRole acknet-reader');
    expect(
      objectsIn(renderChart(...sets))
        .map(placeOf)
        .filter((place) => made.includes(place)),
    ).toEqual([]);
  });

  it('tells of each part that is away, where what it looks at is collected', () => {
    const alerts = (...sets: string[]) =>
      objectsIn(renderChart('prometheusRule.enabled=true', ...sets))
        .filter(({ kind }) => kind === 'PrometheusRule')
        .flatMap((entry) => list(entry, 'spec', 'groups').flatMap((group) => list(group, 'rules')))
        .map((rule) => text(rule, 'alert'));
    expect(alerts()).not.toContain('AcknetBotAway');
    expect(alerts('serviceMonitor.enabled=true')).toEqual(
      expect.arrayContaining(['AcknetBotAway', 'AcknetWorkerAway']),
    );
  });

  it('is what deploy/kubernetes applies; ACKNET_WRITE_DOCS=1 writes it', () => {
    const plain = `# helm template acknet deploy/helm/acknet -n acknet\n${renderChart()}`;
    if (process.env.ACKNET_WRITE_DOCS === '1') writeFileSync('deploy/kubernetes/manifests.yaml', plain);
    expect(read('deploy/kubernetes/manifests.yaml')).toBe(plain);
  });
});
